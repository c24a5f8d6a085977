// What a phone has to tell the server. Each thing is kept in the browser until the server has it, so that neither a lost
// connection nor a restart of the server nor a reload of the page loses it.
const KINDS = ["me", "vote", "plan"]; // in the order in which they are sent

class Outbox {
  #sending = false;

  // `arrived` is called with the state that the server answers, `refused` with the reason.
  constructor(memory, send, arrived, refused) {
    Object.assign(this, { memory, send, arrived, refused });
  }

  get waiting() {
    return this.memory.values.waiting ?? {};
  }

  put(kind, content) {
    this.memory.set({ waiting: { ...this.waiting, [kind]: content } });
  }

  #drop(kind, content) {
    const { [kind]: now, ...others } = this.waiting;
    // What was put there meanwhile still has to be sent.
    if (JSON.stringify(now) === JSON.stringify(content)) this.memory.set({ waiting: others });
  }

  // Sends what is waiting; throws NoAnswer where the server does not answer.
  async flush() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (const kind of KINDS) {
        const content = this.waiting[kind];
        if (content === undefined) continue;
        try {
          const state = await this.send(kind, content);
          this.#drop(kind, content);
          this.arrived(state);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          this.#drop(kind, content);
          this.refused(error, kind);
        }
      }
    } finally {
      this.#sending = false;
    }
  }
}
