// The headline figures: value, difference from what happened, target, and how sure they are.

// The value of a yearly line in a year; costs are summed from a year on.
const valueAt = ({ summed_from: from = null }, values, year, start) =>
  from === null ? values[year - start] : total(values.slice(from - start, year - start + 1));

function figureCard(app, figure) {
  const card = el("div", "card");
  card.dataset.figure = figure.id;
  const value = el("span", "number");
  const unit = el("span", "card-unit");
  const main = el("div", "card-value");
  main.append(value, unit);
  const delta = el("div", "card-delta");
  const targetText = el("span");
  const status = el("span", "status");
  const target = el("div", "card-target");
  target.append(targetText, status);
  const certainty = el("div", "card-certainty");
  card.append(el("div", "card-name", figure.name), main, delta, target, certainty);
  const { start } = app.charts;
  const at = (values, year) => valueAt(figure, values, year, start);

  return {
    card,
    draw(results) {
      const { year } = app.live;
      const values = yearly(results, figure);
      const now = at(values, year);
      const shownIn = figure.units[year];
      const digits = shownIn.digits === null ? (Math.abs(now * shownIn.factor) >= LARGE ? 0 : 1) : null;
      value.textContent = figureIn(shownIn, now, figure.signed, digits);
      unit.textContent = shownIn.text;
      showDelta(now - at(figure.ghost, year));
      const goal = figure.targets[year];
      status.textContent = "";
      if (goal) {
        const reached = values[goal.year - start];
        const met = goal.up ? reached >= goal.value : reached <= goal.value;
        targetText.textContent = goal.text;
        status.textContent = `${met ? "✓" : "✗"} ${say(met ? "component.met" : "component.missed")}`;
        status.className = `status ${met ? "met" : "missed"}`;
      } else if (figure.firms) {
        const paid = total(yearly(results, figure.firms).slice(YEARS.policy - start, year - start + 1));
        targetText.textContent = say("component.firms", { value: quantity(figure.firms.steps, paid) });
      } else targetText.textContent = say("component.no_target");
    },
    // `certain` has texts by indicator; without it nothing is known.
    showCertainty(certain) {
      const known = certain?.[figure.id];
      certainty.replaceChildren();
      for (const [name, text] of Object.entries(known ?? {})) {
        if (!text) continue;
        const span = el("span", "", text);
        span.title = say(`component.${name}_help`);
        certainty.append(span);
      }
    },
  };

  function showDelta(change) {
    const small = Number(fixed(Math.abs(change), Math.abs(change) >= LARGE ? 0 : 1)) === 0;
    delta.classList.toggle("changed", !small);
    if (small) {
      delta.textContent = say("component.same");
      return;
    }
    const good = Math.sign(change) * figure.better;
    const mark = good === 0 ? "" : ` · ${say(good > 0 ? "component.better" : "component.worse")}`;
    delta.textContent = say("component.against", { delta: quantity(figure.difference, change, true) }) + mark;
    delta.dataset.good = good;
  }
}
