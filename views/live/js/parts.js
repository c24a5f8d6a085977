// Parts that phones and the projector show in the same way.

// How many voted for each answer, and the right one where the class is told.
function histogramOf({ choices, histogram, right }) {
  const box = el("ol", "histogram");
  const all = total(histogram);
  box.append(...choices.map((text, k) => {
    const row = el("li", k === right ? "right" : "");
    const bar = el("div", "bar");
    const filled = el("div", "filled");
    const share = all ? histogram[k] / all : 0;
    filled.style.width = `${share * 100}%`;
    bar.append(filled);
    row.append(el("span", "answer", k === right ? `✓ ${text}` : text), bar, el("b", "", `${histogram[k]} (${numberText(share * 100, 0)}${locale.space}%)`));
    return row;
  }));
  return box;
}

// The plans of the budget game, the best first; `own` is the number whose row stands out, `choose` makes rows buttons.
function leagueTable(league, own = null, choose = null) {
  const { game } = DATA.languages[locale.language];
  const table = el("table", "league");
  const head = el("tr");
  const columns = ["#", say("classroom.team"), say("classroom.points"), say("classroom.spent", { unit: game.money.text }), ...game.goals.map(({ name }) => name)];
  head.append(...columns.map((name, k) => el("th", k > 3 ? "goal" : "", name)));
  const rows = league.map((one, k) => {
    const row = el("tr", one.number === own ? "own" : "");
    const name = el("td", "name");
    if (choose) name.append(button("row-button", calledAs(one), "", () => choose(one.number)));
    else name.textContent = calledAs(one);
    const points = Object.values(one.points);
    row.append(el("td", "", String(k + 1)), name, el("td", "", numberText(one.total, 0)), el("td", "", figureIn(game.money, one.cost)));
    row.append(...points.map((value) => el("td", "goal", numberText(value, 0))));
    return row;
  });
  const [thead, tbody, box] = [el("thead"), el("tbody"), el("div", "table-box")];
  thead.append(head);
  tbody.append(...rows);
  table.append(thead, tbody);
  box.append(table);
  return box;
}
