"""From an input event of a slider that is dragged to an exact run painted in both charts, on the Explore page in a real
browser; and from opening the page, on a warm server, to both charts painted.

    python -m benchmarks.slider_latency [--moves 40]

Starts the app on this machine, drags sliders, and reads the time at which the last chart has been drawn and the
browser has put a frame on the screen. Prints median, p90 and count in ms.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from .server import BROWSER_OPTIONS, browser_path, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TARGETS = {"drag": 33.0, "opening": 1500.0}
"""Milliseconds to paint on the standard machine: 90 % quantile of drags, median of openings."""
SLIDERS = ("capacity_closure.steel", "capacity_discipline", "energy_efficiency", "smart_manufacturing")
"""Sliders that change both charts measured."""
WARM_UP = 4
QUIET = 6000
"""Milliseconds until the page has settled, bands and all."""
PAUSE = 25
"""Milliseconds between two moves of a drag."""
WAY = 10
"""Moves in one direction of a drag."""
FIRST_MODEL = 30_000
"""Milliseconds until the browser may have loaded the model."""
OPENINGS = 10
"""Visits, each with an empty cache of the browser."""
VISIT = {"viewport": {"width": 1280, "height": 720}, "locale": "en-US"}
PAGE = "/?v=1&lang=en&charts=shares,energy_intensity"
MOVE = "([id, steps, event]) => window.moveSlider(id, steps, event)"
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
    const charts = () => [...(globalThis.hebei2025Explore?.page?.root.querySelectorAll("canvas") ?? [])];
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
  window.moveSlider = async (id, steps, event) => {
    const find = (root) => {
      for (const node of root.querySelectorAll("*")) {
        if (node.id === id) return node;
        const inner = node.shadowRoot && find(node.shadowRoot);
        if (inner) return inner;
      }
      return null;
    };
    const input = find(document);
    const start = performance.now() - 0.001;
    steps > 0 ? input.stepUp(steps) : input.stepDown(-steps);
    input.dispatchEvent(new Event(event, { bubbles: true }));
    return await window.paintedAfter(start);
  };
})();
"""


def measure(moves: int) -> dict[str, list[float]]:
    """Milliseconds to painted charts, one per move: from releases, and from moves of a drag."""
    from playwright.sync_api import sync_playwright

    executable = browser_path()
    if executable is None:
        raise SystemExit("Chromium is not installed; install the package `chromium`")
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(BROWSER_OPTIONS))
        page = browser.new_page(**VISIT)
        page.add_init_script(WATCH)
        page.goto(address + PAGE)
        page.locator("canvas").nth(1).wait_for(timeout=60_000)
        page.wait_for_timeout(QUIET)
        times = {
            "drag": dragged(page, moves + WARM_UP)[WARM_UP:],
            "opening": [opened(browser, address + PAGE) for _ in range(OPENINGS)],
        }
        browser.close()
    return times


def dragged(page: Page, moves: int) -> list[float]:
    """Milliseconds from each move of a slider to its run painted in both charts; each slider is dragged for a while."""
    page.wait_for_function("globalThis.hebei2025Explore?.page?.drawn", timeout=FIRST_MODEL)
    times = []
    for k in range(moves):
        slider = SLIDERS[(k // (2 * WAY)) % len(SLIDERS)]
        page.wait_for_timeout(PAUSE)
        times.append(page.evaluate(MOVE, [f"lever-{slider}", 1 if (k // WAY) % 2 == 0 else -1, "input"]))
    return times


def opened(browser: Browser, address: str) -> float:
    """Milliseconds from the start of a visit to both charts painted."""
    page = browser.new_page(**VISIT)
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    taken = page.evaluate("window.paintedAfter(0)")
    page.close()
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=40, help="slider moves that are measured")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    arguments = parser.parse_args()
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    summaries = {
        kind: summary(times) | {"target_ms": TARGETS[kind]} for kind, times in measure(arguments.moves).items()
    }
    if arguments.json:
        print(json.dumps(summaries | {"machine": machine}))
        return
    for kind, result in summaries.items():
        print(f"{kind} to both charts painted: " + ", ".join(f"{k} {v}" for k, v in result.items()))
    print(machine)


def summary(times: list[float]) -> dict[str, float]:
    """Median, p90, least, most and number of times, in ms."""
    return {
        "median_ms": round(statistics.median(times), 1),
        "p90_ms": round(statistics.quantiles(times, n=10)[8], 1),
        "least_ms": round(min(times), 1),
        "most_ms": round(max(times), 1),
        "n": len(times),
    }


if __name__ == "__main__":
    main()
