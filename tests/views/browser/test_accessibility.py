"""Every page for people who read by ear, by keyboard, with weak eyes, or on a small screen; in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from views.language import LANGUAGES, TAGS, Locale
from views.shell.frame import PAGES

from .audited import DESK, visit
from .support import CHART, at_rest, expect

TABLET = {"width": 820, "height": 1180}
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SETTLE = 400
"""Milliseconds in which a page follows a change of the window."""
MOST_LOOKS = 20
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}
CONTROLS = {
    "button",
    "slider",
    "combobox",
    "textbox",
    "checkbox",
    "switch",
    "radio",
    "link",
    "tab",
    "spinbutton",
    "searchbox",
}


def nameless(tab):
    """Controls that a screen reader can only call by their kind."""
    nodes = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    kinds = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]
    found = [kind for kind, name in kinds if kind in CONTROLS]
    assert len(found) > len(PAGES)
    return [kind for kind, name in kinds if kind in CONTROLS and not name.strip()]


def left(tab, audit):
    """What an audit still finds when the page has followed a change of the window, which takes tables a while."""
    for _ in range(MOST_LOOKS):
        found = tab.evaluate(f"audit.{audit}()")
        if not found:
            break
        tab.wait_for_timeout(SETTLE)
    return found


def nothing_beside_the_window(tab, size):
    """Nothing is wider than the window, cut by it, or covered."""
    for audit in ("overflow", "cut", "covered"):
        assert left(tab, audit) == [], f"{audit} at {size['width']} px"


def resize(tab, size):
    """Change the window, and wait until the page has followed; charts may be set anew for it."""
    tab.set_viewport_size(size)
    tab.wait_for_timeout(SETTLE)
    at_rest(tab)


def serious(tab, within=None, options=ONLY_VIOLATIONS):
    """What axe finds that shuts people out, on the whole page or within an element: the rules, each with the first
    elements."""
    found = Axe().run(tab, context=within, options=options).response["violations"]
    shutting_out = [each for each in found if each["impact"] in ("serious", "critical")]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in shutting_out]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_heard_and_read(tab, address, page, language):
    visit(tab, address, page, language)
    t = Locale(language).translate
    expect(tab.locator("html")).to_have_attribute("lang", TAGS[language])
    expect(tab).to_have_title(f"{t(f'page.{page}')} · {t('app.title')}")
    levels = tab.evaluate("audit.headings()")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later <= before + 1 for before, later in zip(levels, levels[1:], strict=False)), levels
    assert nameless(tab) == []
    assert tab.evaluate("audit.lowContrast()") == []
    nothing_beside_the_window(tab, DESK)
    for size in (TABLET, PHONE, WIDE):
        resize(tab, size)
        nothing_beside_the_window(tab, size)
        assert serious(tab) == [], f"{size['width']} px"


def test_charts_of_explore_say_their_values(tab, address):
    visit(tab, address, "explore", "en")
    labels = tab.locator(CHART).evaluate_all("all => all.map(e => e.ariaLabel)")
    assert len(labels) == len([label for label in labels if "2020" in label]) == 2
