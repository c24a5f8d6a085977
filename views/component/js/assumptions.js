// The assumptions: drivers, and parameters by chapter, each with its range, grade and source. They are handed over when
// they are first opened.
const STRONGEST = 12; // assumptions that are named as those that matter most
const AT_A_TIME = 20; // runs between two looks at what the person does

const numberShown = (value) => String(shortened(value));

// One assumption. `part` is where the state keeps it: "drv" for drivers, "par" for parameters; `list` makes its id unique.
function assumptionRow(app, entry, part, list = "assume") {
  const row = el("div", "slot assumption");
  const name = el("label", "name", entry.name);
  const input = el("input");
  Object.assign(input, { type: "range", id: `${list}-${entry.id}`, min: entry.low, max: entry.high, step: entry.step });
  input.setAttribute("aria-label", entry.name);
  name.htmlFor = input.id;
  const grade = el("span", `grade grade-${entry.grade}`, entry.grade);
  grade.title = say(`component.grade_${entry.grade}`);
  const value = el("output", "value");
  const back = button("back", "↺", `${say("component.reset_assumption")}: ${entry.name}`, () => app.settle(changed(entry.value)));
  const head = el("div", "head");
  head.append(name, grade, back);
  const track = el("div", "track");
  track.append(input);
  const foot = el("div", "foot");
  const range = el("span", "caption", `${numberShown(entry.low)} – ${numberShown(entry.high)}`);
  foot.append(value, range);
  const source = el("details", "source");
  source.append(el("summary", "", say("component.source")), el("p", "", entry.source));
  row.append(head, track, foot, source);
  function changed(next) {
    const { [entry.id]: _, ...others } = app.live[part];
    return { ...app.live, [part]: next === entry.value ? others : { ...others, [entry.id]: shortened(next) } };
  }
  const show = () => {
    const now = app.live[part][entry.id];
    const at = now ?? entry.value;
    if (app.held !== entry.id) input.value = at;
    input.style.setProperty("--fill", `${(100 * (at - entry.low)) / (entry.high - entry.low)}%`);
    value.textContent = said(at);
    input.setAttribute("aria-valuetext", value.textContent);
    row.classList.toggle("moved", now !== undefined);
    row.classList.toggle("differs", now !== undefined);
  };
  function said(at) {
    if (part === "par") return withUnit({ text: entry.unit }, numberShown(at));
    if (entry.shifted) return `${at < 0 ? "−" : "+"}${numberText(Math.abs(100 * at), 1)}${locale.space}${say("component.points_a_year")}`;
    return `× ${numberText(at, 2)}`;
  }
  input.addEventListener("input", () => {
    app.held = entry.id;
    app.draw(changed(Number(input.value)));
    show();
  });
  input.addEventListener("change", () => {
    const next = changed(Number(input.value));
    app.held = null;
    app.settle(next);
  });
  return { row, show, search: entry.search, isChanged: () => app.state[part][entry.id] !== undefined };
}

// The assumptions that move the shown figures and charts most, each raised by a tenth of its range, or lowered at its end.
// One run each, some at a time, so that the page stays at hand; `tell` is called with what is done so far.
async function strongestAssumptions(app, entries, tell) {
  const lines = shownLines(app);
  const names = [...new Set(lines.map(({ variable }) => variable))];
  const state = app.state;
  const before = app.model.run(state, app.slots, names);
  const found = [];
  for (const [k, { entry, part }] of entries.entries()) {
    if (k % AT_A_TIME === 0) {
      tell(k);
      await new Promise((ready) => setTimeout(ready));
      if (app.state !== state || app.held !== null) return null;
    }
    const now = state[part][entry.id] ?? entry.value;
    const step = RAISE * (entry.high - entry.low);
    const moved = { ...state, [part]: { ...state[part], [entry.id]: now + step <= entry.high ? now + step : now - step } };
    found.push({ entry, part, strength: strength(before, app.model.run(moved, app.slots, names), lines) });
  }
  return found.sort((one, other) => other.strength - one.strength).slice(0, STRONGEST);
}

// The list of assumptions, in groups that are filled when they are opened.
function assumptionList(app, assumptions) {
  const box = el("div", "assumptions");
  const note = el("p", "note", say("component.assumptions_note"));
  const search = el("input", "search");
  Object.assign(search, { type: "search", placeholder: say("component.find_assumption") });
  search.setAttribute("aria-label", say("component.find_assumption"));
  const groups = [
    { id: "drivers", name: say("component.drivers"), entries: assumptions.drivers, part: "drv" },
    ...assumptions.chapters.map(({ id, name, parameters }) => ({ id, name, entries: parameters, part: "par" })),
  ].map(group);
  const all = [
    ...assumptions.drivers.map((entry) => ({ entry, part: "drv" })),
    ...assumptions.chapters.flatMap(({ parameters }) => parameters.map((entry) => ({ entry, part: "par" }))),
  ];
  const strongest = el("section", "strongest");
  const told = el("p", "note");
  told.setAttribute("role", "status");
  let named = [];
  const ask = button("tool", say("component.strongest"), "", async () => {
    ask.disabled = true;
    const tell = (done) => (told.textContent = say("component.strongest_done", { done, all: all.length }));
    const found = await strongestAssumptions(app, all, tell);
    ask.disabled = false;
    told.textContent = found ? say("component.strongest_note") : "";
    named = (found ?? []).map(({ entry, part, strength: most }) => {
      const made = assumptionRow(app, entry, part, "strongest");
      const bar = el("span", "strength");
      bar.style.width = `${(100 * most) / (found[0].strength || 1)}%`;
      bar.title = `${numberText(100 * most, 2)} %`;
      made.row.append(bar);
      made.show();
      return made;
    });
    strongest.replaceChildren(...named.map(({ row }) => row));
  });
  box.append(note, ask, told, strongest, search, ...groups.map(({ section }) => section));
  groups[0].section.open = true;
  search.addEventListener("input", () => {
    const terms = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    for (const each of groups) each.filter(terms);
  });

  function group({ id, name, entries, part }) {
    const section = el("details", "group");
    section.dataset.group = id;
    const head = el("summary");
    const differing = el("span", "differing");
    head.append(el("span", "title", name), differing, el("span", "count", String(entries.length)));
    section.append(head);
    let rows = null;
    const fill = () => {
      if (rows) return;
      rows = entries.map((entry) => assumptionRow(app, entry, part));
      section.append(...rows.map(({ row }) => row));
      for (const each of rows) each.show();
    };
    section.addEventListener("toggle", () => section.open && fill());
    return {
      section,
      show() {
        const number = entries.filter((entry) => app.state[part][entry.id] !== undefined).length;
        differing.textContent = number ? `● ${number}` : "";
        if (number) fill();
        for (const each of rows ?? []) each.show();
      },
      filter(terms) {
        const matching = (text) => terms.every((term) => text.includes(term));
        section.hidden = terms.length > 0 && !entries.some((entry) => matching(entry.search));
        if (terms.length && !section.hidden) {
          fill();
          section.open = true;
        }
        for (const each of rows ?? []) each.row.hidden = !matching(each.search);
      },
    };
  }
  return {
    box,
    show() {
      for (const each of [...groups, ...named]) each.show();
    },
  };
}
