"""From a chart to its evidence, and the sections of the Evidence page on screens of three widths."""

import re
from pathlib import Path

import pytest

from calibration.series import all_series
from views.language import LANGUAGES, Locale
from views.results import evidence_tables
from views.results.evidence_badge import indicator_badge

from .support import at_rest, expect
from .test_accessibility import nameless, serious

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
SECTIONS = ("forecast", "charts", "decides", "order", "policy", "projections", "tests")
ANSWERS = ("decides", "order", "policy")
WIDE, PHONE = ((1440, 900), (820, 1180)), (390, 844)
CUT = """() => [...document.querySelectorAll('ul.tests > li, ul.badges > li')].filter(item => {
  const box = item.getBoundingClientRect(), width = document.documentElement.clientWidth;
  return box.left < 0 || box.right > width + 1 || item.scrollWidth > item.clientWidth + 1;
}).map(item => item.textContent.slice(0, 40))"""

BESIDE = """() => [...document.querySelectorAll('.js-plotly-plot .annotation-text')].filter(text => {
  const box = text.getBoundingClientRect(), plot = text.closest('.js-plotly-plot').getBoundingClientRect();
  return box.left < plot.left - 1 || box.right > plot.right + 1;
}).map(text => text.textContent)"""


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-CN")])
def test_the_badge_of_a_chart_of_compare_opens_its_evidence(visit, language, tag):
    page = visit(f"compare?lang={language}&compare.charts=steel_output,research_personnel")
    locale = Locale(language)
    badge = page.get_by_role("link", name=indicator_badge("research_personnel", None, locale).text)
    with page.context.expect_page() as opening:
        badge.click()
    evidence = opening.value
    name = evidence_tables.name_of(all_series()["research_personnel"], locale)
    expect(evidence.get_by_role("heading", name=name)).to_be_visible()
    expect(evidence.locator("html")).to_have_attribute("lang", tag)
    expect(evidence).to_have_url(re.compile(r"/evidence\?.*evidence\.series=research_personnel"))
    section = evidence.get_by_role("radio", name=locale.translate("evidence.forecast_section"), exact=True)
    expect(section).to_be_checked()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert "compare" in page.url, "what was compared stays open"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_can_be_read_on_every_screen(visit, address, language):
    page = visit(f"evidence?lang={language}")
    for section in SECTIONS:
        page.goto(f"{address}/evidence?lang={language}&evidence.section={section}")
        expect(page.locator("h2").first).to_be_visible()
        for width, height in (*WIDE, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            at_rest(page)
            page.evaluate(AUDIT)
            assert page.evaluate(CUT) == [], (section, width)
            levels = page.evaluate("audit.headings()")
            assert all(later <= before + 1 for before, later in zip(levels, levels[1:], strict=False)), levels
            if (width, height) in WIDE:  # on phones the icons of the menu are paler than words may be
                assert page.evaluate("audit.lowContrast()") == [], (section, width)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", ANSWERS)
def test_answers_from_many_runs_shut_nobody_out(visit, language, section):
    page = visit(f"evidence?lang={language}&evidence.section={section}")
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    at_rest(page)
    assert serious(page) == []
    assert nameless(page) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    at_rest(page)
    assert page.evaluate(BESIDE) == [], "names in the chart are not cut on a phone"


def test_the_year_and_the_group_of_sections_are_chosen_by_hand(visit):
    page, t = visit("evidence?lang=en"), Locale("en").translate
    page.get_by_role("radio", name=t("evidence.sure_group"), exact=True).click()
    expect(page.get_by_role("heading", name="What decides CO2 emissions of industry in 2025")).to_be_visible()
    page.get_by_role("radio", name="2020", exact=True).click()
    expect(page.get_by_role("heading", name="What decides CO2 emissions of industry in 2020")).to_be_visible()
    expect(page).to_have_url(re.compile(r"evidence\.answer_year=2020"))
    page.get_by_role("radio", name=t("evidence.order_section"), exact=True).click()
    expect(page.get_by_role("heading", name="least CO2 emissions of industry in 2020")).to_be_visible()


def test_tests_are_filtered_by_their_status(visit):
    page = visit("evidence?lang=en&evidence.section=tests")
    cards = page.locator("ul.tests > li")
    expect(cards).to_have_count(14)
    page.get_by_text("not done (1)", exact=True).click()
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("not done")
    expect(page).to_have_url(re.compile(r"evidence\.status=not_done"))
    details = cards.locator("details p").first
    expect(details).to_be_hidden()
    cards.get_by_text("Method and requirement").click()
    expect(details).to_be_visible()
