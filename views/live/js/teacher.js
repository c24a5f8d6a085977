// The page of the projector and of the teacher: opens a room, shows it, and leads the class through its steps.
const POLL = 1000; // milliseconds between questions
const PLACE = location.pathname.split("/live/")[1].split("/"); // "new", or a code and what is shown of it
const NEXT_KEYS = ["ArrowRight", "PageDown"]; // also those of a presenter's remote control
const BACK_KEYS = ["ArrowLeft", "PageUp"];

function showOpening(main) {
  const asked = new URLSearchParams(location.search).get("lesson");
  const lessons = DATA.languages[locale.language].lessons;
  const form = el("form", "entrance");
  const list = choice(say("classroom.lesson"), lessons, lessons.some(([id]) => id === asked) ? asked : lessons[0][0], () => {});
  const problem = el("p", "problem");
  problem.setAttribute("role", "alert");
  const about = el("ul", "about");
  about.append(...["live_class.about_steps", "live_class.about_data", "live_class.about_delete"].map((key) => el("li", "", say(key))));
  form.append(languageSwitch(() => showOpening(main)), el("h1", "", say("live_class.open_title")), list, about, el("button", "main-button", say("live_class.open")), problem);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    try {
      const { code, key } = await ask("POST", "rooms", { content: { lesson: list.value } });
      new Memory(`teacher-${code}`).set({ key });
      location.assign(`${BASE}/${code}/teacher?lang=${locale.language}`);
    } catch (error) {
      problem.textContent = error instanceof Refusal ? error.text : say("live_class.no_connection");
    }
  });
  main.replaceChildren(form);
}

class ClassRoom {
  constructor(main, code, isTeacher) {
    Object.assign(this, { main, code, isTeacher, state: null });
    this.memory = new Memory(`teacher-${code}`);
    this.polling = new Polling(() => this.#poll(), POLL, (isThere) => this.#connected(isThere));
  }

  async start() {
    // The key leaves the address at once: a projector shows the address.
    if (this.isTeacher && location.hash.length > 1 && this.memory.set({ key: location.hash.slice(1) })) {
      history.replaceState(null, "", location.pathname + location.search);
    }
    this.key = this.memory.values.key ?? location.hash.slice(1);
    this.#build();
    document.addEventListener("keydown", (event) => this.#pressed(event));
    try {
      if (this.isTeacher) await this.#ask("GET", "/teacher");
    } catch (error) {
      if (error instanceof Refusal) return this.#end(error.text);
    }
    return this.polling.now();
  }

  #ask(method, path = "", content) {
    return ask(method, `rooms/${this.code}${path}`, { content, headers: this.key ? { "X-Key": this.key } : {} });
  }

  #build() {
    this.head = el("header", "bar");
    this.content = el("section");
    this.controls = el("footer", "controls");
    this.controls.hidden = !this.isTeacher;
    this.main.replaceChildren(this.head, this.content, this.controls);
    this.screen = new Screen(this.content, this.code);
  }

  async #poll() {
    const { version, present } = this.state ?? {};
    const since = this.state ? `?version=${version}&present=${present}` : "";
    try {
      const state = await this.#ask("GET", `/screen${since}`);
      if (!state.same) this.#arrived(state);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#end(error.text);
    }
  }

  #arrived(state) {
    this.state = state;
    this.#show();
  }

  #show() {
    this.#showHead();
    this.screen.show(this.state);
    if (this.isTeacher) this.#showControls();
  }

  #showHead() {
    const base = reachableBase();
    const address = base ? shortAddress(base) : `${location.host}/live`;
    const code = el("span", "where", say("live_class.join_at", { address, code: this.code }));
    const language = languageSwitch(() => {
      this.state = { ...this.state, version: 0 };
      this.polling.now();
    });
    this.head.replaceChildren(el("b", "", this.state.title), code, language);
  }

  // --- What a teacher does --------------------------------------------------------------------------

  #showControls() {
    const { state } = this;
    const position = DATA.steps.indexOf(state.step);
    const steps = el("ol", "class-steps");
    steps.append(...DATA.steps.map((step, k) => {
      const item = el("li");
      const press = button(k === position ? "now" : "", say(`live_class.step_${step}`), "", () => this.goTo(step));
      if (k === position) press.setAttribute("aria-current", "step");
      item.append(press);
      return item;
    }));
    const back = button("tool", "◀", say("live_class.back"), () => this.move(-1));
    const next = button("main-button", `${say("live_class.next")} ▶`, "", () => this.move(1));
    back.disabled = position === 0;
    next.disabled = position === DATA.steps.length - 1;
    const there = el("span", "there", say("live_class.present", { present: state.present, members: state.members.length }));
    const more = button("tool", say("live_class.more"), "", () => this.#openMenu());
    // The focus stays on the button that was pressed, though it is drawn anew.
    const focused = [...this.controls.querySelectorAll("button")].indexOf(document.activeElement);
    this.controls.replaceChildren(back, steps, next, there, more);
    if (focused >= 0) this.controls.querySelectorAll("button")[focused]?.focus();
  }

  move(by) {
    const step = DATA.steps[DATA.steps.indexOf(this.state.step) + by];
    if (step) this.goTo(step);
  }

  goTo(step, lesson = this.state.lesson) {
    return this.#do(async () => this.#arrived(await this.#ask("PUT", "/step", { step, lesson })));
  }

  async #do(action) {
    const line = document.getElementById("connection");
    try {
      await action();
      line.hidden = true;
    } catch (error) {
      line.textContent = error instanceof Refusal ? error.text : say("live_class.not_done");
      line.hidden = false;
    }
  }

  #pressed(event) {
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || document.querySelector("dialog[open]");
    if (!this.isTeacher || !this.state || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
    if (NEXT_KEYS.includes(event.key)) this.move(1);
    else if (BACK_KEYS.includes(event.key)) this.move(-1);
    else return;
    event.preventDefault();
  }

  #openMenu() {
    const menu = el("dialog", "menu");
    const close = button("tool", "×", say("live_class.close"), () => menu.close());
    const lessons = choice(say("classroom.lesson"), DATA.languages[locale.language].lessons, this.state.lesson, (lesson) => this.goTo("vote", lesson));
    const names = el("ul", "members");
    const listed = () => names.replaceChildren(...this.state.members.map((one) => {
      const item = el("li", "", `${one.number} · ${calledAs(one)}`);
      item.append(button("tool", say("live_class.remove"), `${say("live_class.remove")}: ${calledAs(one)}`, () => this.#do(async () => {
        await this.#ask("DELETE", `/members/${one.number}`);
        this.state.members = this.state.members.filter(({ number }) => number !== one.number);
        listed();
      })));
      return item;
    }));
    listed();
    const label = el("label", "", say("classroom.lesson"));
    label.append(lessons);
    const tools = el("div", "tools");
    tools.append(
      button("tool", say("live_class.results"), "", () => this.#do(() => this.#download())),
      button("tool", say("live_class.copy_teacher"), "", () => this.#copyLink()),
      button("tool", say("live_class.clear_names"), "", () => this.#do(async () => {
        await this.#ask("DELETE", "/names");
        menu.close();
      })),
      this.#deleteButton(menu),
    );
    this.linkPlace = el("p", "quiet");
    menu.append(close, label, tools, this.linkPlace, el("h2", "", say("live_class.members")), names);
    menu.addEventListener("close", () => menu.remove());
    document.body.append(menu);
    menu.showModal();
  }

  // Asks once more before everything is deleted.
  #deleteButton(menu) {
    let isSure = false;
    const press = button("tool danger", say("live_class.delete"), "", () => {
      if (!isSure) {
        isSure = true;
        press.textContent = say("live_class.delete_sure");
        return;
      }
      this.#do(async () => {
        await this.#ask("DELETE");
        menu.close();
        this.#end(say("live_class.deleted"));
      });
    });
    return press;
  }

  async #download() {
    const answer = await fetch(`${BASE}/api/rooms/${this.code}/results.csv?lang=${locale.language}`, { headers: { "X-Key": this.key } });
    if (!answer.ok) throw new NoAnswer();
    const link = el("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = `hebei2025_class_${this.code}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
  }

  // A link for another teacher; shown where the browser does not let pages copy.
  async #copyLink() {
    const link = `${reachableBase() ?? location.origin}/live/${this.code}/teacher#${this.key}`;
    try {
      await navigator.clipboard.writeText(link);
      this.linkPlace.textContent = say("live_class.copied");
    } catch {
      this.linkPlace.textContent = link;
    }
  }

  #connected(isThere) {
    const line = document.getElementById("connection");
    line.hidden = isThere;
    if (!isThere) line.textContent = say("live_class.no_connection");
  }

  #end(text) {
    this.polling.stop();
    if (this.isTeacher) this.memory.forget();
    const again = el("a", "", say("live_class.open_title"));
    again.href = `${BASE}/new?lang=${locale.language}`;
    this.main.replaceChildren(el("p", "lead", text), again);
  }
}

const main = document.querySelector("main");
speak(firstLanguage());
if (PLACE[0] === "new") showOpening(main);
else new ClassRoom(main, PLACE[0], PLACE[1] === "teacher").start();
