// The row above the charts: what the settings do in words, warnings, the year of the figures, and the first questions.

function warningList(notes) {
  if (!notes.length) return null;
  const details = el("details", "warnings");
  const summary = el("summary");
  const told = el("span");
  told.setAttribute("role", "status");
  const count = notes.length === 1 ? say("component.one_warning") : say("component.warnings", { count: notes.length });
  told.append(el("b", "", `⚠ ${count}`), document.createTextNode(` ${notes[0]}`));
  summary.append(told);
  const list = el("ul");
  list.append(...notes.map((note) => el("li", "", note)));
  details.append(summary, list);
  return details;
}

// Without the app behind it the page has no other pages to open, and nothing that takes many runs.
const isAlone = (app) => app.data.alone === true;

const questionsOf = (app) => app.texts.questions.filter(({ page }) => !(page && isAlone(app)));

function topRow(app) {
  const box = el("div", "top-row");
  const words = el("div", "in-words");
  const sentence = el("p", "summary");
  const told = el("div", "told");
  const why = button("why", say("component.why"), "", () => app.server.go({ page: "why", query: "why.view=differences" }));
  why.title = say("component.why_help");
  told.append(sentence, why);
  const questions = el("div", "questions");
  questions.append(el("span", "", say("component.start_with")), ...questionsOf(app).map((one) =>
    button("question", one.text, "", () => app.answer(one)),
  ));
  const years = segments(say("component.year"), app.charts.shown_years.map((year) => [year, String(year)]), (year) =>
    app.settle({ ...app.state, year }),
  );
  years.box.classList.add("years");
  box.append(words, years.box, questions);
  return {
    box,
    show(answer) {
      years.show(app.state.year);
      const fresh = answer?.query === app.query;
      words.classList.toggle("waiting", !fresh);
      if (!answer) return;
      sentence.textContent = sentence.title = answer.sentence;
      const notes = app.charts.extrapolated ? [...answer.warnings, say("component.extrapolated")] : answer.warnings;
      why.hidden = app.isUntouched() || isAlone(app);
      if (app.isUntouched()) box.append(questions);
      else questions.remove();
      words.replaceChildren(...[told, warningList(notes)].filter(Boolean));
    },
  };
}

// Where to start from, until when, undo and redo.
function choices(app) {
  const box = el("div", "choices");
  const base = choice(say("component.scenario"), app.scenarios, app.state.base, (value) =>
    app.settle({ ...app.state, base: value, moved: {} }),
  );
  base.classList.add("base");
  const until = choice(say("component.until"), app.texts.ends.map((year) => [String(year), say("component.until_year", { year })]), String(app.state.until), (year) => {
    const shown = Math.min(app.state.year, Number(year));
    app.settle({ ...app.state, until: Number(year), year: shown });
  });
  const back = button("tool", "↶", say("component.undo"), () => app.undo());
  const forth = button("tool", "↷", say("component.redo"), () => app.redo());
  const reset = button("tool wide", say("component.reset_all"), "", () => app.settle({ ...app.state, moved: {}, par: {}, drv: {} }));
  const bands = el("label", "bands");
  const check = el("input");
  check.type = "checkbox";
  check.addEventListener("change", () => app.settle({ ...app.state, bands: check.checked }));
  bands.title = say("component.bands_help");
  bands.append(check, document.createTextNode(say("component.bands")));
  bands.hidden = isAlone(app);
  const alone = el("p", "note", say("component.alone"));
  const file = button("tool scenario-file", say("component.scenario_file"), "", () => app.server.send("take", null));
  alone.hidden = file.hidden = !isAlone(app); // in the app both stand above the page
  const first = el("div", "line");
  first.append(base);
  const second = el("div", "line");
  second.append(until, back, forth, reset);
  const runs = keptRuns(app);
  box.append(el("h1", "brand", say("app.title")), first, second, runs.box, file, bands, alone);
  return {
    box,
    show() {
      base.value = app.state.base;
      until.value = String(app.state.until);
      check.checked = app.state.bands;
      runs.show();
      back.disabled = !trail.before.length;
      forth.disabled = !trail.after.length;
      reset.disabled = changesOf(app.state) === 0;
    },
  };
}
