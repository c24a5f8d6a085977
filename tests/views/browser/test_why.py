"""The diagrams of the Why page: readable, moved and zoomed, and a way from variable to variable and back."""

import re

import pytest

from analysis.diagram import name_of
from model.engine.graph import equation_text
from model.system import system
from views.language import LANGUAGES, Locale

from .support import at_rest, expect

DESK, PHONE = (1440, 900), (390, 844)
READABLE = 12
"""Pixels that letters of a diagram have at least."""
LETTERS = """() => [...diagramOf().querySelectorAll('.node text')]
    .map((text) => text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize))"""
OUTSIDE = """() => [...diagramOf().querySelectorAll('.node')].filter((node) => {
  const [text, shape] = ['text', '.shape'].map((part) => node.querySelector(part).getBoundingClientRect());
  return text.left < shape.left - 1 || text.right > shape.right + 1 || text.top < shape.top - 3
    || text.bottom > shape.bottom + 3;
}).map((node) => node.textContent)"""
FIND = """window.diagramOf = () => [...document.querySelectorAll('*')]
    .map((e) => e.shadowRoot ?? e).find((root) => root.querySelector('.stage')).querySelector('.stage')"""
VIEW = "() => diagramOf().lastElementChild.getAttribute('transform')"


@pytest.fixture
def why(visit):
    """Opens the Why page."""

    def open_page(query, size=DESK):
        return shown(visit(f"why?{query}", size=size))

    return open_page


def shown(page):
    """The page when its diagram is drawn."""
    expect(page.locator(".stage .node").first).to_be_visible()
    at_rest(page)
    page.evaluate(FIND)
    return page


def zoom(page):
    """The zoom of the diagram."""
    return float(re.search(r"scale\((.+)\)", page.evaluate(VIEW))[1])


def node(page, name):
    """A variable in the diagram."""
    return page.locator(f".node[data-id={name}]")


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_readable_at_once_and_stay_inside_their_shapes(why, address, language, size):
    page = why(f"lang={language}&why.variable=conventional_capacity", size)
    for query in ("", "why.scope=chapter", "why.view=loops", "why.view=movers"):
        if query:
            page.goto(f"{address}/why?lang={language}&{query}")
            shown(page)
        assert min(page.evaluate(LETTERS)) >= READABLE, query
        assert page.evaluate(OUTSIDE) == [], query


def test_buttons_and_keys_zoom_and_move(why):
    page = why("lang=en&why.variable=steel_output")
    first, at_first = zoom(page), page.evaluate(VIEW)
    page.get_by_role("button", name="Zoom in").click()
    assert zoom(page) == pytest.approx(1.25 * first)
    page.locator(".stage").focus()
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert zoom(page) == pytest.approx(first / 1.25)
    page.keyboard.press("0")
    assert page.evaluate(VIEW) == at_first
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(VIEW) != at_first and zoom(page) == first
    page.get_by_role("button", name="Back to the first view").click()
    assert page.evaluate(VIEW) == at_first


def test_the_wheel_scrolls_the_page_until_the_diagram_is_chosen(why):
    page = why("lang=en&why.variable=steel_output")
    first, box = zoom(page), page.locator(".stage").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.wheel(0, -100)
    page.wait_for_timeout(200)
    assert zoom(page) == first
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    page.mouse.wheel(0, -100)
    page.wait_for_function(
        "zoom => !diagramOf().lastElementChild.getAttribute('transform').includes(zoom)", arg=str(first)
    )
    assert zoom(page) > first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_or_enter_opens_a_variable_and_the_way_back_returns(why, language):
    page = why(f"lang={language}&why.variable=steel_output")
    title = page.locator("h2").first
    node(page, "steel_cap").click()
    expect(title).to_have_text(f"{name_of('steel_cap', language)} · steel_cap")
    expect(page.locator(".stCode")).to_contain_text(equation_text(system(), "steel_cap").splitlines()[-1].strip())
    expect(page).to_have_url(re.compile(r"why\.variable=steel_cap"))
    expect(node(page, "steel_cap")).to_have_attribute("aria-current", "true")
    node(page, "remembered_output").focus()
    page.keyboard.press("Enter")
    expect(title).to_contain_text("remembered_output")
    expect(node(page, "remembered_output")).to_be_focused()
    expect(page).to_have_url(re.compile(r"why\.variable=remembered_output"))
    page.go_back()
    expect(title).to_contain_text("steel_cap")
    expect(page).to_have_url(re.compile(r"why\.variable=steel_cap"))
    page.go_back()
    expect(title).to_contain_text("steel_output")
    expect(node(page, "steel_output")).to_have_attribute("aria-current", "true")


def test_dragging_moves_the_diagram_and_opens_nothing(why):
    page = why("lang=en&why.variable=steel_output")
    before, box = page.evaluate(VIEW), node(page, "steel_cap").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 65, box["y"] + 45, steps=4)
    page.mouse.up()
    at_rest(page)
    assert page.evaluate(VIEW) != before
    expect(page.locator("h2").first).to_contain_text("steel_output")


def test_a_lever_of_a_diagram_is_told_but_opens_nothing(why):
    page = why("lang=en&why.variable=steel_cap")
    lever = node(page, "output_cap")
    expect(lever).to_have_attribute("aria-label", "Permitted change of crude steel, policy lever")
    lever.click()
    at_rest(page)
    expect(page.locator("h2").first).to_contain_text("steel_cap")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_is_beside_the_curve_on_wide_screens_and_above_it_on_narrow_ones(why, language):
    query = f"lang={language}&why.variable=steel_output"
    for size, beside in ((DESK, True), (PHONE, False)):
        page = why(query, size)
        stage, curve = (page.locator(part).first.bounding_box() for part in (".stage", ".js-plotly-plot"))
        assert (curve["x"] > stage["x"] + stage["width"]) == beside
        assert (curve["y"] > stage["y"] + stage["height"]) != beside


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_moved_lever_is_followed_to_the_indicator(why, language):
    page = why(f"lang={language}&why.view=differences&why.indicator=crude_steel_output&set=circular_economy:100")
    t = Locale(language).translate
    expect(
        page.get_by_text(t("why.differences_heading", indicator=name_of("crude_steel_output", language)))
    ).to_be_visible()
    expect(node(page, "circular_economy")).to_be_visible()
    assert "→" in node(page, "crude_steel_output").text_content()
    node(page, "scrap_rate").click()
    expect(page.locator("h2").first).to_contain_text("scrap_rate")
