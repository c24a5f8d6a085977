// Runs the model at the places of the sliders. Put behind host.js, whose `instantiate` it calls.

// The bytes of a compressed file.
const unzipped = (bytes) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();

// The model with the inputs of a scenario, as the server sends them.
async function loadedModel(compiled, description, inputs) {
  const engine = await instantiate(await compiled, description);
  engine.load(inputs.horizon, inputs.parameters, inputs.tables);
  return { inputs, engine, written: new Map() };
}

// Writes what a moved slider changes into the table of its lever, with the operations and the order of the server.
function fill(table, parts, movedFrom, { scales, value }) {
  for (const { path, low, high, columns } of parts) {
    const size = table.length / path.length;
    path.forEach((before, row) => {
      const at = row < movedFrom ? before : scales ? before * value : value;
      const kept = scales ? Math.min(Math.max(at, low), high) : at;
      for (const [column, weight] of columns) table[row * size + column] = kept * weight;
    });
  }
}

// The table of a lever with its moved sliders: {id: {scales, value}}.
function leverTable(inputs, lever, moved) {
  const table = Float64Array.from(inputs.tables[lever]);
  for (const [id, place] of Object.entries(moved)) {
    const { held, scaled } = inputs.sliders[id];
    fill(table, place.scales ? scaled : held, inputs.moved_from, place);
  }
  return table;
}

// The results `names` with the moved sliders {id: {scales, value}}, all others as the scenario has them. Undefined where
// the table of a moved slider is not known here. Only tables that have changed since the last run are written.
function resultsAt({ inputs, engine, written }, moved, names) {
  const byLever = new Map([...written.keys()].map((lever) => [lever, {}]));
  for (const [id, place] of Object.entries(moved)) {
    const lever = inputs.sliders[id]?.lever;
    if (!lever) return undefined;
    byLever.set(lever, { ...byLever.get(lever), [id]: place });
  }
  for (const [lever, places] of byLever) {
    const state = JSON.stringify(places);
    if (written.get(lever) === state) continue;
    engine.set(lever, leverTable(inputs, lever, places));
    written.set(lever, state);
  }
  return engine.results(names);
}
