// The path of a lever beside its slider: as the scenario has it, and as it is moved.
const SPARK = { width: 92, height: 20, edge: 2 };

function polyline(className, values, x, y) {
  const points = values.map((value, k) => `${x(k).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return svg("polyline", { class: className, points });
}

function sparkline() {
  const node = svg("svg", { viewBox: `0 0 ${SPARK.width} ${SPARK.height}`, role: "img", class: "spark" });
  return {
    node,
    // `before` and `now` have the years from 2016 to the last one shown.
    draw(before, now, label) {
      const top = Math.max(...before, ...now);
      const bottom = Math.min(0, ...before, ...now);
      const x = (k) => SPARK.edge + (k * (SPARK.width - 2 * SPARK.edge)) / Math.max(before.length - 1, 1);
      const y = (value) => SPARK.height - SPARK.edge - ((value - bottom) / (top - bottom || 1)) * (SPARK.height - 2 * SPARK.edge);
      node.replaceChildren(polyline("before", before, x, y), polyline("now", now, x, y));
      node.setAttribute("aria-label", label);
    },
  };
}
