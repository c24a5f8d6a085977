// Hands the chart library to the Explore component. Put behind the library.
export default function () {
  const shared = (globalThis.hebei2025Explore ??= { parts: {} });
  shared.initChart = hebei2025Charts.init;
  shared.arrived?.();
}
