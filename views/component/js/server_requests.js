// What the component asks of the server: it tells where the person is, and asks for bands, pages and kept runs.
const AT_REST = 700; // ms without a move after which bands are asked for
const ONCE_MORE = 2500; // ms after which they are asked for again
const UNANSWERED = 1500; // ms after which a state that has not been answered is told again
const BUSY = 100; // ms between two looks whether the server rests

// Whether the server draws the page.
const isBusy = () => (document.querySelector(".stApp")?.dataset.testScriptState ?? "notRunning") !== "notRunning";

class ServerRequests {
  constructor(app) {
    this.app = app;
    this.sent = 0; // number of the state that was sent last; 0 before the first
    this.trigger = null; // given with each answer
  }

  // Tells the server where the person is; only the last state matters, and an answer names the state that it is for.
  tell() {
    // No page has a number of another one: the server's last answer may be to a page that stood here before.
    this.sent = shared.sent = (shared.sent ?? 0) + 1;
    this.#tellAgain();
  }

  // Whether the state that was sent last of all is this page's and has not been answered.
  get isWaiting() {
    return this.sent > 0 && this.sent === shared.sent && this.app.data.n !== this.sent;
  }

  // Streamlit loses a message where it is about to end a run, so it is sent until it has been answered. Where it has put
  // another page in place of this one meanwhile, that one goes on with the state.
  #tellAgain() {
    clearTimeout(this.telling);
    const { app } = this;
    if (!this.isWaiting) return;
    if (!app.root.isConnected) {
      if (shared.page !== app) shared.page.takeOver(app);
      return;
    }
    this.trigger("settled", { n: this.sent, query: app.query });
    this.telling = setTimeout(() => this.#tellAgain(), UNANSWERED);
  }

  // Sends what is asked for once, when the server rests.
  send(name, value) {
    if (isBusy() && this.app.root.isConnected) setTimeout(() => this.send(name, value), BUSY);
    else this.trigger(name, value);
  }

  // Opens another page: {page, query}.
  go(place) {
    this.wait();
    this.send("go", place);
  }

  // Asks for no bands until `askForBands` is called again.
  wait() {
    clearTimeout(this.resting);
  }

  // Bands take longer than a run, so they are asked for when the sliders are at rest, until they have come.
  askForBands(wait = AT_REST) {
    this.wait();
    const { app } = this;
    if (!app.state.bands || !app.data.pending) return;
    this.resting = setTimeout(() => {
      if (!app.root.isConnected || app.data.query !== app.query) return;
      const waiting = isBusy() || app.held !== null;
      if (!waiting) this.trigger("rest", this.sent);
      this.askForBands(waiting ? AT_REST : ONCE_MORE);
    }, wait);
  }
}
