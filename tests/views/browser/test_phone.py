"""A phone, with fingers: the chart stays in sight above the levers, fingers move levers and scroll, the menu closes."""

import pytest

from views.language import LANGUAGES, TAGS

from .support import READY, WAIT, at_rest, expect, told

UPRIGHT, ON_ITS_SIDE = {"width": 390, "height": 844}, {"width": 844, "height": 390}
CHARTS = "charts=steel_capacity,steel_output"
LEVER = "capacity_closure.steel"
TARGET = 44
"""Pixels of what a finger touches."""
SMALL = """least => {
  const { root } = globalThis.hebei2025Explore.page;
  return [...root.querySelectorAll("button, select, summary, .track, input[type=search]")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .filter((e) => Math.round(e.getBoundingClientRect().height) < least)
    .map((e) => `${e.className} ${e.ariaLabel ?? e.textContent}`.trim());
}"""
"""What fingers touch on Explore and is lower than that."""
TOP = "document.querySelector('.stMain').scrollTop"
DRAWN = "() => JSON.stringify(globalThis.hebei2025Explore.page.plots[0].chart().getOption().series)"


@pytest.fixture
def phone(browser, address):
    """Opens pages on a phone; script errors fail the test."""
    opened, errors = [], []

    def open_page(path="", language="en", size=UPRIGHT):
        context = browser.new_context(viewport=size, locale=TAGS[language], has_touch=True, is_mobile=True)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/{path}{'&' if '?' in path else '?'}lang={language}")
        return page

    yield open_page
    for context in opened:
        context.close()
    assert errors == []


def explore(phone, **options):
    """Explore, drawn."""
    page = phone(f"?{CHARTS}", **options)
    page.wait_for_function(READY)
    at_rest(page)
    return page


def swipe(page, start, end, lift=True):
    """A finger goes from a point to another."""
    finger = page.context.new_cdp_session(page)
    steps = 8
    for k in range(steps + 1):
        x, y = (a + (b - a) * k / steps for a, b in zip(start, end, strict=True))
        kind = "touchMove" if k else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(16)
    if lift:
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    return finger


def on_track(page, share):
    """A point on the track of the lever."""
    box = page.locator(f"[id='lever-{LEVER}']").bounding_box()
    return box["x"] + share * box["width"], box["y"] + box["height"] / 2


def in_sight(page, place):
    """Whether a place is in the window, and nothing lies over its middle."""
    return place.evaluate("""e => {
      const { x, y, width, height } = e.getBoundingClientRect();
      const root = e.getRootNode();
      const over = root.elementFromPoint(x + width / 2, y + height / 2);
      const isInside = y > -1 && y + height < innerHeight + 1 && x > -1 && x + width < innerWidth + 1;
      return isInside && (e.contains(over) || over?.contains(e));
    }""")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_that_is_chosen_stays_in_sight_above_the_levers(phone, language):
    page = explore(phone, language=language)
    assert page.evaluate(SMALL, TARGET) == []
    pins, charts = page.locator(".pins button"), page.locator(".chart")
    last = page.locator(".side input[type=range]:visible").last
    for k in range(2):
        pins.nth(k).tap()
        last.evaluate("e => e.scrollIntoView({ block: 'end' })")
        pinned = page.locator(".pinned .canvas")
        expect(pinned).to_have_count(1)
        assert in_sight(page, pinned) and in_sight(page, last)
        assert page.locator(".pinned").bounding_box()["height"] < UPRIGHT["height"] / 3
        other = charts.nth(1 - k).locator(".canvas")
        other.evaluate("e => e.scrollIntoView({ block: 'end' })")
        assert in_sight(page, other) and in_sight(page, pinned), "one chart below the other"
    pins.nth(2).tap()
    last.evaluate("e => e.scrollIntoView({ block: 'end' })")
    for card in page.locator(".card .card-value").all():
        assert in_sight(page, card)


def test_a_finger_that_goes_sideways_moves_a_lever_and_one_that_goes_up_scrolls(phone):
    page = explore(phone)
    slider = page.locator(f"[id='lever-{LEVER}']")
    slider.evaluate("e => e.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(300)
    value, top = slider.input_value(), page.evaluate(TOP)
    start = on_track(page, 0.2)
    swipe(page, start, (start[0] + 3, start[1] - 120))
    page.wait_for_function(f"top => {TOP} > top + 60", arg=top)
    page.wait_for_timeout(600)
    assert slider.input_value() == value, "scrolling moves no lever"
    drawn = page.evaluate(DRAWN)
    start = on_track(page, 0.2)
    finger = swipe(page, start, (start[0] + 90, start[1] + 4), lift=False)
    page.wait_for_function(f"before => ({DRAWN})() !== before", arg=drawn)
    assert in_sight(page, page.locator(".pinned .canvas"))
    assert float(slider.input_value()) > float(value)
    place = slider.bounding_box()["y"]
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator(".in-words.waiting")).to_have_count(0)
    page.wait_for_function(READY)
    assert abs(slider.bounding_box()["y"] - place) < 2, "the lever stays under the finger"
    moved = float(slider.input_value())
    page.touchscreen.tap(*on_track(page, 0.1))
    assert float(slider.input_value()) < moved, "a tap puts the lever to the place"


def test_a_path_is_drawn_with_a_finger(phone):
    page = explore(phone)
    page.locator(f"[data-slot='{LEVER}'] .edit").tap()
    row = page.locator(f"[data-slot='{LEVER}'].slot")
    row.locator(".editor .segments button").last.tap()
    points = row.locator(".point")
    count = points.count()
    row.locator(".editor").evaluate("e => e.scrollIntoView({ block: 'end' })")
    box = points.nth(1).bounding_box()
    value = points.nth(1).get_attribute("aria-valuenow")
    beside = box["x"] + box["width"] / 2 + 9, box["y"] + box["height"] / 2 + 9
    swipe(page, beside, (beside[0], beside[1] + 25))
    expect(points.nth(1)).not_to_have_attribute("aria-valuenow", value)
    expect(points).to_have_count(count)
    row.locator(".entry button").first.tap()
    expect(points).to_have_count(count - 1)


def test_on_its_side_a_phone_has_the_levers_beside_the_chart(phone):
    page = explore(phone, size=ON_ITS_SIDE)
    last = page.locator(".side input[type=range]:visible").last
    last.evaluate("e => e.scrollIntoView({ block: 'end' })")
    chart = page.locator(".pinned .canvas")
    assert in_sight(page, chart) and in_sight(page, last)
    assert chart.bounding_box()["height"] < 0.7 * ON_ITS_SIDE["height"]
    before = told(page, 1)
    page.locator(".pins button").nth(1).tap()
    expect(page.locator(".pinned .canvas")).to_have_attribute("aria-label", before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_closes_where_a_page_or_a_lesson_is_chosen_and_where_a_page_opens(phone, language):
    page = explore(phone, language=language)
    menu, opener = page.get_by_test_id("stSidebar"), page.get_by_test_id("stExpandSidebarButton")
    for choice in ("[data-testid=stSidebarNavLink][href*=classroom]", "[role=radiogroup] label >> nth=1"):
        opener.tap()
        expect(menu).to_have_attribute("data-collapsed", "false")
        page.wait_for_timeout(400)
        menu.locator(choice).tap()
        expect(menu).to_have_attribute("data-collapsed", "true")
        at_rest(page)
    opener.tap()
    expect(menu).to_have_attribute("data-collapsed", "false")
    page.wait_for_timeout(400)
    page.reload()
    expect(menu).to_have_attribute("data-collapsed", "true")
    toolbar = page.locator(".st-key-toolbar").bounding_box()
    assert toolbar["x"] > opener.bounding_box()["x"] + opener.bounding_box()["width"], "they stand beside each other"
    assert toolbar["x"] + toolbar["width"] <= UPRIGHT["width"]
    page.set_viewport_size({"width": 1280, "height": 800})
    page.reload()
    expect(menu).to_have_attribute("data-collapsed", "false")


def test_buttons_of_tables_lie_over_nothing_and_dialogs_fit(phone):
    page = phone("document")
    at_rest(page)
    tools = page.get_by_test_id("stElementToolbar").first
    words = page.locator(".stMain .page-note").first
    assert tools.bounding_box()["y"] >= words.bounding_box()["y"] + words.bounding_box()["height"] - 1
    page = explore(phone)
    for opener, box in ((".lever .info", ".information:popover-open"), (".pinned .info", ".menu:popover-open")):
        page.locator(opener).first.tap()
        area = page.locator(box).first.bounding_box()
        assert area["x"] >= 0 and area["x"] + area["width"] <= UPRIGHT["width"]
        assert area["y"] >= 0 and area["y"] + area["height"] <= UPRIGHT["height"]
        page.keyboard.press("Escape")
    page.locator(".st-key-share button").first.tap()
    area = page.get_by_test_id("stPopoverBody").bounding_box()
    assert area["x"] >= 0 and area["x"] + area["width"] <= UPRIGHT["width"]
