"""A policy researcher's five questions (docs/questions.md), each asked on Explore and answered as runs in Python do."""

import re

import pytest

from model.inputs import drivers
from model.scenario import shipped_scenarios
from tests.views import answers
from views.language import LANGUAGES, Locale
from views.results.assumption_spans import estimated_spans
from views.results.moves import Move, scaled

from .support import at_rest, expect
from .test_explore import assert_page_shows, run_of, value_of

BOTH = pytest.mark.parametrize("language", LANGUAGES)
NAMED = 12
"""Assumptions that are listed as those that matter most."""


def ask(page, name, locale):
    """Press one of the first questions."""
    page.get_by_role("button", name=locale.translate(f"question.{name}"), exact=True).click()


def assert_cards_say(page, intervals):
    """The cards show these intervals of the differences."""
    for indicator, text in intervals.items():
        expect(page.locator(f".card[data-figure={indicator}] .card-certainty")).to_contain_text(text)


@BOTH
def test_did_the_plan_work(visit, language):
    locale = Locale(language)
    page = visit(f"?lang={language}")
    ask(page, "plan", locale)
    for sentence in answers.verdict(locale):
        expect(page.locator(".verdict")).to_contain_text(sentence)
    expect(page.locator(".goal")).to_have_count(22)


@BOTH
def test_what_if_closures_of_steel_capacity_come_two_years_later(visit, language):
    locale, slot = Locale(language), "capacity_closure.steel"
    page = visit(f"?lang={language}&charts=steel_capacity,steel_output")
    name = page.locator(f"[id='lever-{slot}']").get_attribute("aria-label")
    page.get_by_label(f"{locale.translate('component.edit')}: {name}", exact=True).click()
    page.get_by_role("button", name=locale.translate("component.two_years_later"), exact=True).click()
    moved = locale.translate("move.later", years=2)
    expect(page.locator(f"[data-slot='{slot}'] .value")).to_have_text(moved)
    expect(page.locator(".summary")).to_have_text(answers.sentence(answers.LATER, locale))
    expect(page).to_have_url(re.compile("set=capacity_closure.steel:d2"))
    assert_page_shows(page, run_of(**{slot: Move(delay=2)}), language, ("steel_capacity", "steel_output"))
    assert_cards_say(page, answers.intervals(answers.LATER, locale))
    page.get_by_role("button", name="2025", exact=True).click()
    expect(page.locator(".summary")).to_have_text(answers.sentence(f"{answers.LATER}&year=2025", locale))
    page.get_by_label(locale.translate("component.first_year"), exact=True).select_option("2018")
    expect(page.locator(f"[data-slot='{slot}'] .value")).to_contain_text(moved)
    page.reload()
    expect(page.locator(f"[data-slot='{slot}'] .value")).to_contain_text(moved)


@BOTH
def test_what_the_renovation_of_a_sector_does_and_why(visit, language):
    locale, slot = Locale(language), "technical_renovation_investment.equipment"
    page = visit(f"?lang={language}&charts=shares,employment&year=2025")
    whole = page.locator("[id='lever-technical_renovation_investment']").get_attribute("aria-label")
    page.get_by_label(f"{locale.translate('component.edit')}: {whole}", exact=True).click()
    page.get_by_text(locale.translate("component.by_sector"), exact=True).first.click()
    slider = page.locator(f"[id='lever-{slot}']")
    for _ in range(10):
        slider.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"set=technical_renovation_investment\.equipment:x1\.5\b"))
    assert value_of(page, slot) == 1.5
    expect(page.locator(".summary")).to_have_text(answers.sentence(answers.RENOVATION, locale))
    assert_page_shows(page, run_of(**{slot: scaled(1.5)}), language, ("shares", "employment"), 2025)
    assert_cards_say(page, answers.intervals(answers.RENOVATION, locale))
    expect(page.locator(".parts-moved:visible")).to_contain_text(locale.number(1.5, 2))

    page.get_by_role("button", name=locale.translate("component.why"), exact=True).click()
    for sentence in answers.explained(answers.RENOVATION, locale):
        expect(page.get_by_text(sentence)).to_be_visible()
    end = page.locator(".node[data-id=equipment_minus_steel_share]")
    expect(end).to_contain_text("→")
    expect(page.locator(".node[data-id=technical_renovation_investment]")).to_be_visible()
    at_rest(page)
    cause = page.get_by_role("combobox", name=locale.translate("why.cause"))
    shown = cause.evaluate("box => box.closest('[data-testid=stSelectbox]').innerText + box.value")
    whole_change = answers.explained(answers.RENOVATION, locale)[0].split("+")[1].rstrip("）).。")
    assert whole_change in shown, "one cause alone does all of it"


@BOTH
def test_which_assumption_matters_most(visit, language):
    locale = Locale(language)
    page = visit(f"?lang={language}")
    ask(page, "assumptions", locale)
    rows = page.locator(".strongest .assumption")
    expect(rows).to_have_count(NAMED)
    listed = rows.locator("input").evaluate_all("all => all.map((input) => input.id.slice('strongest-'.length))")
    strengths = []
    for name, row in zip(listed, rows.all(), strict=True):
        strength, text = answers.assumption_effect(name, locale)
        expect(row.locator(".effect")).to_have_text(text)
        expect(row.locator(".name")).to_have_text(answers.assumption_name(name, locale))
        expect(row.locator(".grade")).to_have_text(re.compile("^[A-D]$"))
        strengths.append(strength)
    widths = rows.locator(".strength").evaluate_all("all => all.map((bar) => parseFloat(bar.style.width))")
    assert widths == pytest.approx([100 * strength / strengths[0] for strength in strengths], abs=0.01)
    assert strengths == sorted(strengths, reverse=True)
    others = {*drivers(), *estimated_spans()} - {*listed}
    assert max(answers.assumption_effect(name, locale)[0] for name in others) <= strengths[-1]
    assert page.url.count("par=") == page.url.count("drv=") == 0, "nothing is moved by asking"


@BOTH
def test_how_sure_the_order_of_two_policies_is(visit, language):
    locale = Locale(language)
    page = visit(f"?lang={language}")
    ask(page, "order", locale)
    expect(page.get_by_role("heading", name=locale.translate("uncertainty.order", year=2025))).to_be_in_viewport()
    told = page.get_by_text(answers.order(locale), exact=True)
    expect(told).to_be_in_viewport()
    for name in answers.PAIR:
        title = locale.text(shipped_scenarios()[name].title)
        expect(page.locator(".js-plotly-plot .legendtext", has_text=title)).to_have_count(1)
    at_rest(page)
    page.get_by_role("radio", name="2020", exact=True).or_(page.get_by_role("button", name="2020", exact=True)).click()
    expect(page.get_by_text(answers.order(locale, 2020), exact=True)).to_be_visible()


@BOTH
def test_a_question_opens_the_state_that_it_asks_about(visit, language):
    locale = Locale(language)
    page = visit(f"?lang={language}")
    for name, query in (("later", answers.LATER), ("renovation", answers.RENOVATION)):
        ask(page, name, locale)
        expect(page.locator(".summary")).to_have_text(answers.sentence(query, locale))
        page.go_back()
        expect(page.locator(".summary")).to_have_text(locale.translate("summary.baseline"))
