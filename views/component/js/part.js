// Hands a part that seldom changes to the Explore component: the module as bytes, everything else by the name in `part`.
export default function ({ data }) {
  const shared = (globalThis.hebei2025Explore ??= { parts: {} });
  if (data instanceof Uint8Array) shared.parts.module = data;
  else shared.parts[data.part] = data;
  shared.arrived?.();
}
