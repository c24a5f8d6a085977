"""What follows while and after a slider is dragged: runs in the browser, the run on the server, the bands."""

import pytest

from model.scenario import shipped_scenarios
from views.charts.echarts import points
from views.charts.plot import plot_of
from views.language import Locale
from views.results import simulation
from views.results.catalogue import CHARTS, HEADLINES
from views.results.headline import figures, value_text
from views.results.sliders import Factor

from .support import CARD, CHART, expect, own_text, told

READY = "globalThis.hebei2025Preview?.model?.inputs === globalThis.hebei2025Preview?.inputs"
SERIES = """position => {
  const node = document.querySelectorAll(".stEChartsChart")[position];
  if (!node) return [];
  const key = Object.keys(node).find((name) => name.startsWith("__reactFiber$"));
  for (let fiber = node[key]; fiber; fiber = fiber.return)
    for (let hook = fiber.memoizedState; hook && typeof hook === "object"; hook = hook.next)
      if (typeof hook.memoizedState?.setOption === "function")
        return hook.memoizedState.getOption().series.map(({ id, data }) => [String(id), data]);
}"""
PREVIEWED = ".card.preview"
SHOWN = ("steel_output", "employment")
"""Charts of the tests: in several units, and with a sum over branches."""


MOST_LOOKS = 50
"""How often the charts are looked at, a tenth of a second apart, until they show a run."""


def held(page, slot="output_cap"):
    """Hold a slider, once the browser has the model; returns what moves it to a part of its track, or back (None)."""
    slider = page.locator(f"[id='lever-{slot}']")
    slider.hover()
    page.wait_for_function(READY)
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    value, low, high = (float(slider.evaluate(f"e => e.{name}")) for name in ("value", "min", "max"))
    thumb = 14
    start = box["x"] + thumb / 2 + (box["width"] - thumb) * (value - low) / (high - low)
    page.mouse.move(start, middle)
    page.mouse.down()

    def move(share):
        page.mouse.move(start if share is None else box["x"] + box["width"] * share, middle)
        page.wait_for_timeout(80)

    return move


def value_of(page, slot="output_cap"):
    """Where a slider is."""
    return float(page.locator(f"[id='lever-{slot}']").input_value())


def assert_page_shows(page, base, moved, language, charts=SHOWN, year=2020):
    """The lines of both charts and the headline figures become those of a run in Python, digit by digit."""
    locale = Locale(language)
    run = simulation.runner(2025).run(shipped_scenarios()[base], moved)
    before = simulation.baseline(2025)
    for position, chart_id in enumerate(charts):
        plot = plot_of(CHARTS[chart_id], run, before, {}, locale)
        expected = {f"line:{line.id}": points(plot.years, line.now) for line in plot.lines}
        for _ in range(MOST_LOOKS):  # the browser draws in its next frame, which may be late on a busy machine
            lines = {name: data for name, data in page.evaluate(SERIES, position) if name in expected}
            if lines == expected:
                break
            page.wait_for_timeout(100)
        assert lines == expected, chart_id
    for figure in figures(run, before, year, locale):
        assert own_text(page.locator(CARD.format(figure.indicator))) == value_text(figure, figure.value)


@pytest.mark.parametrize(
    ("query", "width", "others"),
    [
        ("?lang=en&base=as_happened", 1280, {}),
        ("?lang=zh&base=no_document&set=capacity_closure.cement:3", 820, {"capacity_closure.cement": 3.0}),
    ],
)
def test_charts_and_figures_follow_a_slider_with_the_numbers_of_the_server(visit, query, width, others):
    page = visit(f"{query}&charts={','.join(SHOWN)}", size=(width, 900))
    language, base = ("en", "as_happened") if not others else ("zh", "no_document")
    before, slot, seen = told(page), "capacity_closure.steel", set()
    move = held(page, slot)
    for share in (0.55, 0.75, 0.95):
        move(share)
        value = value_of(page, slot)
        moved = {**others, slot: value if others else Factor(value)}
        expect(page.locator(PREVIEWED)).to_have_count(len(HEADLINES))
        assert_page_shows(page, base, moved, language)
        seen.add(value)
    assert len(seen) == 3 and told(page) == before, "no run of the server before the release"
    page.mouse.up()
    expect(page.locator(CHART).first).not_to_have_attribute("aria-label", before)
    expect(page.locator(PREVIEWED)).to_have_count(0)
    assert_page_shows(page, base, moved, language)


AT_ONCE = """async (any, moves) => {
  for (const [slot, value, events] of moves) {
    const input = any.getRootNode().querySelector(`[id="lever-${slot}"]`);
    input.value = value;
    for (const event of events) input.dispatchEvent(new Event(event, { bubbles: true }));
  }
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame();
  await frame();
}"""


def at_once(page, *moves):
    """Put sliders to values with events, and wait for what the browser draws then."""
    page.locator("#lever-output_cap").evaluate(AT_ONCE, list(moves))


def test_sliders_that_are_moved_before_the_server_answers_count_together(visit):
    """A scaled path that a link gives with more digits than the slider has, one released, and one that is held."""
    page = visit(f"?lang=en&charts={','.join(SHOWN)}&set=technical_renovation_investment:x0.8765")
    page.wait_for_function(READY)
    moves = [
        ["capacity_closure.steel", 0.4, ["input", "change"]],
        ["capacity_closure.cement", 1.6, ["input", "change"]],
        ["capacity_discipline", 0.7, ["input"]],
    ]
    at_once(page, *moves)
    expect(page.locator(PREVIEWED)).to_have_count(len(HEADLINES))
    moved = {"technical_renovation_investment": Factor(0.8765)} | {slot: Factor(value) for slot, value, _ in moves}
    assert_page_shows(page, "as_happened", moved, "en")
    at_once(page, ["capacity_discipline", 0.7, ["change"]])
    expect(page.locator(PREVIEWED)).to_have_count(0)
    expect(page.locator(".summary")).to_contain_text("Enforcement of capacity rules")
    assert_page_shows(page, "as_happened", moved, "en")


@pytest.mark.parametrize(
    "script",
    ["delete globalThis.WebAssembly;", "WebAssembly.compile = () => Promise.reject(new Error('refused'));"],
)
def test_without_webassembly_the_page_shows_the_runs_of_the_server(visit, script):
    page = visit(f"?lang=en&charts={','.join(SHOWN)}", script=script)
    page.wait_for_function("globalThis.hebei2025Preview?.loading")
    before = told(page)
    at_once(page, ["capacity_discipline", 0.8, ["input"]])
    expect(page.locator(PREVIEWED)).to_have_count(0)
    at_once(page, ["capacity_discipline", 0.8, ["change"]])
    expect(page.locator(CHART).first).not_to_have_attribute("aria-label", before)
    assert_page_shows(page, "as_happened", {"capacity_discipline": Factor(0.8)}, "en")


def test_the_levers_show_where_the_model_comes_before_what_draws_with_it(visit):
    page = visit(f"?lang=en&charts={','.join(SHOWN)}", script="globalThis.hebei2025Preview = {};")
    expect(page.locator("#lever-capacity_discipline")).to_have_value("1")
    page.wait_for_function(READY)
    at_once(page, ["capacity_discipline", 0.8, ["input"]])
    expect(page.locator(PREVIEWED)).to_have_count(len(HEADLINES))
    assert_page_shows(page, "as_happened", {"capacity_discipline": Factor(0.8)}, "en")


def test_a_slider_that_is_dragged_back_leaves_the_page_as_it_was(visit):
    page = visit("?lang=en&charts=steel_output,co2&set=output_cap:-5")
    expect(page.locator("#lever-output_cap")).to_have_value("-5")
    card = page.locator(CARD.format("crude_steel_output"))
    before, figure = told(page), card.inner_text()
    move = held(page)
    for share in (0.6, 0.8, None):
        move(share)
    page.mouse.up()
    expect(page.locator(PREVIEWED)).to_have_count(0)
    assert (told(page), card.inner_text()) == (before, figure)


BANDS = f"() => ({SERIES})(0).filter(([id]) => id.startsWith('band:')).length"


def test_bands_follow_by_themselves_once_the_sliders_rest(visit):
    page = visit("?lang=en&charts=steel_output,co2&set=output_cap:-5")
    page.wait_for_function(f"({BANDS})() === 2")
    page.get_by_text("Show uncertainty bands").click()
    page.wait_for_function(f"({BANDS})() === 0")
