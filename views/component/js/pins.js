// On a phone, one of the charts or the key figures stays in sight while the levers below are moved; buttons above it choose
// which one. Wider screens have room for all, and the style sheet shows no such buttons there.

// `parts` are the boxes that can stay in sight, in the order of their names.
function pins(app, names, parts) {
  const show = () => {
    const { pinned } = shared.shown;
    chosen.show(pinned);
    app.root.dataset.pinned = pinned;
    // A chart alone has the whole page.
    parts.forEach((part, place) => part.classList.toggle("pinned", place === pinned && app.state.view === "all"));
  };
  const chosen = segments(say("component.pinned"), names.map((name, place) => [place, name]), (place) => {
    shared.shown.pinned = place;
    show();
  });
  chosen.box.classList.add("pins");
  return { box: chosen.box, show };
}

// Makes a change above the levers without moving them away under the finger. Some browsers see to that themselves.
function keepingPlace(node, change) {
  const scroller = node.getRootNode().host?.closest(".stMain") ?? document.scrollingElement;
  const before = node.getBoundingClientRect().top;
  change();
  if (scroller.scrollTop > 0) scroller.scrollTop += node.getBoundingClientRect().top - before;
}
