// The model in the browser with the inputs of a scenario. Put behind host.js, whose `instantiate` it calls.

// The bytes of a compressed file.
const unzipped = (bytes) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();

// The model; `load` gives it the inputs of a scenario, `run` runs it with moved sliders.
class Model {
  #engine;
  #sizes;
  #branches;
  #shifted; // drivers that are rates of growth
  #written = new Map(); // moves that are in the engine's memory, by lever

  constructor(engine, description) {
    this.#engine = engine;
    this.#sizes = Object.fromEntries(Object.entries(description.inputs).map(([name, one]) => [name, one.size || 1]));
    this.#shifted = new Set(description.shifted);
    this.#branches = description.branches;
    this.inputs = null;
  }

  static async from(bytes, description) {
    const compiled = await WebAssembly.compile(await unzipped(bytes));
    return new Model(await instantiate(compiled, description), description);
  }

  load(inputs) {
    this.#engine.load(inputs.horizon, inputs.parameters, inputs.tables);
    this.#written.clear();
    this.inputs = inputs;
  }

  // The moves of each lever: {lever: [[sector, move]]}, sectors that are moved alone after the whole.
  movesByLever(moved, slots) {
    const found = {};
    for (const [id, move] of Object.entries(moved)) {
      const slot = slots.get(id);
      (found[slot.lever] ??= []).push([slot.sector, move]);
    }
    for (const moves of Object.values(found)) moves.sort(([one], [other]) => (one !== null) - (other !== null));
    return found;
  }

  // Whether a changed driver is shifted, as rates of growth are.
  isShifted(name) {
    return this.#shifted.has(name);
  }

  pieces(lever, moves) {
    return movedPieces(this.inputs.levers[lever], moves);
  }

  // The results `names` of a run with moved sliders {id: move} and changed assumptions {id: number}. Only inputs that
  // have changed are written.
  run({ moved, par, drv }, slots, names) {
    const wanted = new Map();
    for (const [lever, moves] of Object.entries(this.movesByLever(moved, slots))) {
      wanted.set(lever, [JSON.stringify(moves), () => leverTable(this.inputs.tables[lever], this.pieces(lever, moves), this.#sizes[lever])]);
    }
    for (const [name, change] of Object.entries(drv)) wanted.set(name, [String(change), () => this.#driver(name, change)]);
    for (const [name, numbers] of Object.entries(this.#parameters(par))) {
      wanted.set(name, [JSON.stringify(numbers), () => this.#parameter(name, numbers)]);
    }
    for (const name of new Set([...this.#written.keys(), ...wanted.keys()])) {
      const [state, values] = wanted.get(name) ?? ["", () => Float64Array.from(this.inputs.tables[name] ?? this.inputs.parameters[name])];
      if ((this.#written.get(name) ?? "") === state) continue;
      this.#engine.set(name, values());
      this.#written.set(name, state);
    }
    return this.#engine.results(names);
  }

  // A driver with a factor from 2016 on, or an amount for rates of growth; what the scenario says of it is replaced.
  #driver(name, change) {
    const table = Float64Array.from(this.inputs.drivers[name] ?? this.inputs.tables[name]);
    const from = (YEARS.policy - YEARS.start) * this.#sizes[name];
    const isShifted = this.isShifted(name);
    return table.map((value, k) => (k < from ? value : isShifted ? value + change : value * change));
  }

  // Changed parameters by the input of the model that they are in, each number with its place in it.
  #parameters(par) {
    const found = {};
    for (const [id, value] of Object.entries(par)) {
      const [name, branch] = id.split(".");
      (found[name] ??= []).push([branch ? this.#branches.indexOf(branch) : 0, value]);
    }
    return found;
  }

  #parameter(name, numbers) {
    const values = Float64Array.from(this.inputs.parameters[name]);
    for (const [column, value] of numbers) values[column] = value;
    return values;
  }
}
