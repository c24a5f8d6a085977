// The live block of a report: begins when the reader comes to it, starts from the run of the report, and tells whether its
// present run is still that one.
const AHEAD = "600px"; // below the window: how far the block may be when it begins

class LiveBlock extends Host {
  constructor(place, query) {
    super(place);
    this.report = query;
  }

  first() {
    return this.report;
  }

  showBar() {
    const said = (key) => this.texts.words.texts[`live.${key}`];
    this.told = el("span", "told-run");
    this.told.setAttribute("role", "status");
    this.back = button("tool", said("back"), "", () => shared.page.load(this.report));
    this.place.getElementById("bar").replaceChildren(el("b", "live-mark", said("mark")), this.told, this.back);
  }

  showState({ query }) {
    const isReport = runOf(query) === runOf(this.report);
    this.told.textContent = this.texts.words.texts[isReport ? "live.same" : "live.changed"];
    this.back.disabled = isReport;
  }
}

// What of a state decides its run, however it is ordered.
function runOf(query) {
  const found = new URLSearchParams(query);
  return RUN_FIELDS.map((field) => (found.get(field) ?? "").split(",").sort().join(",")).join(";");
}

const block = document.getElementById("live");
const parts = document.getElementById("live_parts");

function begin() {
  const root = document.getElementById("live_here").attachShadow({ mode: "open" });
  root.append(parts.content);
  new LiveBlock(root, block.dataset.query).start().catch((error) => {
    console.error(error);
    root.host.remove();
    tooOld();
  });
}

// Where the browser has been found too old already, nothing is begun.
if (document.getElementById("too_old").hidden) {
  const way = document.getElementById("to_live");
  way.hidden = false;
  block.style.minHeight = "100vh"; // so that there is room to scroll to before the block has been drawn
  block.tabIndex = -1;
  way.addEventListener("click", () => {
    block.scrollIntoView();
    block.focus({ preventScroll: true });
  });
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    seen.disconnect();
    begin();
  }, { rootMargin: AHEAD });
  if (location.hash.length > 1) begin();
  else seen.observe(block);
}
