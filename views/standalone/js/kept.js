// Runs that a person keeps, written into the address as the app does (views/shell/own_scenarios.py).
const KEEP = "keep";
const RUN_FIELDS = ["base", "set", "par", "drv", "until"]; // the parts of a link that decide a run

class KeptRuns {
  constructor(most) {
    this.most = most;
    this.runs = [];
    this.count = 0; // runs that have ever been kept: a key of each
  }

  add(name, query) {
    if (this.runs.length < this.most) this.runs.push({ key: `run_${++this.count}`, name, query });
  }

  remove(key) {
    this.runs = this.runs.filter((run) => run.key !== key);
  }

  // The part of the address that holds them; nothing where there are none.
  get query() {
    const written = this.runs.map(({ name, query }) => {
      const found = new URLSearchParams(query);
      const plain = name.replaceAll(";", ",").replaceAll("|", "/");
      return [plain, ...RUN_FIELDS.map((field) => found.get(field) ?? "")].join(";").replace(/;+$/, "");
    });
    return written.length ? `${KEEP}=${encodeURIComponent(written.join("|"))}` : "";
  }

  // Takes over the runs of an address in place of the present ones; `use` gives the query of a run, null where it cannot
  // be used. Returns the parts that cannot be used.
  read(text, use) {
    this.runs = [];
    const refused = [];
    for (const part of text.split("|").filter(Boolean)) {
      const [name, ...values] = part.split(";");
      const fields = RUN_FIELDS.map((field, k) => [field, values[k]]).filter(([, value]) => value);
      const query = name.trim() && values.length <= RUN_FIELDS.length && this.runs.length < this.most ? use(String(new URLSearchParams(fields))) : null;
      if (query === null) refused.push(part);
      else this.add(name.trim().slice(0, LONGEST_NAME), query);
    }
    return refused;
  }
}
