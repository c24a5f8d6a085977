"""The file of the Explore page on disk, opened in a browser that has no network."""

import pytest

from model.scenario import parse_scenario
from tests.views.app.report_support import request_of
from tests.views.browser.support import WAIT, expect
from views.language import LANGUAGES
from views.offline.page import offline_page
from views.report import contents, html
from views.standalone.report_block import live_block

LOCALES = {"zh": "zh-CN", "en": "en-US"}
CAP = """title: A </script><b>strict</b> cap
description: A cap of crude steel from 2016 on
levers:
  output_cap: {2016: 3, 2018: -5}
"""
"""A scenario with a title that must stay text."""


MANY = """title: Many forms
levers:
  output_cap: {2016: 3, 2018: -5}
  talent: {scale: 1.1, of: document}
  smart_manufacturing: {steel: {points: {2016: 5, 2030: 12.5}}, equipment: {add: 1, of: document}}
  capacity_closure: {steel: {delay: 2}, glass: 5}
parameters: {initial_utilisation: 0.8, initial_output: {steel: 1700, building_materials: 300}}
drivers:
  national_steel_demand: {multiply: 0.9, from: 2018}
"""
"""A scenario in which levers, sectors of levers, a driver and parameters are set."""


@pytest.fixture(scope="session")
def own():
    """A scenario of a person's own, which the file has beside the shipped ones."""
    return parse_scenario(CAP, "strict_cap")


@pytest.fixture(scope="session")
def many():
    """Another one, with many forms of paths."""
    return parse_scenario(MANY, "many")


@pytest.fixture(scope="session")
def file(tmp_path_factory, own, many):
    """The file."""
    path = tmp_path_factory.mktemp("offline") / "hebei2025.html"
    path.write_text(offline_page([own, many]), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def open_offline(browser):
    """Opens a file in a window without network; script errors and requests for what is not beside it fail the test."""
    opened, foreign, errors = [], [], []

    def open_it(address, language="en", width=1440, script=""):
        beside = address.rpartition("/")[0]
        context = browser.new_context(locale=LOCALES[language], viewport={"width": width, "height": 900})
        context.set_offline(True)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((beside, "data:")) else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(script)
        page.goto(address)
        return page

    yield open_it
    for context in opened:
        context.close()
    assert foreign == []
    assert errors == []


@pytest.fixture
def open_file(open_offline, file):
    """Opens the file in a window of its own, and waits until it is drawn."""

    def open_it(query="", language="en", width=1440, script="", drawn=True):
        page = open_offline(f"{file.as_uri()}{'#' if query else ''}{query}", language, width, script)
        if drawn:
            expect(page.locator(".explore canvas")).to_have_count(2)
            expect(page.locator(".in-words.waiting")).to_have_count(0)
        return page

    return open_it


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """A report with its live block in each language."""
    folder = tmp_path_factory.mktemp("report")
    for language in LANGUAGES:
        request = request_of(language)
        path = folder / f"{language}.html"
        path.write_bytes(html.html_file(contents.build_report(request), live_block(request)))
    return folder
