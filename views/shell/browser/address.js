// Keeps the address of a page such that it opens the present state. Every choice on the page is a step in the history of
// the browser: the way back leads to the choice before, and only from the first one out of the page.
const shown = { page: "", search: "" }; // the page whose address was kept last, and its query as the browser has it
const back = { asked: 0 }; // number of the last way back; until the server has answered it, what it says is older
let send = null;
let root = null;

const isHere = (page) => location.pathname.endsWith(`/${page}`);

// Streamlit would draw the whole page again, with choices that it still has.
function onPopState(event) {
  if (!root?.isConnected || !isHere(shown.page)) return;
  event.stopImmediatePropagation();
  back.asked += 1;
  shown.search = location.search;
  send("back", { query: location.search.slice(1), number: back.asked });
}

addEventListener("popstate", onPopState, true);

export default function ({ parentElement, data, setTriggerValue }) {
  [root, send] = [parentElement, setTriggerValue];
  if (!isHere(data.page) || data.answered < back.asked) return;
  const address = new URL(location.href);
  address.search = data.query;
  const isStep = shown.page === data.page && shown.search === location.search && back.answered === data.answered;
  back.answered = data.answered;
  if (address.href !== location.href) history[isStep ? "pushState" : "replaceState"](history.state, "", address);
  [shown.page, shown.search] = [data.page, location.search];
}
