// The Explore page: every input runs the model here and draws charts and figures at once. The server adds words, bands
// and how sure figures are, when the sliders are at rest. Put last.
const LIMITS = { factor: 1000, delay: 19 }; // set from the texts

const shared = (globalThis.hebei2025Explore ??= { parts: {} });
// What is open and searched for among the levers, and what sliders do: kept while the person visits other pages.
shared.shown ??= { side: "levers", open: null, query: "", order: "task", pinned: 0 };
shared.modes ??= new Map();

function takeOver(texts) {
  Object.assign(locale, { language: texts.language, texts: texts.texts, marks: texts.marks, separator: texts.separator, space: texts.space });
  Object.assign(YEARS, texts.years);
  Object.assign(LIMITS, texts.limits);
}

// How many levers and assumptions are changed in a state.
const changesOf = ({ moved, par, drv }) => [moved, par, drv].reduce((count, part) => count + Object.keys(part).length, 0);

class Explore {
  constructor(root) {
    this.root = root;
    this.held = null; // the slider that is being dragged
    this.server = new ServerRequests(this);
    this.asked = false; // whether the assumptions that matter most shall be found once the assumptions have come
    this.epoch = -1; // of the server: it rises when the server itself has changed the state
    this.modes = shared.modes;
    this.slots = new Map();
    this.observer = new ResizeObserver(() => this.plots?.forEach((plot) => plot.resize(this.stale ? null : this.results)));
    onBack(() => root.isConnected, (query) => this.open(query));
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  // --- What the server hands over -----------------------------------------------------------------

  async receive(data, trigger) {
    this.data = data;
    this.server.trigger = trigger;
    kept.query = data.kept;
    await this.update();
  }

  // Draws what has come; called when the state comes and whenever a part comes.
  async update() {
    const { texts, charts, inputs, module, description } = shared.parts;
    const { data } = this;
    const ready = texts && charts && inputs && module && description && shared.initChart && data;
    if (!ready || texts.stamp !== data.texts) return;
    takeOver(texts);
    if (data.epoch !== this.epoch || (data.query !== this.query && !this.server.isWaiting)) this.#adopt(data);
    if (charts.stamp !== data.charts || inputs.stamp !== data.inputs || data.query !== this.query) {
      this.#answer();
      return; // more is on its way, or the person is ahead of the server
    }
    shared.loading ??= Model.from(module, description);
    try {
      this.model = await shared.loading;
    } catch (error) {
      console.warn("the model does not run:", error);
      this.#refuse();
      return;
    }
    if (shared.parts.inputs !== inputs || shared.parts.charts !== charts || shared.parts.texts !== texts) return;
    const isNew = this.model.inputs !== inputs;
    if (isNew) this.model.load(inputs);
    if (this.built !== `${texts.stamp} ${charts.stamp} ${data.scenarios.stamp}`) this.#build(texts, charts);
    if (isNew || !this.drawn || this.stale) this.draw(this.state);
    this.stale = false;
    if (this.inherited) this.#inherit();
    showAddress(this.query);
    this.show();
    this.#answer();
    this.server.askForBands();
  }

  // Says that this browser cannot run the model.
  #refuse() {
    const note = el("p", "problem", say("component.no_model"));
    note.setAttribute("role", "alert");
    this.root.replaceChildren(note);
  }

  // A state that comes from the server: a link, a file, a change on another page.
  #adopt({ epoch, query }) {
    this.epoch = epoch;
    this.query = query;
    this.state = this.live = stateOf(query, shared.parts.texts.defaults);
    this.stale = true;
    showAddress(query);
  }

  #build(texts, charts) {
    this.plots?.forEach((plot) => plot.dispose());
    this.observer.disconnect();
    [this.texts, this.charts, this.scenarios] = [texts, charts, this.data.scenarios.list];
    this.initChart = shared.initChart;
    this.slots = new Map(texts.groups.flatMap(({ levers }) => levers.flatMap(({ slots }) => slots.map((slot) => [slot.id, slot]))));
    this.plots = [0, 1].map((position) => chartFrame(this, position));
    this.cards = charts.figures.map((figure) => figureCard(this, figure));
    this.choices = choices(this);
    this.top = topRow(this);
    this.levers = leverList(this, texts.groups, shared.shown);
    this.assumptions = null;
    const sides = [["levers", say("component.levers")], ["assumptions", say("component.assumptions")]];
    this.sides = segments(say("component.side"), sides, (chosen) => this.#showSide(chosen));
    this.sides.box.classList.add("sides");
    this.assumed = el("div");
    const side = el("aside", "side");
    side.append(this.choices.box, this.sides.box, this.levers.box, this.assumed);
    const cards = el("div", "cards");
    cards.setAttribute("role", "group");
    cards.append(...this.cards.map(({ card }) => card));
    const plots = el("div", "charts");
    plots.append(...this.plots.map(({ box }) => box));
    const main = el("div", "main");
    this.pins = pins(this, [chartName(0), chartName(1), say("component.figures")], [...this.plots.map(({ box }) => box), cards]);
    main.append(this.top.box, this.pins.box, cards, plots);
    this.root.replaceChildren(side, main);
    // Each canvas: over the whole screen a chart grows alone.
    for (const plot of this.plots) this.observer.observe(plot.canvas);
    this.built = `${texts.stamp} ${charts.stamp} ${this.data.scenarios.stamp}`;
    this.stale = true;
  }

  // Levers, or the assumptions; these are asked for when they are first opened.
  #showSide(chosen) {
    shared.shown.side = chosen;
    const { assumptions } = shared.parts;
    if (chosen === "assumptions" && !assumptions) this.server.send("ask", true);
    if (assumptions && this.assumptions?.stamp !== assumptions.stamp) {
      this.assumptions = { ...assumptionList(this, assumptions), stamp: assumptions.stamp };
      this.assumed.replaceChildren(this.assumptions.box);
    }
    if (this.asked && chosen === "assumptions" && this.assumptions) {
      this.asked = false;
      this.assumptions.ask();
    }
    this.sides.show(chosen);
    this.levers.box.hidden = chosen !== "levers";
    this.assumed.hidden = chosen !== "assumptions";
  }

  // --- Levers -------------------------------------------------------------------------------------

  #movesOf(slot, withOwn) {
    const all = this.model.movesByLever(this.live.moved, this.slots)[slot.lever] ?? [];
    if (withOwn) return all;
    return all.filter(([sector]) => (slot.sector === null ? false : slot.is_part ? sector === null : sector !== slot.sector));
  }

  // The path of a slider as the scenario and what stands above it have it, without its own move.
  pathBelow(slot) {
    return slotPath(this.model.inputs.levers[slot.lever], slot, this.model.pieces(slot.lever, this.#movesOf(slot, false)));
  }

  pathNow(slot) {
    return slotPath(this.model.inputs.levers[slot.lever], slot, this.model.pieces(slot.lever, this.#movesOf(slot, true)));
  }

  // Whether a slider's path is another than what happened, in a year of the run.
  differs(slot) {
    const [now, happened] = [this.pathNow(slot), slot.happened].map((path) => fromPolicy(path, this.live.until));
    return now.some((value, k) => Math.abs(value - happened[k]) > 1e-5 * Math.max(Math.abs(happened[k]), slot.step));
  }

  // The last year to which the points of an own path go.
  lastPoint() {
    return Math.max(this.state.until, YEARS.end);
  }

  withMove(id, move) {
    if (changesNothing(move)) return this.without(id);
    return { ...this.live, moved: { ...this.live.moved, [id]: move } };
  }

  without(id) {
    const { [id]: _, ...moved } = this.live.moved;
    return { ...this.live, moved };
  }

  isUntouched() {
    return this.state.base === "as_happened" && changesOf(this.state) === 0;
  }

  // --- Moving and drawing -------------------------------------------------------------------------

  // Runs the model at a state and draws it; nothing is told to the server yet.
  draw(state) {
    this.live = state;
    this.server.wait();
    const names = [...this.plots.flatMap((plot) => plot.variables()), ...this.cardVariables()];
    this.results = this.model.run(state, this.slots, [...new Set(names)]);
    const bands = state.bands && state === this.state && this.data.answer?.query === this.query ? this.data.answer.bands : null;
    this.plots.forEach((plot) => plot.draw(this.results, bands));
    this.cards.forEach((card) => card.draw(this.results));
    if (state !== this.state) {
      this.cards.forEach((card) => card.showCertainty(null));
      this.top.show(this.data.answer && { ...this.data.answer, query: null });
    }
    this.drawn = true;
  }

  cardVariables() {
    return this.charts.figures.flatMap((figure) => [figure.variable, ...(figure.firms ? [figure.firms.variable] : [])]);
  }

  // A state that the person has come to: it is kept for undo and the way back, and told to the server.
  settle(state) {
    const query = queryOf(state, this.texts.defaults);
    if (query === this.query) {
      if (this.live !== this.state) this.#redraw();
      return;
    }
    remember(this.query, query);
    this.#enter(state, query);
  }

  #enter(state, query) {
    const sameInputs = ["base", "until"].every((key) => state[key] === this.state[key]);
    this.state = state;
    this.query = query;
    this.live = state;
    if (sameInputs) this.#redraw();
    else {
      this.stale = true; // drawn when the inputs have come
      this.top.show(this.data.answer);
    }
    this.server.tell();
  }

  #redraw() {
    this.live = this.state;
    this.draw(this.state);
    this.show();
  }

  // Goes on with a state that a page which stood here before has not got an answer for.
  takeOver({ query, epoch }) {
    this.inherited = { query, epoch };
    if (this.drawn) this.#inherit();
  }

  #inherit() {
    const { query, epoch } = this.inherited;
    this.inherited = null;
    // Not where the server itself has changed the state since.
    if (epoch === this.epoch) this.settle(stateOf(query, this.texts.defaults));
  }

  open(query) {
    this.#enter(stateOf(query, this.texts.defaults), query);
  }

  // A kept run, with the charts and the year that are shown.
  load(query) {
    const { charts, year, bands, view } = this.state;
    const state = stateOf(query, this.texts.defaults);
    this.settle({ ...state, charts, bands, view, year: Math.min(year, state.until) });
  }

  undo() {
    const query = undo(this.query);
    if (query !== undefined) this.open(query);
  }

  redo() {
    const query = redo(this.query);
    if (query !== undefined) this.open(query);
  }

  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (event.composedPath()[0].matches?.("input[type=search], input[type=number]")) return;
    if (key === "z" && !event.shiftKey) this.undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) this.redo();
    else return;
    event.preventDefault();
  }

  // A first question: it opens another page, the assumptions that matter most, or a state of this page.
  answer({ page, query, side }) {
    if (page) this.server.go({ page, query });
    else if (query) this.settle(stateOf(query, this.texts.defaults));
    else {
      this.asked = true;
      this.#showSide(side);
    }
  }

  // --- What stands around the charts --------------------------------------------------------------

  show() {
    this.root.dataset.view = this.state.view;
    this.choices.show();
    this.#showSide(shared.shown.side);
    this.levers.show();
    this.assumptions?.show();
    this.pins.show();
    this.#tell(this.data.answer);
    this.plots.forEach((plot) => plot.describe(this.results));
    this.findEffects();
  }

  showLever(id) {
    this.levers.byId.get(id)?.show();
  }

  #tell(answer) {
    keepingPlace(this.levers.box, () => this.top.show(answer));
  }

  async findEffects() {
    const query = this.query;
    const found = await leverEffects(this, () => this.query === query && this.held === null && this.root.isConnected && this.live === this.state);
    if (!found) return;
    this.effects = found.effects;
    for (const [id, block] of this.levers.byId) block.tell(found.saturated.has(id) ? say("component.saturated") : "");
    if (shared.shown.order === "effect") this.levers.arrange();
  }

  // What the server says of the present state.
  #answer() {
    const { answer, query } = this.data;
    if (!this.built || query !== this.query || answer?.query !== this.query) return;
    this.#tell(answer);
    if (this.live !== this.state) return;
    this.cards.forEach((card) => card.showCertainty(this.state.bands ? answer.certainties : null));
    if (this.state.bands && answer.bands) this.plots.forEach((plot) => plot.draw(this.results, answer.bands));
  }
}

const pages = new WeakMap();

export default function explore({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".explore");
  let page = pages.get(root);
  if (!page) {
    pages.set(root, (page = new Explore(root)));
    if (shared.page?.server.isWaiting && !shared.page.root.isConnected) page.takeOver(shared.page);
  }
  shared.arrived = () => page.update();
  shared.page = page;
  page.receive(data, setTriggerValue);
}
