// States that the person has come to: undo and redo, and the history of the browser, in which back is one move back.
const MARK = "hebei2025"; // names entries of the browser's history that are states of this page

// The states before and after the present one, kept while the person visits other pages.
const trail = (globalThis.hebei2025Trail ??= { before: [], after: [] });
const LONGEST_TRAIL = 200;

// The part of the address that holds the state; a file that is opened from disk may change only what stands behind #.
const ADDRESS = { part: "search" };

const kept = { query: "" }; // kept runs, which are no part of a state and stand in every address

function addressOf(query) {
  const address = new URL(location.href);
  address[ADDRESS.part] = [query, kept.query].filter(Boolean).join("&");
  return address;
}

// A new state: the present one can be come back to.
function remember(before, query) {
  trail.before.push(before);
  if (trail.before.length > LONGEST_TRAIL) trail.before.shift();
  trail.after.length = 0;
  visit(query);
}

const visit = (query) => history.pushState({ [MARK]: query }, "", addressOf(query));

// The address of the state that the page shows, without a new entry.
function showAddress(query) {
  if (history.state?.[MARK] === query && location[ADDRESS.part] === addressOf(query)[ADDRESS.part]) return;
  history.replaceState({ ...history.state, [MARK]: query }, "", addressOf(query));
}

// One step back or forward: the state there, or undefined at the end.
function step(from, to, present) {
  const query = from.pop();
  if (query === undefined) return undefined;
  to.push(present);
  visit(query);
  return query;
}

const undo = (present) => step(trail.before, trail.after, present);
const redo = (present) => step(trail.after, trail.before, present);

// Calls `open` with the state when the person goes back or forward within this page. Streamlit would draw the whole page
// again, with settings that it still has.
function onBack(isShown, open) {
  const path = location.pathname;
  addEventListener("popstate", (event) => {
    if (location.pathname !== path || !isShown()) return;
    event.stopImmediatePropagation();
    open(event.state?.[MARK] ?? location[ADDRESS.part].slice(1));
  }, true);
}
