// Which assumptions matter most for what is shown: each is moved alone to both ends of its span, two runs each.
const STRONGEST = 12; // assumptions that are named
const DIGITS = 3; // significant digits of the ends of a span
const AT_A_TIME = 20; // assumptions between two looks at what the person does

// The figures and the strong lines of the charts that are shown, with their names and the words for a change of each.
function shownResults(app) {
  const ofCharts = app.state.charts.flatMap((id) => {
    const { lines, title, unit } = app.charts.charts[id];
    const strong = lines.filter((line) => line.strong);
    const changed = { text: unit === "%" ? say("component.points") : unit };
    return strong.map((line) => ({
      line,
      name: strong.length > 1 ? `${title} · ${line.name}` : title,
      words: (change) => withUnit(changed, numberText(change * line.scale, null, true)),
    }));
  });
  const figures = app.charts.figures.map((figure) => ({
    line: figure,
    name: figure.name,
    words: (change) => quantity(figure.difference, change, true),
  }));
  return [...figures, ...ofCharts];
}

// The result that an assumption changes most in the year of the figures, relative to the largest value of its path:
// what it is, how much of that value, and the changes at both ends of the span.
function mostChanged(shown, before, atEnds, year, start) {
  let most = { strength: 0, result: null, changes: [0, 0] };
  for (const result of shown) {
    const values = yearly(before, result.line);
    const now = valueAt(result.line, values, year, start);
    const size = Math.max(Math.abs(now), ...values.map(Math.abs).filter(Number.isFinite)) || 1;
    const changes = atEnds.map((results) => valueAt(result.line, yearly(results, result.line), year, start) - now);
    const strength = Math.max(...changes.map(Math.abs)) / size;
    if (strength > most.strength) most = { strength, result, changes };
  }
  return most;
}

// The assumptions that matter most, the strongest first; `tell` is called with the number of those that have been
// moved. Null where the person has changed something meanwhile.
async function strongestAssumptions(app, entries, tell) {
  const shown = shownResults(app);
  const names = [...new Set(shown.map(({ line }) => line.variable))];
  const state = app.state;
  const run = (changed) => app.model.run({ ...state, ...changed }, app.slots, names);
  const before = run({});
  const found = [];
  for (const [k, { entry, part }] of entries.entries()) {
    if (k % AT_A_TIME === 0) {
      tell(k);
      await new Promise((ready) => setTimeout(ready));
      if (app.state !== state || app.held !== null) return null;
    }
    const atEnds = entry.span.map((end) => run({ [part]: { ...state[part], [entry.id]: end } }));
    found.push({ entry, part, ...mostChanged(shown, before, atEnds, state.year, app.charts.start) });
  }
  return found.sort((one, other) => other.strength - one.strength).slice(0, STRONGEST);
}

// What an assumption changes most, in words and as a bar; `longest` is the strength of the strongest.
function strengthShown({ entry, part, strength, result, changes }, year, longest) {
  const [low, high] = entry.span.map((end) => assumed(entry, part, Number(end.toPrecision(DIGITS))));
  const [atLow, atHigh] = changes.map(result.words);
  const words = el("p", "effect", say("component.strongest_effect", { result: result.name, year, low, high, at_low: atLow, at_high: atHigh }));
  const bar = el("span", "strength");
  bar.style.width = `${(100 * strength) / longest}%`;
  return [words, bar];
}

// The button that asks for them, and their list.
function strongestList(app, all) {
  const box = el("div", "asked");
  const list = el("section", "strongest");
  const told = el("p", "note");
  told.setAttribute("role", "status");
  let rows = [];
  const trigger = button("tool", say("component.strongest"), "", () => ask());
  box.append(trigger, told, list);

  async function ask() {
    trigger.disabled = true;
    const { year } = app.state;
    const found = await strongestAssumptions(app, all, (done) => (told.textContent = say("component.strongest_done", { done, all: all.length })));
    trigger.disabled = false;
    told.textContent = found ? say("component.strongest_note", { year }) : "";
    const moving = (found ?? []).filter(({ strength }) => strength > 0);
    rows = moving.map((one) => {
      const made = assumptionRow(app, one.entry, one.part, "strongest");
      made.row.append(...strengthShown(one, year, moving[0].strength));
      made.show();
      return made;
    });
    list.replaceChildren(...rows.map(({ row }) => row));
  }
  return {
    box,
    ask,
    show() {
      for (const each of rows) each.show();
    },
  };
}
