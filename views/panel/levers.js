// Draws the levers from `data` and reports moves on release. Texts are set as text, never as HTML.
const el = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

const PATIENCE = 1500; // ms to wait for the answer to the last move

const percent = (slot, value) => (100 * (value - slot.low)) / (slot.high - slot.low);

// A mark at a value sits where the centre of the thumb would be.
const place = (node, slot, value) => {
  const share = percent(slot, value) / 100;
  node.style.left = `calc(${share * 100}% + ${(0.5 - share) * 14}px)`;
};

const shown = (slot, value) =>
  value.toLocaleString("en-US", { minimumFractionDigits: slot.digits, maximumFractionDigits: slot.digits });

function words(slot, value, texts) {
  const near = Math.max(slot.step, 0.03 * (slot.high - slot.low));
  let below = null;
  for (const level of slot.levels) {
    if (Math.abs(level.value - value) <= near && Math.abs(level.value - value) <= slot.step * 1.01) return level.text;
    if (level.value < value) below = level.text;
  }
  const above = slot.levels.find((level) => level.value > value);
  if (below === null && !above) return "";
  if (below === null) return texts.below.replace("{level}", above.text);
  return texts.above.replace("{level}", below);
}

function information(lever, texts) {
  const box = el("div", "information");
  box.setAttribute("popover", "auto");
  const section = (heading, text) => box.append(el("h5", "", heading), el("p", "", text));
  box.append(el("h4", "", lever.name));
  section(...lever.what);
  box.append(el("h5", "", texts.clauses));
  for (const [id, quote] of lever.quotes) {
    const line = el("p", "quote");
    line.append(el("span", "clause", id), document.createTextNode(quote));
    line.lang = "zh";
    box.append(line);
  }
  box.append(el("h5", "", texts.levels));
  const list = el("ul", "");
  for (const text of lever.levels) list.append(el("li", "", text));
  box.append(list);
  for (const [heading, text] of lever.notes) section(heading, text);
  return box;
}

function slider(slot, panel, texts) {
  const row = el("div", slot.part ? "slot part" : "slot");
  const name = el("label", "name", slot.name);
  const value = el("output", "value");
  const unit = el("span", "unit", slot.unit);
  const caption = el("span", "caption");
  const back = el("button", "back", "↺");
  back.type = "button";
  back.title = texts.reset;
  back.setAttribute("aria-label", `${texts.reset}: ${slot.full}`);
  const track = el("div", "track");
  const input = el("input");
  input.type = "range";
  input.min = slot.low;
  input.max = slot.high;
  input.step = slot.step;
  input.id = `lever-${slot.id}`;
  input.dataset.slot = slot.id;
  name.htmlFor = input.id;
  const mark = el("span", "baseline");
  mark.title = texts.baseline;
  place(mark, slot, slot.baseline);
  track.append(mark, input);
  const head = el("div", "head");
  const foot = el("div", "foot");
  const reading = el("span", "reading");
  reading.append(value, unit);
  if (slot.part) row.append(name, track, reading, back);
  else {
    head.append(name, back);
    foot.append(reading, caption);
    row.append(head, track, foot);
  }

  const show = (moved) => {
    const now = Number(input.value);
    input.style.setProperty("--fill", `${percent(slot, now)}%`);
    value.textContent = shown(slot, now);
    caption.textContent = words(slot, now, texts);
    caption.title = caption.textContent;
    input.setAttribute("aria-valuetext", `${shown(slot, now)} ${slot.unit}, ${caption.textContent}`);
    row.classList.toggle("moved", moved);
  };
  input.addEventListener("input", () => {
    panel.held = slot.id;
    show(true);
  });
  // Until the server answers with what was sent last, its earlier answers are out of date: keys follow fast.
  let awaited = null;
  input.addEventListener("change", () => {
    panel.held = null;
    awaited = { value: Number(input.value), until: performance.now() + PATIENCE };
    performance.mark("lever-released");
    panel.send("moved", { slot: slot.id, value: Number(input.value) });
  });
  back.addEventListener("click", () => {
    awaited = null;
    panel.send("reset", slot.id);
  });
  return {
    row,
    update(state) {
      if (panel.held === slot.id) return;
      if (awaited && awaited.value !== state.value && performance.now() < awaited.until) return;
      awaited = null;
      input.value = state.value;
      row.classList.toggle("differs", state.differs);
      show(state.moved);
    },
  };
}

function lever(entry, panel, texts) {
  const block = el("div", "lever");
  const box = information(entry, texts);
  const info = el("button", "info", "i");
  info.type = "button";
  info.setAttribute("aria-label", `${texts.info}: ${entry.name}`);
  info.addEventListener("click", () => {
    const place = info.getBoundingClientRect();
    box.showPopover();
    box.style.left = `${Math.min(place.right + 16, innerWidth - box.offsetWidth - 8)}px`;
    box.style.top = `${Math.max(8, Math.min(place.top - 20, innerHeight - box.offsetHeight - 8))}px`;
  });
  const alone = entry.slots.length === 1;
  if (!alone) {
    const head = el("div", "head");
    head.append(el("span", "name", entry.name), info);
    block.append(head);
  }
  for (const slot of entry.slots) {
    const made = slider(slot, panel, texts);
    if (alone) made.row.querySelector(".head").append(info);
    panel.sliders.set(slot.id, made);
    block.append(made.row);
  }
  block.append(box);
  return block;
}

function build(panel, data) {
  panel.sliders = new Map();
  panel.held = null;
  const nodes = [];
  for (const group of data.groups) {
    const section = el("section", "group");
    section.append(el("h3", "", group.name));
    for (const entry of group.levers) section.append(lever(entry, panel, data.texts));
    nodes.push(section);
  }
  panel.root.replaceChildren(...nodes);
  panel.stamp = data.stamp;
}

// The address always opens the present state; replaced, so that the way back leads out of the page.
function showAddress(query) {
  const address = new URL(location.href);
  address.search = query;
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

const panels = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".panel");
  let panel = panels.get(root);
  if (!panel) {
    panel = { root };
    panels.set(root, panel);
  }
  panel.send = setTriggerValue;
  if (panel.stamp !== data.stamp) build(panel, data);
  showAddress(data.query);
  for (const [id, state] of Object.entries(data.state)) panel.sliders.get(id).update(state);
}
