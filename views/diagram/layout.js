// Shares dagre, which comes once and is kept by the browser, with the diagrams of the page. Put behind dagre.min.js.
const shared = (globalThis.hebei2025Diagrams ??= { layout: null, waiting: new Set(), shown: null });
shared.layout = dagre;

export default function () {
  for (const draw of shared.waiting) draw();
  shared.waiting.clear();
}
