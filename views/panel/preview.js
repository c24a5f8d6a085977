// Redraws the charts while a slider is dragged, from a sweep of that slider which the server has computed; the exact
// run that follows the release replaces it. Other parts of the page speak to it through `globalThis.hebei2025Preview`.
const DWELL = 120; // ms that the pointer rests on a slider before its sweep is asked for
const PATIENCE = 400; // ms after an exact run in which the charts are redrawn, where they are redrawn at all
const AGAIN = 3000; // ms until a sweep is asked for again, when none has come and the pointer is still there

const shared = (globalThis.hebei2025Preview ??= {
  sweep: null, ask: null, asked: null, waiting: 0, hovered: null, frame: 0, settling: 0,
  runs: 0, // exact runs shown: what was kept before the last one is out of date where the chart has been redrawn
  saved: new Map(), // charts and texts as they were before the preview
});

// The state that the page shows, as the panel of levers knows it.
const present = () => globalThis.hebei2025Levers?.address ?? "";

// The state of the page without one slider: a sweep of this slider holds as long as that stays the same.
function without(query, slot) {
  const parts = new URLSearchParams(query);
  const moved = (parts.get("set") ?? "").split(",").filter((part) => part && !part.startsWith(`${slot}:`));
  parts.delete("set"); // so that it stands last in any case
  if (moved.length) parts.append("set", moved.join(","));
  return parts.toString();
}

// Whether a slider scales a path now; a sweep over values does not hold for it then.
const scales = (slot) => globalThis.hebei2025Levers?.scales[slot] ?? false;

const fits = (slot) =>
  shared.sweep?.slot === slot && shared.sweep.scales === scales(slot) &&
  without(shared.sweep.query, slot) === without(present(), slot);

function ask(slot) {
  const wanted = `${slot} ${scales(slot)} ${without(present(), slot)}`;
  if (fits(slot) || !shared.ask || shared.asked === wanted) return;
  shared.asked = wanted;
  setTimeout(() => {
    shared.asked = null;
    if (shared.hovered === slot && nodes().length) ask(slot); // nothing is asked for from another page
  }, AGAIN);
  shared.ask(slot);
}

// Streamlit hands out no chart, so it is looked up in the state of the React component that holds it.
function chartOf(node) {
  const key = Object.keys(node).find((name) => name.startsWith("__reactFiber$"));
  for (let fiber = node[key]; fiber; fiber = fiber.return) {
    for (const each of [fiber, fiber.alternate]) {
      for (let hook = each?.memoizedState; hook && typeof hook === "object"; hook = hook.next) {
        const found = hook.memoizedState;
        if (typeof found?.setOption === "function" && !found.isDisposed()) return found;
      }
    }
  }
  return null;
}

const nodes = () => [...document.querySelectorAll(".stEChartsChart")];

// Where a value lies between the levels of the sweep.
function between(levels, value) {
  const last = levels.length - 1;
  const place = (last * (value - levels[0])) / (levels[last] - levels[0]);
  const below = Math.min(Math.max(Math.floor(place), 0), last - 1);
  return [below, Math.min(Math.max(place - below, 0), 1)];
}

// A value at a place of the sweep; NaN where the model gives none.
function mix(low, high, part) {
  return low === null || high === null ? NaN : low + part * (high - low);
}

const marked = (graphic) => graphic?.some(({ elements }) => elements?.some(({ id }) => id === "preview"));
const isBand = ({ id }) => String(id).startsWith("band:");

// The first drawing of a preview: keeps what it covers, takes the bands away, which belong to the last exact run, and
// writes on the chart what it is.
function begin(chart, lines, text) {
  const { series, grid, graphic } = chart.getOption();
  const kept = shared.saved.get(chart);
  if (kept && marked(graphic)) {
    kept.runs = shared.runs;
    return;
  }
  const touched = series.filter((each) => each.id in lines || isBand(each));
  const before = touched.map(({ id, data, areaStyle }) => ({ id, data, areaStyle }));
  shared.saved.set(chart, { before, runs: shared.runs });
  const style = { text, fill: "#B34700", fontSize: 12, backgroundColor: "#FFFFFF", padding: [3, 6] };
  const mark = { id: "preview", type: "text", z: 10, silent: true, right: grid[0].right + 4, top: grid[0].top + 4, style };
  chart.setOption({
    series: series.filter(isBand).map(({ id }) => ({ id, areaStyle: { opacity: 0 } })),
    graphic: [mark],
  });
}

function drawChart(node, lines, years, [below, part], text) {
  const chart = chartOf(node);
  if (!chart) return;
  if (shared.saved.get(chart)?.runs !== shared.runs) begin(chart, lines, text);
  const series = Object.entries(lines).map(([id, rows]) => ({
    id,
    data: years.map((year, k) => [year, mix(rows[below][k], rows[below + 1][k], part)]).filter(([, v]) => Number.isFinite(v)),
  }));
  chart.setOption({ series });
}

function drawFigure({ id, values, digits: fixed, large, separator, signed }, [below, part]) {
  const card = document.querySelector(`[data-figure="${id}"]`);
  const text = card?.querySelector(".card-value")?.firstChild;
  if (!text) return;
  if (!shared.saved.has(text)) shared.saved.set(text, text.textContent);
  const value = mix(values[below], values[below + 1], part);
  const digits = fixed ?? (Math.abs(value) >= large ? 0 : 1);
  const told = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const mark = Number(told.replaceAll(",", "")) === 0 ? "" : value < 0 ? "−" : signed ? "+" : "";
  text.textContent = mark + told.replaceAll(",", separator);
  card.classList.add("preview");
}

function draw(value) {
  const { levels, charts, years, figures, text } = shared.sweep;
  const place = between(levels, value);
  nodes().slice(0, charts.length).forEach((node, k) => drawChart(node, charts[k], years, place, text));
  for (const figure of figures) drawFigure(figure, place);
}

// What equals its state before the preview is not drawn again by Streamlit: put it back.
function putBack() {
  for (const [shown, before] of shared.saved) {
    if (shown instanceof Node) {
      shown.textContent = before;
      shown.parentElement?.closest(".card")?.classList.remove("preview");
    } else if (!shown.isDisposed() && marked(shown.getOption().graphic)) {
      shown.setOption({ series: before.before, graphic: [{ id: "preview", $action: "remove" }] });
    }
  }
  shared.saved.clear();
}

Object.assign(shared, {
  // The pointer or the keyboard has come to a slider.
  hover(slot) {
    shared.hovered = slot;
    clearTimeout(shared.waiting);
    shared.waiting = setTimeout(() => ask(slot), DWELL);
  },
  leave() {
    shared.hovered = null;
    clearTimeout(shared.waiting);
  },
  // A slider is being moved: at most one drawing for each frame of the screen.
  show(slot, value) {
    // Not asked for at once: what two components send in the same moment Streamlit takes for a message of one of them.
    if (!fits(slot)) return shared.hover(slot);
    clearTimeout(shared.settling);
    cancelAnimationFrame(shared.frame);
    shared.frame = requestAnimationFrame(() => draw(value));
  },
  // The page shows an exact run now.
  settle() {
    shared.runs += 1;
    clearTimeout(shared.settling);
    if (shared.saved.size) shared.settling = setTimeout(putBack, PATIENCE);
  },
});

export default function ({ data, setTriggerValue }) {
  shared.ask = (slot) => setTriggerValue("wanted", slot);
  shared.sweep = data.sweep;
}
