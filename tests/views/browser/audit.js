// What a page has wrong for people who read it by ear, by keyboard, with weak eyes, or on a small screen.
// Goes through shadow roots, because the lever panel lives in one.
(() => {
  const LARGE = 24, LARGE_BOLD = 18.66; // px, from which less contrast is enough
  const everything = (root, found = []) => {
    for (const e of root.querySelectorAll("*")) {
      found.push(e);
      if (e.shadowRoot) everything(e.shadowRoot, found);
    }
    return found;
  };
  const above = (e) => e.parentElement ?? (e.getRootNode().host || null);
  const chain = (e) => (e ? [e, ...chain(above(e))] : []);
  const words = (e) => [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim()).join(" ").trim();
  const told = (e) => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ""} ${(e.getAttribute("aria-label") || e.textContent).trim().slice(0, 40)}`;
  const seen = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };

  const color = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return text.startsWith("color(srgb") ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  };
  const over = (top, ground) => [0, 1, 2].map((k) => top[k] * top[3] + ground[k] * (1 - top[3])).concat(1);
  const light = (c) => {
    const [r, g, b] = c.map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) =>
    chain(e).map((x) => color(getComputedStyle(x).backgroundColor)).reverse().reduce((b, c) => over(c, b), [255, 255, 255, 1]);
  const contrast = (e) => {
    const behind = ground(e), [r, g, b, a] = color(getComputedStyle(e).color);
    const veil = chain(e).reduce((part, x) => part * Number(getComputedStyle(x).opacity), 1);
    const [dim, bright] = [light(over([r, g, b, a * veil], behind)), light(behind)].sort((x, y) => x - y);
    return (bright + 0.05) / (dim + 0.05);
  };
  const needed = (e) => {
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    return size >= LARGE || (size >= LARGE_BOLD && Number(style.fontWeight) >= 700) ? 3 : 4.5;
  };
  const disabled = (e) => chain(e).some((x) => x.disabled || x.getAttribute("aria-disabled") === "true");

  const toolbar = () => document.querySelector(".st-key-toolbar").getBoundingClientRect();
  const under = (e, bar) => {
    const box = e.getBoundingClientRect();
    return box.left < bar.right - 1 && box.right > bar.left + 1 && box.top < bar.bottom - 1 && box.bottom > bar.top + 1;
  };
  const texts = () => everything(document).filter((e) => !["STYLE", "SCRIPT"].includes(e.tagName) && words(e) && seen(e));

  // How an element and what is near it look, to see whether the focus shows.
  const looks = (e) =>
    [...chain(e).slice(0, 4), ...(above(e)?.querySelectorAll("*") ?? [])].slice(0, 40)
      .map((x) => getComputedStyle(x)).map((s) => [s.outline, s.boxShadow, s.border, s.backgroundColor, s.color].join()).join();
  const active = () => {
    let e = document.activeElement;
    while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
    return e;
  };
  const focusable = () => everything(document)
    .filter((e) => e.matches("input, select, textarea, button, a[href], summary, [tabindex]") && e.tabIndex >= 0);
  const walk = { unfocused: new Map(focusable().map((e) => [e, looks(e)])), been: new Set(), dark: [] };
  // Of a group of choices, Tab reaches one; arrow keys reach the others.
  const byArrows = (e) => {
    const group = e.closest("[role=radiogroup], [role=group], [role=toolbar]");
    return group !== null && [...walk.been].some((b) => group.contains(b));
  };

  window.audit = {
    lowContrast: () => texts().filter((e) => !e.closest("svg") && !disabled(e) && contrast(e) < needed(e))
      .map((e) => `${contrast(e).toFixed(2)} ${e.className} ${words(e).slice(0, 40)}`),
    headings: () => everything(document).filter((e) => /^H[1-6]$/.test(e.tagName) && seen(e)).map((e) => Number(e.tagName[1])),
    overflow: () => everything(document)
      .filter((e) => e.matches(".stMainBlockContainer, html") && e.scrollWidth > e.clientWidth + 1).map(told),
    // What goes over the right edge of the window and cannot be scrolled to in a box of its own. Diagrams are moved.
    cut: () => everything(document)
      .filter((e) => seen(e) && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest("[data-testid=stSidebar]"))
      .filter((e) => !chain(e).slice(1).some((x) => x.matches("svg.stage") || ["auto", "scroll"].includes(getComputedStyle(x).overflowX)
        && x.getBoundingClientRect().right <= innerWidth + 1 && !x.matches(".stMain, .explore > *, html, body")))
      .map(told),
    covered: () => texts().filter((e) => !e.closest(".st-key-toolbar") && under(e, toolbar())).map(told),
    // One step of a walk by keyboard: false once it has come round. Tables show the focus inside their picture.
    step: () => {
      const e = active();
      if (e === [...walk.been][0]) return false;
      if (e === document.body || walk.been.has(e)) return true;
      walk.been.add(e);
      if (e.tagName !== "CANVAS" && seen(e) && looks(e) === walk.unfocused.get(e)) walk.dark.push(told(e));
      return true;
    },
    withoutVisibleFocus: () => walk.dark,
    unreached: () => focusable().filter((e) => seen(e) && !disabled(e) && !walk.been.has(e) && !byArrows(e)).map(told),
    reached: () => walk.been.size,
  };
})();
