// The sentence about the settings and the warnings, as views/results/summary.py writes them, from the same texts and limits.
const GENERAL_DIGITS = 6;

// A number as Python's format "g" writes it.
function general(value) {
  const shown = Number(value.toPrecision(GENERAL_DIGITS));
  const power = shown === 0 ? 0 : Math.floor(Math.log10(Math.abs(shown)));
  if (power >= -4 && power < GENERAL_DIGITS) return String(shown);
  return shown.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/**
 * What is said of the present state of the component `app`. `told` has the texts of the language (`words`), what is known
 * of the sliders (`slots`) and of the scenarios (`told`); `limits` the numbers by which warnings are chosen.
 */
class Words {
  constructor(app, told, limits) {
    [this.app, this.told, this.limits] = [app, told, limits];
    const { figures } = app.charts;
    this.figures = Object.entries(limits.noticeable).map(([id, least]) => [figures.find((figure) => figure.id === id), least]);
  }

  #fill(key, values = {}) {
    return this.told.words.texts[key].replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  }

  // Sentence and warnings, from a run of the state.
  all() {
    const { app, limits, figures } = this;
    if (app.isUntouched()) return { sentence: this.#fill("summary.baseline"), warnings: [] };
    const names = [...figures.map(([figure]) => figure.variable), limits.capacity.variable];
    const results = app.model.run(app.state, app.slots, [...new Set(names)]);
    return { sentence: this.#sentence(results), warnings: this.#warnings(results) };
  }

  #sentence(results) {
    const { base, year } = this.app.state;
    const { start } = this.app.charts;
    const { clauses, sentences } = this.told.words;
    const parts = base === "as_happened" ? [] : [this.#fill("summary.preset", this.told.told[base])];
    parts.push(...this.#settings());
    const effects = [];
    for (const [figure, least] of this.figures) {
      const change = valueAt(figure, yearly(results, figure), year, start) - valueAt(figure, figure.ghost, year, start);
      if (Math.abs(change) < least) continue;
      const key = `summary.${figure.id}.${change > 0 ? "more" : "less"}`;
      effects.push(this.#fill(key, { delta: quantity(figure.difference, Math.abs(change)) }));
    }
    parts.push(effects.length ? this.#fill("summary.effect", { year, effects: effects.join(clauses) }) : this.#fill("summary.effect_none", { year }));
    return parts.join(sentences);
  }

  // What is moved away from the scenario: levers that were moved last by name, then assumptions.
  #settings() {
    const { named } = this.limits;
    const { clauses } = this.told.words;
    const moved = Object.entries(this.app.state.moved);
    const more = (all) => (all.length > named ? [this.#fill("summary.more", { count: all.length - named })] : []);
    const parts = [];
    if (moved.length) {
      const levers = [...moved.slice(-named).map(([id, move]) => this.#moved(id, move)), ...more(moved)];
      parts.push(this.#fill("summary.moved", { levers: levers.join(clauses) }));
    }
    const assumed = this.#assumed();
    if (assumed.length) parts.push(this.#fill("summary.assumed", { what: [...assumed.slice(0, named), ...more(assumed)].join(clauses) }));
    return parts;
  }

  #moved(id, move) {
    const slot = this.app.slots.get(id);
    const { before, varies } = this.told.slots[id];
    const isWhole = move.first === YEARS.policy && move.last === YEARS.latest;
    if (move.hold === null || !isWhole) return this.#fill("summary.changed", { name: slot.full, words: moveWords(slot, move) });
    return this.#fill(varies ? "summary.held" : "summary.lever", { name: slot.full, before, value: slotQuantity(slot, move.hold) });
  }

  #assumed() {
    const { par, drv } = this.app.state;
    const entries = assumptionsById(shared.parts.assumptions);
    const parameters = Object.entries(par).map(([id, value]) => {
      const { name, value: before, unit } = entries.par.get(id);
      return this.#fill("assume.parameter_set", { name, before: general(before), value: general(value), unit });
    });
    const drivers = Object.entries(drv).map(([id, value]) => {
      const { name, shifted } = entries.drv.get(id);
      if (!shifted) return this.#fill("assume.driver_scaled", { name, change: general(value) });
      const change = `${value < 0 ? "" : "+"}${general(100 * value)}`.replaceAll("-", "−");
      return this.#fill("assume.driver_shifted", { name, change });
    });
    return [...parameters, ...drivers];
  }

  // Settings that contradict each other or lie outside experience.
  #warnings(results) {
    const { app, limits } = this;
    const { until, moved } = app.state;
    const path = (id) => fromPolicy(app.pathNow(app.slots.get(id)), until);
    const mean = (id) => total(path(id)) / path(id).length;
    const [closure, discipline] = [mean("capacity_closure.steel"), mean("capacity_discipline")];
    const found = [];
    if (closure >= limits.strong_closure && discipline <= limits.weak_discipline) found.push(this.#fill("warning.closure_without_discipline"));
    if (closure < limits.no_closure && discipline >= limits.strict_discipline) found.push(this.#fill("warning.discipline_without_closure"));
    if (mean("renovation_subsidy") >= limits.subsidy_needs_projects && mean("technical_renovation_investment") <= limits.almost_no_renovation) {
      found.push(this.#fill("warning.subsidy_without_renovation"));
    }
    if (mean("smart_manufacturing") >= limits.much_smart && mean("industrial_internet") <= limits.little_network) {
      found.push(this.#fill("warning.smart_without_network"));
    }
    const cap = app.slots.get("output_cap");
    const left = path(cap.id).reduce((share, change) => (change < cap.high ? share * (1 + change / 100) : share), 1);
    if (left < limits.cap_far_below) found.push(this.#fill("warning.cap_far_below", { share: fixed(100 * left, 0), year: until }));
    const low = yearly(results, limits.capacity).findIndex((value) => value < limits.least_capacity);
    if (low >= 0) {
      const steps = this.told.words.capacity;
      const unit = steps.findLast(({ least }) => limits.least_capacity >= least) ?? steps[0];
      const value = withUnit(unit, figureIn(unit, limits.least_capacity, false, 0));
      found.push(this.#fill("warning.no_capacity", { value, year: YEARS.start + low }));
    }
    const beyond = Object.keys(moved).map((id) => app.slots.get(id)).filter((slot) => {
      const [least, most] = this.told.slots[slot.id].observed;
      return Math.max(...path(slot.id)) > most + slot.step || Math.min(...path(slot.id)) < least - slot.step;
    });
    if (beyond.length) found.push(this.#fill("warning.beyond", { levers: beyond.map(({ full }) => full).join(locale.marks.list) }));
    return found;
  }
}

// All assumptions by id: parameters `par` and drivers `drv`.
function assumptionsById(assumptions) {
  const byId = (entries) => new Map((entries ?? []).map((entry) => [entry.id, entry]));
  return { par: byId(assumptions?.chapters.flatMap(({ parameters }) => parameters)), drv: byId(assumptions?.drivers) };
}
