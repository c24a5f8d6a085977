// How the pages of the live class ask the server: with patience where it does not answer, in words where it refuses.
const BASE = `${location.pathname.split("/live")[0]}/live`;
const DATA = JSON.parse(document.getElementById("data").textContent);
const PATIENCE = 8000; // milliseconds until a question counts as not answered
const LONGEST_WAIT = 5000; // milliseconds between questions while there is no answer
const AGAIN = [429, 500, 502, 503, 504]; // statuses after which the same question may be answered later

// The server says that something is not possible; `text` says why.
class Refusal extends Error {
  constructor({ error, text }, status) {
    super(error);
    Object.assign(this, { text, status });
  }
}

// The server has not answered, or asks for patience.
class NoAnswer extends Error {}

async function ask(method, path, { content, headers = {} } = {}) {
  const options = { method, headers: { ...headers }, signal: AbortSignal.timeout(PATIENCE) };
  if (content !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(content);
  }
  const mark = path.includes("?") ? "&" : "?";
  let answer, body;
  try {
    answer = await fetch(`${BASE}/api/${path}${mark}lang=${locale.language}`, options);
    if (!AGAIN.includes(answer.status)) body = await answer.json();
  } catch {
    throw new NoAnswer();
  }
  if (body === undefined) throw new NoAnswer();
  if (!answer.ok) throw new Refusal(body, answer.status);
  return body;
}

// Asks again and again: every `period` milliseconds, later and later while there is no answer, and at once when the page is
// looked at again. `question` may throw.
class Polling {
  #timer = null;
  #failures = 0;
  #running = false;

  constructor(question, period, onConnection) {
    [this.question, this.period, this.onConnection] = [question, period, onConnection];
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
    addEventListener("online", () => this.now());
  }

  async now() {
    if (this.#running || this.stopped) return;
    this.#running = true;
    clearTimeout(this.#timer);
    try {
      await this.question();
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.#failures += 1;
    } finally {
      this.#running = false;
      this.onConnection(this.#failures === 0);
      this.#next();
    }
  }

  #next() {
    if (this.stopped) return;
    const wait = Math.min(this.period * 2 ** this.#failures, Math.max(LONGEST_WAIT, this.period));
    this.#timer = setTimeout(() => this.now(), wait * (0.8 + 0.4 * Math.random()));
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.#timer);
  }
}

// What a page keeps in the browser under a name; in memory where the browser keeps nothing.
class Memory {
  constructor(name) {
    this.name = `hebei2025-live-${name}`;
    try {
      this.values = JSON.parse(localStorage.getItem(this.name)) ?? {};
    } catch {
      this.values = {};
    }
  }

  set(changes) {
    Object.assign(this.values, changes);
    try {
      localStorage.setItem(this.name, JSON.stringify(this.values));
      return true;
    } catch {
      return false;
    }
  }

  forget() {
    this.values = {};
    try {
      localStorage.removeItem(this.name);
    } catch {
      // Nothing was kept.
    }
  }
}

// Takes a language for texts and numbers of the page.
function speak(language) {
  const { texts, separator, space, list, colon } = DATA.languages[language];
  Object.assign(locale, { language, texts, separator, space, marks: { list, colon } });
  document.documentElement.lang = DATA.tags[language];
  document.title = say("live_class.title");
}

function firstLanguage() {
  const asked = new URLSearchParams(location.search).get("lang") ?? new Memory("language").values.language;
  if (asked in DATA.languages) return asked;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

function languageSwitch(changed) {
  const names = Object.entries(DATA.languages).map(([key, { name }]) => [key, name]);
  const { box, show } = segments(say("app.language"), names, (chosen) => {
    new Memory("language").set({ language: chosen });
    speak(chosen);
    changed();
  });
  show(locale.language);
  return box;
}

// How a member is called: by name, else by number.
const calledAs = ({ name, number }) => name || say("live_class.member", { number });
