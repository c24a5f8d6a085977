// On phones the sidebar covers the page, so it is closed where a page opens and where one of its pages or lessons has been
// chosen.
const NARROW = matchMedia("(max-width: 768px)");
const OPEN = '[data-testid="stSidebar"][data-collapsed="false"] [data-testid="stSidebarCollapseButton"] button';
const CHOICES = '[data-testid="stSidebarNavLink"], [data-testid="stSidebar"] [role="radiogroup"] label';
const KEPT = "stSidebarCollapsed";
const [WAIT, STEP] = [3000, 50]; // ms in which the sidebar appears, and between two looks at it

function close() {
  const button = NARROW.matches && document.querySelector(OPEN);
  if (!button) return;
  button.click();
  setTimeout(forget);
}

// Streamlit takes the click for a wish of the person, and would leave the sidebar closed where the window grows wide.
function forget() {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(KEPT)).forEach((key) => localStorage.removeItem(key));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.(CHOICES)) setTimeout(close);
}, true);

// The browser keeps whether the sidebar was open, and opens it a while after the page. What a person opens stays open.
const looks = setInterval(close, STEP);
const stop = () => clearInterval(looks);
setTimeout(stop, WAIT);
for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, stop, { once: true, capture: true });

export default function () {}
