"""From the release of a slider to both charts painted, on the Explore page in a real browser.

    python benchmarks/slider_latency.py [--moves 40]

Starts the app on this machine, moves sliders by keyboard (a key press is a release), and reads the time at which
the last chart has been drawn and the browser has put a frame on the screen. Prints median, p90 and count in ms.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.server import BROWSER_OPTIONS, browser_path, running_app

TARGET = 120.0
"""Milliseconds from release to paint, median, on the standard machine."""
SLIDERS = ("technical_renovation_investment", "capacity_discipline", "energy_efficiency", "capacity_closure.steel")
"""Sliders that change both charts measured."""
WARM_UP = 4
WATCH = """
(() => {
  // The charts draw on canvases: note when each was last cleared or drawn on.
  for (const name of ["clearRect", "fillRect", "stroke", "fill"]) {
    const original = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...given) {
      this.canvas.drawnAt = performance.now();
      return original.apply(this, given);
    };
  }
  window.paintedAfter = async (start) => {
    const charts = () => [...document.querySelectorAll("canvas")];
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const drawn = () => charts().length >= 2 && charts().every((canvas) => canvas.drawnAt > start);
    while (!drawn()) {
      if (performance.now() - start > 5000) throw new Error("the charts were not redrawn within 5 s");
      await frame();
    }
    // This animation frame shows the drawing; a task posted from it runs once the frame has been painted.
    await new Promise((done) => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); });
    return performance.now() - start;
  };
  window.moveSlider = async (id, steps) => {
    const find = (root) => {
      for (const node of root.querySelectorAll("*")) {
        if (node.id === id) return node;
        const inner = node.shadowRoot && find(node.shadowRoot);
        if (inner) return inner;
      }
      return null;
    };
    const input = find(document);
    const start = performance.now();
    steps > 0 ? input.stepUp(steps) : input.stepDown(-steps);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    return await window.paintedAfter(start);
  };
})();
"""


def measure(moves: int) -> list[float]:
    """Milliseconds from release to painted charts, one per move."""
    from playwright.sync_api import sync_playwright

    executable = browser_path()
    if executable is None:
        raise SystemExit("no Chromium found; install the package `chromium`")
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(BROWSER_OPTIONS))
        page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="en-US")
        page.add_init_script(WATCH)
        page.goto(f"{address}/?v=1&lang=en&charts=shares,energy_intensity")
        page.wait_for_function("document.querySelectorAll('canvas').length >= 2", timeout=60_000)
        page.wait_for_timeout(1500)
        times = []
        for k in range(moves + WARM_UP):
            slider = SLIDERS[k % len(SLIDERS)]
            step = 2 if (k // len(SLIDERS)) % 2 == 0 else -2
            times.append(page.evaluate("([id, steps]) => window.moveSlider(id, steps)", [f"lever-{slider}", step]))
            page.wait_for_timeout(150)
        browser.close()
    return times[WARM_UP:]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=40, help="slider moves that are measured")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    arguments = parser.parse_args()
    times = measure(arguments.moves)
    result = {
        "median_ms": round(statistics.median(times), 1),
        "p90_ms": round(statistics.quantiles(times, n=10)[8], 1),
        "least_ms": round(min(times), 1),
        "most_ms": round(max(times), 1),
        "n": len(times),
        "target_ms": TARGET,
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }
    if arguments.json:
        print(json.dumps(result))
    else:
        print("slider release to both charts painted: " + ", ".join(f"{k} {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
