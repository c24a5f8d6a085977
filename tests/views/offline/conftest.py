"""The file of the Explore page on disk, opened in a browser that has no network."""

import pytest

from model.scenario import parse_scenario
from tests.views.browser.support import WAIT, expect
from views.offline.page import offline_page

LOCALES = {"zh": "zh-CN", "en": "en-US"}
CAP = """title: A </script><b>strict</b> cap
description: A cap of crude steel from 2016 on
levers:
  output_cap: {2016: 3, 2018: -5}
"""
"""A scenario with a title that must stay text."""


@pytest.fixture(scope="session")
def own():
    """A scenario of a person's own, which the file has beside the shipped ones."""
    return parse_scenario(CAP, "strict_cap")


@pytest.fixture(scope="session")
def file(tmp_path_factory, own):
    """The file."""
    path = tmp_path_factory.mktemp("offline") / "hebei2025.html"
    path.write_text(offline_page([own]), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def open_file(browser, file):
    """Opens the file in a window of its own; any request but for the file, and script errors, fail the test."""
    opened, foreign, errors = [], [], []

    def open_it(query="", language="en", width=1440, script="", drawn=True):
        context = browser.new_context(locale=LOCALES[language], viewport={"width": width, "height": 900})
        context.set_offline(True)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((file.as_uri(), "data:")) else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(script)
        page.goto(f"{file.as_uri()}{'#' if query else ''}{query}")
        if drawn:
            expect(page.locator(".explore canvas")).to_have_count(2)
            expect(page.locator(".in-words.waiting")).to_have_count(0)
        return page

    yield open_it
    for context in opened:
        context.close()
    assert foreign == []
    assert errors == []
