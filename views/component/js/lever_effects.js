// How much each lever can still do: the model run once more with each lever raised by a tenth of its range, while nothing
// else is to be done. By this levers are ordered, and those that change nothing are named.
const RAISE = 0.1; // of the range of a lever
const NOTHING = 0.0005; // of the size of a figure: less is no change that could be seen

// The strongest relative change of the headline figures and of the charts' first lines.
function strength(before, after, lines) {
  let most = 0;
  for (const line of lines) {
    const [one, other] = [before, after].map((results) => yearly(results, line));
    const size = Math.max(...one.map(Math.abs).filter(Number.isFinite)) || 1;
    for (let k = 0; k < one.length; k++) {
      const change = Math.abs(other[k] - one[k]) / size;
      if (Number.isFinite(change)) most = Math.max(most, change);
    }
  }
  return most;
}

// The figures and the strong lines of the charts that are shown.
const shownLines = (app) => [...app.charts.figures, ...app.state.charts.flatMap((id) => app.charts.charts[id].lines.filter((line) => line.strong))];

// Whether a lever is at the end of its range in every year: then raising it has no meaning.
const atEnd = (slot, path) => fromPolicy(path).every((value) => value >= slot.high - slot.step / 2);

function raised(app, slot) {
  const below = app.state.moved[slot.id];
  const path = app.pathNow(slot);
  const shift = RAISE * (slot.high - slot.low);
  if (!below || (isChange(below) && !below.shift)) return { ...(below ?? noMove()), shift: (below?.shift ?? 0) + shift };
  return { ...noMove(), points: fromPolicy(path).map((value, k) => [YEARS.policy + k, Math.min(value + shift, slot.high)]) };
}

// Finds the effects of all levers, one run at a time; stops when `isCurrent` says that the state has changed.
async function leverEffects(app, isCurrent) {
  const lines = shownLines(app);
  const names = [...new Set(lines.map(({ variable }) => variable))];
  const before = app.model.run(app.state, app.slots, names);
  const effects = new Map();
  const ends = new Set();
  for (const slot of app.slots.values()) {
    if (slot.is_part) continue;
    await new Promise((ready) => (globalThis.requestIdleCallback ?? setTimeout)(ready));
    if (!isCurrent()) return null;
    if (atEnd(slot, app.pathNow(slot))) ends.add(slot.lever);
    const results = app.model.run({ ...app.state, moved: { ...app.state.moved, [slot.id]: raised(app, slot) } }, app.slots, names);
    effects.set(slot.lever, Math.max(effects.get(slot.lever) ?? 0, strength(before, results, lines)));
  }
  return { effects, ends, saturated: new Set([...effects].filter(([id, most]) => most < NOTHING && !ends.has(id)).map(([id]) => id)) };
}
