"""Time of runs in headless Chromium, and sizes of the module: python -m benchmarks.browser."""

from __future__ import annotations

import gzip
import json
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from model import shipped_scenarios
from model.browser import browser_files, model_bundle
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.run import indicator_names
from model.scenario import inputs_of
from model.system import system

from .report import HEADLINES, heading, row, timed
from .server import BROWSER_OPTIONS, browser_path, served_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUNS = 200
WARM_UP = 200
"""Runs until the browser has replaced quickly compiled code by optimized code."""
PAGES = 7
"""Fresh pages, each of which compiles the module anew."""
SCENARIO = "as_happened"
LEVER = "output_cap"
MEASURE = """async ([folder, scenario, lever, names, warmUp, runs]) => {
  const json = async (file) => (await fetch(file)).json();
  const { instantiate } = await import("/host.js");
  const bytes = await (await fetch(`${folder}/module.wasm`)).arrayBuffer();
  const model = await json(`${folder}/model.json`);
  const { horizon, parameters, tables } = await json(`scenarios/${scenario}.json`);
  const since = (begin) => performance.now() - begin;

  let begin = performance.now();
  const engine = await instantiate(bytes, model);
  const instantiated = since(begin);
  begin = performance.now();
  engine.run(horizon, parameters, tables, names ?? undefined);
  const first = since(begin);
  const moves = [], loads = [];
  for (let k = 0; k < warmUp + runs; k++) {
    const values = tables[lever].map((value) => value * (1 - (k % 50) / 100));
    begin = performance.now();
    engine.set(lever, values);
    engine.results(names ?? undefined);
    moves.push(since(begin));
  }
  for (let k = 0; k < runs && k < warmUp; k++) {
    begin = performance.now();
    engine.run(horizon, parameters, tables, names ?? undefined);
    loads.push(since(begin));
  }
  return { instantiated, first, moves: moves.slice(warmUp), loads };
}"""


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    executable = browser_path()
    if executable is None:
        raise SystemExit("Chromium is not installed; install the package `chromium`")
    heading("Runs in the browser")
    modules = {"all variables": None, "indicators": indicator_names(), "headline indicators": HEADLINES}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        for number, outputs in enumerate(modules.values()):
            _place(folder, str(number), outputs)
        browser = playwright.chromium.launch(executable_path=executable, args=list(BROWSER_OPTIONS))
        row("browser", f"Chromium {browser.version}, headless")
        with served_folder(folder) as address:
            for number, (label, outputs) in enumerate(modules.items()):
                _sizes(label, outputs)
                _times(label, browser, address, str(number))
                _in_python(label, outputs)
            moves = _measured(browser, address, "0", ["crude_steel_output"], RUNS)["moves"]
            row("all variables: a lever set, run, one variable read", spread(moves))
        browser.close()


def _place(folder: Path, name: str, outputs: tuple[str, ...] | None) -> None:
    """Write the host, the scenario, and a module with its description."""
    for file, content in browser_files([shipped_scenarios()[SCENARIO]]).items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(content)
    bundle = model_bundle(outputs)
    (folder / name).mkdir()
    (folder / name / "module.wasm").write_bytes(bundle.module)
    (folder / name / "model.json").write_text(json.dumps(bundle.model))


def _sizes(label: str, outputs: tuple[str, ...] | None) -> None:
    bundle = model_bundle(outputs)
    description = json.dumps(bundle.model, ensure_ascii=False, separators=(",", ":")).encode()
    for what, content in (("module", bundle.module), ("description", description)):
        row(f"{label}: {what}", f"{len(content) / 1e3:.0f} kB, gzipped {len(gzip.compress(content)) / 1e3:.0f} kB")


def _times(label: str, browser: Browser, address: str, folder: str) -> None:
    """Times of a module in fresh pages; those of repeated runs in the last one."""
    cold = [_measured(browser, address, folder, None, 0) for _ in range(PAGES)]
    row(f"{label}: instantiate in a fresh page", spread([one["instantiated"] for one in cold]))
    row(f"{label}: first run in a fresh page", spread([one["first"] for one in cold]))
    warm = _measured(browser, address, folder, None, RUNS)
    row(f"{label}: a lever set, run, results read", spread(warm["moves"]))
    row(f"{label}: all inputs written, run, results read", spread(warm["loads"]))


def _measured(browser: Browser, address: str, folder: str, names: list[str] | None, runs: int) -> dict:
    """Milliseconds in a page of a new context."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/model.json")
    measured = page.evaluate(MEASURE, [folder, SCENARIO, LEVER, names, WARM_UP if runs else 0, runs])
    context.close()
    return measured


def _in_python(label: str, outputs: tuple[str, ...] | None) -> None:
    horizon = Horizon(2010, 2025)
    parameters, tables = inputs_of(shipped_scenarios()[SCENARIO], horizon.path_years)
    run = compiled(system(), horizon, outputs)
    seconds = timed(lambda: run(parameters, tables), RUNS, WARM_UP)
    row(f"{label}: the same in Python, all inputs written", spread([second * 1e3 for second in seconds]))


def spread(milliseconds: list[float]) -> str:
    """Fastest, median and 90 % quantile; browsers measure to 0.1 ms."""
    ordered = sorted(milliseconds)
    p90 = ordered[min(int(0.9 * len(ordered)), len(ordered) - 1)]
    middle = statistics.median(ordered)
    return f"{middle:.1f} ms, p90 {p90:.1f} ms, fastest {ordered[0]:.1f} ms, n={len(ordered)}"


if __name__ == "__main__":
    main()
