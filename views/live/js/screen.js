// What the projector shows at each step of a class.
const LOOPBACK = /^(localhost|127\.|\[::1\])/;
const MOST_NAMES = 60; // of members on the first screen

// The address of the server as phones reach it; null where they cannot.
function reachableBase() {
  const prefix = location.pathname.split("/live")[0];
  if (!LOOPBACK.test(location.host)) return `${location.origin}${prefix}`;
  const [address] = DATA.addresses;
  const host = address?.includes(":") ? `[${address}]` : address;
  return address ? `${location.protocol}//${host}${location.port ? `:${location.port}` : ""}${prefix}` : null;
}

const shortAddress = (base) => `${base.replace(/^https?:\/\//, "")}/live`;

function qrCode(base, code) {
  const picture = el("img", "qr");
  picture.src = `${BASE}/qr.svg?${new URLSearchParams({ base, code })}`;
  picture.alt = say("live_class.qr", { address: `${base}/live/${code}` });
  return picture;
}

class Screen {
  #charts = [];
  #drawn = ""; // what the charts on the page belong to

  constructor(box, code) {
    Object.assign(this, { box, code, chosen: null });
    this.observer = new ResizeObserver(() => this.#charts.forEach((chart) => chart.resize()));
  }

  // Draws the state of the room; charts stay where they show the same.
  show(state) {
    this.state = state;
    const { step, lesson } = state;
    const wanted = step === "league" ? state.league.length && `plan=${this.#plan()}` : ["run", "reveal"].includes(step) && "";
    const key = wanted === false || wanted === 0 ? "" : [locale.language, lesson, wanted].join(" ");
    const kept = key && key === this.#drawn ? this.box.querySelector(".charts") : null;
    if (!kept) this.#clear();
    this.#drawn = key;
    const charts = kept ?? el("div", "charts");
    this.box.className = `step-${step}`;
    this.box.replaceChildren(...this.#parts(state), ...(key ? [charts] : []));
    if (key && !kept) this.#load(charts, wanted);
  }

  #clear() {
    this.observer.disconnect();
    this.#charts.forEach((chart) => chart.dispose());
    this.#charts = [];
  }

  // The number whose plan is drawn: the chosen one, else the best.
  #plan() {
    const { league } = this.state;
    return league.some(({ number }) => number === this.chosen) ? this.chosen : league[0].number;
  }

  #parts(state) {
    const parts = {
      join: () => this.#join(state),
      vote: () => [el("h1", "", state.question), answersOf(state), this.#count("live_class.voted", state.voted, state)],
      histogram: () => [el("h1", "", state.question), histogramOf(state), this.#count("live_class.voted", state.voted, state)],
      run: () => [el("h1", "", state.question)],
      reveal: () => [el("h1", "", say("classroom.right", { answer: state.choices[state.right] })), el("p", "lead", state.reveal), histogramOf(state)],
      debrief: () => [el("h1", "", say("classroom.discuss")), listOf(state.discuss), el("p", "lead", say("live_class.roles_on_phones"))],
      plan: () => this.#planning(state),
      league: () => this.#league(state),
    };
    return parts[state.step]();
  }

  #join(state) {
    const base = reachableBase();
    const box = el("div", "join");
    const words = el("div");
    const address = base ? shortAddress(base) : `${location.host}/live`;
    words.append(el("p", "lead", say("live_class.how_to_join")), el("p", "address", address), el("p", "code", this.code));
    words.append(this.#count("live_class.joined", state.members.length, null));
    const names = el("ul", "names");
    names.append(...state.members.slice(-MOST_NAMES).map((one) => el("li", "", calledAs(one))));
    words.append(names);
    if (base) box.append(qrCode(base, this.code));
    else box.append(el("p", "problem", say("live_class.this_machine_only")));
    box.append(words);
    return [el("h1", "", state.title), box];
  }

  #planning(state) {
    const { budget_text: budget } = DATA.languages[locale.language];
    const rules = el("p", "lead", say("classroom.game_rules", { budget }));
    return [el("h1", "", say("classroom.game")), rules, this.#count("live_class.planned", state.planned, state)];
  }

  #league({ league }) {
    const heading = el("h1", "", say("live_class.league"));
    if (!league.length) return [heading, el("p", "lead", say("live_class.no_plans"))];
    const table = leagueTable(league, this.#plan(), (number) => {
      this.chosen = number;
      this.show(this.state);
    });
    return [heading, table];
  }

  #count(key, count, state) {
    const line = el("p", "count");
    line.setAttribute("role", "status");
    line.append(el("b", "", String(count)), say(key, { members: state?.members.length ?? count }));
    return line;
  }

  async #load(box, query) {
    const key = this.#drawn;
    try {
      const { runs, charts } = await ask("GET", `rooms/${this.code}/charts${query ? `?${query}` : ""}`);
      if (key !== this.#drawn) return;
      box.replaceChildren(legendOf(runs), ...charts.map((one) => this.#figure(one)));
    } catch {
      if (key === this.#drawn) this.#drawn = ""; // drawn again with the next state
    }
  }

  #figure(one) {
    const figure = el("figure");
    const canvas = el("div", "canvas");
    setAttributes(canvas, { role: "img", "aria-label": one.alternative });
    figure.append(el("figcaption", "", one.unit ? `${one.title} (${one.unit})` : one.title), canvas, el("small", "", one.badge));
    const tooltip = { ...one.options.tooltip, valueFormatter: (value) => numberText(value, one.digits) };
    // Charts are as wide as their places, which have a width only when they are on the page.
    requestAnimationFrame(() => {
      if (!canvas.isConnected) return;
      const chart = hebei2025Charts.init(canvas);
      chart.setOption({ ...one.options, tooltip, yAxis: { ...one.options.yAxis, name: "" } });
      this.#charts.push(chart);
      this.observer.observe(canvas);
    });
    return figure;
  }
}

function answersOf({ choices }) {
  const list = el("ol", "answers");
  list.append(...choices.map((text) => el("li", "", text)));
  return list;
}

function listOf(texts) {
  const list = el("ol", "points");
  list.append(...texts.map((text) => el("li", "", text)));
  return list;
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
