// From results of the model to the numbers that are shown, with the rounding of the server. Put first.
const GUARD = 40; // decimals by which a number is seen to lie exactly halfway between two others
const FEW = 10; // whole units below which one decimal is shown, where units are large
const LARGE = 100; // headline figures from here on are shown without decimals

// What the language of the page decides; set from the texts (see explore.js).
const locale = { language: "en", texts: {}, marks: { list: ", ", colon: ": " }, separator: ",", space: " " };

// Digits as Python writes them: a number halfway between two goes to the even one.
function fixed(value, digits) {
  const exact = value.toFixed(Math.min(digits + GUARD, 100));
  const kept = exact.slice(0, exact.length - GUARD);
  const rest = exact.slice(-GUARD);
  if (!/^50*$/.test(rest) || !/[02468]\.?$/.test(kept)) return value.toFixed(digits);
  return kept.replace(/\.$/, "");
}

const total = (values) => values.reduce((sum, each) => sum + each, 0);

// One number a year, from all numbers of a variable; without an `entry` those of a year are added up.
function yearly(results, { variable, size, entry }) {
  const values = results[variable];
  return Array.from({ length: values.length / size }, (_, year) =>
    entry === null ? total(values.subarray(year * size, (year + 1) * size)) : values[year * size + entry],
  );
}

// A number with separators and a true minus; decimals by its size unless `digits` are given. A dash where there is none.
function numberText(value, digits = null, sign = false) {
  if (value === null || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  const places = digits ?? (size < 1 ? 2 : size < LARGE ? 1 : 0);
  const [whole, decimals] = fixed(size, places).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale.separator);
  const figure = decimals ? `${grouped}.${decimals}` : grouped;
  if (!/[1-9]/.test(figure)) return figure;
  return (value < 0 ? "−" : sign ? "+" : "") + figure;
}

// A value of the model in a unit {factor, text, digits}, without the unit's name.
function figureIn(unit, value, sign = false, digits = null) {
  const shown = value * unit.factor;
  const few = unit.digits === 0 && unit.factor > 1 && Math.abs(shown) < FEW;
  return numberText(shown, digits ?? (few ? 1 : unit.digits), sign);
}

const withUnit = (unit, figure) => (unit.text ? `${figure}${locale.space}${unit.text}` : figure);

// A value of the model with the one of the units `steps`, the smallest first, that its size asks for.
function quantity(steps, value, sign = false) {
  const unit = steps.findLast((each) => Math.abs(value) >= each.least) ?? steps[0];
  return withUnit(unit, figureIn(unit, value, sign));
}

// A text of the page with values in its places.
const say = (key, values = {}) => (locale.texts[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
