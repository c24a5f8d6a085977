"""What the journeys in a browser have in common: where things stand on a page, waits, files to upload."""

import pytest

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

CHART = ".chart .canvas"
CARD = ".card[data-figure={}] .card-value"
WAIT = 30_000
QUIET = 600
"""Milliseconds without a change of the page, after which it is taken as drawn to its end."""
expect.set_options(timeout=WAIT)

BAD = """title: <img src=x onerror=alert(1)>
levers:
  output_cap: 9999
  no_such_lever: 1
"""
GOOD = """title: Strict cap
levers:
  output_cap: {2016: 3, 2018: -5}
"""
READY = """() => {
  const page = globalThis.hebei2025Explore?.page;
  return page?.drawn && page.live === page.state;
}"""
"""Whether Explore shows the state that the person has come to."""
WATCH = """() => {
  const seen = () => { window.changedAt = performance.now(); };
  if (!window.changedAt) new MutationObserver(seen).observe(document.body, { subtree: true, childList: true });
  seen();
}"""
AT_REST = """quiet => document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stSpinner], .stSkeleton')
    && performance.now() - window.changedAt > quiet"""


def at_rest(page):
    """Wait until the page is drawn to its end: its parts are loaded one by one, some after the script has ended."""
    page.evaluate(WATCH)
    page.wait_for_function(AT_REST, arg=QUIET)


def told(page, position=0):
    """The text alternative of a chart, which holds its values."""
    return page.locator(CHART).nth(position).get_attribute("aria-label")


def own_text(place):
    """The first text of an element, without what follows in elements of its own."""
    return place.evaluate("e => e.firstChild.textContent")


def upload(page, name, text):
    """Hand a file to the first place for uploads."""
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "text/yaml", "buffer": text.encode()}
    )


def taken(page, name):
    """What a download button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).first.click()
    return waiting.value
