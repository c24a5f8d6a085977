"""The file on a phone: the chart stays in sight above the levers, and fingers move them."""

import pytest

from tests.views.browser.support import READY, told
from tests.views.browser.test_phone import LEVER, in_sight, on_track, swipe
from views.language import LANGUAGES, TAGS

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finger_moves_a_lever_below_the_chart(browser, file, language):
    context = browser.new_context(viewport=PHONE, locale=TAGS[language], has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{file.as_uri()}#lang={language}&charts=steel_capacity,steel_output")
    page.wait_for_function(READY)
    slider = page.locator(f"[id='lever-{LEVER}']")
    slider.evaluate("e => e.scrollIntoView({ block: 'end' })")
    page.wait_for_timeout(300)
    assert in_sight(page, page.locator(".pinned .canvas")) and in_sight(page, slider)
    before, start = told(page), on_track(page, 0.2)
    swipe(page, start, (start[0] + 90, start[1] + 4))
    page.wait_for_function(READY)
    assert float(slider.input_value()) > 1
    assert told(page) != before
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    context.close()
