// Where the nodes and links of a diagram stand: labels are wrapped and measured, dagre does the rest.
const FONT_SIZE = 13; // px at a zoom of 1
const LINE = 17;
const WIDEST = 138; // px of a line of a label, where its words allow it
// Room between a label and the edge of its shape, by kind, and the least width of the shape.
const ROOM = {
  stock: { x: 12, y: 8 },
  flow: { x: 14, y: 6, point: 14 },
  lever: { x: 16, y: 7, point: 10 },
  driver: { x: 16, y: 6, point: 10 },
  annual: { x: 12, y: 7 },
  auxiliary: { x: 6, y: 5 },
};
const roomOf = (kind) => ROOM[kind] ?? ROOM.auxiliary;

// A label over several lines of about the same width, broken between words; of Chinese, words are those that the
// browser knows.
function wrapped(label, language, width) {
  const fewest = broken(label, language, width, WIDEST);
  let lines = fewest;
  for (let limit = WIDEST - 8; limit > WIDEST / 3; limit -= 8) {
    const narrower = broken(label, language, width, limit);
    if (narrower.length > fewest.length) break;
    lines = narrower;
  }
  return lines;
}

function broken(label, language, width, widest) {
  const words = [...new Intl.Segmenter(language, { granularity: "word" }).segment(label)].map((part) => part.segment);
  const lines = [];
  let line = "";
  let pending = "";
  for (const word of words) {
    // A mark stays with the word before it.
    if (/^[\s\p{P}]+$/u.test(word)) {
      pending += word;
      continue;
    }
    const longer = line + pending + word;
    if (line && width(longer) > widest) {
      lines.push((line + pending).trim());
      line = word;
    } else {
      line = longer;
    }
    pending = "";
  }
  return [...lines, (line + pending).trim()];
}

function sized(node, language, width) {
  const lines = wrapped(node.label, language, width);
  const room = roomOf(node.kind);
  const all = node.note ? [...lines, node.note] : lines;
  return {
    ...node,
    lines: all,
    spaced: !language.startsWith("zh"), // so that lines are heard as separate words
    width: Math.max(...all.map(width)) + 2 * room.x + (room.point ?? 0),
    height: all.length * LINE + 2 * room.y,
  };
}

// Nodes with their middle, and links with their points, from cause to effect. In a ring the second half of the links
// is laid out upwards, so that the loop comes back on the other side.
function placed(dagre, data, width) {
  const graph = new dagre.graphlib.Graph();
  const [rankdir, ranksep] = data.direction === "TB" ? ["TB", 42] : ["LR", 48];
  graph.setGraph({ rankdir, ranksep, nodesep: 16, edgesep: 12, marginx: 12, marginy: 12 });
  const nodes = data.nodes.map((node) => sized(node, data.language, width));
  for (const node of nodes) graph.setNode(node.id, { width: node.width, height: node.height });
  const half = Math.ceil(data.links.length / 2);
  const upwards = (position) => data.ring && data.links.length > 2 && position >= half;
  data.links.forEach((link, position) => {
    if (upwards(position)) graph.setEdge(link.to, link.from, {});
    else graph.setEdge(link.from, link.to, {});
  });
  dagre.layout(graph);
  const size = graph.graph();
  return {
    width: size.width,
    height: size.height,
    nodes: nodes.map((node) => ({ ...node, ...graph.node(node.id) })),
    links: data.links.map((link, position) => {
      const back = upwards(position);
      const points = graph.edge(back ? link.to : link.from, back ? link.from : link.to).points;
      return { ...link, points: back ? points.toReversed() : points };
    }),
  };
}
