// The state of the page as the query of its address, in the form of views/results/links.py.
const STATE_VERSION = "1";
const BANDS = "explore.bands";
const VIEW = "explore.view"; // "left" or "right" for one chart alone, as embedded pages have it

const pairs = (text) => (text ? text.split(",").map((part) => part.split(/:(.*)/s)) : []);
const numbersOfPairs = (text) => Object.fromEntries(pairs(text).map(([id, value]) => [id, Number(value)]));
const joined = (entries) => entries.map(([name, value]) => `${name}:${value}`).join(",");

function stateOf(query, defaults) {
  const found = new URLSearchParams(query);
  return {
    base: found.get("base") ?? "as_happened",
    moved: Object.fromEntries(pairs(found.get("set")).map(([id, text]) => [id, readMove(text)])),
    par: numbersOfPairs(found.get("par")),
    drv: numbersOfPairs(found.get("drv")),
    until: Number(found.get("until") ?? defaults.until),
    year: Number(found.get("year") ?? defaults.year),
    charts: found.get("charts")?.split(",") ?? [...defaults.charts],
    bands: found.get(BANDS) !== "0",
    view: found.get(VIEW) ?? "all",
  };
}

function queryOf(state, defaults) {
  const query = { v: STATE_VERSION, lang: locale.language, base: state.base };
  const moves = Object.entries(state.moved);
  if (moves.length) query.set = joined(moves.map(([id, move]) => [id, writeMove(move)]));
  for (const key of ["par", "drv"]) {
    const changed = Object.entries(state[key]);
    if (changed.length) query[key] = joined(changed.map(([id, value]) => [id, shortened(value)]));
  }
  if (state.until !== defaults.until) query.until = state.until;
  if (state.year !== defaults.year) query.year = state.year;
  if (String(state.charts) !== String(defaults.charts)) query.charts = state.charts.join(",");
  if (!state.bands) query[BANDS] = "0";
  if (state.view !== "all") query[VIEW] = state.view;
  return new URLSearchParams(query).toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%7E", "~");
}
