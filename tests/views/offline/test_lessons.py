"""The lessons in the file, against the lessons of the Classroom page."""

import math
import re
from urllib.parse import parse_qsl, unquote, urlsplit

import numpy as np
import pytest

from tests.views.browser.support import expect
from tests.views.browser.test_accessibility import serious
from views.charts.small_multiples import panels_of
from views.language import LANGUAGES, Locale
from views.offline.lesson_data import lesson_texts
from views.offline.page import offline_page
from views.pages.classroom.lessons import ROLES, lessons, reveal_text, runs_of
from views.pages.classroom.sheets import cards_sheet, debrief_sheet, notes_sheet
from views.results.links import from_link

from .test_page import WIDTHS, state


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_and_texts_are_those_of_the_runs(language):
    locale = Locale(language)
    told = {one["id"]: one for one in lesson_texts(locale)}
    assert list(told) == list(lessons())
    for key, lesson in lessons().items():
        runs = runs_of(lesson, locale)
        panels = panels_of(lesson.charts, runs, locale)
        assert told[key]["reveal"] == reveal_text(lesson, runs, locale)
        assert [run["name"] for run in told[key]["runs"]] == [run.title for run in runs]
        assert len(told[key]["charts"]) == len(panels)
        for chart, panel in zip(told[key]["charts"], panels, strict=True):
            lines = {
                one["id"]: one["data"] for one in chart["options"]["series"] if str(one.get("id")).startswith("line")
            }
            assert list(lines) == [f"line:{run.key}" for run in runs]
            for run, plot in zip(runs, panel.plots, strict=True):
                known = {str(y): v for y, v in zip(plot.years, plot.lines[panel.position].now, strict=True)}
                drawn = dict(lines[f"line:{run.key}"])
                assert set(drawn) == {year for year, value in known.items() if math.isfinite(value)}
                np.testing.assert_allclose([known[year] for year in drawn], list(drawn.values()), rtol=1e-3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_lesson_unfolds_step_by_step(open_file, language, width):
    locale, lesson = Locale(language), lessons()["efficiency"]
    t = locale.translate
    page = open_file(f"lang={language}", language=language, width=width)
    page.get_by_role("button", name=t("offline.lessons"), exact=True).click()
    expect(page.locator(".explore")).to_be_hidden()
    page.get_by_role("combobox", name=t("classroom.lesson")).select_option("efficiency")
    expect(page.locator("#lessons h1")).to_have_text(locale.text(lesson.title))
    run = page.get_by_role("button", name=t("classroom.run"))
    expect(run).to_be_disabled()
    expect(page.locator(".lesson-canvas")).to_have_count(0)
    page.get_by_role("radio", name=locale.text(lesson.choices[0])).check()
    run.click()
    expect(page.locator(".lesson-canvas canvas")).to_have_count(
        len(panels_of(lesson.charts, runs_of(lesson, locale), locale))
    )
    expect(page.locator(".verdict")).to_have_count(0)
    page.get_by_role("button", name=t("classroom.reveal")).click()
    wrong = t("classroom.wrong", answer=locale.text(lesson.choices[lesson.right]))
    shown = reveal_text(lesson, runs_of(lesson, locale), locale)
    expect(page.locator(".verdict")).to_have_text(f"{wrong} {shown}")
    page.get_by_role("button", name=t("classroom.to_debrief")).click()
    expect(page.locator(".roles > div")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page) == []
    assert "lesson=efficiency.4.0" in page.url
    page.reload()
    expect(page.locator(".verdict")).to_have_text(f"{wrong} {shown}")
    page.get_by_role("radio", name=locale.text(lesson.choices[lesson.right])).check()
    expect(page.locator(".verdict")).to_contain_text(
        t("classroom.right", answer=locale.text(lesson.choices[lesson.right]))
    )
    with page.expect_download() as waiting:
        page.get_by_role("button", name=t("classroom.sheet")).click()
    sheet = waiting.value.path().read_text(encoding="utf-8")
    assert sheet == debrief_sheet(lesson, runs_of(lesson, locale), lesson.right, locale)


def test_back_goes_a_step_back_within_the_lesson(open_file):
    page = open_file("lang=en&lesson=curtailment")
    page.get_by_role("radio").nth(1).check()
    for key in ("run", "reveal", "to_debrief"):
        page.get_by_role("button", name=Locale("en").translate(f"classroom.{key}")).click()
    expect(page.locator(".roles")).to_be_visible()
    places = ["curtailment.3.1", "curtailment.2.1", "curtailment.0.1", "curtailment.0"]
    for place in places:
        page.go_back()
        page.wait_for_function("place => location.hash.endsWith(`lesson=${place}`)", arg=place)
        expect(page.locator("#lessons h1")).to_be_visible()
    expect(page.locator(".lesson-canvas")).to_have_count(0)
    page.go_forward()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_projector_shows_one_step_and_one_chart_at_a_time(open_file, language, width):
    locale, lesson = Locale(language), lessons()["upgrading"]
    t = locale.translate
    charts = len(panels_of(lesson.charts, runs_of(lesson, locale), locale))
    page = open_file(f"lang={language}&lesson=upgrading.0.1", language=language, width=width)
    page.get_by_role("button", name=t("classroom.projector")).click()
    expect(page.locator("#bar")).to_be_hidden()
    page.keyboard.press("PageDown")
    for number in range(charts):
        expect(page.locator(".lesson-canvas canvas")).to_have_count(1)
        expect(page.locator(".lesson-forward")).to_have_text(
            t("classroom.next_chart" if number + 1 < charts else "classroom.reveal")
        )
        if width == WIDTHS[0]:
            assert page.locator(".lesson-canvas").bounding_box()["height"] > 400
        page.keyboard.press("PageDown")
    expect(page.locator(".verdict")).to_contain_text(locale.text(lesson.choices[lesson.right]))
    assert "lesson=upgrading.3.1&view=projector" in page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page) == []
    page.keyboard.press("PageUp")
    expect(page.locator(".lesson-canvas canvas")).to_have_count(1)
    page.reload()
    expect(page.locator("#bar")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#bar")).to_be_visible()
    assert "view=" not in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_teacher_notes_and_role_cards_are_folded_and_can_be_printed(open_file, language):
    locale, lesson = Locale(language), lessons()["who_pays"]
    runs = runs_of(lesson, locale)
    page = open_file(f"lang={language}&lesson=who_pays", language=language)
    expect(page.locator(".lesson-sheet").first).to_be_hidden()
    for kind, sheet in (("notes", notes_sheet), ("cards", cards_sheet)):
        page.locator("summary", has_text=locale.translate(f"classroom.{kind}")).click()
        with page.expect_download() as waiting:
            page.get_by_role("button", name=locale.translate(f"classroom.{kind}_sheet")).click()
        assert waiting.value.path().read_text(encoding="utf-8") == sheet(lesson, runs, locale)
    expect(page.locator(".lesson-sheet:visible")).to_have_count(1 + len(ROLES))
    assert serious(page) == []


def test_a_link_to_the_step_can_be_copied(open_file):
    page = open_file("lang=zh&lesson=shares.3.1&set=output_cap:-5", language="zh")
    page.locator(".step-link summary").click()
    page.get_by_role("button", name="复制").click()
    expect(page.locator(".step-link [role=status]")).to_have_text("已复制。")
    address = page.locator(".step-link input").input_value()
    assert address.endswith("#lang=zh&lesson=shares.3.1")
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".verdict")).to_be_visible()


def test_a_lesson_opens_in_explore_and_back_returns_to_it(open_file):
    page = open_file("lang=en&lesson=closure.4.1")
    page.get_by_role("button", name="Open this in Explore").click()
    expect(page.locator(".explore")).to_be_visible()
    expect(page.locator("#lessons")).to_be_hidden()
    expect(page.locator(".in-words.waiting")).to_have_count(0)
    assert "lesson" not in page.url
    assert state(page) == from_link(dict(parse_qsl(lessons()["closure"].query(Locale("en")))))[0]
    box = page.locator(".chart .canvas canvas").first.bounding_box()
    assert box["width"] > 400 and box["height"] > 200
    page.go_back()
    expect(page.locator(".verdict")).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(page.locator("#lessons h1")).to_have_text(lessons()["closure"].title["zh"])
    assert "lesson=closure.4.1" in page.url
    page.get_by_role("button", name="重新开始").click()
    expect(page.locator(".lesson-canvas")).to_have_count(0)
    assert re.search(r"lesson=closure\.0$", unquote(urlsplit(page.url).fragment))


@pytest.mark.parametrize("part", ["no_such", "closure.9", "closure.1.7", "closure.1.0.0", "closure.x", "<b>"])
def test_a_lesson_that_is_not_there_is_told(open_file, part):
    page = open_file(f"lang=en&lesson={part}")
    expect(page.locator("#notice")).to_contain_text(f"lesson={part}")
    expect(page.locator(".explore")).to_be_visible()


def test_a_view_that_is_not_there_is_told(open_file):
    page = open_file("lang=en&lesson=closure&view=round")
    expect(page.locator("#notice")).to_contain_text("view=round")
    expect(page.locator("#lessons h1")).to_be_visible()


def test_the_file_opens_with_the_lesson_that_it_was_made_for(browser, tmp_path):
    file = tmp_path / "lesson.html"
    file.write_text(offline_page(lesson="queue"), encoding="utf-8")
    page = browser.new_context(locale="zh-CN", offline=True).new_page()
    page.goto(file.as_uri())
    expect(page.locator("#lessons h1")).to_have_text(lessons()["queue"].title["zh"])
    page.get_by_role("button", name="探索", exact=True).click()
    expect(page.locator(".explore")).to_be_visible()
    page.reload()
    expect(page.locator("#lessons")).to_be_hidden()
    page.context.close()
