// Redraws the charts while a slider is dragged, from runs of the model here in the browser; the run of the server that
// follows the release has the same numbers. Other parts of the page speak to it through `globalThis.hebei2025Preview`.
// Where the model cannot run, nothing is drawn before the server answers. Put behind host.js, preview_model.js and
// preview_numbers.js.
const PATIENCE = 400; // ms after a run of the server in which the charts are redrawn, where they are redrawn at all

const shared = (globalThis.hebei2025Preview ??= {});
Object.assign(shared, {
  module: null, inputs: null, // from preview_data.js
  description: null, // of the module, for its host
  compiled: null, // a promise of the compiled module
  loading: null, // inputs with which the model has been or is being loaded
  model: null, // the model with its inputs
  frame: 0, settling: 0,
  runs: 0, // runs of the server shown: what was kept before the last one is out of date where the chart has been redrawn
  saved: new Map(), // charts and texts as they were before the preview
  ...shared,
});

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

const marked = (graphic) => graphic?.some(({ elements }) => elements?.some(({ id }) => id === "preview"));
const isBand = ({ id }) => String(id).startsWith("band:");

// The first drawing of a preview: keeps what it covers, takes the bands away, which belong to the last run of the
// server, and writes on the chart what it is.
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

function drawChart(node, lines, results, { years, digits, text }) {
  const chart = chartOf(node);
  if (!chart) return;
  if (shared.saved.get(chart)?.runs !== shared.runs) begin(chart, lines, text);
  // A chart that has just been chosen may be here before the drawing that belongs to it.
  const there = shared.saved.get(chart).before.filter(({ id }) => id in lines);
  chart.setOption({
    series: there.map(({ id }) => ({ id, data: points(years, yearly(results, lines[id]), lines[id].scale, digits) })),
  });
}

function drawFigure(figure, results) {
  const card = document.querySelector(`[data-figure="${figure.id}"]`);
  const text = card?.querySelector(".card-value")?.firstChild;
  if (!text) return;
  if (!shared.saved.has(text)) shared.saved.set(text, text.textContent);
  const values = yearly(results, figure).slice(figure.first, figure.last + 1);
  text.textContent = figureText(total(values) * figure.scale, figure);
  card.classList.add("preview");
}

function draw() {
  const { model } = shared;
  const { drawing, moved } = globalThis.hebei2025Levers;
  if (model?.inputs.stamp !== drawing.inputs) return;
  const { charts, figures } = drawing;
  const names = new Set([...charts.flatMap(Object.values), ...figures].map(({ variable }) => variable));
  const results = resultsAt(model, moved(), [...names]);
  if (!results) return;
  nodes().slice(0, charts.length).forEach((node, k) => drawChart(node, charts[k], results, drawing));
  for (const figure of figures) drawFigure(figure, results);
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
  // Loads the model with the inputs that have come last.
  async prepare() {
    const { module, description, inputs } = shared;
    if (!module || !description || !inputs || shared.loading === inputs) return;
    shared.loading = inputs;
    try {
      shared.compiled ??= unzipped(module).then((bytes) => WebAssembly.compile(bytes));
      const model = await loadedModel(shared.compiled, description, inputs);
      if (shared.inputs === inputs) shared.model = model;
    } catch (error) {
      console.warn("no preview:", error);
    }
  },
  // A slider is being moved: at most one drawing for each frame of the screen, of where the sliders are then.
  show() {
    clearTimeout(shared.settling);
    cancelAnimationFrame(shared.frame);
    shared.frame = requestAnimationFrame(draw);
  },
  // The page shows a run of the server now.
  settle() {
    shared.runs += 1;
    clearTimeout(shared.settling);
    if (shared.saved.size) shared.settling = setTimeout(putBack, PATIENCE);
  },
});

export default function ({ data }) {
  shared.description = data;
  shared.prepare();
}
