// Stands in for the app where there is none: hands the component its parts, takes the states that a person comes to, and
// keeps them behind the # of the address, so that a bookmark or a link to the file opens them again.
const MOST_PARTS = 6; // parts of a link that are named where they cannot be used
const LONGEST_PART = 60;

const bytesOf = (name) => Uint8Array.from(atob(document.getElementById(name).textContent), (letter) => letter.charCodeAt(0));

const sectionOf = async (name) => JSON.parse(new TextDecoder().decode(await unzipped(bytesOf(name))));

const NO_LESSONS = { place: null, query: "", show() {}, leave() {} };

/**
 * The host of the component. `place` is the document, or the root of a shadow tree, that has the elements `page`,
 * `notice` and `loading`. What differs from one kind of file to the other is told by the methods that do nothing here.
 */
class Host {
  #sections = new Map(); // by name, as they were asked for
  #inputs = new Map(); // by last year and scenario

  constructor(place) {
    this.place = place;
    this.element = place.getElementById("page");
    this.notice = place.getElementById("notice");
    this.epoch = 0;
    this.n = 0;
    this.asked = false; // whether the assumptions have been asked for
  }

  // The state that is shown where the address names none.
  first() {
    return "";
  }

  // What frames of other pages show: an address without a state; null where nothing of this can be shown.
  get frame() {
    return null;
  }

  // The lessons; `show` shows the present one, `explore` a state on Explore.
  lessonsWith(show, explore) {
    return NO_LESSONS;
  }

  // Draws what stands around the component, in a language; `change` changes the language, `side` goes to the lessons.
  showBar(language, { change, side }) {}

  // Tells of a state that has been come to.
  showState(page) {}

  #section(name) {
    if (!this.#sections.has(name)) this.#sections.set(name, sectionOf(name));
    return this.#sections.get(name);
  }

  async start() {
    keepAddressesPossible();
    ADDRESS.part = "hash";
    this.common = await this.#section("common");
    this.kept = new KeptRuns(this.common.most);
    this.lessons = this.lessonsWith(() => this.#showLesson(true), (query) => this.#explore(query));
    shared.initChart = hebei2025Charts.init;
    Object.assign(shared.parts, { module: bytesOf("module"), description: this.common.description });
    const asked = new URLSearchParams(location.hash.slice(1)).get("lang");
    const browser = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
    await this.#speak([asked, browser].find((each) => each in this.common.tags) ?? Object.keys(this.common.tags)[0]);
    // Before the component listens: an address may be written by hand, and the language stays.
    addEventListener("popstate", (event) => {
      event.stopImmediatePropagation();
      this.#goTo(location.hash.slice(1));
    }, true);
    this.query = await this.#used(location.hash.length < 2 ? this.first() : location.hash.slice(1));
    this.place.getElementById("loading").hidden = true;
    await this.#deliver(true);
    if (!shared.page.drawn) throw new Error("the model does not run");
    window.started = true;
    await this.#showLesson();
  }

  // --- Links ----------------------------------------------------------------------------------------

  // The state of a link as a query, with what cannot be used told to the person.
  async #used(text) {
    const { component, charts } = this.texts;
    const found = new URLSearchParams(text);
    const runs = found.get(KEEP) ?? "";
    const needed = ["par", "drv"].some((key) => found.get(key)) || /;/.test(runs);
    const known = {
      bases: new Set(Object.keys(this.common.inputs[component.defaults.until])),
      slots: new Map(component.groups.flatMap(({ levers }) => levers.flatMap(({ slots }) => slots.map((slot) => [slot.id, slot])))),
      charts: new Set(Object.keys(component.charts)),
      ends: component.ends,
      shown: Object.fromEntries(Object.entries(charts).map(([until, { shown_years: years }]) => [until, years])),
      ...assumptionsById(needed ? await this.#section(`${this.language}_assumptions`) : null),
    };
    const query = ({ state }) => queryOf(state, component.defaults);
    const used = usedLink(text, component.defaults, known);
    const refused = this.kept.read(runs, (run) => {
      const one = usedLink(run, component.defaults, known);
      return one.refused.length ? null : query(one);
    });
    if (this.lessons !== NO_LESSONS) {
      const lesson = found.get(LESSON) ?? "";
      refused.push(...this.lessons.read(lesson, found.get(SHOWN_AS) ?? "", lesson ? await this.#lessonTexts() : []));
    }
    this.#tell([...used.refused, ...refused]);
    return query(used);
  }

  async #goTo(text) {
    const query = await this.#used(text);
    shared.page.open(query);
    await this.#showLesson();
  }

  #tell(refused) {
    this.notice.hidden = refused.length === 0;
    const parts = refused.slice(0, MOST_PARTS).map((part) => part.slice(0, LONGEST_PART)).join(locale.marks.list);
    this.notice.textContent = this.texts.words.texts["explore.link_refused"].replace("{parts}", parts);
  }

  // --- Lessons --------------------------------------------------------------------------------------

  async #lessonTexts() {
    return (await this.#section(`${this.language}_lessons`)).lessons;
  }

  // Shows the lesson that has been chosen, or Explore; a step that the person has gone stands in the address.
  async #showLesson(isStep = false) {
    const { place } = this.lessons;
    this.lessons.show(place ? await this.#lessonTexts() : [], this.texts.words.texts);
    this.element.hidden = place !== null;
    this.sides?.show(place ? "lessons" : "explore");
    if (!isStep) return;
    kept.query = this.#keptQuery();
    visit(shared.page.query); // Back goes a step back
  }

  async #explore(query) {
    this.lessons.place = null;
    await this.#showLesson();
    scrollTo(0, 0);
    kept.query = this.#keptQuery(); // the address before keeps the lesson, so that Back returns to it
    shared.page.settle(stateOf(query, this.texts.component.defaults));
    showAddress(shared.page.query);
  }

  #keptQuery() {
    return [this.kept.query, this.lessons.query].filter(Boolean).join("&");
  }

  async #side(chosen) {
    if (chosen === "explore") this.lessons.leave();
    else if (!this.lessons.place) this.lessons.choose((await this.#lessonTexts())[0].id);
  }

  // --- Language -------------------------------------------------------------------------------------

  async #speak(language) {
    this.language = language;
    this.texts = await this.#section(language);
    takeOver(this.texts.component);
    this.showBar(language, { change: (each) => this.#change(each), side: (chosen) => this.#side(chosen) });
  }

  // Another language: the state stays, and the states to go back to are written anew with it.
  async #change(language) {
    if (language === this.language) return;
    await this.#speak(language);
    this.notice.hidden = true;
    const rewritten = (query) => queryOf(stateOf(query, this.texts.component.defaults), this.texts.component.defaults);
    for (const part of [trail.before, trail.after]) part.splice(0, part.length, ...part.map(rewritten));
    this.kept.runs = this.kept.runs.map((run) => ({ ...run, query: rewritten(run.query) }));
    this.query = rewritten(shared.page.query);
    this.epoch++;
    await this.#deliver();
    await this.#showLesson();
  }

  // --- What the component is handed -----------------------------------------------------------------

  #inputsOf(base, until) {
    const key = `${until} ${base}`;
    if (!this.#inputs.has(key)) {
      const { as_happened: first, [base]: own } = this.common.inputs[until];
      const merged = ["parameters", "tables", "levers"].map((part) => [part, { ...first[part], ...own[part] }]);
      this.#inputs.set(key, { ...own, ...Object.fromEntries(merged) });
    }
    return this.#inputs.get(key);
  }

  async #handParts() {
    const { component, charts } = this.texts;
    const { base, until, par, drv } = stateOf(this.query, component.defaults);
    const changed = Object.keys(par).length + Object.keys(drv).length > 0;
    // Taken before the parts change, so that they change together.
    const assumptions = changed || this.asked ? await this.#section(`${this.language}_assumptions`) : null;
    Object.assign(shared.parts, { texts: component, charts: charts[until], inputs: this.#inputsOf(base, until), assumptions });
  }

  #data() {
    const { texts, charts, inputs } = shared.parts;
    return {
      epoch: this.epoch,
      n: this.n,
      query: this.query,
      kept: this.#keptQuery(),
      texts: texts.stamp,
      charts: charts.stamp,
      inputs: inputs.stamp,
      scenarios: { list: this.texts.scenarios, stamp: this.language, runs: this.kept.runs, most: this.kept.most },
      answer: this.answer,
      pending: false,
      alone: true,
      frame: this.frame,
    };
  }

  // Hands over the state, and when it has been drawn, what is said of it.
  async #deliver(isFirst = false) {
    await this.#handParts();
    const trigger = (name, value) => this.#hear(name, value);
    if (isFirst) {
      explore({ parentElement: this.element, data: this.#data(), setTriggerValue: trigger });
      await shared.page.update();
    } else await shared.page.receive(this.#data(), trigger);
    const { page } = shared;
    const isThere = page.model && page.query === this.query && page.state === page.live && page.model.inputs === shared.parts.inputs;
    if (!isThere) return;
    this.showState(page);
    if (this.answer?.query === this.query) return;
    this.answer = { query: this.query, ...new Words(page, this.texts, this.common.limits).all() };
    await page.receive(this.#data(), trigger);
  }

  // What the component tells and asks.
  #hear(name, value) {
    if (name === "settled") {
      [this.n, this.query] = [value.n, value.query];
      this.notice.hidden = true;
    } else if (name === "ask") this.asked = true;
    else if (name === "keep") this.kept.add(value.name, value.query);
    else if (name === "forget") this.kept.remove(value);
    else {
      if (name === "take") this.#take(value);
      return;
    }
    queueMicrotask(() => this.#deliver());
  }

  // Saves what is asked for: the data of the chart at a position, or (null) the state as a scenario file.
  async #take(position) {
    if (position === null) saveText("scenario.yaml", scenarioFile(shared.page, this.texts, this.common.written), "application/yaml");
    else saveText(`${shared.page.state.charts[position]}.csv`, chartTable(shared.page, position, await this.#section(`${this.language}_tables`)), "text/csv");
  }
}

// Some viewers of files let no page write its address: then the file works without links and ways back.
function keepAddressesPossible() {
  try {
    history.replaceState(history.state, "", location.href);
  } catch {
    history.pushState = history.replaceState = () => {};
  }
}
