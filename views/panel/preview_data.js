// Hands the preview (preview.js) the module of the model, as bytes, or the inputs of the present scenario.
export default function ({ data }) {
  const shared = (globalThis.hebei2025Preview ??= {});
  if (data instanceof Uint8Array) shared.module = data;
  else shared.inputs = data;
  shared.prepare?.();
}
