"""The Why page: a variable with its neighbours, every variable described, runs without a loop, and explanations."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from html import escape, unescape

import numpy as np
import pytest

from analysis.diagram import name_of
from analysis.difference import explain_difference, largest_changes
from analysis.dominance import INDICATORS
from analysis.explanation import explain
from analysis.knockouts import knockouts
from analysis.structure import chapter_of, variables_of
from model.axes import BRANCH_LABELS
from model.definitions import chapter_summary, definition
from model.scenario import BASELINE, shipped_scenarios
from model.system import system
from views.language import LANGUAGES, Locale
from views.pages.why import opening, variables
from views.results.cache import ResultCache, scenario_key
from views.results.explanations import difference_sentences, largest_changes_sentence, loop_name, period_sentences
from views.results.settings import scenario_of

from .support import html, opened


def test_every_variable_is_described_in_both_languages():
    for name, variable in system().variables.items():
        if variable.generated:
            continue
        for language in LANGUAGES:
            one = variables.describe(name, Locale(language))
            assert one.title and one.definition and one.equation
        assert chapter_of(name) == variable.chapter and variables.has_chapter(name)
    for other in ("smart_manufacturing", "<script>", None, 3):
        assert not variables.has_chapter(other)


def test_a_loop_is_shown_with_and_without():
    t = Locale("en").translate
    rows = variables.paths_without_loop("B-price", Locale("en"))
    wide = rows.pivot(index="year", columns="line", values="value")
    assert set(wide.columns) == {t("why.with_loop"), t("why.without_loop")}
    assert np.abs(wide[t("why.with_loop")] - wide[t("why.without_loop")]).max() > 0.1


def drawn(app, key="why_diagram"):
    """What the browser is given to draw."""
    return next(json.loads(part.proto.json) for part in app.get("bidi_component") if part.key == key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_variable_with_its_neighbours_is_drawn_and_more_of_them_on_request(language):
    app = opened("why", lang=language, **{"why.variable": "steel_output"})
    near = drawn(app)
    labels = {node["id"]: node["label"] for node in near["nodes"]}
    assert near["selected"] == "steel_output" and labels["steel_cap"] == name_of("steel_cap", language)
    assert {"from": "runnable_steel_capacity", "to": "steel_output", "sign": 1, "flow": False} in near["links"]
    assert near["legend"][0][1] == Locale(language).translate("diagram.stock")
    app.button_group(key="w_why_scope").set_value("far").run()
    assert len(drawn(app)["links"]) > len(near["links"])
    app.button_group(key="w_why_scope").set_value("chapter").run()
    members = {v.name for v in variables_of("steel_market") if not v.generated}
    assert {node["id"] for node in drawn(app)["nodes"] if not node["outside"]} == members
    assert not app.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_follows_causes_and_loops(language):
    app = opened("why", lang=language)
    app.selectbox(key="w_why_chapter").set_value(chapter_of("steel_output")).run()
    app.selectbox(key="w_why_variable").set_value("steel_output").run()
    assert "steel_output" in html(app) and app.get("plotly_chart") and not app.get("graphviz_chart")
    causes = [b for b in app.button if b.key and b.key.startswith("w_go_causes_")]
    goal = causes[0].key.removeprefix("w_go_causes_")
    causes[0].click().run()
    assert app.selectbox(key="w_why_variable").value == goal
    assert app.selectbox(key="w_why_chapter").value == chapter_of(goal)
    app.button_group(key="w_why_view").set_value("loops").run()
    shown = app.radio(key="w_why_loop").value
    assert knockouts()[shown].behaviour[language] in html(app)
    assert not app.exception


@pytest.mark.parametrize("name", ["why.variable", "variable"])
def test_a_link_opens_a_variable_and_words_that_are_none_are_passed_over(name):
    app = opened("why", lang="en", **{name: "steel_cap"})
    assert app.selectbox(key="w_why_variable").value == "steel_cap"
    app = opened("why", lang="en", **{name: "<b>nothing</b>"})
    assert app.selectbox(key="w_why_variable").value == opening.first_variable(opening.FIRST_CHAPTER)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_indicator_is_explained_for_the_present_settings(language):
    view = {"why.view": "movers", "why.indicator": "crude_steel_output"}
    app, locale = opened("why", lang=language, **view), Locale(language)
    periods = explain(shipped_scenarios()[BASELINE], "crude_steel_output")
    told = html(app)
    for period in periods:
        for sentence in period_sentences(period, "crude_steel_output", locale):
            assert escape(sentence) in told
    moved = opened("why", lang=language, set="output_cap:-5", **view)
    assert not moved.exception and html(moved) != told
    chosen = app.button_group(key="w_why_period_crude_steel_output")
    assert chosen.value == "2010–2015", "the period with the largest change"
    chosen.set_value("2015–2020").run()
    assert loop_name("R-upgrading", locale) in unescape(html(app)) and not app.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_present_settings_do_is_explained(language):
    locale, view = Locale(language), {"why.view": "differences", "why.indicator": "crude_steel_output"}
    assert locale.translate("why.nothing_moved") in html(opened("why", lang=language, **view))
    app = opened("why", lang=language, set="capacity_discipline:1,circular_economy:100", **view)
    found = present_difference(app)
    for sentence in difference_sentences(found, locale):
        assert escape(sentence) in html(app)
    (cause,) = (box for box in app.selectbox if box.label == locale.translate("why.cause"))
    assert cause.value == found.causes[0].input == "circular_economy"
    chain = [node["id"] for node in drawn(app, "why_difference")["nodes"]]
    assert chain[0] == "circular_economy" and chain[-1] == "crude_steel_output" and len(chain) > 4
    cause.set_value("capacity_discipline").run()
    assert drawn(app, "why_difference")["nodes"][0]["id"] == "capacity_discipline" and not app.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_indicator_that_the_settings_change_most_is_explained_first(language):
    locale, moved = Locale(language), "technical_renovation_investment.equipment:x1.5"
    app = opened("why", lang=language, set=moved, year="2025", **{"why.view": "differences"})
    indicator = app.session_state["why_indicator"]
    assert indicator == "equipment_minus_steel_share"
    scenario = scenario_of(app.session_state["settings"], shipped_scenarios())
    changes = largest_changes(scenario, shipped_scenarios()[BASELINE], INDICATORS, 2025)
    assert next(iter(changes)) == indicator and "crude_steel_output" not in changes
    assert escape(largest_changes_sentence(changes, 2025, locale)) in html(app)
    assert locale.text(BRANCH_LABELS["equipment"]).lower() in html(app).lower(), "the sector that is moved"


def test_a_cause_is_labelled_with_what_it_does_in_the_chosen_year():
    app = opened("why", lang="en", set="technical_renovation_investment.equipment:x1.5", **{"why.view": "differences"})
    found = []
    for year in (2020, 2025):
        app.selectbox(key="w_why_year").set_value(year).run()
        (cause,) = (box for box in app.selectbox if box.label == "Chain of causes from")
        found.append((cause.key, cause.options))
    assert found[0][0] != found[1][0] and found[0][1] != found[1][1]


def present_difference(app):
    """The difference of the settings of a session from actual policies."""
    settings = app.session_state["settings"]
    actual = shipped_scenarios()[BASELINE]
    return explain_difference(scenario_of(settings, shipped_scenarios()), actual, "crude_steel_output", settings.year)


def test_many_people_at_once_each_get_their_own_run(monkeypatch):
    def slow(scenario, _):
        time.sleep(0.02)
        return {"until": scenario.until}

    monkeypatch.setattr(variables, "simulate", slow)
    monkeypatch.setattr(variables, "_runs", ResultCache(variables.MOST))
    several = [shipped_scenarios()[BASELINE].model_copy(update={"until": year}) for year in range(2012, 2030)]
    with ThreadPoolExecutor(len(several)) as people:
        got = list(people.map(variables._run, several))
    assert [each["until"] for each in got] == [scenario.until for scenario in several]
    known = [variables._runs.cached(scenario_key(scenario)) for scenario in several]
    assert sum(each is not None for each in known) == variables.MOST


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_summary_and_definition_in_its_language(language):
    app = opened("why", lang=language, variable="book_capacity")
    other = next(x for x in LANGUAGES if x != language)
    book = system().variables["book_capacity"]
    for text in (chapter_summary("capacity", language), definition(book, language)):
        assert text in html(app)
    assert definition(book, other) not in html(app)
