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
// what the preview draws.
const shared = (globalThis.hebei2025Levers ??= { texts: null, draw: null, open: null, query: "", drawing: null });

// What redraws the charts while a slider is dragged (preview.js). Streamlit loads the parts of a page in any order: the
// object may be there, with the model that waits for preview.js, before its functions are.
const preview = () => globalThis.hebei2025Preview;

const AS_FACTOR = { digits: 2, factor: 1, separator: "," };
const FIRST_YEAR = 2010; // of the paths
const FIRST_MOVED = 2016; // the first year that a moved slider changes
const SVG = "http://www.w3.org/2000/svg";
const SPARK = { width: 64, height: 18, edge: 1.5 };

// `range` is what the slider shows: its ends, step and decimals, and whether its values are factors on a path.
const percent = (range, value) => (100 * (value - range.low)) / (range.high - range.low);

// A mark at a value sits where the centre of the thumb would be.
const place = (node, range, value) => {
  const share = percent(range, value) / 100;
  node.style.left = `calc(${share * 100}% + ${(0.5 - share) * 14}px)`;
};

// A value as a figure; those of levers are shown in another unit than the model's, factors as they are.
const shown = ({ digits, factor, separator }, value) =>
  (value * factor)
    .toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replaceAll(",", separator)
    .replace("-", "−");

// A value in words where it means that a rule is not in force, else in figures.
const told = (slot, value) => (slot.off.text && value === slot.off.value ? slot.off.text : shown(slot, value));

// The path that a slider at a value gives, from 2010 on: the scenario's before 2016, then scaled or held.
const moved = (slot, range, path, value) =>
  path.map((each, k) => {
    if (FIRST_YEAR + k < FIRST_MOVED) return each;
    return range.scales ? Math.min(Math.max(each * value, slot.low), slot.high) : value;
  });

function line(className, values, bottom, top) {
  const { width, height, edge } = SPARK;
  const x = (k) => edge + (k * (width - 2 * edge)) / (values.length - 1);
  const y = (value) => height - edge - ((value - bottom) / (top - bottom || 1)) * (height - 2 * edge);
  const node = document.createElementNS(SVG, "polyline");
  node.setAttribute("class", className);
  node.setAttribute("points", values.map((value, k) => `${x(k).toFixed(1)},${y(value).toFixed(1)}`).join(" "));
  return node;
}

// The line below a slider whose path changes over the years: the path, its ends where there is no other place for them,
// and the choice of one value instead. Drawing gives the values of the first and last year as a text.
function pathLine(slot, texts, choose) {
  const box = el("div", "path");
  const spark = document.createElementNS(SVG, "svg");
  spark.setAttribute("viewBox", `0 0 ${SPARK.width} ${SPARK.height}`);
  spark.setAttribute("role", "img");
  const ends = el("span", "ends");
  const hold = el("button", "hold", texts.hold);
  hold.type = "button";
  hold.addEventListener("click", choose);
  box.append(spark, ends, hold);
  return {
    box,
    draw(range, path, value, isMoved) {
      box.hidden = path.length === 0;
      if (box.hidden) return "";
      const now = isMoved ? moved(slot, range, path, value) : path;
      const top = Math.max(...now, ...path);
      const bottom = Math.min(0, ...now, ...path);
      spark.replaceChildren(line("before", path, bottom, top), line("now", now, bottom, top));
      const from = now.slice(FIRST_MOVED - FIRST_YEAR).map((each) => told(slot, each));
      const both = range.scales || !isMoved ? `${from[0]} → ${from.at(-1)}${slot.space}${slot.unit}` : "";
      ends.textContent = ends.title = slot.part ? both : "";
      spark.setAttribute("aria-label", texts.path.replace("{values}", from.join(", ")));
      hold.setAttribute("aria-pressed", String(!range.scales && isMoved));
      hold.title = range.scales || !isMoved ? texts.hold_help : texts.hold_end;
      hold.setAttribute("aria-label", `${texts.hold}: ${slot.full}`);
      return both;
    },
  };
}

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
  input.id = `lever-${slot.id}`;
  input.dataset.slot = slot.id;
  name.htmlFor = input.id;
  const mark = el("span", "baseline");
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

  let range = null;
  let path = [];
  // Until the server answers with what was sent last, its earlier answers are out of date: keys follow fast.
  let awaited = null;
  let last = { value: null, moved: false }; // as the server has it
  const course = pathLine(slot, texts, () => {
    awaited = null;
    if (range.scales || !last.moved) panel.move({ slot: slot.id, value: last.mean, scales: false });
    else panel.send("reset", slot.id);
  });
  row.append(course.box);

  const setRange = ({ scales, low, high, step }) => {
    range = { scales, low, high, step, ...(scales ? AS_FACTOR : { digits: slot.digits, factor: slot.factor, separator: slot.separator }) };
    Object.assign(input, { min: low, max: high, step });
    row.classList.toggle("scales", scales);
    unit.hidden = scales;
    mark.title = scales ? texts.unscaled : texts.baseline;
    mark.hidden = !scales && slot.baseline === null;
    if (!mark.hidden) place(mark, range, scales ? 1 : slot.baseline);
  };
  const show = (isMoved) => {
    const now = Number(input.value);
    input.style.setProperty("--fill", `${percent(range, now)}%`);
    const ends = course.draw(range, path, now, isMoved);
    const follows = !range.scales && ends !== ""; // a path that cannot be scaled, until one value is set
    value.textContent = range.scales ? `× ${shown(range, now)}` : follows ? "" : shown(range, now);
    unit.hidden = range.scales || follows;
    caption.textContent = caption.title = range.scales || follows ? ends : words(slot, now, texts);
    const spoken = range.scales
      ? texts.scaled.replace("{factor}", shown(range, now)).replace("{path}", ends)
      : follows
      ? texts.path.replace("{values}", ends)
      : `${shown(range, now)}${slot.space}${slot.unit}, ${caption.textContent}`;
    input.setAttribute("aria-valuetext", spoken);
    row.classList.toggle("moved", isMoved);
  };
  input.addEventListener("input", () => {
    panel.held = slot.id;
    clearTimeout(panel.rest);
    show(true);
    preview()?.show?.();
  });
  // A slider that comes back to where it was has no "change": only the preview has to go.
  input.addEventListener("pointerup", () => {
    if (panel.held !== slot.id || Number(input.value) !== last.value) return;
    panel.held = null;
    show(last.moved);
    preview()?.settle?.();
  });
  input.addEventListener("change", () => {
    panel.held = null;
    const value = Number(input.value);
    performance.mark("lever-released");
    panel.move({ slot: slot.id, value, scales: range.scales });
    awaited = { slot: slot.id, value, scales: range.scales, until: performance.now() + PATIENCE };
  });
  back.addEventListener("click", () => {
    awaited = null;
    panel.send("reset", slot.id);
  });
  return {
    row,
    // Where the slider is: as the person has put it, or, until then, exactly as the server has it.
    now() {
      const touched = panel.held === slot.id || this.unanswered() !== null;
      return { moved: touched || last.moved, scales: range.scales, value: touched ? Number(input.value) : last.value };
    },
    // The last move, where the server has not answered it yet.
    unanswered: () => (awaited && performance.now() < awaited.until ? awaited : null),
    update(state) {
      if (panel.held === slot.id) return;
      if (awaited && awaited.value !== state.value && performance.now() < awaited.until) return;
      awaited = null;
      last = state;
      path = state.path;
      setRange(state);
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

// The moved sliders by id, for the preview.
shared.moved = () => {
  const places = [...(shared.panel?.sliders ?? [])].map(([id, slider]) => [id, slider.now()]);
  return Object.fromEntries(places.filter(([, place]) => place.moved));
};

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
  // With those that are not answered yet: Streamlit drops a message that waits for the server when the next one comes.
  panel.move = (move) => {
    const others = [...panel.sliders.values()].map((slider) => slider.unanswered());
    panel.send("moved", [...others.filter((other) => other && other.slot !== move.slot), move]);
  };
  showAddress(data.query);
  shared.drawing = data.drawing;
  preview()?.settle?.();
  // The answer to the last drag has come during the next one, which goes on.
  if (panel.held) preview()?.show?.();
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
