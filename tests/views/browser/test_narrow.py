"""Narrow windows: nothing lies over the menu, pages are within reach, and charts are set for the width."""

import pytest

from views.language import LANGUAGES, Locale

from .support import READY, at_rest, expect, upload

PHONE, TABLET = (390, 844), (820, 1180)
PAGES = 10
LONG = """title: Long
levers:
  output_cap: {2016: 3, 2018: -5}
"""
HIT = """([x, y]) => document.elementFromPoint(x, y).closest('button, a, h1')?.outerHTML ?? ''"""


def centre(place):
    box = place.bounding_box()
    return [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]


def test_on_a_phone_the_menu_can_be_closed_and_every_page_of_it_chosen(visit):
    page = visit("?lang=en", size=PHONE)
    at_rest(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    close = page.get_by_test_id("stSidebarCollapseButton").locator("button")
    expect(close).to_be_visible()
    page.wait_for_timeout(800)
    assert "Collapse sidebar" in page.evaluate(HIT, centre(close)), "something lies over the button"
    links = page.get_by_test_id("stSidebarNavLink")
    expect(links).to_have_count(PAGES)
    for k in range(PAGES):
        assert "stSidebarNavLink" in page.evaluate(HIT, centre(links.nth(k))), f"page {k} is covered"
    close.click()
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(("locale", "least"), [("en-US", 7), ("zh-CN", 8)])
def test_on_a_tablet_the_navigation_shows_most_pages(visit, locale, least):
    page = visit(locale=locale, size=TABLET)
    at_rest(page)
    shown = [link for link in page.get_by_test_id("stTopNavLink").all() if link.is_visible()]
    assert len(shown) >= least
    assert page.locator("h1.brand").bounding_box()["y"] > 40, "the app's name stands below the navigation"


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_on_a_phone_cards_hold_their_words(visit, locale):
    page = visit(locale=locale, size=PHONE)
    for card in page.locator(".card").all():
        box = card.bounding_box()
        for part in card.locator("span, div").all():
            inner = part.bounding_box()
            assert inner["x"] + inner["width"] <= box["x"] + box["width"] + 1


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
@pytest.mark.parametrize("width", [390, 1000, 1280])
def test_the_first_questions_stand_below_the_sentence_and_the_years_above_the_figures(visit, locale, width):
    page = visit(locale=locale, size=(width, 844))
    sentence, years, questions, cards = (
        page.locator(part).bounding_box() for part in (".told", ".top-row > .years", ".questions", ".cards")
    )
    for box in (sentence, years, questions):
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert questions["y"] >= sentence["y"] + sentence["height"]
    below = page.locator(".pins").bounding_box() if width == PHONE[0] else cards
    assert questions["y"] + questions["height"] <= below["y"]
    assert years["y"] + years["height"] <= cards["y"], "the years stand above the figures"
    expect(page.locator(".question")).to_have_count(7)


def test_an_upload_is_not_offered_as_a_link_and_a_link_to_one_explains_its_loss(visit):
    page = visit("?lang=en")
    page.locator(".st-key-share button").first.click()
    upload(page, "long.yaml", LONG)
    expect(page.locator(".summary")).to_contain_text("Long")
    at_rest(page)
    if not page.locator(".st-key-w_yaml").is_visible():
        page.locator(".st-key-share button").first.click()
    expect(page.get_by_text("A link cannot hold an uploaded scenario")).to_be_visible()
    expect(page.locator(".st-key-w_yaml")).to_be_visible()
    shown = page.locator("[data-testid=stPopoverBody] .stCode").all_inner_texts()
    assert not any("base=upload" in text for text in shown)
    other = visit("?lang=en&base=upload_long")
    expect(other.get_by_role("alert").filter(has_text="“long” is gone")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panels_of_a_lesson_follow_the_width_of_the_page(visit, language):
    page, t = visit(f"classroom?lang={language}", size=PHONE), Locale(language).translate
    at_rest(page)
    page.locator(".stMain [role=radiogroup] label").first.click()
    page.get_by_role("button", name=t("classroom.run")).click()
    chart = page.locator(".js-plotly-plot")
    for width, in_a_row in ((390, 1), (820, 1), (1280, 3), (390, 1)):
        page.set_viewport_size({"width": width, "height": 1180})
        page.wait_for_function(BESIDE, arg=in_a_row)
        at_rest(page)
        box = chart.bounding_box()
        assert box["x"] + box["width"] <= width


BESIDE = """count => {
  const { layout } = document.querySelector('.js-plotly-plot') ?? {};
  const starts = Object.keys(layout ?? {}).filter((key) => key.startsWith('xaxis')).map((key) => layout[key].domain[0]);
  return new Set(starts).size === count;
}"""
"""Whether so many panels of the chart stand in a row."""


MISPLACED = """() => {
  const inLegend = (part) => part.__clipPaths?.length > 0; // which is turned over on narrow screens
  return globalThis.hebei2025Explore.page.plots.filter((plot) => plot.chart()).flatMap((plot) => {
    const boxes = plot.chart().getZr().storage.getDisplayList(true)
      .filter((part) => part.style?.text?.trim?.() && !part.invisible && !part.ignore && !inLegend(part))
      .map((part) => {
        const box = part.getBoundingRect().clone();
        if (part.transform) box.applyTransform(part.transform);
        const [right, bottom] = [box.x + box.width - 1, box.y + box.height - 2];
        return { text: part.style.text, left: box.x, right, top: box.y + 2, bottom };
      });
    const cut = boxes.filter(({ left, right }) => left < -1 || right > plot.chart().getWidth());
    return [...cut.map(({ text }) => `${text} cut`), ...boxes.flatMap((one, place) => boxes.slice(place + 1)
      .filter((two) => one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom)
      .map((two) => `${one.text} and ${two.text}`))];
  });
}"""
"""Words in the charts that go over its edge, and pairs that lie over each other, but for the blank around letters."""


@pytest.mark.parametrize("size", [PHONE, (1280, 720)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_charts_are_whole_and_do_not_lie_over_others(visit, language, size):
    page = visit(f"?lang={language}", size=size)
    choices = page.locator(".chart-head select").first
    charts = choices.evaluate("list => [...list.options].map((option) => option.value)")
    assert len(charts) > 20
    for chart in charts:
        choices.select_option(chart)
        page.wait_for_function(READY)
        assert page.evaluate(MISPLACED) == [], chart
