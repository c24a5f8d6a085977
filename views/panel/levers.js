// Draws the levers and reports moves on release. Texts come once, through texts.js; `data` brings what changes.
// Texts are set as text, never as HTML. Put behind shown_address.js.
const el = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

const PATIENCE = 1500; // ms to wait for the answer to the last move
const AT_REST = 350; // ms without a move after which the server may compute what takes longer
const ONCE_MORE = 2000; // ms until the server is asked again, when it could not do so
const OPEN_AT_FIRST = 2; // groups, beside those in which something has been moved

// What the panel remembers for as long as the page is loaded: texts, groups that are open, words searched for, and
// the state that the page shows.
const shared = (globalThis.hebei2025Levers ??= { texts: null, draw: null, open: null, query: "", address: "" });

// What redraws the charts while a slider is dragged (preview.js).
const preview = () => globalThis.hebei2025Preview;

const percent = (slot, value) => (100 * (value - slot.low)) / (slot.high - slot.low);

// A mark at a value sits where the centre of the thumb would be.
const place = (node, slot, value) => {
  const share = percent(slot, value) / 100;
  node.style.left = `calc(${share * 100}% + ${(0.5 - share) * 14}px)`;
};

const shown = (slot, value) =>
  (value * slot.factor)
    .toLocaleString("en-US", { minimumFractionDigits: slot.digits, maximumFractionDigits: slot.digits })
    .replaceAll(",", slot.separator);

function words(slot, value, texts) {
  const near = Math.max(slot.step, 0.03 * (slot.high - slot.low));
  const levels = slot.levels.toSorted((one, other) => one.value - other.value);
  for (const level of levels) {
    if (Math.abs(level.value - value) <= near && Math.abs(level.value - value) <= slot.step * 1.01) return level.text;
  }
  const below = levels.findLast((level) => level.value < value);
  const above = levels.find((level) => level.value > value);
  if (!below && !above) return "";
  if (!below) return texts.below.replace("{level}", above.text);
  if (!above) return texts.above.replace("{level}", below.text);
  return texts.between.replace("{low}", below.short).replace("{high}", above.short);
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
  row.addEventListener("pointerenter", () => preview()?.hover(slot.id));
  row.addEventListener("pointerleave", () => preview()?.leave());
  input.addEventListener("focus", () => preview()?.hover(slot.id));
  input.addEventListener("blur", () => preview()?.leave());
  input.addEventListener("input", () => {
    panel.held = slot.id;
    clearTimeout(panel.rest);
    show(true);
    preview()?.show(slot.id, Number(input.value));
  });
  // A slider that comes back to where it was has no "change": only the preview has to go.
  input.addEventListener("pointerup", () => {
    if (panel.held !== slot.id || Number(input.value) !== last.value) return;
    panel.held = null;
    show(last.moved);
    preview()?.settle();
  });
  // Until the server answers with what was sent last, its earlier answers are out of date: keys follow fast.
  let awaited = null;
  let last = { value: null, moved: false }; // as the server has it
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
    now: () => Number(input.value),
    update(state) {
      if (panel.held === slot.id) return;
      if (awaited && awaited.value !== state.value && performance.now() < awaited.until) return;
      awaited = null;
      last = state;
      input.value = state.value;
      row.classList.toggle("differs", state.differs);
      show(state.moved);
    },
  };
}

function lever(entry, panel, texts) {
  const block = el("div", "lever");
  const info = el("button", "info", "i");
  info.type = "button";
  info.setAttribute("aria-label", `${texts.info}: ${entry.name}`);
  let box = null;
  info.addEventListener("click", () => {
    if (!box) {
      box = information(entry, texts);
      block.append(box);
    }
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
  return { block, search: entry.search, slots: entry.slots.map((slot) => slot.id) };
}

// A group of levers that folds away; its head counts the levers, and those that differ from what happened.
function group(entry, panel, texts) {
  const section = el("details", "group");
  section.dataset.group = entry.id;
  const head = el("summary", "");
  const differing = el("span", "differing");
  const count = el("span", "count", String(entry.levers.length));
  count.title = texts.count.replace("{count}", entry.levers.length);
  head.append(el("span", "title", entry.name), differing, count);
  head.addEventListener("click", () => {
    if (shared.query) return;
    if (section.open) shared.open.delete(entry.id);
    else shared.open.add(entry.id);
  });
  section.append(head);
  const levers = entry.levers.map((each) => lever(each, panel, texts));
  section.append(...levers.map((each) => each.block));
  return {
    id: entry.id, section, levers,
    update(state) {
      const number = levers.filter((each) => each.slots.some((id) => state[id].differs)).length;
      differing.textContent = number ? `● ${number}` : "";
      differing.title = number ? texts.differing.replace("{count}", number) : "";
      section.classList.toggle("changed", number > 0);
    },
  };
}

// Shows the levers that hold all words searched for, in open groups; without words, the groups as they were left.
function filter(panel, texts) {
  const terms = shared.query.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const { id, section, levers } of panel.groups) {
    let here = 0;
    for (const { block, search } of levers) {
      block.hidden = !terms.every((term) => search.includes(term));
      if (!block.hidden) here += 1;
    }
    section.hidden = here === 0;
    section.open = terms.length > 0 || shared.open.has(id);
    found += here;
  }
  const told = found ? texts.found.replace("{count}", found) : texts.nothing;
  panel.found.textContent = terms.length ? told : "";
}

function tools(panel, texts) {
  const bar = el("div", "tools");
  const box = el("input", "search");
  box.type = "search";
  box.placeholder = texts.search;
  box.setAttribute("aria-label", texts.search);
  box.value = shared.query;
  box.addEventListener("input", () => {
    shared.query = box.value.trim();
    filter(panel, texts);
  });
  const fold = (name, sign, ids) => {
    const button = el("button", "fold", sign);
    button.type = "button";
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => {
      shared.open = new Set(ids);
      shared.query = box.value = "";
      filter(panel, texts);
    });
    return button;
  };
  panel.found = el("p", "found");
  panel.found.setAttribute("role", "status");
  const all = panel.groups.map((each) => each.id);
  bar.append(box, fold(texts.unfold, "+", all), fold(texts.fold, "−", []), panel.found);
  return bar;
}

function build(panel, { groups, texts, stamp }, state) {
  panel.sliders = new Map();
  panel.held = null;
  panel.groups = groups.map((entry) => group(entry, panel, texts));
  shared.open ??= new Set(
    panel.groups
      .filter(({ levers }, k) => k < OPEN_AT_FIRST || levers.some((each) => each.slots.some((id) => state[id].moved)))
      .map((each) => each.id),
  );
  panel.root.replaceChildren(tools(panel, texts), ...panel.groups.map((each) => each.section));
  panel.stamp = stamp;
  filter(panel, texts);
}

// Who leaves the page by a link must not have anything asked for on it any more: the answer would be drawn into the next.
function listen() {
  if (shared.listening) return;
  shared.listening = true;
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("a[href]")) return;
    clearTimeout(shared.panel?.rest);
    preview()?.leave();
  }, true);
}

// Whether the server draws the page; what is asked for at the end of a run can make its last parts be lost.
const busy = () => (document.querySelector(".stApp")?.dataset.testScriptState ?? "notRunning") !== "notRunning";

// Asks until the answer has come; an answer that changes nothing does not reach this component.
function askAtRest(panel, query, wait) {
  panel.rest = setTimeout(() => {
    if (!panel.root.isConnected) return;
    if (busy() || panel.held) {
      askAtRest(panel, query, AT_REST);
      return;
    }
    panel.send("settled", query);
    askAtRest(panel, query, ONCE_MORE);
  }, wait);
}

const panels = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".panel");
  let panel = panels.get(root);
  if (!panel) {
    panel = { root };
    panels.set(root, panel);
    shared.panel = panel;
    listen();
  }
  panel.send = setTriggerValue;
  showAddress(data.query);
  shared.address = data.query;
  preview()?.settle();
  // The answer to the last drag has come during the next one, which goes on.
  if (panel.held) preview()?.show(panel.held, panel.sliders.get(panel.held).now());
  clearTimeout(panel.rest);
  if (data.pending) askAtRest(panel, data.query, AT_REST);
  shared.draw = () => {
    if (shared.texts?.stamp !== data.stamp) return; // texts.js draws when they have come
    if (panel.stamp !== data.stamp) build(panel, shared.texts, data.state);
    for (const [id, state] of Object.entries(data.state)) panel.sliders.get(id).update(state);
    for (const each of panel.groups) each.update(data.state);
  };
  shared.draw();
}
