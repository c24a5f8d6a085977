"""The Explore component in a real browser: exact runs while a slider is dragged, paths, undo, the way back."""

import re

import numpy as np
import pytest

from model.scenario import AS_HAPPENED, shipped_scenarios
from views.charts.plot import plot_of
from views.display_units import quantity
from views.language import Locale
from views.results import simulation
from views.results.catalogue import CHARTS, HEADLINES
from views.results.headline import figures, value_text
from views.results.links import from_link
from views.results.moves import held, scaled
from views.results.settings import scenario_of
from views.results.sliders import slots

from .support import CARD, READY, expect, own_text, told

SERIES = """position => globalThis.hebei2025Explore.page.plots[position].chart().getOption().series
  .map(({ id, data }) => [String(id), data])"""
SHOWN = ("steel_output", "employment")
"""Charts of the tests: in several units, and with a sum over branches."""
SETTLED = "() => globalThis.hebei2025Explore.page.server.sent"


def value_of(page, slot="output_cap"):
    """Where a slider is."""
    return float(page.locator(f"[id='lever-{slot}']").input_value())


def run_of(base="as_happened", **moved):
    """A run in Python with moved sliders."""
    return simulation.runner(2025).run(shipped_scenarios()[base], moved)


def assert_page_shows(page, run, language, charts=SHOWN, year=2020):
    """The lines of both charts and the headline figures are those of a run in Python."""
    locale, before = Locale(language), simulation.baseline(2025)
    for position, chart_id in enumerate(charts):
        plot = plot_of(CHARTS[chart_id], run, before, {}, locale)
        lines = dict(page.evaluate(SERIES, position))
        for line in plot.lines:
            drawn = [value for _, value in lines[f"line:{line.id}"]]
            np.testing.assert_allclose(drawn, line.now[np.isfinite(line.now)], rtol=1e-12, atol=1e-12)
    for figure in figures(run, before, year, locale):
        assert own_text(page.locator(f"{CARD.format(figure.indicator)} .number")) == value_text(figure, figure.value)


def hold(page, slot):
    """Hold a slider; returns what moves it to a part of its track, or back to where it was (None)."""
    slider = page.locator(f"[id='lever-{slot}']")
    slider.scroll_into_view_if_needed()
    page.wait_for_function(READY)
    box = slider.bounding_box()
    middle, thumb = box["y"] + box["height"] / 2, 16
    value, low, high = (float(slider.evaluate(f"e => e.{name}")) for name in ("value", "min", "max"))
    start = box["x"] + thumb / 2 + (box["width"] - thumb) * (value - low) / (high - low)
    page.mouse.move(start, middle)
    page.mouse.down()

    def move(share):
        page.mouse.move(start if share is None else box["x"] + box["width"] * share, middle)
        page.wait_for_timeout(60)

    return move


@pytest.mark.parametrize(
    ("query", "width", "others"),
    [
        ("?lang=en&base=as_happened", 1280, {}),
        ("?lang=zh&base=no_document&set=capacity_closure.cement:3", 820, {"capacity_closure.cement": held(3.0)}),
    ],
)
def test_charts_and_figures_are_exact_runs_while_a_slider_is_dragged(visit, query, width, others):
    page = visit(f"{query}&charts={','.join(SHOWN)}", size=(width, 900))
    language, base = ("en", "as_happened") if not others else ("zh", "no_document")
    slot, seen = "capacity_closure.steel", set()
    move = hold(page, slot)
    sent = page.evaluate(SETTLED)
    for share in (0.55, 0.75, 0.95):
        move(share)
        value = value_of(page, slot)
        moved = {**others, slot: held(value) if others else scaled(value)}
        assert_page_shows(page, run_of(base, **moved), language)
        seen.add(value)
    assert len(seen) == 3 and page.evaluate(SETTLED) == sent, "nothing is asked of the server before the release"
    page.mouse.up()
    assert page.evaluate(SETTLED) == sent + 1
    expect(page.locator(".in-words.waiting")).to_have_count(0)
    assert_page_shows(page, run_of(base, **moved), language)


def test_a_slider_that_is_dragged_back_leaves_everything_as_it_was(visit):
    page = visit("?lang=en&charts=steel_output,co2&set=output_cap:-5")
    expect(page.locator("#lever-output_cap")).to_have_value("-5")
    before, sent = told(page), page.evaluate(SETTLED)
    move = hold(page, "output_cap")
    for share in (0.6, 0.8, None):
        move(share)
    page.mouse.up()
    assert_page_shows(page, run_of(output_cap=held(-5.0)), "en", ("steel_output", "co2"))
    assert (told(page), page.evaluate(SETTLED)) == (before, sent)


def test_moves_can_be_undone_and_done_again_and_back_in_the_browser_is_one_move_back(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    slider = page.locator("#lever-talent")
    page.get_by_label("Find a lever").fill("talent programme")
    for key in ("ArrowRight", "ArrowRight"):
        slider.press(key)
        page.wait_for_timeout(100)
    second = value_of(page, "talent")
    first = round(1 + (second - 1) / 2, 6)
    slider.press("Control+z")
    expect(slider).to_have_value(f"{first:g}")
    expect(page).to_have_url(re.compile(rf"talent:x{first:g}\b"))
    page.get_by_label("Redo (Ctrl+Y)").click()
    expect(slider).to_have_value(f"{second:g}")
    page.get_by_label("Undo (Ctrl+Z)").click()
    page.get_by_label("Undo (Ctrl+Z)").click()
    expect(slider).to_have_value("1")
    expect(page.get_by_label("Undo (Ctrl+Z)")).to_be_disabled()
    page.go_back()
    expect(slider).to_have_value(f"{first:g}")
    page.go_back()
    expect(slider).to_have_value(f"{second:g}")
    page.go_forward()
    expect(slider).to_have_value(f"{first:g}")
    expect(page.locator(".summary")).to_contain_text("Talent programme")
    run = run_of(talent=scaled(first))
    assert_page_shows(page, run, "en", ("steel_output", "co2"))
    page.reload()
    expect(slider).to_have_value(f"{first:g}")


def test_a_path_is_drawn_by_dragging_points_and_by_the_keyboard(visit):
    page = visit("?lang=en&charts=steel_capacity,steel_output")
    page.get_by_label("Edit the path: Ordered capacity closure: steel").click()
    row = page.locator("[data-slot='capacity_closure.steel'].slot")
    row.get_by_role("button", name="Draw the path through points that you drag").click()
    points = row.locator(".point")
    happened = slots()["capacity_closure.steel"].path(AS_HAPPENED)
    expect(points.first).to_have_attribute("aria-valuenow", f"{happened[6]:g}")
    count = points.count()
    box = points.nth(1).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    page.mouse.up()
    expect(page).to_have_url(re.compile("set=capacity_closure.steel:p2016~"))
    lowered = float(points.nth(1).get_attribute("aria-valuenow"))
    assert lowered < happened[7]
    points.nth(1).focus()
    page.keyboard.press("ArrowUp")
    expect(points.nth(1)).to_have_attribute("aria-valuenow", f"{lowered + 1:g}")
    page.keyboard.press("Delete")
    expect(points).to_have_count(count - 1)
    expect(row.locator(".value").first).to_have_text("own path")
    query = dict(re.findall(r"[?&]([^=&]+)=([^&]*)", page.url))
    settings, refused = from_link(query)
    assert refused == [] and len(settings.moved["capacity_closure.steel"].points) == count - 1
    whole = scenario_of(settings, shipped_scenarios())
    assert_page_shows(page, simulation.runner(2025).run(whole), "en", ("steel_capacity", "steel_output"))
    row.get_by_label("Back to the scenario's path: Ordered capacity closure: steel").click()
    expect(page).not_to_have_url(re.compile("set="))


def test_levers_are_ordered_by_effect_and_one_that_does_nothing_says_so(visit):
    page = visit("?lang=en&charts=steel_output,steel_capacity&base=no_document")
    page.get_by_label("Order of the levers").select_option("effect")
    expect(page.locator(".ranked .lever")).to_have_count(28)
    page.wait_for_function("globalThis.hebei2025Explore.page.effects?.size > 0")
    order = page.locator(".ranked .lever").evaluate_all("all => all.map((each) => each.dataset.lever)")
    effects = dict(page.evaluate("[...globalThis.hebei2025Explore.page.effects]"))
    assert [effects[name] for name in order] == sorted(effects.values(), reverse=True)
    weak = [name for name, strength in effects.items() if strength < 0.0005]
    shown = page.locator(".saturated:visible").count()
    assert shown <= len(weak)
    page.get_by_label("Order of the levers").select_option("task")
    expect(page.locator("details.group:visible")).to_have_count(8)


BANDS = f"() => ({SERIES})(0).filter(([id, data]) => id.startsWith('band:') && data.length).length"


def test_bands_follow_by_themselves_once_the_sliders_rest_and_go_with_the_next_move(visit):
    page = visit("?lang=en&charts=steel_output,co2&set=output_cap:-5")
    page.wait_for_function(f"({BANDS})() === 4")
    expect(page.locator(".card-certainty").first).to_contain_text("90 %:")
    hold(page, "output_cap")(0.7)
    assert page.evaluate(BANDS) == 0
    expect(page.locator(".card-certainty").first).to_be_empty()
    page.mouse.up()
    page.wait_for_function(f"({BANDS})() === 4")
    page.get_by_label("Show uncertainty bands").uncheck()
    page.wait_for_function(f"({BANDS})() === 0")
    expect(page).to_have_url(re.compile(r"explore\.bands=0"))


@pytest.mark.parametrize(
    "script",
    ["delete globalThis.WebAssembly;", "WebAssembly.compile = () => Promise.reject(new Error('refused'));"],
)
def test_without_webassembly_the_page_says_so(browser, address, script):
    page = browser.new_context().new_page()
    page.add_init_script(script)
    page.goto(f"{address}/?lang=en")
    expect(page.get_by_role("alert")).to_contain_text("This browser cannot run the model")
    page.context.close()


def test_a_first_question_opens_a_state_with_its_charts(visit):
    page = visit("?lang=en")
    page.get_by_role("button", name="Closures without supervision?").click()
    expect(page.locator(".base")).to_have_value("closure_without_discipline")
    expect(page).to_have_url(re.compile("charts=steel_capacity,steel_output"))
    page.wait_for_function(READY)
    run = simulation.runner(2025).run(shipped_scenarios()["closure_without_discipline"])
    expect(page.locator(".summary")).to_contain_text(
        shipped_scenarios()["closure_without_discipline"].text("title", "en")
    )
    assert_page_shows(page, run, "en", ("steel_capacity", "steel_output"))
    expect(page.get_by_role("button", name="Closures without supervision?")).to_have_count(0)
    page.go_back()
    expect(page.locator(".base")).to_have_value("as_happened")


def test_the_last_year_and_the_year_of_the_figures_are_chosen(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    page.get_by_label("Run until").select_option("2030")
    expect(page.get_by_role("button", name="2030")).to_be_visible()
    page.get_by_role("button", name="2030").click()
    expect(page).to_have_url(re.compile("until=2030&year=2030"))
    expect(page.locator(".warnings")).to_contain_text("extrapolated")
    shown = simulation.baseline(2030).at(2030, "crude_steel_output")
    expect(page.locator(CARD.format("crude_steel_output"))).to_have_text(
        re.compile(re.escape(quantity(shown, "Mt", Locale("en")).split()[0]))
    )
    assert len(HEADLINES) == page.locator(".card").count()


def test_the_start_of_the_policy_stays_marked_while_a_slider_moves(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    marked = """() => globalThis.hebei2025Explore.page.plots.map((plot) =>
        plot.chart().getOption().series.filter(({ markLine }) => markLine?.data.length).length)"""
    page.wait_for_function(BANDS)
    assert page.evaluate(marked) == [1, 1]
    page.locator("#lever-talent").evaluate(
        "(slider) => { slider.stepUp(5); slider.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    assert page.evaluate(f"({BANDS})()") == 0
    assert page.evaluate(marked) == [1, 1]
