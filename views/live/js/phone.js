// The page on a phone: joins a room, votes, plans, and shows what the step of the class tells.
const POLL = 1500; // milliseconds between questions
const CODE_FORM = /^\d{6}$/;
const ROOM = location.pathname.split("/live")[1].split("/")[1] ?? "";

// The page for somebody who has not come by a link with a code.
function showEntrance(main, message = "") {
  const form = el("form", "entrance");
  const input = el("input");
  Object.assign(input, { inputMode: "numeric", autocomplete: "off", maxLength: 6, id: "code", required: true, pattern: "\\d{6}" });
  const label = el("label", "", say("live_class.enter_code"));
  label.htmlFor = "code";
  const enter = el("button", "main-button", say("live_class.enter"));
  form.append(el("h1", "", say("live_class.title")), label, input, enter, problemText(message));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(`${BASE}/${input.value}${location.search}`);
  });
  main.replaceChildren(form);
  input.focus();
}

function problemText(message) {
  const text = el("p", "problem", message);
  text.setAttribute("role", "alert");
  text.hidden = !message;
  return text;
}

class Phone {
  constructor(main) {
    this.main = main;
    this.memory = new Memory(ROOM);
    if (!this.memory.values.device) this.#becomeDevice();
    this.outbox = new Outbox(this.memory, (kind, content) => this.#ask("PUT", `/${kind}`, content), (state) => this.#arrived(state), (error) => this.#refused(error));
    this.game = new BudgetGame(this.memory, (spending) => this.#tell("plan", { spending }));
    this.polling = new Polling(() => this.#poll(), POLL, (isThere) => this.#connected(isThere));
    this.state = null;
  }

  // The key of this phone: in the browser's memory, else behind the # of the address, so that a reload keeps it.
  #becomeDevice() {
    const kept = /^#[0-9a-f]{32}$/.test(location.hash) ? location.hash.slice(1) : null;
    const numbers = crypto.getRandomValues(new Uint8Array(16));
    const device = kept ?? Array.from(numbers, (one) => one.toString(16).padStart(2, "0")).join("");
    if (!this.memory.set({ device })) history.replaceState(null, "", `#${device}`);
  }

  #ask(method, path = "", content) {
    return ask(method, `rooms/${ROOM}${path}`, { content, headers: { "X-Device": this.memory.values.device } });
  }

  start() {
    speak(firstLanguage());
    this.main.replaceChildren(el("p", "quiet", say("live_class.loading")));
    return this.polling.now();
  }

  async #poll() {
    try {
      await this.outbox.flush();
      const stage = this.state?.me ? `?stage=${this.state.stage}` : "";
      const state = await this.#ask("GET", stage);
      if (!state.same) this.#arrived(state);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#end(error);
    }
  }

  // The room is gone, or was never there.
  #end(error) {
    this.polling.stop();
    if (this.state?.me) this.memory.forget();
    showEntrance(this.main, this.state ? say("live_class.room_gone") : error.text);
  }

  #refused(error) {
    this.message = error.text;
    this.#show();
  }

  #arrived(state) {
    // A member who was removed is asked to join anew.
    const before = this.state;
    this.state = state;
    if (before?.step !== state.step || before?.lesson !== state.lesson) this.message = "";
    const isDrawn = before && JSON.stringify({ ...before, stage: 0 }) === JSON.stringify({ ...state, stage: 0 });
    if (!isDrawn) this.#show();
  }

  #tell(kind, content) {
    this.message = "";
    this.outbox.put(kind, content);
    this.#show();
    this.polling.now();
  }

  #connected(isThere) {
    const line = document.getElementById("connection");
    line.hidden = isThere;
    line.textContent = isThere ? "" : say("live_class.no_connection");
  }

  async leave() {
    try {
      await this.#ask("DELETE", "/me");
    } catch (error) {
      this.#refused(error instanceof Refusal ? error : { text: say("live_class.no_connection") });
      return;
    }
    this.polling.stop();
    this.memory.forget();
    this.state = null;
    showEntrance(this.main, say("live_class.left"));
  }

  // --- What is shown --------------------------------------------------------------------------------

  #show() {
    const { state } = this;
    if (!state) return;
    const head = el("header", "phone-head");
    head.append(el("span", "", say("live_class.room", { code: ROOM })), languageSwitch(() => this.#again()));
    const isIn = state.me || this.outbox.waiting.me;
    const parts = isIn ? this.#step(state) : this.#joining();
    this.main.replaceChildren(head, ...parts, problemText(this.message ?? ""), ...(state.me ? [this.#foot(state.me)] : []));
  }

  // The texts of the server in the other language.
  async #again() {
    this.state = { ...this.state, stage: 0 };
    this.#show();
    await this.polling.now();
  }

  #joining() {
    const form = el("form", "entrance");
    const input = el("input");
    Object.assign(input, { id: "name", maxLength: DATA.longest_name, autocomplete: "off", value: this.memory.values.name ?? "" });
    const label = el("label", "", say("live_class.name"));
    label.htmlFor = "name";
    form.append(el("h1", "", this.state.title), label, input, el("p", "quiet", say("live_class.name_note")), el("button", "main-button", say("live_class.join")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.memory.set({ name: input.value });
      this.#tell("me", { name: input.value });
    });
    return [form];
  }

  #step(state) {
    const shown = {
      join: () => [el("h1", "", state.title), el("p", "lead", say("live_class.wait"))],
      vote: () => this.#vote(state),
      histogram: () => [el("h1", "", state.question), histogramOf(state)],
      run: () => [el("h1", "", state.question), this.#own(state), el("p", "lead", say("live_class.see_screen"))],
      reveal: () => [el("h1", "", state.question), this.#verdict(state), el("p", "", state.reveal)],
      debrief: () => this.#debrief(state),
      plan: () => this.#plan(state),
      league: () => this.#league(state),
    };
    return shown[state.step]();
  }

  #chosen(state) {
    const waiting = this.outbox.waiting.vote;
    return waiting?.lesson === state.lesson ? waiting.choice : (state.me?.vote ?? null);
  }

  #vote(state) {
    const field = el("fieldset", "choices");
    field.append(el("legend", "", say("live_class.your_guess")));
    const chosen = this.#chosen(state);
    for (const [k, text] of state.choices.entries()) {
      const press = button(k === chosen ? "choice chosen" : "choice", text, "", () => this.#tell("vote", { lesson: state.lesson, choice: k }));
      press.setAttribute("aria-pressed", String(k === chosen));
      field.append(press);
    }
    const isWaiting = this.outbox.waiting.vote !== undefined;
    const sent = el("p", "sent", chosen === null ? "" : say(isWaiting ? "live_class.will_be_sent" : "live_class.vote_sent"));
    sent.setAttribute("role", "status");
    return [el("h1", "", state.question), field, sent];
  }

  #own(state) {
    const vote = this.#chosen(state);
    return el("p", "own", vote === null ? say("classroom.none") : say("live_class.you_said", { answer: state.choices[vote] }));
  }

  #verdict(state) {
    const vote = this.#chosen(state);
    const key = vote === state.right ? "classroom.right" : "classroom.wrong";
    return el("p", `verdict ${vote === state.right ? "right" : ""}`, say(key, { answer: state.choices[state.right] }));
  }

  #debrief(state) {
    const list = el("ol");
    list.append(...state.discuss.map((point) => el("li", "", point)));
    if (!state.role) return [el("h1", "", say("classroom.discuss")), list];
    const role = el("section", "role");
    role.innerHTML = state.role; // a card of the lessons, which the server writes
    return [el("p", "quiet", say("live_class.your_role")), role, el("h1", "", say("classroom.discuss")), list];
  }

  #plan(state) {
    const budget = DATA.languages[locale.language].budget_text;
    const rules = el("details");
    rules.append(el("summary", "", say("live_class.rules")), el("p", "", say("classroom.game_rules", { budget })));
    const box = el("div", "game");
    const isWaiting = this.outbox.waiting.plan !== undefined;
    const draw = () => box.replaceChildren(...this.game.show(state.me?.plan, isWaiting));
    box.append(el("p", "quiet", say("live_class.loading")));
    this.game.load().then(draw, () => box.replaceChildren(problemText(say("live_class.no_model"))));
    return [el("h1", "", say("classroom.game")), rules, box];
  }

  #league(state) {
    const place = state.league.findIndex(({ number }) => number === state.me?.number);
    const said = place < 0 ? say("live_class.no_plan") : say("live_class.place", { place: place + 1, count: state.league.length });
    return [el("h1", "", say("live_class.league")), el("p", "lead", said), leagueTable(state.league, state.me?.number)];
  }

  #foot(me) {
    const foot = el("footer", "phone-foot");
    foot.append(el("span", "", say("live_class.you_are", { name: calledAs(me) })), button("quiet-button", say("live_class.leave"), "", () => this.leave()));
    return foot;
  }
}

const main = document.querySelector("main");
speak(firstLanguage());
if (CODE_FORM.test(ROOM)) new Phone(main).start();
else showEntrance(main);
