"""Links of the first edition open as before; what they hold that is no more is named to the visitor."""

import pytest

from model.inputs import levers
from model.scenario import shipped_scenarios
from tests.views.app.support import SECTIONS, html, opened
from views.language import LANGUAGES, Locale
from views.results.links import from_link
from views.results.moves import held
from views.results.settings import DEFAULT_CHARTS, END, TARGET_YEAR
from views.shell.page_links import from_query_value

from .stored import GONE_LOOPS, GONE_VARIABLES, RANGES, links, pages

READ_BY_THE_SHELL = {"lang", "lesson"}


def moved_in(query):
    """The sliders that a link moves: id and value."""
    parts = (part.partition(":") for part in query.get("set", "").split(",") if part)
    return {slot: float(value) for slot, _, value in parts}


def within(slot, value):
    """Whether a slider can stand at a value, by the ranges that the upgrade notes give."""
    low, high = RANGES.get(slot.partition(".")[0], (float("-inf"), float("inf")))
    return low <= value <= high


def test_the_ranges_that_changed_are_those_of_the_levers():
    assert {name: (levers()[name].min, levers()[name].max) for name in RANGES} == RANGES


@pytest.mark.parametrize("page", pages())
def test_settings_are_those_of_the_link(page):
    stored = links(page)
    assert stored
    for query in stored:
        settings, refused = from_link(query)
        known = query.get("base", "as_happened") in shipped_scenarios()
        moved = moved_in(query)
        expected = {slot: held(value) for slot, value in moved.items() if within(slot, value)}
        assert dict(settings.moved) == expected
        outside = [f"{slot}:{value:g}" for slot, value in moved.items() if not within(slot, value)]
        assert refused == ([] if known else [f"base={query['base']}"]) + outside
        assert settings.base == (query.get("base", "as_happened") if known else "as_happened")
        assert settings.until == int(query.get("until", END))
        assert settings.year == int(query.get("year", TARGET_YEAR))
        assert list(settings.charts) == query.get("charts", ",".join(DEFAULT_CHARTS)).split(",")


def test_every_lever_still_moves_over_most_of_its_old_range():
    refused = {part for query in links("explore") for part in from_link(query)[1]}
    kept = {slot for query in links("explore") for slot in from_link(query)[0].moved}
    assert {part.partition(":")[0].partition(".")[0] for part in refused} <= {*RANGES, "base=upload_mine"}
    assert {slot.partition(".")[0] for slot in kept} == set(levers()) - {"output_cap"}


@pytest.fixture(scope="module")
def choices():
    """The choices that links of a page may hold today, of all its views: default and allowed values by name."""

    def of(page):
        part, sections = SECTIONS.get(page, ("", [""]))
        found = {}
        for section in sections:
            app = opened(None if page == "explore" else page, lang="en", **({part: section} if part else {}))
            found |= {part: choice for part, *choice in app.session_state["linked"].values()}
        return found

    return of


@pytest.mark.parametrize("page", pages())
def test_choices_on_pages_are_those_of_the_link(page, choices):
    today = choices(page)
    asked = {(key, value) for query in links(page) for key, value in query.items() if key.startswith(f"{page}.")}
    refused = {(key, value) for key, value in asked if key in today and from_query_value(value, *today[key]) is None}
    read_otherwise = {key for key, _ in asked} - set(today)
    if page == "why":
        assert refused == {("why.loop", loop) for loop in GONE_LOOPS} | {("why.variable", "upgrade_index")}
        assert "upgrade_index" in GONE_VARIABLES
        assert read_otherwise == {"why.chapter", "why.around"}
    else:
        assert refused == set()
        assert read_otherwise == ({"classroom.lesson"} if page == "classroom" else set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_reads_what_of_an_old_link_is_no_more(language):
    app = opened(lang=language, base="upload_mine", set="output_cap:200,talent:30")
    shown, locale = html(app), Locale(language)
    assert locale.translate("share.lost", name="mine") in shown
    assert locale.translate("explore.link_refused", parts="output_cap:200") in shown
    assert dict(app.session_state["settings"].moved) == {"talent": held(30.0)}


def test_a_chapter_opens_as_it_was():
    chapters = {query["why.chapter"] for query in links("why") if "why.chapter" in query}
    assert len(chapters) == 23
    app = opened("why", lang="en", **{"why.chapter": "energy"})
    assert app.selectbox(key="w_why_chapter").value == "energy"
    assert app.button_group(key="w_why_scope").value == "chapter"
    app.selectbox(key="w_why_chapter").set_value("labour").run()
    assert app.selectbox(key="w_why_chapter").value == "labour", "the link is read once"
    app = opened("why", lang="en", **{"why.chapter": "capacity", "why.variable": "book_capacity", "why.around": "1"})
    assert app.selectbox(key="w_why_variable").value == "book_capacity"
    assert app.button_group(key="w_why_scope").value == "near"


def test_every_chapter_of_a_link_is_one_today():
    from analysis.structure import chapters

    assert {query["why.chapter"] for query in links("why") if "why.chapter" in query} <= set(chapters())


def test_a_chapter_that_is_none_is_named():
    app = opened("why", lang="en", **{"why.chapter": "weather"})
    assert "why.chapter=weather" in html(app)
    assert app.selectbox(key="w_why_chapter").value == "capacity"


@pytest.mark.parametrize("query", links("classroom"), ids=lambda query: "-".join(query.values()))
def test_lessons_open_by_their_names(query):
    from views.pages.classroom.lessons import lessons

    asked = query.get("lesson", query.get("classroom.lesson"))
    assert asked in {*lessons(), "game"}
    app = opened("classroom", **query)
    assert app.radio(key="w_classroom_lesson").value == asked
