// From results of the model to the numbers that are shown, with the operations and the rounding of the server.
const GUARD = 40; // decimals by which a number is seen to lie exactly halfway between two others

// Digits as Python writes them: a number halfway between two goes to the even one. `write` is toFixed or toExponential.
function written(value, write, digits) {
  const [exact, exponent] = value[write](digits + GUARD).split("e");
  const [kept, rest] = [exact.slice(0, -GUARD), exact.slice(-GUARD)];
  if (!/^50*$/.test(rest) || !/[02468]\.?$/.test(kept)) return value[write](digits);
  return kept.replace(/\.$/, "") + (exponent === undefined ? "" : `e${exponent}`);
}

const total = (values) => values.reduce((sum, each) => sum + each);

// One number a year, from all numbers of a variable; without an `entry` those of a year are added up.
function yearly(results, { variable, size, entry }) {
  const values = results[variable];
  return Array.from({ length: values.length / size }, (_, year) =>
    entry === null ? total(values.subarray(year * size, (year + 1) * size)) : values[year * size + entry],
  );
}

// The points of a line, without missing values.
function points(years, values, scale, digits) {
  const pairs = years.map((year, k) => [year, values[k] * scale]).filter(([, value]) => Number.isFinite(value));
  return pairs.map(([year, value]) => [year, Number(written(value, "toExponential", digits - 1))]);
}

// A headline figure with the separators and the sign of the server's.
function figureText(value, { digits: fixed, large, separator, signed }) {
  if (Number.isNaN(value)) return "–";
  const digits = fixed ?? (Math.abs(value) >= large ? 0 : 1);
  const size = Number(written(Math.abs(value), "toFixed", digits));
  const figure = size.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const sign = size === 0 ? "" : value < 0 ? "−" : signed ? "+" : "";
  return sign + figure.replaceAll(",", separator);
}
