"""The page "Did the plan work?", without a browser, and the numbers behind it."""

import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from calibration.differences import difference_table, scenario_draws
from calibration.posterior import WINDOWS, load
from model.inputs import END, START
from model.scenario import BASELINE, shipped_scenarios
from model.targets import modelled_targets, targets
from views.language import LANGUAGES, Locale
from views.pages.document import clause_table
from views.pages.plan import cards
from views.pages.why import variables
from views.results import plan_draws, plan_goals, plan_movers
from views.results.moves import held
from views.results.plan_draws import ACTUAL, FULL, RUNS, WITHOUT
from views.results.plan_sentences import PENDING, UNQUANTIFIED, effect, sentences
from views.results.plan_tables import goal_file

from .support import html, opened

EN = Locale("en")
OWN, OTHERS = "document", "hebei_plan"


@pytest.fixture(scope="module")
def findings():
    return plan_goals.findings(plan_draws.plan_draws())


def by_id(findings, goal):
    return next(finding for finding in findings if finding.target.id == goal)


def test_the_goals_of_the_document_come_first_and_all_that_can_be_judged_are_there(findings):
    scopes = [finding.target.scope for finding in findings]
    assert scopes == sorted(scopes, key=[OWN, OTHERS, "national"].index) and scopes[0] == OWN
    assert {f.target.id for f in findings} == {t.id for t in modelled_targets() if t.year <= END}
    assert all(np.isfinite([f.actual, f.without, f.full]).all() and effect(f) != PENDING for f in findings)


def test_differences_are_those_of_the_command_line(findings):
    posterior = load(WINDOWS[-1])
    drawn = [
        scenario_draws(posterior, shipped_scenarios()[name], END, ("steelmaking_capacity",))
        for name in (BASELINE, "no_document")
    ]
    table = difference_table(*drawn, ("steelmaking_capacity",)).set_index("year")
    made = by_id(findings, "steel_capacity_2020").made
    assert (made.low, made.middle, made.high) == pytest.approx(tuple(table.loc[2020, ["p5", "p50", "p95"]]))


def test_figures_are_found_under_other_names_and_as_differences_of_shares(findings):
    closed, lead = by_id(findings, "steel_cut_2017").observed, by_id(findings, "equipment_first_2020").observed
    assert (closed.year, closed.value, closed.grade) == (2017, 69.93, "A")
    assert (lead.year, lead.value, lead.grade) == (2017, pytest.approx(27.0 - 24.8), "A")
    assert by_id(findings, "sei_share_2020").observed is None, "2011 is too far away"


def test_goals_whose_parameters_were_not_estimated_have_neither_interval_nor_chance(findings):
    assumed = by_id(findings, "design_tools_2020")
    assert effect(assumed) == UNQUANTIFIED
    rows = goal_file(findings, EN).set_index("Id")
    assert np.isnan(rows.loc["design_tools_2020", "Actual policies, chance of meeting the goal"])
    assert 0 < rows.loc["steel_capacity_2020", "Actual policies, chance of meeting the goal"] < 1


def test_the_file_has_numbers_units_grades_and_sources(findings):
    rows = goal_file(findings, EN).set_index("Id")
    steel = rows.loc["steel_capacity_2020"]
    assert steel["Goal"] == 200 and steel["Unit"] == "Mt" and steel["Grade"] == "A" and steel["Source"]
    assert steel["Observed"] == 213 and steel["Observed, year"] == 2019 and steel["Observed, source"]
    assert steel["Actual less without"] == pytest.approx(steel["Actual policies"] - steel["Without the plan"])
    assert steel["In words"] == sentences(by_id(findings, "steel_capacity_2020"), EN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_and_each_goal_that_is_not_modelled_stand_once(language):
    groups = plan_goals.unmodelled(language)
    reasons = [group.reason for group in groups]
    assert len(set(reasons)) == len(reasons)
    land = [(t.id, years) for group in groups for t, years in group.goals if t.id.startswith("land_first_payment")]
    assert land == [("land_first_payment_2017", (2017, 2020, 2025))]
    assert sum(len(years) for group in groups for _, years in group.goals) == sum(
        bool(t.not_modelled) for t in targets()
    )


def test_every_goal_has_a_mechanism_and_a_clause():
    for target in modelled_targets():
        assert variables.chapter_of(target.indicator), target.id
        if target.scope != "national":
            assert clause_table.filtered(indicator=target.indicator), target.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_answers_with_a_verdict_and_a_card_for_every_goal_of_the_province(language, findings):
    app = opened("plan", lang=language)
    text = unescape(html(app))
    assert text.count('class="goal"') == sum(finding.target.scope in (OWN, OTHERS) for finding in findings)
    locale = Locale(language)
    for finding in findings:
        if finding.target.scope == OWN:
            assert sentences(finding, locale) in text
    assert 'class="verdict"' in text and locale.translate("plan.goals_document") in text
    assert locale.text(next(t for t in targets() if t.id == "land_first_payment_2017").not_modelled) in text


def test_the_goals_of_the_nation_are_folded_and_can_be_opened():
    app = opened("plan", lang="en")
    folded = html(app).count('class="goal"')
    app.session_state["plan_national"] = True
    assert html(app.run()).count('class="goal"') == folded + sum(t.scope == "national" for t in modelled_targets())


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_goal_shows_three_runs_its_observations_and_both_bands(language):
    t = Locale(language).translate
    app = opened("plan", lang=language, **{"plan.section": "detail", "plan.goal": "steel_capacity_2020"})
    assert html(app).count('class="goal"') == 1
    chart = app.get("plotly_chart")[0].proto
    drawn = {line["name"]: line for line in json.loads(chart.spec)["data"] if "name" in line}
    names = [t(f"plan.run_{run}") for run in RUNS] + [t(f"plan.{key}") for key in ("made", "left", "observed_legend")]
    assert {*names, t("document.goal")} <= set(drawn)
    assert drawn[t("plan.observed_legend")]["x"] == [2011, 2019, 2021]
    assert drawn[t("plan.observed_legend")]["text"] == ["A", "A", "B"]


def test_a_goal_without_estimated_parameters_has_no_band():
    app = opened("plan", lang="en", **{"plan.section": "detail", "plan.goal": "design_tools_2020"})
    names = {line.get("name") for line in json.loads(app.get("plotly_chart")[0].proto.spec)["data"]}
    assert "Without the plan" in names and "Actual less without" not in names


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_moved_a_result_adds_up_in_the_unit_that_is_shown(language):
    asked = {"plan.section": "movers", "plan.result": "crude_steel_output", "plan.until": "2025"}
    app = opened("plan", lang=language, **asked)
    bars = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]
    values, starts = (np.array(bars[key]) for key in ("x", "base"))
    shown = plan_movers.movers("crude_steel_output", 2025, Locale(language))
    assert values.sum() == pytest.approx(2 * shown.whole), "the last bar is the sum of all others"
    assert (starts + values)[-2] == pytest.approx(shown.whole) and starts[-1] == 0
    assert Locale(language).translate("plan.movers_method") in unescape(html(app))


def opened_link(link):
    """The page behind a link of a card."""
    parts = urlsplit(unescape(link))
    return opened(parts.path, **dict(parse_qsl(parts.query)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_mechanism_clauses_and_evidence_and_keep_language_and_settings(language):
    app = opened("plan", lang=language, set="output_cap:-5")
    card = next(c for c in html(app).split("<article") if "steelmaking_capacity" in c)
    found = dict(re.findall(r'href="((?:plan|why|document|evidence)\?[^"]*)"[^>]*>([^<]*)<', card))
    by_word = {word: link for link, word in found.items()}
    t = Locale(language).translate
    pages = {
        name: opened_link(by_word[t(f"plan.link_{name}")]) for name in ("mechanism", "clauses", "evidence", "curves")
    }
    for page in pages.values():
        assert page.session_state["language"] == language
        assert dict(page.session_state["settings"].moved) == {"output_cap": held(-5.0)}
    assert pages["mechanism"].selectbox(key="w_why_variable").value == "steelmaking_capacity"
    assert list(pages["clauses"].dataframe[0].value[t("document.clause")]) == ["1.3.2.f"]
    assert pages["evidence"].selectbox(key="w_evidence_series").value == "steelmaking_capacity"
    assert pages["curves"].selectbox(key="w_plan_goal").value == "steel_capacity_2017"


def test_a_goal_without_a_series_says_so_instead_of_a_link(findings):
    text = cards.goals_html([by_id(findings, "design_tools_2020")], {}, EN)
    assert EN.translate("plan.no_series") in text and "evidence?" not in text


def test_texts_of_goals_are_escaped(findings):
    from dataclasses import replace

    one = by_id(findings, "sei_share_2020")
    hostile = replace(one, target=replace(one.target, en="<img src=x>"))
    assert "<img" not in cards.goals_html([hostile], {}, EN)


def test_the_draws_cover_the_years_of_a_run():
    draws = plan_draws.plan_draws()
    assert all(paths.shape == (500, END - START + 1) for run in draws.paths.values() for paths in run.values())
    assert set(draws.reached) == {ACTUAL, WITHOUT, FULL} and plan_draws.cached_plan_draws() is draws
