// The list of levers: groups that fold away, a search, an order by effect, and for each lever its slider and its editor.
const OPEN_AT_FIRST = 2; // groups, so that the names of all are in sight

function information(entry) {
  const box = el("div", "information");
  box.setAttribute("popover", "auto");
  const section = (heading, text) => box.append(el("h5", "", heading), el("p", "", text));
  const close = button("back shown close", "×", say("component.close"), () => box.hidePopover());
  box.append(close, el("h4", "", entry.name));
  section(...entry.what);
  box.append(el("h5", "", say("component.clauses")));
  for (const [id, quote] of entry.quotes) {
    const line = el("p", "quote");
    line.append(el("span", "clause", id), document.createTextNode(quote));
    line.lang = "zh";
    box.append(line);
  }
  box.append(el("h5", "", say("component.levels")));
  const list = el("ul");
  for (const text of entry.levels) list.append(el("li", "", text));
  box.append(list);
  for (const [heading, text] of entry.notes) section(heading, text);
  return box;
}

function showBeside(box, place) {
  box.showPopover();
  placeBeside(box, place);
}

function placeBeside(box, place) {
  const area = place.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(area.right + 16, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, Math.min(area.top - 20, innerHeight - box.offsetHeight - 8))}px`;
}

function leverBlock(app, entry) {
  const block = el("div", "lever");
  block.dataset.lever = entry.id;
  const shown = entry.slots.filter((slot) => !slot.is_part);
  const parts = entry.slots.filter((slot) => slot.is_part);
  const rows = [];
  const editors = [];
  let box = null;
  const info = button("info", "i", `${say("component.info")}: ${entry.name}`, () => {
    if (!box) block.append((box = information(entry)));
    showBeside(box, info);
  });
  const several = shown.length > 1;
  if (several) {
    const head = el("div", "head");
    head.append(el("span", "name", entry.name), info);
    block.append(head);
  }
  const addRow = (slot, place) => {
    const made = sliderRow(app, slot);
    const edit = button("edit", "✎", `${say("component.edit")}: ${slot.full}`, () => toggle());
    edit.setAttribute("aria-expanded", "false");
    made.head.insertBefore(edit, made.head.lastChild);
    rows.push(made);
    place.append(made.row);
    let editor = null;
    const toggle = () => {
      if (!editor) {
        editor = pathEditor(app, slot);
        editors.push(editor);
        made.row.append(editor.box);
        if (!slot.is_part && parts.length) editor.box.append(partsOf());
      } else editor.box.hidden = !editor.box.hidden;
      edit.setAttribute("aria-expanded", String(!editor.box.hidden));
      show();
    };
    return made;
  };
  const partsOf = () => {
    const details = el("details", "parts");
    details.append(el("summary", "", say("component.by_sector")));
    for (const slot of parts) addRow(slot, details);
    details.addEventListener("toggle", show);
    return details;
  };
  for (const slot of shown) {
    const made = addRow(slot, block);
    if (several) made.row.classList.add("sector");
    else made.head.insertBefore(info, made.head.children[1]);
  }
  const saturated = el("p", "saturated");
  saturated.hidden = true;
  block.append(saturated);
  const partsMoved = el("p", "parts-moved");
  block.append(partsMoved);
  const show = () => {
    for (const each of rows) each.show();
    for (const each of editors) if (!each.box.hidden) each.show();
    const moved = parts.filter((slot) => app.live.moved[slot.id]);
    partsMoved.textContent = moved.map((slot) => `${slot.name} ${moveWords(slot, app.live.moved[slot.id])}`).join("; ");
    partsMoved.hidden = moved.length === 0;
  };
  return {
    block, id: entry.id, search: entry.search, slots: entry.slots, show,
    differs: () => shown.some((slot) => app.differs(slot)) || parts.some((slot) => app.state.moved[slot.id]),
    tell(text) {
      saturated.textContent = text;
      saturated.hidden = !text;
    },
  };
}

function leverGroup(app, entry) {
  const section = el("details", "group");
  section.dataset.group = entry.id;
  const head = el("summary");
  const differing = el("span", "differing");
  const count = el("span", "count", String(entry.levers.length));
  count.title = say("component.count", { count: entry.levers.length });
  head.append(el("span", "title", entry.name), differing, count);
  section.append(head);
  const levers = entry.levers.map((each) => leverBlock(app, each));
  section.append(...levers.map((each) => each.block));
  return {
    id: entry.id, section, levers,
    show() {
      const number = levers.filter((each) => each.differs()).length;
      differing.textContent = number ? `● ${number}` : "";
      differing.title = number ? say("component.differing", { count: number }) : "";
    },
  };
}

// All levers. `shown` has what is open, searched for and by what they are ordered; it outlives a change of language.
function leverList(app, entries, shown) {
  const box = el("div", "levers");
  const groups = entries.map((entry) => leverGroup(app, entry));
  const all = groups.flatMap((group) => group.levers);
  const byId = new Map(all.map((each) => [each.id, each]));
  const ranked = el("section", "ranked");
  const found = el("p", "found");
  found.setAttribute("role", "status");
  shown.open ??= new Set(
    groups.filter(({ levers }, k) => k < OPEN_AT_FIRST || levers.some((one) => one.differs())).map(({ id }) => id),
  );
  const filter = () => {
    const terms = shown.query.toLowerCase().split(/\s+/).filter(Boolean);
    let matching = 0;
    for (const { id, section, levers } of groups) {
      let here = 0;
      for (const { block, search } of levers) {
        block.hidden = !terms.every((term) => search.includes(term));
        if (!block.hidden) here += 1;
      }
      section.hidden = here === 0 || shown.order !== "task";
      section.open = terms.length > 0 || shown.open.has(id);
      matching += here;
    }
    const told = matching ? say("component.found", { count: matching }) : say("component.nothing");
    found.textContent = terms.length ? told : "";
  };
  for (const { id, section } of groups) {
    section.firstChild.addEventListener("click", () => {
      if (shown.query) return;
      if (section.open) shown.open.delete(id);
      else shown.open.add(id);
    });
  }
  const arrange = () => {
    if (shown.order === "task") for (const { section, levers } of groups) section.append(...levers.map(({ block }) => block));
    else {
      const strength = app.effects ?? new Map();
      ranked.append(...all.toSorted((one, other) => (strength.get(other.id) ?? 0) - (strength.get(one.id) ?? 0)).map(({ block }) => block));
    }
    filter();
  };
  box.append(tools({ shown, groups, found, filter, arrange, app }), ranked, ...groups.map(({ section }) => section));
  arrange();
  return {
    box, byId, arrange,
    show() {
      for (const each of all) each.show();
      for (const each of groups) each.show();
    },
  };
}

function tools({ shown, groups, found, filter, arrange, app }) {
  const bar = el("div", "tools");
  const search = el("input", "search");
  Object.assign(search, { type: "search", placeholder: say("component.search"), value: shown.query });
  search.setAttribute("aria-label", say("component.search"));
  search.addEventListener("input", () => {
    shown.query = search.value.trim();
    filter();
  });
  const fold = (name, sign, open) => button("fold", sign, name, () => {
    shown.open = new Set(open ? groups.map(({ id }) => id) : []);
    shown.query = search.value = "";
    filter();
  });
  const orders = [["task", say("component.order_task")], ["effect", say("component.order_effect")]];
  const order = choice(say("component.order"), orders, shown.order, (value) => {
    shown.order = value;
    app.findEffects();
    arrange();
  });
  bar.append(search, order, fold(say("component.unfold"), "+", true), fold(say("component.fold"), "−", false), found);
  return bar;
}
