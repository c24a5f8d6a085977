// Tells how many panels of charts fit beside each other on the page, and whether fingers are used: once, and whenever that
// changes.
const PANEL = 280; // px that a panel needs
const MOST = 3; // panels beside each other
const CALM = 250; // ms in which the width does not change any more
const fingers = matchMedia("(pointer: coarse)");
const shown = { known: "", send: null, timer: 0 };

function tell() {
  const page = document.querySelector(".stMainBlockContainer");
  if (!page || !shown.send) return;
  const { paddingLeft, paddingRight } = getComputedStyle(page);
  const width = page.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  const columns = Math.min(Math.max(Math.floor(width / PANEL), 1), MOST);
  const now = `${columns} ${fingers.matches}`;
  if (now === shown.known) return;
  shown.known = now;
  shown.send("told", { columns, touch: fingers.matches });
}

const observer = new ResizeObserver(() => {
  clearTimeout(shown.timer);
  shown.timer = setTimeout(tell, CALM);
});

export default function ({ data, setTriggerValue }) {
  shown.known = `${data.columns} ${data.touch}`;
  shown.send = setTriggerValue;
  observer.disconnect();
  observer.observe(document.querySelector(".stMain"));
  tell();
  return () => {
    observer.disconnect();
    shown.send = null;
  };
}
