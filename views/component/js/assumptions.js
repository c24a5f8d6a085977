// The assumptions: drivers, and parameters by chapter, each with its range, grade and source. They are handed over when
// they are first opened.
const numberShown = (value) => String(shortened(value)).replace("-", "−");

// An assumption at a value, in words.
function assumed(entry, part, at) {
  if (part === "par") return withUnit({ text: entry.unit }, numberShown(at));
  if (entry.shifted) return `${at < 0 ? "−" : "+"}${numberText(Math.abs(100 * at), 1)}${locale.space}${say("component.points_a_year")}`;
  return `× ${numberText(at, 2)}`;
}

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
  followFinger(input, track);
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
    value.textContent = assumed(entry, part, at);
    input.setAttribute("aria-valuetext", value.textContent);
    row.classList.toggle("moved", now !== undefined);
    row.classList.toggle("differs", now !== undefined);
  };
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
  const strongest = strongestList(app, all);
  box.append(note, strongest.box, search, ...groups.map(({ section }) => section));
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
    ask: strongest.ask,
    show() {
      for (const each of [...groups, strongest]) each.show();
    },
  };
}
