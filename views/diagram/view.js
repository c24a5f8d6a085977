// Moves and zooms what a diagram shows: pointer, pinch, wheel, keys, buttons.
const LEAST_AT_FIRST = 0.95; // zoom at which labels are still larger than 12 px
const MOST_AT_FIRST = 1.25;
const ZOOMS = [0.2, 4];
const STEP = 1.25; // factor of a press of + or −
const PAN = 60; // px of a press of an arrow key
const MARGIN = 8; // px around what is brought into view
const DRAG = 5; // px from which a press is no click any more
const clamp = (value, [low, high]) => Math.min(Math.max(value, low), high);

// `content` is the group that is moved inside `stage`; `size` its width and height, `home` the point to start from.
function movable(stage, content, size, home) {
  const now = { zoom: 1, x: 0, y: 0, touched: false };
  const show = () => content.setAttribute("transform", `translate(${now.x},${now.y}) scale(${now.zoom})`);
  const room = () => ({ width: stage.clientWidth, height: stage.clientHeight });

  // What fits is put in the middle; of what does not, the part around the home point, without empty space.
  function start(zoom) {
    const { width, height } = room();
    const along = (free, whole, point) => {
      const length = whole * zoom;
      return length <= free ? (free - length) / 2 : clamp(free / 2 - point * zoom, [free - length, 0]);
    };
    Object.assign(now, { zoom, x: along(width, size.width, home.x), y: along(height, size.height, home.y) });
    show();
  }
  const fitting = () => Math.min(room().width / size.width, room().height / size.height);
  function reset() {
    now.touched = false;
    start(clamp(fitting(), [LEAST_AT_FIRST, MOST_AT_FIRST]));
  }
  function overview() {
    now.touched = true;
    start(clamp(fitting(), [ZOOMS[0], 1]));
  }
  function zoomBy(factor, x = room().width / 2, y = room().height / 2) {
    const zoom = clamp(now.zoom * factor, ZOOMS);
    const part = zoom / now.zoom;
    Object.assign(now, { zoom, x: x - (x - now.x) * part, y: y - (y - now.y) * part, touched: true });
    show();
  }
  function moveBy(x, y) {
    Object.assign(now, { x: now.x + x, y: now.y + y, touched: true });
    show();
  }
  // Bring a box of the content into view, for what is reached by keyboard.
  function reveal(box) {
    const shift = (start, length, free) => {
      if (start < MARGIN) return MARGIN - start;
      return start + length > free - MARGIN ? Math.max(free - MARGIN - length - start, MARGIN - start) : 0;
    };
    const left = now.x + (box.x - box.width / 2) * now.zoom;
    const top = now.y + (box.y - box.height / 2) * now.zoom;
    const across = shift(left, box.width * now.zoom, room().width);
    const down = shift(top, box.height * now.zoom, room().height);
    if (across || down) moveBy(across, down);
  }
  return { now, reset, overview, zoomBy, moveBy, reveal };
}

// One finger or the mouse drags, two fingers zoom. A press that has moved is not a click.
function followPointers(stage, view) {
  const pointers = new Map();
  const drag = { moved: false };
  const at = (event) => ({ x: event.clientX, y: event.clientY });
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  };
  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    pointers.set(event.pointerId, { ...at(event), from: at(event) });
    if (pointers.size === 1) drag.moved = false;
  });
  stage.addEventListener("pointermove", (event) => {
    const pointer = pointers.get(event.pointerId);
    if (!pointer) return;
    const before = pointers.size === 2 ? spread() : null;
    const [x, y] = [event.clientX - pointer.x, event.clientY - pointer.y];
    Object.assign(pointer, at(event));
    if (!drag.moved && Math.hypot(pointer.x - pointer.from.x, pointer.y - pointer.from.y) < DRAG) return;
    if (!drag.moved) stage.setPointerCapture(event.pointerId);
    drag.moved = true;
    if (before) {
      const after = spread();
      const box = stage.getBoundingClientRect();
      view.zoomBy(after.distance / before.distance, after.x - box.left, after.y - box.top);
      view.moveBy(after.x - before.x, after.y - before.y);
    } else {
      view.moveBy(x, y);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stage.addEventListener(end, (event) => pointers.delete(event.pointerId));
  }
  return drag;
}

// The wheel zooms where the diagram has been clicked, or with Ctrl (as a touchpad's pinch comes); else the page scrolls.
function followWheel(stage, root, view) {
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !root.contains(stage.getRootNode().activeElement)) return;
      event.preventDefault();
      const box = stage.getBoundingClientRect();
      const pixels = event.deltaY * (event.deltaMode ? 16 : 1);
      view.zoomBy(Math.exp(-pixels / 400), event.clientX - box.left, event.clientY - box.top);
    },
    { passive: false },
  );
}

const KEYS = {
  "+": (view) => view.zoomBy(STEP),
  "=": (view) => view.zoomBy(STEP),
  "-": (view) => view.zoomBy(1 / STEP),
  0: (view) => view.reset(),
  ArrowLeft: (view) => view.moveBy(PAN, 0),
  ArrowRight: (view) => view.moveBy(-PAN, 0),
  ArrowUp: (view) => view.moveBy(0, PAN),
  ArrowDown: (view) => view.moveBy(0, -PAN),
};
