// The budget game on a phone, which runs the model by itself at every move of a slider.
const PERCENT = 100;

class BudgetGame {
  #model = null;
  #loading = null;

  constructor(memory, handIn) {
    [this.memory, this.handIn] = [memory, handIn];
  }

  get #texts() {
    return DATA.languages[locale.language].game;
  }

  get spending() {
    const kept = this.memory.values.draft ?? {};
    return Object.fromEntries(this.#texts.programmes.map(({ id, start }) => [id, kept[id] ?? start]));
  }

  // Loads the model once; later calls wait for the same.
  load() {
    this.#loading ??= this.#fetched().catch((error) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  async #fetched() {
    const { module, description, inputs } = await ask("GET", `model/${this.#texts.model}`);
    const bytes = Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0));
    this.#model = await Model.from(bytes, description);
    this.#model.load(inputs);
  }

  // Cost beyond that of 2015, points by goal and their mean, as the server scores them.
  score() {
    const { cost, goals, programmes, budget } = this.#texts;
    const slots = new Map(programmes.map((one) => [one.id, one]));
    const moved = Object.fromEntries(Object.entries(this.spending).map(([id, value]) => [id, { ...noMove(), hold: value }]));
    const results = this.#model.run({ moved, par: {}, drv: {} }, slots, [cost, ...goals].map(({ variable }) => variable));
    const spent = total(yearly(results, cost)) - cost.none;
    const points = goals.map((goal) => (PERCENT * (yearly(results, goal).at(-1) - goal.none)) / (goal.whole - goal.none));
    return { spent, points, total: total(points) / points.length, isWithin: spent <= budget };
  }

  // The sliders with what they cost and reach; `plan` is the one that was handed in, unless it is still to be sent.
  show(plan, isWaiting) {
    const { budget, money, goals, programmes } = this.#texts;
    const amount = (value) => figureIn(money, value);
    const head = el("div", "game-head");
    const [bar, filled, spent, points] = [el("div", "bar"), el("div", "filled"), el("b"), el("b")];
    bar.append(filled);
    const remark = el("small");
    head.append(labelled(say("classroom.spent", { unit: money.text }), spent), labelled(say("classroom.points"), points), bar, remark);
    const reached = el("ul", "goals");
    const values = goals.map(({ name }) => {
      const item = el("li", "", `${name}${locale.marks.colon}`);
      const value = el("b");
      item.append(value);
      reached.append(item);
      return value;
    });
    const send = button("main-button", say("live_class.hand_in"), "", () => this.handIn(this.spending));
    const draw = () => {
      const now = this.score();
      spent.textContent = `${amount(now.spent)} / ${amount(budget)}`;
      points.textContent = now.isWithin ? numberText(now.total, 0) : "–";
      values.forEach((value, k) => (value.textContent = numberText(now.points[k], 0)));
      filled.style.width = `${Math.min(Math.max((PERCENT * now.spent) / budget, 0), PERCENT)}%`;
      head.classList.toggle("over", !now.isWithin);
      remark.textContent = say(now.isWithin ? "classroom.within" : "classroom.over");
      send.disabled = !now.isWithin;
    };
    const sliders = programmes.map((one) => this.#slider(one, draw));
    const told = () => say("live_class.handed_in", { points: numberText(plan.total, 0), cost: amount(plan.cost), unit: money.text });
    const handedIn = el("p", "sent", isWaiting ? say("live_class.will_be_sent") : plan ? told() : "");
    handedIn.setAttribute("role", "status");
    draw();
    return [head, reached, ...sliders, handedIn, send];
  }

  #slider({ id, name, unit, low, high, step }, changed) {
    const row = el("label", "game-slider");
    const [top, value, input] = [el("span"), el("output"), el("input")];
    const show = (now) => (value.textContent = `${numberText(now * unit.factor, step * unit.factor < 1 ? 1 : 0)}${locale.space}${unit.text}`);
    Object.assign(input, { type: "range", min: low, max: high, step, value: this.spending[id] });
    input.addEventListener("input", () => {
      this.memory.set({ draft: { ...this.spending, [id]: Number(input.value) } });
      show(Number(input.value));
      changed();
    });
    show(this.spending[id]);
    top.append(el("span", "", name), value);
    row.append(top, input);
    return row;
  }
}

function labelled(name, value) {
  const box = el("div");
  box.append(el("span", "", name), value);
  return box;
}
