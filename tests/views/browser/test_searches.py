"""What keeps all targets at the least cost: asked on the Trade-offs page, answered, and taken to Explore."""

import re

import pytest

from analysis.optimisation.finding import find
from analysis.optimisation.question import read_wanted
from model.scenario import shipped_scenarios
from views.language import LANGUAGES, Locale
from views.results import mix_tables, mixes

from .support import at_rest, expect

LONG = 90_000
"""Milliseconds for a search to its end on a busy machine."""


@pytest.fixture(scope="module")
def answer():
    return find(shipped_scenarios()["no_document"], read_wanted(["document"]))


def opened(visit, language, view):
    """The Trade-offs page by way of the navigation, as somebody comes to it who has never been there."""
    locale = Locale(language)
    page = visit(f"?lang={language}")
    page.get_by_role("link", name=locale.translate("page.tradeoffs"), exact=True).click()
    page.get_by_role("radio", name=locale.translate(f"tradeoffs.view_{view}"), exact=True).click()
    return page, locale


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_keeps_the_targets_of_the_document_at_least_cost(visit, answer, language):
    page, locale = opened(visit, language, "find")
    page.get_by_role("button", name=locale.translate("find.search")).click()
    first, last = (page.get_by_text(locale.translate(f"find.{stage}")) for stage in ("so_far", "side_by_side"))
    expect(first.or_(last)).to_be_visible(timeout=LONG)  # what another session has found is there at once
    expect(page.get_by_role("progressbar").or_(last)).to_be_visible()
    expect(last).to_be_visible(timeout=LONG)
    met = sum(line.met for line in answer.answer.lines)
    expect(page.get_by_text(locale.translate("find.keeps", met=met, all=len(answer.answer.lines)))).to_be_visible()
    expect(page.get_by_text(mix_tables.money_text(answer.answer.cost, locale)).first).to_be_visible()
    expect(page.get_by_text(locale.translate("find.chances_note"))).to_be_visible(timeout=LONG)
    expect(page.get_by_role("progressbar")).to_have_count(0)

    page.get_by_role("button", name=locale.translate("search.load")).click()
    expect(page.locator("canvas")).to_have_count(2)
    expect(page).to_have_url(re.compile("base=no_document.*set=.*quality_and_brand"))
    moved = page.locator("[data-slot='quality_and_brand'] .value")
    expect(moved).not_to_be_empty()
    page.go_back()
    expect(page.get_by_role("button", name=locale.translate("find.search"))).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_on_the_frontier_chooses_a_mix(visit, language):
    page, locale = opened(visit, language, "cloud")
    expect(page.get_by_role("button", name=locale.translate("search.load"))).to_be_visible(timeout=LONG)
    at_rest(page)
    slider = page.get_by_role("slider")
    before = slider.input_value()
    best = locale.translate("front.best", outcome=mixes.outcome_name("public_cost", locale))
    page.get_by_role("button", name=best).click()
    expect(slider).to_have_value("1")
    at_rest(page)
    points = page.locator(".js-plotly-plot .scatterlayer .trace").nth(1).locator(".point")
    points.last.click(force=True)
    expect(slider).to_have_value(str(points.count()))
    assert before not in ("1", str(points.count())), "at first a mix between the ends is shown"
    expect(page).to_have_url(re.compile(f"tradeoffs.point={points.count() - 1}\\b"))
