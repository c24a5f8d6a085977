// One slider: it scales or shifts the path of its lever, or holds one value. Beside it stand what it does in words, and
// the path as a small line.
const FACTOR_STEPS = [[4, 0.01], [20, 0.05], [Infinity, 0.5]];
const LEAST_HIGHEST_FACTOR = 2;
const MODES = ["scale", "shift", "hold", "points"];

const fromPolicy = (path, last = YEARS.latest) => path.slice(YEARS.policy - YEARS.start, last - YEARS.start + 1);
const varies = (path) => fromPolicy(path).some((value) => value !== path[YEARS.policy - YEARS.start]);

// What a slider does: as its move says, else as was chosen, else a factor where the path changes over the years.
function modeOf(app, slot, move) {
  if (move?.points.length) return "points";
  if (move && move.hold !== null) return "hold";
  const chosen = app.modes.get(slot.id);
  if (move && !changesNothing(move)) {
    if (move.shift && move.factor === 1) return "shift";
    if (move.factor !== 1 || !chosen || chosen === "hold") return slot.scalable ? "scale" : "shift";
  }
  if (chosen && chosen !== "points") return chosen;
  return slot.scalable && varies(app.pathBelow(slot)) ? "scale" : "hold";
}

// Ends, step and value of a slider in a mode.
function rangeOf(slot, mode, path, move, end) {
  if (mode === "hold" || mode === "points") {
    const mean = total(fromPolicy(path, end)) / fromPolicy(path, end).length;
    const start = Math.round((mean - slot.low) / slot.step) * slot.step + slot.low;
    return { low: slot.low, high: slot.high, step: slot.step, value: move?.hold ?? shortened(start), rest: null };
  }
  const values = fromPolicy(path);
  const largest = Math.max(...values);
  if (mode === "shift") {
    const ends = [slot.low - largest, slot.high - Math.min(...values)].map((one) => Math.round(one / slot.step) * slot.step);
    return { low: shortened(ends[0]), high: shortened(ends[1]), step: slot.step, value: move?.shift ?? 0, rest: 0 };
  }
  const most = largest > 0 ? Math.max(slot.high / largest, LEAST_HIGHEST_FACTOR) : LEAST_HIGHEST_FACTOR;
  const high = Math.min(most, LIMITS.factor);
  const step = FACTOR_STEPS.find(([limit]) => high <= limit)[1];
  const least = largest > 0 ? slot.low / largest : 0;
  const [low, top] = [least, high].map((end_) => Number((Math.floor(end_ / step) * step).toFixed(2)));
  const value = move?.factor ?? 1;
  return { low, high: Math.max(top, value), step, value, rest: 1 };
}

// The move that a slider in a mode makes of its number, with what was chosen besides.
function moveAt(mode, value, move) {
  const kept = move ?? noMove();
  if (mode === "hold") return { ...noMove(), hold: value, first: kept.first, last: kept.last };
  const change = { ...kept, hold: null, points: [] };
  return mode === "shift" ? { ...change, shift: shortened(value) } : { ...change, factor: shortened(value) };
}

function sliderRow(app, slot, { withName = true } = {}) {
  const row = el("div", "slot");
  row.dataset.slot = slot.id;
  const name = el("label", "name", withName ? slot.name : "");
  const track = el("div", "track");
  const mark = el("span", "baseline");
  const input = el("input");
  Object.assign(input, { type: "range", id: `lever-${slot.id}` });
  input.dataset.slot = slot.id;
  input.setAttribute("aria-label", slot.full);
  name.htmlFor = input.id;
  track.append(mark, input);
  followFinger(input, track);
  const value = el("output", "value");
  const caption = el("span", "caption");
  const spark = sparkline();
  const foot = el("div", "foot");
  foot.append(value, caption, spark.node);
  const back = button("back", "↺", `${say("component.reset")}: ${slot.full}`, () => app.settle(app.without(slot.id)));
  const head = el("div", "head");
  head.append(name, back);
  row.append(head, track, foot);
  let mode = "hold";

  const words = (move, path) => {
    if (!move) {
      if (!varies(path)) return [slotQuantity(slot, path[YEARS.policy - YEARS.start]), levelWords(slot, path[YEARS.policy - YEARS.start])];
      const ends = [fromPolicy(path)[0], fromPolicy(path, app.state.until)[app.state.until - YEARS.policy]];
      return [mode === "scale" ? "× 1" : "", `${pathEnd(slot, ends[0])} → ${slotQuantity(slot, ends[1])}`];
    }
    if (move.hold !== null) {
      const level = levelWords(slot, move.hold);
      return [slotQuantity(slot, move.hold), [level, ...periodWords(move)].filter(Boolean).join(locale.marks.list)];
    }
    return [moveWords(slot, move), ""];
  };
  const show = () => {
    const move = app.live.moved[slot.id];
    const before = app.pathBelow(slot);
    const now = app.pathNow(slot);
    mode = modeOf(app, slot, move);
    const range = rangeOf(slot, mode, before, move, YEARS.end);
    if (app.held !== slot.id) {
      Object.assign(input, { min: range.low, max: range.high, step: range.step });
      input.value = range.value;
    }
    input.disabled = mode === "points";
    const share = (one) => (100 * (one - range.low)) / (range.high - range.low || 1);
    input.style.setProperty("--fill", `${share(Number(input.value))}%`);
    const rest = range.rest ?? (varies(before) ? null : before[YEARS.policy - YEARS.start]);
    mark.hidden = rest === null;
    const at = share(rest ?? range.low);
    mark.style.left = `calc(${at}% + ${(0.5 - at / 100).toFixed(4)} * var(--thumb))`;
    mark.title = say("component.unmoved");
    const [shown, level] = words(move, before);
    value.textContent = shown;
    caption.textContent = caption.title = level;
    const label = say("component.path", { values: fromPolicy(now, app.state.until).map((one) => slotFigure(slot, one)).join(", ") });
    spark.draw(fromPolicy(before, app.state.until), fromPolicy(now, app.state.until), label);
    input.setAttribute("aria-valuetext", [shown, level].filter(Boolean).join(", "));
    row.classList.toggle("moved", move !== undefined);
    row.classList.toggle("differs", app.differs(slot));
  };
  const moved = () => app.withMove(slot.id, moveAt(mode, Number(input.value), app.live.moved[slot.id]));
  input.addEventListener("input", () => {
    app.held = slot.id;
    app.draw(moved());
    app.showLever(slot.lever);
  });
  input.addEventListener("change", () => {
    const next = moved();
    app.held = null;
    app.settle(next);
  });
  return { row, head, show };
}

const pathEnd = (slot, value) => (value === slot.off.value && slot.off.text ? slot.off.text : slotFigure(slot, value));
