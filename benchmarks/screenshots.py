"""Pictures of the pages for the README: `python -m benchmarks.screenshots [FOLDER]`, by default docs/images."""

from __future__ import annotations

import sys
from pathlib import Path

from .server import BROWSER_OPTIONS, ROOT, browser_path, running_app

SIZE = {"width": 1440, "height": 900}
STATE = "?v=1&lang={language}&set=capacity_closure.steel:20,energy_efficiency:250&charts=shares,steel_capacity"
"""A state that shows something: stronger closures and more energy-saving investment than happened."""
LOCALES = {"en": "en-US", "zh": "zh-CN"}
PAGES = {
    "plan": ({"en": "Did the plan work?", "zh": "规划目标实现了吗"}, ".goal"),
    "compare": ({"en": "Compare", "zh": "比较"}, ".js-plotly-plot"),
    "tradeoffs": ({"en": "Trade-offs", "zh": "权衡"}, ".st-key-w_load_front"),
    "why": ({"en": "Why", "zh": "机制"}, ".stage .node", ".js-plotly-plot"),
    "classroom": ({"en": "Classroom", "zh": "课堂"}, ".steps"),
    "batch": ({"en": "Batch", "zh": "批量"}, ".st-key-w_batch_text textarea"),
    "document": ({"en": "Document", "zh": "政策原文"}, ".clause-details"),
    "regions": ({"en": "Regions", "zh": "区域"}, ".js-plotly-plot"),
    "evidence": ({"en": "Evidence", "zh": "证据"}, ".js-plotly-plot"),
}
"""Pages beside the first: name in the navigation, and what has to be there before the picture is taken."""
WAIT = 180_000
BANDS = ".card-certainty span"
"""What comes on the first page together with the bands."""
AT_REST = '.stApp[data-test-script-state="notRunning"]'
"""What there is when the server has drawn the whole page."""
SETTLE = 1_500
"""Milliseconds after the last element has come before the picture is taken."""


def take(folder: Path) -> list[Path]:
    """Save a picture of each page in each language and return their paths."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    saved = []
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(BROWSER_OPTIONS))
        for language, locale in LOCALES.items():
            page = browser.new_context(locale=locale, viewport=SIZE).new_page()
            page.goto(f"{address}/{STATE.format(language=language)}")
            page.locator("canvas").nth(1).wait_for(timeout=WAIT)
            page.locator(BANDS).first.wait_for(timeout=WAIT)
            page.wait_for_timeout(SETTLE)
            saved.append(folder / f"explore_{language}.png")
            page.screenshot(path=saved[-1])
            for name, (titles, *awaited) in PAGES.items():
                page.get_by_role("link", name=titles[language], exact=True).click()
                for part in (*awaited, AT_REST):
                    page.wait_for_selector(part, timeout=WAIT)
                page.wait_for_timeout(SETTLE)
                saved.append(folder / f"{name}_{language}.png")
                page.screenshot(path=saved[-1])
        browser.close()
    return saved


if __name__ == "__main__":
    for path in take(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"):
        print(path)
