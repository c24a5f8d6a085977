"""Every page for people without a mouse: everything is reached, and shows that it is."""

import pytest

from views.shell.frame import PAGES

from .audited import visit

MOST_STEPS = 200


@pytest.mark.parametrize("page", PAGES)
def test_everything_is_reached_by_keyboard_and_shows_that_it_is(tab, address, page):
    visit(tab, address, page, "en")
    for _ in range(MOST_STEPS):
        tab.keyboard.press("Tab")
        if not tab.evaluate("audit.step()"):
            break
    else:
        pytest.fail(f"the walk did not come round in {MOST_STEPS} steps")
    assert tab.evaluate("audit.unreached()") == []
    assert tab.evaluate("audit.withoutVisibleFocus()") == []
    assert tab.evaluate("audit.reached()") > len(PAGES)
