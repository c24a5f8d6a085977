"""A lesson in a browser: Back goes a step back, links open the very step, a projector is filled, sheets print."""

import re

import pytest

from views.language import LANGUAGES, Locale
from views.pages.classroom.lessons import ROLES, lessons, reveal_text, runs_of
from views.pages.classroom.sheets import cards_sheet, notes_sheet

from .support import at_rest, expect, taken
from .test_accessibility import serious

PAGE_OF_PDF = re.compile(rb"/Type\s*/Page\b")
LONGEST_NOTES = 3
"""Pages of teacher notes on A4."""
SURROUNDINGS = ("stHeader", "stSidebar")


@pytest.fixture
def lesson_at(visit, address):
    """Opens a place of a lesson, come to from Explore."""

    def open_page(place, language="en", more="", size=(1280, 720)):
        page = visit(f"?lang={language}", size=size)
        page.goto(f"{address}/classroom?lang={language}&lesson={place}{more}")
        at_rest(page)
        return page

    return open_page


def test_back_goes_a_step_back_within_the_lesson(lesson_at):
    page, said = lesson_at("curtailment.0"), Locale("en").translate
    page.locator(".stMain [role=radiogroup] label").nth(1).click()
    expect(page).to_have_url(re.compile(r"lesson=curtailment\.0\.1\b"))
    for step, key in ((2, "run"), (3, "reveal"), (4, "to_debrief")):
        page.get_by_role("button", name=said(f"classroom.{key}")).click()
        expect(page).to_have_url(re.compile(rf"lesson=curtailment\.{step}\.1\b"))
        at_rest(page)
    for place in (r"3\.1", r"2\.1", r"0\.1", "0"):
        page.go_back()
        expect(page).to_have_url(re.compile(rf"lesson=curtailment\.{place}(&|$)"))
        at_rest(page)
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    expect(page.locator(".stMain [role=radiogroup] input:checked")).to_have_count(0)
    page.go_forward()
    expect(page.locator(".stMain [role=radiogroup] input:checked")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_to_a_step_opens_it_in_another_window(lesson_at, visit, language):
    locale, lesson = Locale(language), lessons()["who_pays"]
    page = lesson_at("who_pays.3.0", language)
    page.get_by_role("button", name=locale.translate("classroom.step_link")).click()
    link = page.locator(".st-key-step_link code, [data-testid=stPopoverBody] code").first.inner_text()
    assert link.endswith(f"/classroom?v=1&lang={language}&lesson=who_pays.3.0")
    other = visit(f"?lang={language}")
    other.goto(link)
    expect(other.get_by_text(reveal_text(lesson, runs_of(lesson, locale), locale))).to_be_visible()
    expect(other.locator(".stMain [role=radiogroup] input:checked")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_the_projector_view_fills_the_window_and_obeys_a_presenter(lesson_at, language, size):
    page, said = lesson_at("closure.0.1", language, "&view=projector", size), Locale(language).translate
    for name in SURROUNDINGS:
        expect(page.get_by_test_id(name)).to_be_hidden()
    expect(page.locator(".st-key-toolbar")).to_be_hidden()
    question = page.locator(".page-note.question")
    assert float(question.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 30
    page.keyboard.press("PageDown")
    chart = page.locator(".js-plotly-plot")
    expect(chart).to_have_count(1)
    at_rest(page)
    box = chart.bounding_box()
    assert box["width"] > 0.85 * size[0] and box["height"] > 0.5 * size[1] and box["y"] + box["height"] <= size[1]
    assert page.locator(".st-key-projector_bar").bounding_box()["y"] < size[1] - 40
    assert serious(page) == []
    for _ in lessons()["closure"].charts:
        page.keyboard.press("PageDown")
        at_rest(page)
    expect(page.locator(".page-note.caution")).to_be_visible()
    page.keyboard.press("PageUp")
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    page.get_by_role("button", name=said("classroom.leave_projector")).click()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    expect(page).not_to_have_url(re.compile("view="))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_teacher_takes_notes_and_cards_along(lesson_at, language):
    locale, lesson = Locale(language), lessons()["upgrading"]
    page, runs = lesson_at("upgrading.0", language), runs_of(lesson, locale)
    for kind, sheet in (("notes", notes_sheet), ("cards", cards_sheet)):
        page.get_by_text(locale.translate(f"classroom.{kind}"), exact=True).click()
        at_rest(page)
        file = taken(page, locale.translate(f"classroom.{kind}_sheet")).path()
        assert file.read_text(encoding="utf-8") == sheet(lesson, runs, locale)
    assert serious(page) == []
    expect(page.locator(".lesson-sheet h2:visible")).to_have_text(locale.translate("classroom.role_government"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_each_card_fills_a_page_and_no_more(browser, tmp_path, language):
    locale, page = Locale(language), browser.new_page()
    for name, lesson in lessons().items():
        runs = runs_of(lesson, locale)
        for sheet, least, most in ((cards_sheet, len(ROLES), len(ROLES)), (notes_sheet, 2, LONGEST_NOTES)):
            file = tmp_path / f"{name}_{sheet.__name__}.html"
            file.write_text(sheet(lesson, runs, locale), encoding="utf-8")
            page.goto(file.as_uri())
            pages = len(PAGE_OF_PDF.findall(page.pdf(prefer_css_page_size=True)))
            assert least <= pages <= most, file.name
    page.close()
