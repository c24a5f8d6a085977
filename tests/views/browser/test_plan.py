"""A new researcher asks whether the plan worked, in a headless Chromium."""

import re

import pytest

from .support import at_rest, expect

STEEL = "Steelmaking capacity at most 200 Mt"


def test_a_goal_is_opened_its_mechanism_followed_and_the_way_found_back(visit):
    page = visit("?lang=en")
    page.get_by_role("link", name="Did the plan work?").click()
    expect(page.locator(".verdict")).to_contain_text("Biggest caveat")
    at_rest(page)
    page.get_by_role("link", name=f"Curves: {STEEL}").click()
    expect(page.locator(".goal h3")).to_have_text(STEEL)
    chart = page.get_by_role("figure", name=re.compile(STEEL))
    expect(chart).to_have_attribute("aria-label", re.compile("Observed: 2011 320.*2019 213 .A.*Actual less without"))
    expect(page).to_have_url(re.compile(r"plan\.section=detail.*plan\.goal=steel_capacity_2020"))
    at_rest(page)
    page.get_by_role("link", name=f"Mechanism: {STEEL}").click()
    expect(page.get_by_role("heading", name="Steelmaking capacity · steelmaking_capacity")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    at_rest(page)
    page.go_back()
    expect(page.locator(".goal h3")).to_have_text(STEEL)


def test_goals_clauses_and_what_moved_a_result_in_chinese(visit):
    page = visit("?lang=zh", locale="zh-CN")
    page.get_by_role("link", name="规划目标实现了吗").click()
    page.get_by_role("link", name="条款: 炼钢产能控制在2亿吨以内").click()
    expect(page.locator(".clause-details")).to_contain_text("1.3.2.f")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    at_rest(page)
    page.go_back()
    expect(page.locator(".goal")).to_have_count(22)
    at_rest(page)
    page.get_by_text("结果由什么推动", exact=True).click()
    expect(page.locator(".page-note.question")).to_contain_text("粗钢产量，2015—2020年")
    expect(page.locator(".js-plotly-plot")).to_have_count(1)


@pytest.mark.parametrize("section", ["goals", "detail", "movers"])
@pytest.mark.parametrize("width", [390, 820])
def test_nothing_is_wider_than_a_small_screen(visit, section, width):
    page = visit(f"plan?lang=en&plan.section={section}", size=(width, 844))
    expect(page.locator(".verdict")).to_contain_text("Biggest caveat")
    at_rest(page)
    too_wide = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 80))"
    assert page.locator(".stMain, .goal, .goal-figures > div, .verdict, .js-plotly-plot").evaluate_all(too_wide) == []
