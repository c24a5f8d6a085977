// What a person takes away: the data of a chart as CSV, and the present state as a scenario file. The app writes both in
// the same form (views/charts/tables.py, views/results/settings.py).
const TABLE_DIGITS = 6;
const BYTE_ORDER_MARK = "\ufeff"; // with this mark spreadsheets read Chinese correctly
const PLAIN_KEY = /^(?:\d{4}|[a-z_]\w+)$/; // keys that YAML reads as the year or the name that they are
const NOT_PLAIN = new Set(["yes", "no", "on", "off", "true", "false", "null"]);

const saveText = (name, text, type) => saveFile(name, `data:${type};charset=utf-8,${encodeURIComponent(text)}`);

// --- Tables ---------------------------------------------------------------------------------------------

// A number as tables of Python have it: "312.0", "1.2e-05".
function decimal(value) {
  if (Number.isInteger(value)) return `${value}.0`;
  return Math.abs(value) < 1e-4 ? value.toExponential().replace(/e-(\d)$/, "e-0$1") : String(value);
}

const field = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// The data of the chart at a position: both runs, observations and targets, with the columns of the app.
function chartTable(app, position, { columns, kinds, charts }) {
  const one = app.charts.charts[app.state.charts[position]];
  const { years } = app.charts;
  const rows = one.lines.flatMap((line, k) => {
    const runs = [["now", yearly(app.results, line).map((value) => value * line.scale)], ["ghost", line.ghost ?? []]];
    const computed = runs.flatMap(([kind, values]) =>
      values.map((value, year) => [kinds[kind], years[year], value, ""]).filter(([, , value]) => Number.isFinite(value)),
    );
    const shown = computed.map(([kind, year, value, source]) => [kind, year, Number(value.toPrecision(TABLE_DIGITS)), source]);
    return [...shown, ...charts[one.id][k]].map(([kind, year, value, source]) => [line.name, kind, String(year), decimal(value), one.unit, source]);
  });
  return BYTE_ORDER_MARK + [columns, ...rows].map((row) => `${row.map(field).join(",")}\n`).join("");
}

// --- Scenario files ---------------------------------------------------------------------------------------

// Plain data as YAML on one line.
function yamlOf(data) {
  if (typeof data === "number") return String(data).replace(/^(-?\d+)e/, "$1.0e"); // without a point it would be a text
  if (typeof data === "boolean") return String(data);
  if (typeof data === "string") return JSON.stringify(data);
  if (Array.isArray(data)) return `[${data.map(yamlOf).join(", ")}]`;
  const key = (name) => (PLAIN_KEY.test(name) && !NOT_PLAIN.has(name) ? name : JSON.stringify(name));
  return `{${Object.entries(data).map(([name, value]) => `${key(name)}: ${yamlOf(value)}`).join(", ")}}`;
}

// A mapping with one entry a line.
const yamlBlock = (name, entries) => `${name}:\n${entries.map(([key, value]) => `  ${key}: ${yamlOf(value)}\n`).join("")}`;

// A move as a scenario has it; what it changes is left out, so that it is the path of what the scenario extends.
function pathOf(move) {
  if (move.points.length) return { points: Object.fromEntries(move.points) };
  const period = {};
  if (move.first !== YEARS.policy) period.from = move.first;
  if (move.last !== YEARS.latest) period.to = move.last;
  if (move.hold !== null) return Object.keys(period).length ? { hold: move.hold, ...period } : move.hold;
  const changes = [];
  if (move.delay) changes.push({ delay: move.delay });
  if (move.factor !== 1) changes.push({ scale: move.factor, ...period, clip: true });
  if (move.shift) changes.push({ add: move.shift, ...period, clip: true });
  return changes.reduce((path, change) => ({ ...change, of: path }));
}

// The yearly values from 2016 on that pieces give to a lever, as one table or one for each sector.
function tablesOf({ sectors }, pieces) {
  const table = (path, share) =>
    Object.fromEntries(path.map((value, k) => [YEARS.start + k, value * share]).filter(([year]) => year >= YEARS.policy));
  const names = Object.keys(sectors);
  if (!names.length) return table(pieces[0].path, 1);
  const found = {};
  for (const { sector, path } of pieces) {
    if (sector === null) for (const name of names) found[name] = table(path, sectors[name].share);
    else found[sector] = table(path, 1);
  }
  return found;
}

// Whether a move leaves nothing of the path that it is put on.
const replacesAll = (move) => move.points.length > 0 || typeof pathOf(move) === "number";

// The value of a moved lever; `isSet` tells whether the file itself sets it, so that there is nothing to change.
function valueOf(app, lever, moves, isSet) {
  const isWhole = moves[0][0] === null;
  if (isWhole && moves.length === 1 && (!isSet || replacesAll(moves[0][1]))) return pathOf(moves[0][1]);
  if (!isWhole && !isSet) return Object.fromEntries(moves.map(([sector, move]) => [sector, pathOf(move)]));
  return tablesOf(app.model.inputs.levers[lever], app.model.pieces(lever, moves));
}

// Changed parameters on top of those that a file sets, each a number or numbers by branch.
function parametersOf(par, before) {
  const found = { ...before };
  for (const [id, value] of Object.entries(par)) {
    const [name, branch] = id.split(".");
    if (!branch) found[name] = value;
    else found[name] = { ...(typeof found[name] === "number" ? { default: found[name] } : found[name]), [branch]: value };
  }
  return found;
}

// The state as a scenario file: a shipped scenario is named by `extends`, one of `written` is written out.
function scenarioFile(app, { words, told }, written) {
  const { base, moved, par, drv, until } = app.state;
  const own = written[base];
  const levers = { ...own?.levers };
  for (const [lever, moves] of Object.entries(app.model.movesByLever(moved, app.slots))) {
    levers[lever] = valueOf(app, lever, moves, lever in levers);
  }
  const drivers = { ...own?.drivers };
  for (const [name, value] of Object.entries(drv)) drivers[name] = { [app.model.isShifted(name) ? "add" : "multiply"]: value };
  const assumed = Object.entries({ parameters: parametersOf(par, own?.parameters), drivers }).filter(([, part]) => Object.keys(part).length);
  const description = words.texts["share.description"].replace("{base}", () => told[base].title);
  return [
    `title: ${yamlOf(words.texts["share.title"])}\n`,
    `description: ${yamlOf(description)}\n`,
    own ? "" : `extends: ${base}\n`,
    Object.keys(levers).length ? yamlBlock("levers", Object.entries(levers)) : "levers: {}\n",
    ...assumed.map(([name, part]) => yamlBlock(name, Object.entries(part))),
    `until: ${until}\n`,
  ].join("");
}
