// Lessons: a question, the prediction of the class, the runs, what they show, and a debrief. How far a class has come
// stands in the address, as on the Classroom page, so that a link opens the very step and Back goes a step back.
const LESSON = "lesson"; // the part of an address: id, step and prediction, with dots between them
const SHOWN_AS = "view"; // the part that asks for the projector view
const PROJECTOR = "projector";
const [RUN, REVEAL, DEBRIEF] = [2, 3, 4];
const FORWARD = { [RUN]: "run", [REVEAL]: "reveal", [DEBRIEF]: "to_debrief" };
const stepBefore = (step) => (step <= RUN ? 0 : step - 1);
const stepAfter = (step) => (step < RUN ? RUN : Math.min(step + 1, DEBRIEF));

class Lessons {
  #charts = [];
  #panel = 0; // the chart that the projector shows

  // `changed` is called when the class has come to another place, `open` with the query of a state of Explore.
  constructor(box, changed, open) {
    [this.box, this.changed, this.open] = [box, changed, open];
    this.place = null; // {id, step, prediction} of the lesson that is shown
    this.isProjected = false;
    this.visited = new Map(); // the places in lessons that have been shown before
    this.observer = new ResizeObserver(() => this.#charts.forEach((chart) => chart.resize()));
    document.addEventListener("keydown", (event) => this.#press(event));
  }

  get query() {
    if (!this.place) return "";
    return this.isProjected ? `${this.#part}&${SHOWN_AS}=${PROJECTOR}` : this.#part;
  }

  get #part() {
    const { id, step, prediction } = this.place;
    return `${LESSON}=${[id, step, prediction ?? ""].join(".").replace(/\.+$/, "")}`;
  }

  // Takes over the parts of an address; returns those that cannot be used.
  read(text, view, lessons) {
    const [id, step = "0", prediction = "", ...rest] = text.split(".");
    const lesson = lessons.find((one) => one.id === id);
    const isFine = lesson && /^[0-4]$/.test(step) && (prediction === "" || (/^\d$/.test(prediction) && lesson.choices[prediction])) && !rest.length;
    this.place = isFine ? { id, step: Number(step), prediction: prediction === "" ? null : Number(prediction) } : null;
    this.isProjected = Boolean(isFine) && view === PROJECTOR;
    const refused = text && !isFine ? [`${LESSON}=${text}`] : [];
    return view && view !== PROJECTOR ? [...refused, `${SHOWN_AS}=${view}`] : refused;
  }

  // Goes to a lesson, where the class has been in it.
  choose(id) {
    this.place = this.visited.get(id) ?? { id, step: 0, prediction: null };
    this.changed();
  }

  leave() {
    this.place = null;
    this.isProjected = false;
    this.changed();
  }

  #go(change) {
    this.place = { ...this.place, ...change };
    this.#panel = 0;
    this.changed();
  }

  #project(on) {
    this.isProjected = on;
    this.#panel = 0;
    this.changed();
  }

  #turn(to) {
    this.#panel = to;
    this.show(...this.drawn);
  }

  // Keys of the projector view: those that presenters for slides send, and the way out.
  #press(event) {
    const key = { PageDown: ".lesson-forward", PageUp: ".lesson-back", Escape: ".lesson-out" }[event.key];
    const pressed = key && this.place && this.isProjected ? this.box.querySelector(key) : null;
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  }

  // Draws the lesson; `texts` are those of the language.
  show(lessons, texts) {
    this.drawn = [lessons, texts];
    this.#charts.forEach((chart) => chart.dispose());
    this.#charts = [];
    this.observer.disconnect();
    this.box.hidden = !this.place;
    const isProjected = this.place !== null && this.isProjected;
    document.body.classList.toggle(PROJECTOR, isProjected);
    if (!this.place) {
      this.box.replaceChildren();
      return;
    }
    this.visited.set(this.place.id, this.place);
    const lesson = lessons.find((one) => one.id === this.place.id);
    const said = (key) => texts[`classroom.${key}`];
    const canvases = [];
    this.box.replaceChildren(...(isProjected ? this.#projected(lesson, said, canvases) : this.#whole(lesson, lessons, said, texts, canvases)));
    // Charts are as wide as their places, which have a width only now.
    for (const [canvas, options] of canvases) {
      const chart = hebei2025Charts.init(canvas);
      chart.setOption(options);
      this.#charts.push(chart);
      this.observer.observe(canvas);
    }
  }

  // The lesson as far as the class has come, with what the teacher needs folded below.
  #whole(lesson, lessons, said, texts, canvases) {
    const { id, step, prediction } = this.place;
    const titles = lessons.map((one) => [one.id, one.title]);
    const parts = [choice(said("lesson"), titles, id, (chosen) => this.choose(chosen)), el("p", "note", said("about")), stepList(step, said)];
    parts.push(el("h1", "", lesson.title), el("p", "question-text", lesson.question), this.#choices(lesson, said));
    if (step >= RUN) {
      const charts = el("div", "lesson-charts");
      charts.append(...lesson.charts.map((one) => lessonChart(one, canvases)));
      parts.push(legendOf(lesson.runs), charts);
    }
    if (step >= REVEAL) parts.push(el("p", "verdict", verdictOf(lesson, prediction, said)));
    parts.push(...(step < DEBRIEF ? [this.#next(said)] : this.#debrief(lesson, said, texts)));
    const project = button("tool wide-tool", said("projector"), "", () => this.#project(true));
    const line = el("div", "lesson-tools");
    line.append(project, stepLink(`lang=${document.documentElement.lang.slice(0, 2)}&${this.#part}`, said, texts));
    return [...parts, line, teacherNotes(lesson, said), roleCards(lesson, said)];
  }

  // One step, and one chart at a time, in large letters.
  #projected(lesson, said, canvases) {
    const { step, prediction } = this.place;
    const parts = [stepList(step, said), el("h1", "", lesson.title)];
    const bar = el("div", "lesson-bar");
    const goBack = (press) => bar.append(button("lesson-back", said("back"), "", press));
    const last = lesson.charts.length - 1;
    if (step < RUN) parts.push(el("p", "question-text", lesson.question), this.#choices(lesson, said));
    else if (step === RUN) {
      const titles = segments(said("charts"), lesson.charts.map(({ title }, k) => [k, title]), (chosen) => this.#turn(chosen));
      titles.show(this.#panel);
      parts.push(titles.box, legendOf(lesson.runs), lessonChart(lesson.charts[this.#panel], canvases, true));
      goBack(() => (this.#panel ? this.#turn(this.#panel - 1) : this.#go({ step: stepBefore(step) })));
    } else {
      const shown = step === REVEAL ? [el("p", "verdict", verdictOf(lesson, prediction, said))] : pointsAndRoles(lesson, said);
      parts.push(...shown);
      goBack(() => this.#go({ step: stepBefore(step) }));
    }
    if (step === RUN && this.#panel < last) bar.append(button("next lesson-forward", said("next_chart"), "", () => this.#turn(this.#panel + 1)));
    else if (step < DEBRIEF) bar.append(this.#next(said));
    bar.append(button("lesson-out", said("leave_projector"), "", () => this.#project(false)));
    return [...parts, bar];
  }

  #next(said) {
    const { step, prediction } = this.place;
    const to = stepAfter(step);
    const forward = button("next lesson-forward", said(FORWARD[to]), "", () => this.#go({ step: to }));
    forward.disabled = step < RUN && prediction === null;
    return forward;
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

  #debrief(lesson, said, texts) {
    const { prediction } = this.place;
    const sheet = sheetButton(said("sheet"), lesson.sheets[prediction === null ? 0 : prediction + 1], `${lesson.id}_sheet`);
    const again = button("tool wide-tool", said("again"), "", () => this.#go({ step: 0, prediction: null }));
    const explored = button("tool wide-tool", texts["offline.explore_lesson"], "", () => this.open(lesson.query));
    const line = el("div", "lesson-tools");
    line.append(sheet, again, explored);
    return [...pointsAndRoles(lesson, said), line, el("p", "note", said("caveat"))];
  }
}
