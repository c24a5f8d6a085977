/**
 * The host of the engine in JavaScript: loads a module, writes inputs, runs, and reads results. It needs nothing else.
 *
 *     const engine = await instantiate(bytes, model);              // module.wasm and model.json of an export
 *     const results = engine.run(horizon, parameters, tables);     // {variable: Float64Array}
 *     engine.set("output_cap", values);                            // one input changes, all others stay
 *     const changed = engine.results(["crude_steel_output"]);
 *
 * A horizon is {start, end, steps = 16, method = "euler", everyStep = false}: from the start of one year to the end of
 * another, in steps per year, by "euler" or "rk4", reported by year or by step. `parameters` maps names to numbers, or
 * arrays over an axis; `tables` maps levers and drivers to arrays with a row per year, row after row. A row for the year
 * after the end may follow (linear paths lead to it); where it is missing, the last row holds again. Results have a row
 * per year or step: means of years, stocks at their end; or values at the start of every step. Typed and plain arrays do.
 */

const NUMBER = 8; // bytes of a number
const PAGE = 65536; // bytes of a page of memory
const PARAMETER = "parameter";
const METHODS = ["euler", "rk4"];
const HORIZON = { start: undefined, end: undefined, steps: 16, method: "euler", everyStep: false };

/**
 * An engine from the bytes of a module (or a compiled WebAssembly.Module, which several workers can share) and the model
 * that describes it: its `form`, `inputs` by name with kind and size, and `variables`, the results by default.
 */
export async function instantiate(module, model) {
  if (model.form.members) throw new Error("this module is for ensembles; the host runs modules for single runs");
  const compiled = module instanceof WebAssembly.Module ? module : await WebAssembly.compile(module);
  return new Engine((await WebAssembly.instantiate(compiled)).exports, model);
}

class Engine {
  #exports;
  #model;
  #horizon; // of the inputs in memory; undefined before the first ones
  #tables; // position in memory of the yearly rows, in numbers
  #report; // position in memory of the rows of results

  constructor(exports, model) {
    this.#exports = exports;
    this.#model = model;
  }

  /** Write all inputs, run, and return the results `names` (default: every variable of the model). */
  run(horizon, parameters, tables, names) {
    this.load(horizon, parameters, tables);
    return this.results(names);
  }

  /** Write all inputs. An Error names one that is missing, unknown or of a wrong length; then nothing has changed. */
  load(horizon, parameters = {}, tables = {}) {
    const wanted = checkedHorizon(horizon);
    const inputs = Object.entries(this.#model.inputs);
    const isParameter = ([, input]) => input.kind === PARAMETER;
    checkNames(PARAMETER, parameters, new Map(inputs.filter(isParameter)));
    checkNames("table", tables, new Map(inputs.filter((entry) => !isParameter(entry))));
    const all = { ...parameters, ...tables };
    const given = inputs.map(([name]) => [name, this.#checked(name, all[name], wanted)]);
    this.#configure(wanted);
    for (const [name, values] of given) this.#write(name, values);
  }

  /** Change one parameter, or the table of one lever or driver; all other inputs stay as they were loaded. */
  set(name, values) {
    if (!this.#horizon) throw new Error(`${name}: load all inputs before one of them is changed`);
    if (!Object.hasOwn(this.#model.inputs, name)) throw new Error(`${name}: the model has no such input`);
    this.#write(name, this.#checked(name, values, this.#horizon));
  }

  /**
   * Run with the inputs as they are, and return the results `names`. Every array has a row per year or step; `model`
   * has the axes of a row. By step there are no annual statistics: the default leaves them out.
   */
  results(names) {
    if (!this.#horizon) throw new Error("load inputs before results are computed");
    const { form, variables } = this.#model;
    const places = this.#horizon.everyStep ? form.shown : { ...form.shown, ...form.annual };
    const chosen = names ?? Object.keys(variables).filter((name) => Object.hasOwn(places, name));
    for (const name of chosen) {
      if (Object.hasOwn(places, name)) continue;
      const annual = Object.hasOwn(form.annual, name);
      throw new Error(`${name}: ${annual ? "an annual statistic, which steps do not have" : "no result of this module"}`);
    }
    this.#exports.run();
    const { rows, row } = this.#shape(this.#horizon);
    const report = this.#numbers(this.#report, rows * row);
    return Object.fromEntries(chosen.map((name) => [name, column(report, row, rows, ...places[name])]));
  }

  /** The years of the rows of results, or by step the start of every step, in years. */
  moments() {
    if (!this.#horizon) throw new Error("load inputs before moments are asked for");
    const { start, steps, everyStep } = this.#horizon;
    const { rows } = this.#shape(this.#horizon);
    return Float64Array.from({ length: rows }, (_, k) => start + (everyStep ? k / steps : k));
  }

  #shape({ start, end, steps, everyStep }) {
    const years = end - start + 1;
    const { shown_row, report_row } = this.#model.form;
    return everyStep ? { years, rows: years * steps, row: shown_row } : { years, rows: years, row: report_row };
  }

  /** Prepare runs over a horizon, and make room in memory for their inputs and results. */
  #configure(horizon) {
    const { form } = this.#model;
    const { start, steps, method, everyStep } = horizon;
    const { years, rows, row } = this.#shape(horizon);
    const tables = form.free;
    const history = tables + (years + 1) * form.table_row;
    const report = history + years * steps * form.history_row;
    const missing = (report + rows * row) * NUMBER - this.#exports.memory.buffer.byteLength;
    if (missing > 0) this.#exports.memory.grow(Math.ceil(missing / PAGE));
    const addresses = [tables, history, report].map((position) => position * NUMBER);
    this.#exports.configure(years, steps, METHODS.indexOf(method), everyStep ? 1 : 0, start, ...addresses);
    [this.#horizon, this.#tables, this.#report] = [horizon, tables, report];
  }

  /** A part of the memory; it is taken anew each time, as arrays lose it when memory grows. */
  #numbers(position, length) {
    return new Float64Array(this.#exports.memory.buffer, position * NUMBER, length);
  }

  /** The values of an input as a typed array; an Error names it when its length does not fit the horizon. */
  #checked(name, values, horizon) {
    const { kind, size } = this.#model.inputs[name];
    const numbers = numbersOf(name, values);
    const { years } = this.#shape(horizon);
    const allowed = kind === PARAMETER ? [size] : [years * size, (years + 1) * size];
    if (allowed.includes(numbers.length)) return numbers;
    const needed = kind === PARAMETER ? size : `${allowed.join(" or ")} (${years} or ${years + 1} years of ${size})`;
    throw new Error(`${name}: the ${kind} has ${numbers.length} numbers, it needs ${needed}`);
  }

  /** Write a checked input to its place. Inputs that the results of this module do not depend on have none. */
  #write(name, values) {
    const { form, inputs } = this.#model;
    if (inputs[name].kind === PARAMETER) {
      if (Object.hasOwn(form.parameters, name)) this.#numbers(form.parameters[name][0], values.length).set(values);
      return;
    }
    if (!Object.hasOwn(form.paths, name)) return;
    const [at, size] = form.paths[name];
    const { years } = this.#shape(this.#horizon);
    const rows = this.#numbers(this.#tables, (years + 1) * form.table_row);
    const last = values.length / size - 1;
    for (let year = 0; year <= years; year++) {
      const from = Math.min(year, last) * size;
      rows.set(values.subarray(from, from + size), year * form.table_row + at);
    }
  }
}

function column(report, row, rows, at, size) {
  const values = new Float64Array(rows * size);
  for (let k = 0; k < rows; k++) {
    for (let entry = 0; entry < size; entry++) values[k * size + entry] = report[k * row + at + entry];
  }
  return values;
}

function checkedHorizon(given = {}) {
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(HORIZON, key));
  if (unknown) throw new Error(`${unknown}: a horizon has ${Object.keys(HORIZON).join(", ")}`);
  const horizon = { ...HORIZON, ...given };
  for (const key of ["start", "end", "steps"]) {
    if (!Number.isInteger(horizon[key])) throw new Error(`${key}: ${horizon[key]} is no whole number`);
  }
  const { start, end, steps, method, everyStep } = horizon;
  if (end < start) throw new Error(`end: year ${end} lies before the start, ${start}`);
  if (steps < 1) throw new Error(`steps: ${steps} a year; at least 1 is needed`);
  if (!METHODS.includes(method)) throw new Error(`method: ${method} is unknown; allowed: ${METHODS.join(", ")}`);
  if (typeof everyStep !== "boolean") throw new Error(`everyStep: ${everyStep} is neither true nor false`);
  return horizon;
}

function checkNames(role, given, known) {
  for (const name of known.keys()) {
    if (!Object.hasOwn(given, name)) throw new Error(`${name}: no ${role} of this name is given; give every input a value`);
  }
  for (const name of Object.keys(given)) {
    if (!known.has(name)) throw new Error(`${name}: the model has no such ${role}`);
  }
}

function numbersOf(name, values) {
  if (values instanceof Float64Array) return values;
  const list = typeof values === "number" ? [values] : values;
  const isList = Array.isArray(list) || (ArrayBuffer.isView(list) && !(list instanceof DataView));
  if (!isList) throw new Error(`${name}: numbers are needed, as an array`);
  const wrong = Array.from(list).findIndex((value) => typeof value !== "number");
  if (wrong >= 0) throw new Error(`${name}: entry ${wrong} is ${list[wrong]}, not a number`);
  return Float64Array.from(list);
}
