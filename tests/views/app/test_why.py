"""The Why page: diagrams of every chapter, every variable described, and runs without a loop."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from analysis.diagram import chapter_diagram, loop_diagram
from analysis.knockouts import knockouts
from analysis.structure import chapters, variables_of
from model.definitions import chapter_summary, definition
from model.scenario import BASELINE, shipped_scenarios
from model.system import system
from views.language import LANGUAGES, Locale
from views.pages.why import variables
from views.results.cache import ResultCache, scenario_key

from .support import html, opened


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", chapters())
def test_a_diagram_shows_all_variables_of_its_chapter(chapter, language):
    dot = chapter_diagram(chapter, language)
    for variable in variables_of(chapter):
        assert variable.generated or f'"{variable.name}" [label=' in dot
    assert dot.count("{") == dot.count("}")


def test_links_have_their_sign_and_flows_are_thick():
    dot = chapter_diagram("capacity", "en")
    for flow in system().variables["active_capacity"].inflows:
        if f'"{flow}" -> "active_capacity"' in dot:
            line = next(x for x in dot.splitlines() if x.startswith(f'"{flow}" -> "active_capacity"'))
            assert "penwidth=2.4" in line
    around = chapter_diagram("output", "en", "steel_output")
    assert '"steel_output" [' in around and all("steel_output" in x for x in around.splitlines() if " -> " in x)
    loop = loop_diagram(("margin", "expected_margin", "idling"), "zh")
    assert loop.count("->") == 3 and '"idling" -> "margin"' in loop
    with pytest.raises(KeyError, match="no chapter"):
        chapter_diagram("nowhere", "en")


def test_every_variable_is_described_in_both_languages():
    for name, variable in system().variables.items():
        if variable.generated:
            continue
        for language in LANGUAGES:
            one = variables.describe(name, Locale(language))
            assert one.title and one.definition and one.equation
        assert variables.chapter_of(name) == variable.chapter
    assert variables.chapter_of("smart_manufacturing") is None and variables.chapter_of("<script>") is None


def test_a_loop_is_shown_with_and_without():
    t = Locale("en").translate
    rows = variables.paths_without_loop("B-price", Locale("en"))
    wide = rows.pivot(index="year", columns="line", values="value")
    assert set(wide.columns) == {t("why.with_loop"), t("why.without_loop")}
    assert np.abs(wide[t("why.with_loop")] - wide[t("why.without_loop")]).max() > 0.1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_follows_causes_and_loops(language):
    app, t = opened("why", lang=language), Locale(language).translate
    app.selectbox(key="w_why_chapter").set_value(variables.chapter_of("steel_output")).run()
    app.selectbox(key="w_why_variable").set_value("steel_output").run()
    assert "steel_output" in html(app) and app.get("graphviz_chart") and app.get("plotly_chart")
    causes = [b for b in app.button if b.key and b.key.startswith("w_go_causes_")]
    goal = causes[0].key.removeprefix("w_go_causes_")
    causes[0].click().run()
    assert app.selectbox(key="w_why_variable").value == goal
    assert app.selectbox(key="w_why_chapter").value == variables.chapter_of(goal)
    app.button_group(key="w_why_view").set_value("loops").run()
    shown = app.radio(key="w_why_loop").value
    assert knockouts()[shown].behaviour[language] in html(app)
    assert not app.exception and t("why.with_loop")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_leading_loops_of_an_indicator_are_told_for_the_present_settings(language):
    view = {"why.view": "movers", "why.indicator": "crude_steel_output"}
    app, t = opened("why", lang=language, **view), Locale(language).translate
    assert knockouts()["B-restart"].name[language] in html(app) and t("why.about_movers") in html(app)
    moved = opened("why", lang=language, set="output_cap:-5", **view)
    assert not moved.exception

    def drawn(app):
        return app.get("plotly_chart")[0].proto.spec

    assert drawn(moved) != drawn(app), "the effects are those of the present settings"


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
