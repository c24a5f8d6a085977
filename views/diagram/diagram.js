// The diagram of causes and effects. `data` brings nodes, links and texts; the trigger `opened` names a variable.
// Put behind places.js, drawing.js and view.js.
const shared = (globalThis.hebei2025Diagrams ??= { layout: null, waiting: new Set(), shown: null });
const panels = new WeakMap();
const TOOLS = matchMedia("(pointer: coarse)").matches ? 55 : 42; // px of the row of buttons
const LOWEST = 200; // px of the picture at least,
const HIGHEST = 0.55; // and at most, as a part of the window

const el = (tag, className, text = "") => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
};

function measure(root) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `600 ${FONT_SIZE}px ${getComputedStyle(root).fontFamily}`;
  return (text) => pen.measureText(text).width;
}

function tools(texts, view) {
  const box = el("div", "tools");
  for (const [mark, told, act] of [
    ["+", texts.zoom_in, () => view.zoomBy(STEP)],
    ["−", texts.zoom_out, () => view.zoomBy(1 / STEP)],
    ["1:1", `1:1 ${texts.reset}`, () => view.reset()],
    ["⤢", texts.overview, () => view.overview()],
  ]) {
    const button = el("button", "tool", mark);
    button.type = "button";
    button.title = told;
    button.setAttribute("aria-label", told);
    button.addEventListener("click", act);
    box.append(button);
  }
  return box;
}

function legend(entries) {
  const list = el("ul", "legend");
  for (const [key, text] of entries) {
    const entry = el("li", "");
    entry.append(sample(key), el("span", "", text));
    list.append(entry);
  }
  return list;
}

function open(panel, id) {
  if (id !== panel.data.selected) panel.send("opened", id);
}

// Across, or downwards where that is asked for or the diagram would be wider than the page.
function fitting(data, width, room) {
  const across = placed(shared.layout, data, width);
  if (data.direction !== "fit" || across.width * LEAST_AT_FIRST <= room) return across;
  return placed(shared.layout, { ...data, direction: "TB" }, width);
}

function build(panel) {
  const { root, data } = panel;
  const picture = fitting(data, measure(root), root.clientWidth);
  const content = svg("g", {});
  content.append(...picture.links.map(drawnLink), ...picture.nodes.map((node) => drawnNode(node, data)));
  const attributes = { class: "stage", role: "group", tabindex: "0", "aria-label": data.texts.told };
  const stage = svg("svg", attributes, arrowheads(), content);
  const frame = el("div", "frame");
  frame.style.height = `${TOOLS + clamp(picture.height * LEAST_AT_FIRST + 8, [LOWEST, HIGHEST * innerHeight])}px`;
  const home = picture.nodes.find((node) => node.id === data.selected) ?? { x: 0, y: 0 };
  const view = movable(stage, content, picture, home);
  const drag = followPointers(stage, view);
  followWheel(stage, frame, view);
  frame.append(tools(data.texts, view), stage);
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const node = event.target.closest?.(".node[role=button]");
    if (node && (event.key === "Enter" || event.key === " ")) open(panel, node.dataset.id);
    else if (KEYS[event.key]) KEYS[event.key](view);
    else return;
    event.preventDefault();
  });
  stage.addEventListener("click", (event) => {
    const node = event.target.closest(".node[role=button]");
    if (drag.moved) return;
    if (node) open(panel, node.dataset.id);
    else stage.focus({ preventScroll: true });
  });
  stage.addEventListener("focusin", (event) => {
    const node = picture.nodes.find((each) => each.id === event.target.dataset?.id);
    if (node && event.target.matches(":focus-visible")) view.reveal(node);
  });
  panel.resized?.disconnect();
  panel.resized = new ResizeObserver(() => view.now.touched || view.reset());
  panel.resized.observe(frame);
  const focused = root.contains(root.getRootNode().activeElement);
  root.replaceChildren(frame, el("p", "hint", data.texts.hint), legend(data.legend));
  // Whoever came by keyboard goes on from the variable that has been opened.
  if (focused) (stage.querySelector(".node.selected") ?? stage).focus({ preventScroll: true });
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".diagram");
  let panel = panels.get(root);
  if (!panel) {
    panel = { root };
    panels.set(root, panel);
  }
  panel.send = setTriggerValue;
  const drawn = JSON.stringify(data);
  if (panel.drawn === drawn) return;
  Object.assign(panel, { drawn, data });
  if (shared.layout) build(panel);
  else shared.waiting.add(() => build(panel));
}
