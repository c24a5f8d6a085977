// Runs that are kept under a name: to load again, and to compare.
const LONGEST_NAME = 60;

function keptRuns(app) {
  const box = el("details", "kept");
  const summary = el("summary");
  const form = el("form", "line");
  const name = el("input", "search");
  Object.assign(name, { type: "text", maxLength: LONGEST_NAME });
  name.setAttribute("aria-label", say("component.run_name"));
  const keep = el("button", "tool", say("component.keep"));
  keep.type = "submit";
  form.append(name, keep);
  const full = el("p", "note");
  const list = el("ul");
  const compare = button("tool", say("component.compare"), "", () => app.server.go({ page: "compare" }));
  box.append(summary, form, full, list, compare);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = name.value.trim() || name.placeholder;
    if (!given) return;
    app.server.send("keep", { name: given, query: app.query });
    name.value = "";
  });
  return {
    box,
    show() {
      const { runs, most } = app.data.scenarios;
      summary.textContent = runs.length ? say("component.kept", { count: runs.length }) : say("component.keep");
      name.placeholder = suggestion(app).slice(0, LONGEST_NAME);
      keep.disabled = runs.length >= most;
      full.textContent = runs.length >= most ? say("component.no_room", { count: most }) : "";
      full.hidden = !full.textContent;
      compare.hidden = runs.length === 0 || isAlone(app);
      list.replaceChildren(...runs.map((run) => {
        const item = el("li");
        item.append(
          button("load", run.name, say("component.load", { name: run.name }), () => app.load(run.query)),
          button("back shown", "×", say("component.forget", { name: run.name }), () => app.server.send("forget", run.key)),
        );
        return item;
      }));
    },
  };
}

// A name for the present state: its first moves in words, or the scenario.
function suggestion(app) {
  const moves = Object.entries(app.state.moved).map(([id, move]) => `${app.slots.get(id).full} ${moveWords(app.slots.get(id), move)}`);
  const scenario = app.scenarios.flatMap(([, pairs]) => pairs).find(([key]) => key === app.state.base)?.[1] ?? "";
  return moves.slice(0, 2).join("; ") || scenario;
}
