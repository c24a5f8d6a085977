// The editor of a lever's path, which opens below its slider: what the slider does, points to drag, years, delay.
const PLOT = { width: 312, height: 132, left: 42, right: 8, top: 8, bottom: 18 };
const POINT_RADIUS = 6;
const REACH = 24; // px within which a finger takes a point

function pathEditor(app, slot) {
  const box = el("div", "editor");
  const choices = MODES.filter((mode) => mode !== "scale" || slot.scalable);
  const modes = segments(
    say("component.mode"),
    choices.map((mode) => [mode, say(`component.mode_${mode}`), say(`component.mode_${mode}_help`)]),
    (mode) => choose(mode),
  );
  const plot = svg("svg", { viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, class: "plot", role: "group" });
  plot.setAttribute("aria-label", say("component.editor", { name: slot.full }));
  const [drawing, handles] = [svg("g"), svg("g")];
  plot.append(drawing, handles);
  const fields = el("div", "fields");
  const table = el("div", "numbers");
  const hint = el("p", "hint");
  box.append(modes.box, plot, hint, fields, table);

  const present = () => app.live.moved[slot.id];
  const settle = (move) => app.settle(changesNothing(move) ? app.without(slot.id) : app.withMove(slot.id, move));

  function choose(mode) {
    app.modes.set(slot.id, mode);
    const move = present() ?? noMove();
    const path = app.pathNow(slot);
    if (mode === "points") settle({ ...noMove(), points: pointsOf(path, app.lastPoint()) });
    else if (mode === "hold") settle(moveAt("hold", rangeOf(slot, "hold", path, null, YEARS.end).value, move));
    else settle({ ...move, hold: null, points: [], ...(mode === "scale" ? { shift: 0 } : { factor: 1 }) });
  }

  const scaleOf = () => {
    const last = app.lastPoint();
    const unit = slot.factor;
    const bottom = Math.min(0, slot.low);
    const shown = [...fromPolicy(app.pathBelow(slot), last), ...fromPolicy(app.pathNow(slot), last)];
    const top = Math.min(slot.high, Math.max(...shown) * 1.6) || slot.high;
    const x = (year) => PLOT.left + ((year - YEARS.policy) * (PLOT.width - PLOT.left - PLOT.right)) / (last - YEARS.policy);
    const y = (value) => PLOT.height - PLOT.bottom - ((value - bottom) / (top - bottom)) * (PLOT.height - PLOT.top - PLOT.bottom);
    const place = (event) => {
      const area = plot.getBoundingClientRect();
      const px = ((event.clientX - area.left) / area.width) * PLOT.width;
      const py = ((event.clientY - area.top) / area.height) * PLOT.height;
      const year = Math.round(YEARS.policy + ((px - PLOT.left) * (last - YEARS.policy)) / (PLOT.width - PLOT.left - PLOT.right));
      const value = bottom + ((PLOT.height - PLOT.bottom - py) * (top - bottom)) / (PLOT.height - PLOT.top - PLOT.bottom);
      return [Math.min(Math.max(year, YEARS.policy), last), inRange(value)];
    };
    return { last, unit, bottom, top, x, y, place };
  };
  const inRange = (value) => shortened(Math.min(Math.max(Math.round(value / slot.step) * slot.step, slot.low), slot.high));

  let dragged = null; // index of the point that is dragged
  let scale = scaleOf();

  function drawPlot() {
    if (dragged === null) scale = scaleOf();
    const { last, bottom, top, x, y } = scale;
    const line = (className, path) =>
      polyline(className, fromPolicy(path, last), (k) => x(YEARS.policy + k), (value) => y(Math.min(value, top)));
    const text = (content, at, down, anchor) => {
      const node = svg("text", { x: at, y: down, "text-anchor": anchor });
      node.textContent = content;
      return node;
    };
    const points = present()?.points ?? [];
    const parts = [
      svg("line", { class: "axis", x1: PLOT.left, x2: PLOT.width - PLOT.right, y1: y(bottom), y2: y(bottom) }),
      text(slotFigure(slot, top), PLOT.left - 4, y(top) + 8, "end"),
      text(slotFigure(slot, bottom), PLOT.left - 4, y(bottom), "end"),
      text(slot.unit, PLOT.left + 2, PLOT.top + 6, "start"),
      ...[YEARS.policy, 2020, 2025, last].filter((year, k, all) => year <= last && all.indexOf(year) === k)
        .map((year) => text(String(year), x(year), PLOT.height - 4, year === last ? "end" : "middle")),
      line("before", app.pathBelow(slot)),
      line("now", app.pathNow(slot)),
    ];
    drawing.replaceChildren(...parts);
    drawHandles(points);
    hint.textContent = points.length ? say("component.points_hint") : "";
    plot.classList.toggle("drawable", points.length > 0);
  }

  function withPoint(k, [year, value]) {
    const points = present().points.map((point) => [...point]);
    const low = k === 0 ? YEARS.policy : points[k - 1][0] + 1;
    const high = k === points.length - 1 ? scale.last : points[k + 1][0] - 1;
    points[k] = [k === 0 ? YEARS.policy : Math.min(Math.max(year, low), high), value];
    return { ...noMove(), points };
  }

  const remove = (k) => app.settle(app.withMove(slot.id, { ...noMove(), points: present().points.filter((_, one) => one !== k) }));

  // The points that stand are moved and not made anew, so that the one with the focus keeps it.
  function drawHandles(points) {
    while (handles.childElementCount > points.length) handles.lastElementChild.remove();
    points.forEach(([year, value], k) => {
      if (!handles.children[k]) handles.append(svg("circle", { class: "point", r: POINT_RADIUS, tabindex: 0, role: "slider", "data-point": k }));
      setAttributes(handles.children[k], {
        cx: scale.x(year), cy: scale.y(Math.min(value, scale.top)),
        "aria-label": say("component.point", { year }), "aria-valuemin": slot.low, "aria-valuemax": slot.high,
        "aria-valuenow": value, "aria-valuetext": `${year}${locale.marks.colon}${slotQuantity(slot, value)}`,
      });
    });
  }

  // The point that is meant: under a finger the nearest one that it covers.
  function pointAt(event) {
    if (event.target.dataset?.point !== undefined) return Number(event.target.dataset.point);
    if (event.pointerType !== "touch") return null;
    const distances = [...handles.children].map((handle) => {
      const area = handle.getBoundingClientRect();
      return Math.hypot(event.clientX - area.x - area.width / 2, event.clientY - area.y - area.height / 2);
    });
    const least = Math.min(...distances);
    return least <= REACH ? distances.indexOf(least) : null;
  }

  plot.addEventListener("pointerdown", (event) => {
    if (!present()?.points.length || !event.isPrimary) return;
    dragged = pointAt(event);
    if (dragged === null) {
      const [year, value] = scale.place(event);
      const points = present().points;
      const same = points.findIndex((point) => point[0] === year);
      const next = points.filter((point) => point[0] !== year);
      next.push([year, value]);
      next.sort(([one], [other]) => one - other);
      dragged = next.findIndex((point) => point[0] === year);
      if (same < 0) app.draw(app.withMove(slot.id, { ...noMove(), points: next }));
    }
    plot.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  plot.addEventListener("pointermove", (event) => {
    if (dragged === null) return;
    app.draw(app.withMove(slot.id, withPoint(dragged, scale.place(event))));
    app.showLever(slot.lever);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    plot.addEventListener(end, () => {
      if (dragged === null) return;
      dragged = null;
      app.settle(app.live);
    });
  }
  plot.addEventListener("keydown", (event) => {
    const k = Number(event.target.dataset?.point ?? NaN);
    if (Number.isNaN(k)) return;
    const [year, value] = present().points[k];
    const steps = { ArrowUp: [0, 1], ArrowDown: [0, -1], PageUp: [0, 10], PageDown: [0, -10], ArrowRight: [1, 0], ArrowLeft: [-1, 0] }[event.key];
    const points = present().points;
    if (steps) app.settle(app.withMove(slot.id, withPoint(k, [year + steps[0], inRange(value + steps[1] * slot.step)])));
    else if (event.key === "Delete" && k > 0) remove(k);
    else return;
    event.preventDefault();
    plot.querySelector(`[data-point="${Math.min(k, present().points.length - 1)}"]`)?.focus();
  });

  let stated = null; // the move that the fields show: they are made anew only for another one
  function drawFields() {
    const move = present() ?? noMove();
    if (stated === JSON.stringify([move, scale.last])) return;
    stated = JSON.stringify([move, scale.last]);
    const isPoints = move.points.length > 0;
    const years = Array.from({ length: YEARS.latest - YEARS.policy + 1 }, (_, k) => [String(YEARS.policy + k), String(YEARS.policy + k)]);
    const period = (key, name, label) => {
      const list = key === "last" ? years.map(([v, text]) => [v, Number(v) === YEARS.latest ? say("component.end") : text]) : years;
      const field = el("label", "field", label);
      field.append(choice(label, list, String(move[key]), (year) => {
        const next = { ...move, [key]: Number(year) };
        if (next.first > next.last) next[key === "first" ? "last" : "first"] = Number(year);
        settle(next);
      }));
      return field;
    };
    const delay = el("div", "field delay");
    const later = (years_) => settle({ ...move, delay: Math.min(Math.max(move.delay + years_, -LIMITS.delay), LIMITS.delay) });
    const says = el("output", "", move.delay ? delayWords(move.delay) : say("component.on_time"));
    delay.append(
      el("span", "", say("component.timing")),
      button("", "−1", say("component.year_earlier"), () => later(-1)), says, button("", "+1", say("component.year_later"), () => later(1)),
      button("wide", say("component.two_years_later"), "", () => later(2)),
    );
    const content = [];
    if (!isPoints) {
      content.push(period("first", "first", say("component.first_year")), period("last", "last", say("component.last_year")));
      if (move.hold === null) content.push(delay);
    }
    const focus = fields.getRootNode().activeElement;
    const place = focus && fields.contains(focus) ? [...fields.querySelectorAll("select,button")].indexOf(focus) : -1;
    fields.replaceChildren(...content);
    if (place >= 0) fields.querySelectorAll("select,button")[place]?.focus();
    drawTable(isPoints ? move.points : []);
  }

  // The points as numbers, for the keyboard and for exact values.
  function drawTable(points) {
    const focused = table.getRootNode().activeElement;
    if (focused?.matches("input") && table.contains(focused)) return;
    table.replaceChildren(...points.map(([year, value], k) => {
      const entry = el("div", "entry");
      const field = el("label", "field", String(year));
      const input = el("input");
      Object.assign(input, { type: "number", value: shortened(value * slot.factor), step: "any" });
      input.setAttribute("aria-label", `${say("component.point", { year })} (${slot.unit})`);
      input.addEventListener("change", () => {
        const typed = Number(input.value) / slot.factor;
        if (Number.isFinite(typed)) app.settle(app.withMove(slot.id, withPoint(k, [year, shortened(Math.min(Math.max(typed, slot.low), slot.high))])));
      });
      field.append(input);
      entry.append(field);
      if (k > 0) {
        entry.append(button("back shown", "×", say("component.remove_point", { year }), () => {
          remove(k);
          const next = table.children[k] ?? table.lastElementChild;
          (next.querySelector("button") ?? next.querySelector("input")).focus();
        }));
      }
      return entry;
    }));
  }

  return {
    box,
    show() {
      modes.show(modeOf(app, slot, present()));
      drawPlot();
      if (dragged === null && app.held === null) drawFields();
    },
  };
}
