// Lessons: a question, the prediction of the class, the runs, what they show, and a debrief. How far a class has come
// stands in the address, so that a link opens the very step.
const LESSON = "lesson"; // the part of an address: id, step and prediction, with dots between them
const STEPS = ["question", "predict", "run", "reveal", "debrief"];
const [RUN, REVEAL, DEBRIEF] = [2, 3, 4];

class Lessons {
  #charts = [];

  // `changed` is called when the class has come to another place, `open` with the query of a state of Explore.
  constructor(box, changed, open) {
    [this.box, this.changed, this.open] = [box, changed, open];
    this.place = null; // {id, step, prediction} of the lesson that is shown
    this.visited = new Map(); // the places in lessons that have been shown before
    this.observer = new ResizeObserver(() => this.#charts.forEach((chart) => chart.resize()));
  }

  get query() {
    if (!this.place) return "";
    const { id, step, prediction } = this.place;
    return `${LESSON}=${[id, step, prediction ?? ""].join(".").replace(/\.+$/, "")}`;
  }

  // Takes over the part of an address; returns whether it can be used.
  read(text, lessons) {
    const [id, step = "0", prediction = "", ...rest] = text.split(".");
    const lesson = lessons.find((one) => one.id === id);
    const isFine = lesson && /^[0-4]$/.test(step) && (prediction === "" || (/^\d$/.test(prediction) && lesson.choices[prediction])) && !rest.length;
    this.place = isFine ? { id, step: Number(step), prediction: prediction === "" ? null : Number(prediction) } : null;
    return Boolean(isFine);
  }

  // Goes to a lesson, where the class has been in it.
  choose(id) {
    this.place = this.visited.get(id) ?? { id, step: 0, prediction: null };
    this.changed();
  }

  leave() {
    this.place = null;
    this.changed();
  }

  #go(change) {
    this.place = { ...this.place, ...change };
    this.changed();
  }

  // Draws the lesson; `texts` are those of the language.
  show(lessons, texts) {
    this.#charts.forEach((chart) => chart.dispose());
    this.#charts = [];
    this.observer.disconnect();
    this.box.hidden = !this.place;
    if (!this.place) {
      this.box.replaceChildren();
      return;
    }
    this.visited.set(this.place.id, this.place);
    const { id, step, prediction } = this.place;
    const said = (key) => texts[`classroom.${key}`];
    const lesson = lessons.find((one) => one.id === id);
    const titles = lessons.map((one) => [one.id, one.title]);
    const parts = [choice(said("lesson"), titles, id, (chosen) => this.choose(chosen)), el("p", "note", said("about")), this.#steps(step, said)];
    parts.push(el("h1", "", lesson.title), el("p", "question-text", lesson.question), this.#choices(lesson, said));
    const next = (to, key, isReady = true) => {
      const forward = button("next", said(key), "", () => this.#go({ step: to }));
      forward.disabled = !isReady;
      return forward;
    };
    const canvases = [];
    if (step < RUN) parts.push(next(RUN, "run", prediction !== null));
    else {
      parts.push(legendOf(lesson.runs));
      const charts = el("div", "lesson-charts");
      charts.append(...lesson.charts.map((one) => this.#chart(one, canvases)));
      parts.push(charts);
      if (step < REVEAL) parts.push(next(REVEAL, "reveal"));
      else {
        const verdict = said(prediction === lesson.right ? "right" : "wrong").replace("{answer}", lesson.choices[lesson.right]);
        parts.push(el("p", "verdict", `${verdict} ${lesson.reveal}`));
        parts.push(...(step < DEBRIEF ? [next(DEBRIEF, "to_debrief")] : this.#debrief(lesson, said, texts)));
      }
    }
    this.box.replaceChildren(...parts);
    // Charts are as wide as their places, which have a width only now.
    for (const [canvas, options] of canvases) {
      const chart = hebei2025Charts.init(canvas);
      chart.setOption(options);
      this.#charts.push(chart);
      this.observer.observe(canvas);
    }
  }

  #steps(step, said) {
    const now = Math.max(step, 1);
    const list = el("ol", "steps");
    list.append(...STEPS.map((name, k) => {
      const item = el("li", k < now ? "done" : k === now ? "now" : "", said(`step_${name}`));
      if (k === now) item.setAttribute("aria-current", "step");
      return item;
    }));
    return list;
  }

  #choices({ id, choices }, said) {
    const field = el("fieldset");
    field.append(el("legend", "", said("prediction")));
    for (const [k, text] of choices.entries()) {
      const label = el("label");
      const radio = el("input");
      Object.assign(radio, { type: "radio", name: `prediction-${id}`, value: k, checked: this.place.prediction === k });
      radio.addEventListener("change", () => {
        this.#go({ prediction: k });
        this.box.querySelector(`input[value="${k}"]`).focus();
      });
      label.append(radio, text);
      field.append(label);
    }
    return field;
  }

  #chart(one, canvases) {
    const figure = el("figure");
    const canvas = el("div", "lesson-canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", one.alternative);
    figure.append(el("figcaption", "", one.unit ? `${one.title} (${one.unit})` : one.title), canvas, el("p", "note", one.badge));
    const tooltip = { ...one.options.tooltip, valueFormatter: (value) => numberText(value, one.digits) };
    canvases.push([canvas, { ...one.options, tooltip, yAxis: { ...one.options.yAxis, name: "" } }]);
    return figure;
  }

  #debrief(lesson, said, texts) {
    const discuss = el("ol");
    discuss.append(...lesson.discuss.map((point) => el("li", "", point)));
    const roles = el("div", "roles");
    for (const [name, text] of lesson.roles) {
      const card = el("div");
      card.append(el("h3", "", name), el("p", "", text));
      roles.append(card);
    }
    const { prediction } = this.place;
    const sheet = button("tool wide-tool", said("sheet"), "", () => {
      const link = el("a");
      link.href = `data:text/html;charset=utf-8,${encodeURIComponent(lesson.sheets[prediction === null ? 0 : prediction + 1])}`;
      link.download = `hebei2025_${lesson.id}.html`;
      link.click();
    });
    const again = button("tool wide-tool", said("again"), "", () => this.#go({ step: 0, prediction: null }));
    const explored = button("tool wide-tool", texts["offline.explore_lesson"], "", () => {
      this.open(lesson.query);
    });
    const line = el("div", "lesson-tools");
    line.append(sheet, again, explored);
    return [el("h2", "", said("discuss")), discuss, el("h2", "", said("roles")), roles, line, el("p", "note", said("caveat"))];
  }
}

// The runs by colour and style of their lines, once for all charts.
function legendOf(runs) {
  const list = el("ul", "runs");
  list.append(...runs.map(({ name, colour, style }) => {
    const item = el("li", "", name);
    item.style.setProperty("--colour", colour);
    item.style.setProperty("--style", style);
    return item;
  }));
  return list;
}
