// The model in the browser with the inputs of a scenario. Put behind host.js, whose `instantiate` it calls.

// The bytes of a compressed file.
const unzipped = (bytes) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();

// The model; `load` gives it the inputs of a scenario, `run` runs it with moved sliders.
class Model {
  #engine;
  #sizes;
  #written = new Map(); // moves that are in the engine's memory, by lever

  constructor(engine, description) {
    this.#engine = engine;
    this.#sizes = Object.fromEntries(Object.entries(description.inputs).map(([name, one]) => [name, one.size || 1]));
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

  pieces(lever, moves) {
    return movedPieces(this.inputs.levers[lever], moves);
  }

  // The results `names` of a run with moved sliders {id: move}. Only tables that have changed are written.
  run(moved, slots, names) {
    const byLever = this.movesByLever(moved, slots);
    for (const lever of new Set([...this.#written.keys(), ...Object.keys(byLever)])) {
      const moves = byLever[lever] ?? [];
      const state = JSON.stringify(moves);
      if ((this.#written.get(lever) ?? "[]") === state) continue;
      const original = this.inputs.tables[lever];
      const table = moves.length ? leverTable(original, this.pieces(lever, moves), this.#sizes[lever]) : Float64Array.from(original);
      this.#engine.set(lever, table);
      this.#written.set(lever, state);
    }
    return this.#engine.results(names);
  }
}
