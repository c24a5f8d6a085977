"""The way back in the browser: each choice on a page is a step, and only the first one leads out of the page."""

import re

import pytest

from analysis.diagram import name_of
from views.language import LANGUAGES, Locale

from .support import at_rest, expect

SECTIONS = [
    ("plan", "plan.section", "section_goals", "section_movers"),
    ("tradeoffs", "tradeoffs.view", "view_cloud", "view_now"),
    ("why", "why.view", "view_chapters", "view_loops"),
    ("document", "document.section", "section_clauses", "section_targets"),
    ("regions", "regions.measure", "value_added", "energy"),
]


@pytest.fixture
def page_at(visit, address):
    """Opens a page of the app, come to from Explore."""

    def open_page(name, query):
        page = visit("?lang=en")
        page.goto(f"{address}/{name}?{query}")
        at_rest(page)
        return page

    return open_page


@pytest.mark.parametrize("language", LANGUAGES)
def test_causes_and_uses_are_steps_and_back_leads_to_the_variable_before(page_at, language):
    page = page_at("why", f"lang={language}&why.variable=steel_output")
    title = page.locator("h2").first
    for name in ("steel_cap", "remembered_output"):
        page.locator(".st-key-links_causes, .st-key-links_uses").get_by_role(
            "button", name=name_of(name, language), exact=True
        ).first.click()
        expect(title).to_contain_text(f"· {name}")
        expect(page).to_have_url(re.compile(rf"why\.variable={name}\b"))
        at_rest(page)
    page.go_back()
    expect(title).to_contain_text("· steel_cap")
    expect(page).to_have_url(re.compile(r"why\.variable=steel_cap\b"))
    at_rest(page)
    page.go_back()
    expect(title).to_contain_text("· steel_output")
    at_rest(page)
    page.go_forward()
    expect(title).to_contain_text("· steel_cap")


@pytest.mark.parametrize(("name", "part", "first", "second"), SECTIONS)
def test_a_section_is_a_step_and_back_leads_to_the_one_before(page_at, name, part, first, second):
    page, t = page_at(name, "lang=en"), Locale("en").translate
    buttons = page.get_by_test_id("stMain").get_by_test_id("stButtonGroup")
    sidebar = page.get_by_test_id("stSidebar").get_by_test_id("stButtonGroup")
    before, after = (
        buttons.or_(sidebar).get_by_role("radio", name=t(f"{name}.{key}"), exact=True) for key in (first, second)
    )
    after.click()
    expect(page).to_have_url(re.compile(re.escape(part)))
    at_rest(page)
    page.go_back()
    expect(page).not_to_have_url(re.compile(re.escape(part)))
    expect(page).to_have_url(re.compile(rf"/{name}\?"))
    expect(before).to_be_checked()


def test_a_scenario_that_is_compared_is_a_step_and_another_page_comes_before_the_first(page_at):
    page = page_at("regions", "lang=en")
    page.get_by_role("link", name="Compare", exact=True).click()
    chart = page.get_by_test_id("stSidebar").get_by_role("radio", name="2020", exact=True)
    expect(chart).to_be_visible()
    at_rest(page)
    chart.click()
    expect(page).to_have_url(re.compile(r"compare\.year=2020"))
    at_rest(page)
    page.go_back()
    expect(page).not_to_have_url(re.compile(r"compare\.year"))
    expect(page).to_have_url(re.compile("/compare"))
    expect(chart).not_to_be_checked()
    at_rest(page)
    page.go_back()
    expect(page).to_have_url(re.compile("/regions"))
