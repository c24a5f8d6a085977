"""What follows while and after a slider is dragged: the preview, the exact run, the bands."""

from .support import CARD, CHART, expect, own_text, told

SWEEP = "globalThis.hebei2025Preview?.sweep?.slot === 'output_cap'"


def drag(page, shares):
    """Hold the slider of the output cap and move it to parts of its track, once the browser has its sweep."""
    slider = page.locator("#lever-output_cap")
    slider.hover()
    page.wait_for_function(SWEEP)
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    value, low, high = (float(slider.evaluate(f"e => e.{name}")) for name in ("value", "min", "max"))
    thumb = 14
    start = box["x"] + thumb / 2 + (box["width"] - thumb) * (value - low) / (high - low)
    page.mouse.move(start, middle)
    page.mouse.down()
    for share in shares:
        page.mouse.move(start if share is None else box["x"] + box["width"] * share, middle)
        page.wait_for_timeout(80)


def test_a_pointer_that_stays_gets_its_preview_once_the_server_has_one(visit):
    page = visit("?lang=en")
    page.evaluate("""() => {
      const preview = globalThis.hebei2025Preview, real = preview.ask;
      window.asked = 0;
      preview.ask = (slot) => { if (++window.asked > 1) real(slot); };
    }""")
    page.locator("#lever-output_cap").hover()
    page.wait_for_function(SWEEP)
    assert page.evaluate("window.asked") > 1


def test_the_figures_follow_a_slider_while_it_is_dragged_and_the_exact_run_confirms_them(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    before, card = told(page), page.locator(CARD.format("crude_steel_output"))
    figure = card.inner_text()
    drag(page, [0.5, 0.4, 0.3, 0.2])
    expect(page.locator(".card.preview")).to_have_count(4)
    previewed = own_text(card)
    assert previewed != figure and told(page) == before, "no run before the release"
    page.mouse.up()
    expect(page.locator(".card.preview")).to_have_count(0)
    expect(page.locator(CHART).first).not_to_have_attribute("aria-label", before)
    exact = own_text(card)
    assert abs(float(exact) - float(previewed)) <= 2, (exact, previewed)


def test_a_second_drag_that_follows_at_once_is_previewed_and_run_too(visit):
    page = visit("?lang=en&charts=steel_output,co2")
    card = page.locator(CARD.format("crude_steel_output"))
    drag(page, [0.5, 0.4])
    page.mouse.up()
    drag(page, [0.3, 0.2])
    expect(page.locator(".card.preview")).to_have_count(4)
    previewed = own_text(card)
    page.mouse.up()
    expect(page.locator(".card.preview")).to_have_count(0)
    value = page.locator("#lever-output_cap").input_value()
    expect(page.locator(".summary")).to_contain_text(f"Crude-steel output cap × {float(value):.2f} of its path")
    assert abs(float(own_text(card)) - float(previewed)) <= 2


def test_a_slider_that_is_dragged_back_leaves_the_page_as_it_was(visit):
    page = visit("?lang=en&charts=steel_output,co2&set=output_cap:200")
    expect(page.locator("#lever-output_cap")).to_have_value("200")
    card = page.locator(CARD.format("crude_steel_output"))
    before, figure = told(page), card.inner_text()
    drag(page, [0.6, 0.8, None])
    page.mouse.up()
    expect(page.locator(".card.preview")).to_have_count(0)
    assert (told(page), card.inner_text()) == (before, figure)


BANDS = """() => {
  const node = document.querySelector(".stEChartsChart");
  if (!node) return -1;
  const key = Object.keys(node).find((name) => name.startsWith("__reactFiber$"));
  for (let fiber = node[key]; fiber; fiber = fiber.return)
    for (let hook = fiber.memoizedState; hook && typeof hook === "object"; hook = hook.next)
      if (typeof hook.memoizedState?.setOption === "function")
        return hook.memoizedState.getOption().series.filter(({ id }) => String(id).startsWith("band:")).length;
}"""


def test_bands_follow_by_themselves_once_the_sliders_rest(visit):
    page = visit("?lang=en&charts=steel_output,co2&set=output_cap:200")
    page.wait_for_function(f"({BANDS})() === 2")
    page.get_by_text("Show uncertainty bands").click()
    page.wait_for_function(f"({BANDS})() === 0")
