// Draws nodes and links as SVG. Shapes, line styles and signs say what colours say. Texts are set as text.
const SVG = "http://www.w3.org/2000/svg";
const SIGNS = { 1: { name: "more", mark: "+" }, "-1": { name: "less", mark: "−" }, 0: { name: "unknown", mark: "" } };
const BEFORE_THE_END = 24; // px between the sign of a link and its end

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const polygon = (points) => svg("polygon", { class: "shape", points: points.map((point) => point.join()).join(" ") });

// The outline of a node around its middle, by kind.
function shape(kind, width, height) {
  const [x, y] = [width / 2, height / 2];
  const point = roomOf(kind).point;
  if (kind === "flow") return polygon([[-x, -y], [x - point, -y], [x, 0], [x - point, y], [-x, y]]);
  if (kind === "lever") {
    return polygon([[-x, 0], [point - x, -y], [x - point, -y], [x, 0], [x - point, y], [point - x, y]]);
  }
  if (kind === "driver") return polygon([[point - x, -y], [x, -y], [x - point, y], [-x, y]]);
  return svg("rect", { class: "shape", x: -x, y: -y, width, height, rx: kind === "annual" ? Math.min(y, 16) : 0 });
}

function label(node) {
  const first = (-(node.lines.length - 1) * LINE) / 2;
  const shift = node.kind === "flow" ? -roomOf("flow").point / 3 : 0;
  const text = svg("text", { "text-anchor": "middle", "font-size": FONT_SIZE });
  node.lines.forEach((line, k) => {
    const note = node.note && k === node.lines.length - 1;
    const part = svg("tspan", { x: shift, y: first + k * LINE, dy: "0.35em", ...(note ? { class: "note" } : {}) });
    part.textContent = line;
    text.append(...(k && node.spaced ? [" "] : []), part);
  });
  return text;
}

function drawnNode(node, data) {
  const classes = ["node", node.kind, node.outside && "outside", node.id === data.selected && "selected"];
  const group = svg(
    "g",
    { class: classes.filter(Boolean).join(" "), transform: `translate(${node.x},${node.y})`, "data-id": node.id },
    shape(node.kind, node.width, node.height),
    label(node),
  );
  if (node.opens) {
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", "0");
    group.setAttribute("aria-label", node.told);
    if (node.id === data.selected) group.setAttribute("aria-current", "true");
  } else {
    group.setAttribute("role", "img");
    group.setAttribute("aria-label", node.told);
  }
  const tip = svg("title", {});
  tip.textContent = node.told;
  group.append(tip);
  return group;
}

// A line through the points that is rounded at each of them.
function rounded(points) {
  const middle = (a, b) => `${(a.x + b.x) / 2},${(a.y + b.y) / 2}`;
  const inner = points.slice(1, -1).map((point, k) => `Q${point.x},${point.y} ${middle(point, points[k + 2])}`);
  const end = points.at(-1);
  return `M${points[0].x},${points[0].y} L${middle(points[0], points[1])} ${inner.join(" ")} L${end.x},${end.y}`;
}

// A point of the line, some way before its end.
function nearEnd(points, distance) {
  let left = distance;
  for (let k = points.length - 1; k > 0; k -= 1) {
    const [to, from] = [points[k], points[k - 1]];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length >= left) {
      const part = left / length;
      return { x: to.x + (from.x - to.x) * part, y: to.y + (from.y - to.y) * part };
    }
    left -= length;
  }
  return points[0];
}

function drawnLink(link) {
  const sign = SIGNS[link.sign];
  const path = rounded(link.points);
  const group = svg("g", { class: `link ${sign.name}${link.flow ? " flow" : ""}` });
  if (link.flow) group.append(svg("path", { class: "outer", d: path }));
  group.append(svg("path", { d: path, "marker-end": `url(#end-${sign.name})` }));
  if (sign.mark) {
    const { x, y } = nearEnd(link.points, BEFORE_THE_END);
    const mark = svg("text", { x, y, dy: "0.35em", "text-anchor": "middle", "font-size": FONT_SIZE + 1 });
    mark.textContent = sign.mark;
    group.append(svg("circle", { cx: x, cy: y, r: 7.5 }), mark);
  }
  return group;
}

function arrowheads() {
  const size = { viewBox: "0 0 10 10", markerWidth: 10, markerHeight: 10, markerUnits: "userSpaceOnUse" };
  const heads = Object.values(SIGNS).map(({ name }) =>
    svg(
      "marker",
      { id: `end-${name}`, class: name, ...size, refX: 9, refY: 5, orient: "auto" },
      svg("path", { d: "M0,0.5 L10,5 L0,9.5 z" }),
    ),
  );
  return svg("defs", {}, ...heads);
}

// The samples of the legend, drawn as in the diagram.
function sample(key) {
  const sign = key.startsWith("sign_") ? key.slice(5) : null;
  const size = { viewBox: "-22 -10 44 20", width: 44, height: 20 };
  const picture = svg("svg", { class: "sample", ...size, "aria-hidden": "true" });
  if (sign || key === "pipe") {
    const points = [{ x: -20, y: 0 }, { x: 20, y: 0 }];
    const number = { more: 1, less: -1 }[sign] ?? 0;
    picture.append(drawnLink({ points, sign: number, flow: key === "pipe" }));
  } else if (key === "auxiliary") {
    picture.append(svg("g", { class: "node auxiliary" }, label({ kind: key, lines: ["abc"] })));
  } else if (key === "outside") {
    picture.append(svg("g", { class: "node auxiliary outside" }, label({ kind: "auxiliary", lines: ["abc"] })));
  } else {
    picture.append(svg("g", { class: `node ${key}` }, shape(key, 38, 16)));
  }
  return picture;
}
