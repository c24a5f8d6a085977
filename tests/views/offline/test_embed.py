"""One chart of the file in a frame of another page: from disk without network, and from any server of files."""

import re
import shutil
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from benchmarks.server import served_folder
from tests.views.browser.support import WAIT, expect
from tests.views.browser.test_accessibility import serious
from tests.views.browser.test_explore import READY, SERIES
from views.language import LANGUAGES, Locale
from views.results.links import from_link

from .test_page import WIDTHS, run_in_python

STATE = "base=no_document&set=output_cap:-5&charts=co2,steel_output"
PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Another page</title><body><h1>Another page</h1>{}</body>"
)


def code_of(page, language):
    """The code that the menu of the right chart gives, and whether it says where to put the file."""
    t = Locale(language).translate
    page.locator(".chart .info").nth(1).click()
    page.get_by_role("button", name=t("component.embed")).click()
    menu = page.locator(".menu:popover-open")
    box = menu.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
    return menu.locator("textarea").input_value(), menu.get_by_text(t("component.embed_help")).is_visible()


def assert_shows_one_chart(page, language, width):
    """The frame shows the right chart alone, with title, sentence, evidence, source, and a link to everything."""
    t = Locale(language).translate
    box, frame = page.locator("iframe").bounding_box(), page.frames[1]
    assert box["x"] + box["width"] <= width
    frame.wait_for_function(READY)
    expect(frame.locator(".chart:visible")).to_have_count(1)
    for hidden in ("#bar", ".side", ".cards", ".top-row", ".chart-head select"):
        assert not frame.locator(hidden).first.is_visible(), hidden
    chart = frame.locator(".chart:visible")
    expect(chart.locator("h2")).to_contain_text(t("chart.steel_output"))
    expect(chart.locator(".alone-head p")).to_contain_text("−5.0")
    expect(chart.get_by_text(t("component.picture_source"))).to_be_visible()
    expect(chart.locator(".badge")).to_be_visible()
    canvas = chart.locator(".canvas").bounding_box()
    assert canvas["height"] > 200 and canvas["y"] + canvas["height"] <= box["y"] + box["height"]
    drawn = [value for _, value in dict(frame.evaluate(SERIES, 1))["line:steel_output"]]
    query = dict(parse_qsl(urlsplit(frame.url).fragment))
    settings, refused = from_link(query)
    assert refused == [] and (settings.base, settings.charts) == ("no_document", ("co2", "steel_output"))
    run, scale = run_in_python(settings).series("crude_steel_output"), {"zh": 0.01, "en": 1}[language]
    assert drawn == pytest.approx(list(run * scale), rel=1e-12)
    whole = chart.get_by_role("link", name=t("component.open_whole")).get_attribute("href")
    assert from_link(dict(parse_qsl(urlsplit(whole).fragment)))[0] == settings and "view" not in whole
    return whole


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_beside_the_file_shows_one_chart_from_disk(open_file, open_offline, file, language, width):
    code, is_told = code_of(open_file(f"lang={language}&{STATE}", language=language), language)
    assert is_told and f'src="{file.name}#' in code
    other = file.parent / f"other_{language}.html"
    other.write_text(PAGE.format(code), encoding="utf-8")
    page = open_offline(other.as_uri(), language, width)
    whole = assert_shows_one_chart(page, language, width)
    assert serious(page) == []
    opened = open_offline(whole, language, width)
    expect(opened.locator("#lever-output_cap")).to_have_value("-5")


def test_a_server_of_files_shows_one_chart(browser, file, tmp_path):
    (tmp_path / "models").mkdir()
    shutil.copy(file, tmp_path / "models" / "hebei 2025.html")
    with served_folder(tmp_path) as address:
        context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.goto(f"{address}/models/hebei%202025.html#lang=en&{STATE}")
        page.wait_for_function(READY)
        code, is_told = code_of(page, "en")
        assert not is_told, "the address is whole"
        assert unescape(re.search(r'src="([^"]+)"', code)[1]).startswith(
            f"{address}/models/hebei%202025.html#v=1&lang=en"
        )
        (tmp_path / "other.html").write_text(PAGE.format(code), encoding="utf-8")
        page.goto(f"{address}/other.html")
        assert_shows_one_chart(page, "en", 1280)
        context.close()


def test_a_chart_over_the_whole_screen_says_what_it_is(open_file):
    page = open_file(f"lang=en&{STATE}")
    page.locator(".chart .info").nth(1).click()
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement !== null")
    chart = page.locator(".chart:fullscreen")
    expect(chart.locator(".alone-head p")).to_contain_text("−5.0")
    expect(chart.locator(".alone-foot")).to_contain_text("Source: hebei2025")
    foot = chart.locator(".alone-foot").bounding_box()
    assert foot["y"] + foot["height"] <= 900
