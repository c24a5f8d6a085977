"""The questions of docs/questions.md and docs/find.md asked in a browser, with the waits and a picture of each answer.

`python -m benchmarks.question_pictures [FOLDER]` saves the pictures, by default in docs/images, and prints the seconds
that the app lets a person wait. The server is warm: it has answered each question once.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from views.language import LANGUAGES, Locale

from .screenshots import SETTLE, WAIT
from .server import BROWSER_OPTIONS, ROOT, browser_path, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZE = {"width": 1440, "height": 900}
COLOURS = 256
STEPS_TO_HALF_MORE = 10
"""Steps of the slider of a sector from × 1 to × 1.5."""
Journey = Callable[["Page", Locale], None]


def plan(page: Page, locale: Locale) -> None:
    """Did the plan work?"""
    _press(page, locale.translate("question.plan"))
    page.locator(".goal").nth(1).wait_for()
    page.locator(".verdict p").nth(3).wait_for()


def later(page: Page, locale: Locale) -> None:
    """What if closures of steel capacity come two years later?"""
    _edit(page, locale, "capacity_closure.steel")
    _press(page, locale.translate("component.two_years_later"))
    page.locator(".card-certainty span").nth(3).wait_for()


def renovation(page: Page, locale: Locale) -> None:
    """What does the renovation of a sector do, and why?"""
    _edit(page, locale, "technical_renovation_investment")
    page.get_by_text(locale.translate("component.by_sector"), exact=True).first.click()
    slider = page.locator("[id='lever-technical_renovation_investment.equipment']")
    for _ in range(STEPS_TO_HALF_MORE):
        slider.press("ArrowRight")
    _press(page, "2025")
    page.locator(".card-certainty span").nth(3).wait_for()
    _press(page, locale.translate("component.why"))
    page.locator(".node").nth(3).wait_for()


def assumption(page: Page, locale: Locale) -> None:
    """Which assumption matters most?"""
    _press(page, locale.translate("question.assumptions"))
    page.locator(".strongest .effect").first.wait_for()


def order(page: Page, locale: Locale) -> None:
    """How sure is the order of two policies?"""
    _press(page, locale.translate("question.order"))
    page.get_by_role("heading", name=locale.translate("uncertainty.order", year=2025)).wait_for()


def find(page: Page, locale: Locale) -> None:
    """What keeps the targets of the document at the least cost?"""
    page.get_by_role("link", name=locale.translate("page.tradeoffs"), exact=True).click()
    page.get_by_role("radio", name=locale.translate("tradeoffs.view_find"), exact=True).click()
    _press(page, locale.translate("find.search"))
    page.get_by_text(locale.translate("find.chances_note")).wait_for()


JOURNEYS: dict[str, tuple[Journey, int]] = {
    "plan": (plan, 560),
    "later": (later, 900),
    "renovation": (renovation, 900),
    "assumption": (assumption, 760),
    "order": (order, 620),
    "find": (find, 900),
}
"""Each question, and the height of its picture in pixels."""


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _edit(page: Page, locale: Locale, slot: str) -> None:
    """Open the editor of a lever."""
    name = page.locator(f"[id='lever-{slot}']").get_attribute("aria-label")
    page.get_by_label(f"{locale.translate('component.edit')}: {name}", exact=True).click()


def ask(page: Page, address: str, name: str, locale: Locale) -> float:
    """Ask a question from a fresh Explore page; returns the seconds until its answer stands there."""
    page.goto(f"{address}/?lang={locale.language}")
    page.locator(".card-certainty span").nth(1).wait_for()
    begun = time.perf_counter()
    JOURNEYS[name][0](page, locale)
    return time.perf_counter() - begun


def _reduce(path: Path) -> None:
    """Save a picture with few colours, in less than half the bytes."""
    from PIL import Image

    with Image.open(path) as picture:
        reduced = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    reduced.save(path, optimize=True)


def take(folder: Path) -> list[tuple[Path, float]]:
    """Save a picture of each answer in each language; returns their paths and the waits."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    saved = []
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(BROWSER_OPTIONS))
        for locale in map(Locale, LANGUAGES):
            page = browser.new_context(viewport=SIZE).new_page()
            page.set_default_timeout(WAIT)
            for name, (_, height) in JOURNEYS.items():
                ask(page, address, name, locale)
                waited = ask(page, address, name, locale)
                page.wait_for_timeout(SETTLE)
                path = folder / f"question_{name}_{locale.language}.png"
                page.screenshot(path=path, clip={"x": 0, "y": 0, "width": SIZE["width"], "height": height})
                _reduce(path)
                saved.append((path, waited))
        browser.close()
    return saved


if __name__ == "__main__":
    for path, waited in take(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"):
        print(f"{path}: {waited:.1f} s")
