// Hands the texts of the levers to the panel, once for each language, so that a move need not carry them.
export default function ({ data }) {
  const shared = (globalThis.hebei2025Levers ??= { texts: null, draw: null, open: null, query: "", drawing: null });
  shared.texts = data;
  shared.draw?.();
}
