// Hands the preview (preview.js) the module of the model as bytes, or parts of what it needs by name.
export default function ({ data }) {
  const shared = (globalThis.hebei2025Preview ??= {});
  Object.assign(shared, data instanceof Uint8Array ? { module: data } : data);
  shared.prepare?.();
}
