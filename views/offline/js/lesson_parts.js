// Parts of a lesson that know nothing of where the class is: steps, charts, roles, sheets, what the teacher needs.
const STEPS = ["question", "predict", "run", "reveal", "debrief"];

function stepList(step, said) {
  const now = Math.max(step, 1);
  const list = el("ol", "steps");
  list.append(...STEPS.map((name, k) => {
    const item = el("li", k < now ? "done" : k === now ? "now" : "", said(`step_${name}`));
    if (k === now) item.setAttribute("aria-current", "step");
    return item;
  }));
  return list;
}

// The runs by colour and style of their lines, once for all charts.
function legendOf(runs) {
  const list = el("ul", "runs");
  list.append(...runs.map(({ name, colour, style }) => {
    const item = el("li", "", name);
    item.style.setProperty("--colour", colour);
    item.style.setProperty("--style", style);
    return item;
  }));
  return list;
}

// A chart; its canvas and options are added to `canvases`, to be drawn when it stands in the page. For a projector its
// letters and lines are larger.
function lessonChart(one, canvases, isLarge = false) {
  const figure = el("figure");
  const canvas = el("div", "lesson-canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", one.alternative);
  figure.append(el("figcaption", "", one.unit ? `${one.title} (${one.unit})` : one.title), canvas, el("p", "note", one.badge));
  const tooltip = { ...one.options.tooltip, valueFormatter: (value) => numberText(value, one.digits) };
  const options = { ...one.options, tooltip, yAxis: { ...one.options.yAxis, name: "" } };
  canvases.push([canvas, isLarge ? enlarged(options) : options]);
  return figure;
}

const ON_PROJECTOR = { letters: 20, line: 5, mark: 13, top: 54, left: 16 }; // pixels on a projector

function enlarged(options) {
  const axis = (one) => ({ ...one, axisLabel: { ...one.axisLabel, fontSize: ON_PROJECTOR.letters } });
  const series = options.series.map((one) =>
    one.type === "scatter" ? { ...one, symbolSize: ON_PROJECTOR.mark } : { ...one, lineStyle: one.lineStyle && { ...one.lineStyle, width: ON_PROJECTOR.line } });
  const legend = { ...options.legend, textStyle: { ...options.legend.textStyle, fontSize: ON_PROJECTOR.letters } };
  return { ...options, series, legend, grid: { ...options.grid, top: ON_PROJECTOR.top, left: ON_PROJECTOR.left }, xAxis: axis(options.xAxis), yAxis: axis(options.yAxis) };
}

function verdictOf(lesson, prediction, said) {
  const verdict = said(prediction === lesson.right ? "right" : "wrong").replace("{answer}", lesson.choices[lesson.right]);
  return `${verdict} ${lesson.reveal}`;
}

function pointsAndRoles(lesson, said) {
  const discuss = el("ol");
  discuss.append(...lesson.discuss.map((point) => el("li", "", point)));
  const roles = el("div", "roles");
  for (const [name, text] of lesson.roles) {
    const card = el("div");
    card.append(el("h3", "", name), el("p", "", text));
    roles.append(card);
  }
  return [el("h2", "", said("discuss")), discuss, el("h2", "", said("roles")), roles];
}

// A button that saves a page of HTML, to be printed.
function sheetButton(text, page, name) {
  return button("tool wide-tool", text, "", () => {
    const link = el("a");
    link.href = `data:text/html;charset=utf-8,${encodeURIComponent(page)}`;
    link.download = `hebei2025_${name}.html`;
    link.click();
  });
}

// Something folded, so that the class does not see it.
function folded(kind, said, parts) {
  const box = el("details", "teacher");
  box.append(el("summary", "", said(kind)), el("p", "note", said(`${kind}_about`)), ...parts);
  return box;
}

function sheetBody(body) {
  const part = el("div", "lesson-sheet");
  part.innerHTML = body; // made by views/pages/classroom/sheets.py, where every text is escaped
  return part;
}

const teacherNotes = (lesson, said) =>
  folded("notes", said, [sheetButton(said("notes_sheet"), lesson.notes_sheet, `${lesson.id}_notes_sheet`), sheetBody(lesson.notes)]);

const roleCards = (lesson, said) =>
  folded("cards", said, [sheetButton(said("cards_sheet"), lesson.cards_sheet, `${lesson.id}_cards_sheet`), ...lesson.cards.map(sheetBody)]);

// The address of a step, to be copied.
function stepLink(part, said, texts) {
  const box = el("details", "step-link");
  const field = el("input");
  Object.assign(field, { type: "text", readOnly: true, value: `${location.href.split("#")[0]}#${part}` });
  field.setAttribute("aria-label", said("step_link"));
  const copied = el("span", "note");
  copied.setAttribute("role", "status");
  const copy = button("tool wide-tool", texts["offline.copy"], "", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // where the browser gives files no clipboard
    }
    copied.textContent = texts["offline.copied"];
  });
  const line = el("div");
  line.append(field, copy, copied);
  box.append(el("summary", "", said("step_link")), el("p", "note", texts["offline.step_link_about"]), line);
  return box;
}
