"""The searches of the Trade-offs page: the frontier and the cheapest mix, in tables, sentences and sliders."""

import json

import numpy as np
import pytest

from analysis.optimisation.finding import find
from analysis.optimisation.lever_space import LeverSpace
from analysis.optimisation.question import read_wanted
from model import simulate
from model.inputs import END, levers
from model.scenario import AS_HAPPENED, shipped_scenarios
from model.scenario.lever_paths import lever_array
from model.scenario.lever_values import YEARS
from views.language import LANGUAGES, Locale
from views.results import mix_searches, mix_tables, mixes
from views.results.links import from_link, to_link
from views.results.mix_settings import settings_with
from views.results.moves import Move
from views.results.settings import Settings, scenario_of

from .support import html, opened

FREE = (
    "quality_and_brand",
    "coordination",
    "approval_reform",
    "technical_renovation_investment",
    "output_cap",
    "capacity_closure",
)
"""Levers that searches may move, few so that tests are short."""
HELD = ",".join(name for name in levers() if name not in FREE)
BASES = ("no_document", "as_happened", "high_ambition", "closure_without_discipline")


def table(scenario, name):
    return lever_array(levers()[name], scenario.levers.get(name, AS_HAPPENED), YEARS)


@pytest.mark.parametrize("base", BASES)
def test_the_sliders_and_a_link_give_the_paths_of_a_mix(base):
    start = Settings(base=base)
    space = LeverSpace(shipped_scenarios()[base])
    points = space.random(6, np.random.default_rng(5))
    for k in range(len(points)):
        mix = space.base.model_copy(update={"levers": space.scenario_levers(points[k : k + 1])})
        settings = settings_with(start, space.base, mix)
        linked, refused = from_link(to_link(settings, "en"))
        assert not refused and linked == settings
        loaded = scenario_of(settings, shipped_scenarios())
        for name in levers():
            wanted = table(mix, name)
            assert table(loaded, name) == pytest.approx(wanted, rel=6e-6, abs=1e-9), name


def test_the_sliders_of_a_mix_replace_those_of_the_present_settings():
    start = Settings(moved={"talent": Move(hold=6.0), "finance_support": Move(factor=1.5)})
    base = scenario_of(start, shipped_scenarios())
    space = LeverSpace(base, ["talent"])
    mix = base.model_copy(update={"levers": space.scenario_levers(space.point(2.0))})
    settings = settings_with(start, base, mix)
    assert settings.moved["finance_support"] == Move(factor=1.5)
    assert settings.moved["talent"] != Move(hold=6.0)
    assert table(scenario_of(settings, shipped_scenarios()), "talent") == pytest.approx(table(mix, "talent"))


def searched(language, **query):
    """The page after a search that was asked for: its app and how texts are written."""
    app = opened("tradeoffs", lang=language, **{"tradeoffs.view": "find", "tradeoffs.held": HELD}, **query)
    app.button(key="w_find").click().run()
    assert not app.exception
    return app, Locale(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cheapest_mix_is_told_shown_and_loaded(language):
    query = {"tradeoffs.scope": "own", "tradeoffs.hard": "brand_products_2020,sei_share_2020"}
    app, locale = searched(language, **query)
    wanted = read_wanted(["brand_products_2020", "sei_share_2020"])
    found = find(shipped_scenarios()["no_document"], wanted, levers=FREE)
    cost, extra = found.answer.cost, found.answer.cost - found.base_cost
    told = html(app)
    assert locale.translate("find.keeps_all", all=2) in told
    for amount in (cost, extra):
        assert mix_tables.money_text(amount, locale) in told
    score, measures, effects = (app.dataframe[k].value for k in range(3))
    assert list(score[locale.translate("find.kept")]) == [locale.translate("status.met")] * 2
    assert locale.translate("uncertainty.probability") in score
    shown = measures[measures[locale.translate("find.strength")] > 0]
    assert set(shown[locale.translate("tradeoffs.lever")]) == {
        mixes.lever_name(name, locale) for name in found.answer.strengths
    }
    total = measures[measures.columns[-1]].sum()
    assert total == pytest.approx(mixes.money(locale).scaled(extra), abs=0.05 * len(levers()))
    assert len(effects) == len(mixes.OUTCOMES)
    run = simulate(found.answer.scenario, outputs=("crude_steel_output",))["crude_steel_output"].sel(year=END)
    name = mixes.outcome_name("crude_steel_output", locale)
    row = effects[effects[locale.translate("tradeoffs.outcome")] == name].iloc[0]
    unit = mixes.outcome_unit("crude_steel_output", locale)
    assert row[locale.translate("find.mix_value")] == unit.number(float(run))

    app.selectbox(key="w_tradeoffs_mix").set_value(1).run()
    other = app.dataframe[1].value
    assert not other.equals(measures)
    app.selectbox(key="w_tradeoffs_mix").set_value(0).run()
    app.button(key="w_load_find_4_0").click().run()
    settings = app.session_state["settings"]
    start = Settings(base="no_document")
    assert settings.moved == settings_with(start, shipped_scenarios()["no_document"], found.answer.scenario).moved
    assert not app.exception


def test_a_target_out_of_reach_is_named_in_a_sentence():
    query = {"tradeoffs.scope": "own", "tradeoffs.hard": "management_centres_2025"}
    app, locale = searched("en", **query)
    assert "is out of reach of all levers together: " in html(app)
    assert locale.translate("find.keeps", met=0, all=1) in html(app)
    measures = app.dataframe[1].value
    moved = measures[measures[locale.translate("find.strength")] > 0]
    assert set(moved.iloc[:, 0]) <= {mixes.lever_name(name, locale) for name in FREE}


def test_a_search_for_other_choices_waits_for_the_button():
    query = {"tradeoffs.scope": "own", "tradeoffs.hard": "brand_products_2020"}
    app, locale = searched("en", **query)
    assert len(app.dataframe)
    app.number_input(key="w_tradeoffs_budget").set_value(160.0).run()
    assert locale.translate("find.changed") in html(app) and not len(app.dataframe)
    app.button(key="w_find").click().run()
    assert locale.translate("find.keeps", met=0, all=1) in html(app)
    assert "The budget is what limits the answer" in html(app)
    assert app.session_state["tradeoffs_budget"] == 1600, "in 亿元, as in links"


def test_without_targets_or_levers_there_is_no_search():
    app = opened("tradeoffs", lang="en", **{"tradeoffs.view": "find", "tradeoffs.scope": "own"})
    app.multiselect(key="w_tradeoffs_hard").set_value([]).run()
    assert [each.value for each in app.info] == [Locale("en").translate("find.no_target")]
    app.selectbox(key="w_tradeoffs_scope").set_value("document").run()
    app.multiselect(key="w_tradeoffs_held").set_value(list(levers())).run()
    assert [each.value for each in app.info] == [Locale("en").translate("find.no_lever")]


def test_a_mix_is_kept_as_a_run_for_comparison():
    query = {"tradeoffs.scope": "own", "tradeoffs.hard": "brand_products_2020"}
    app, locale = searched("zh", **query)
    app.button(key="w_keep_find_4_0").click().run()
    assert locale.translate("search.kept") in html(app)
    (name, settings), *_ = app.session_state["kept_runs"].values()
    assert name.startswith("最省组合") and settings.base == "no_document" and settings.moved


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frontier_is_drawn_with_the_chosen_mix_and_named_runs(language):
    app, locale = opened("tradeoffs", lang=language), Locale(language)
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    names = [trace["name"] for trace in drawn]
    assert names[:4] == [locale.translate(f"front.{part}") for part in ("cloud", "front", "chosen")] + [
        locale.translate("tradeoffs.present")
    ]
    assert locale.text(shipped_scenarios()["document_implemented"].title) in names
    app.button(key="w_front_best_co2_emissions_industry").click().run()
    told = html(app)
    start = Settings(base="no_document")
    space = mix_searches.Space(start, scenario_of(start, shipped_scenarios()))
    found = mix_searches.frontier_job(space, ("public_cost", "co2_emissions_industry"), "quick").stages[-1]
    best = found.chosen()["best_co2_emissions_industry"]
    unit = mixes.outcome_unit("co2_emissions_industry", locale)
    assert unit.figure(unit.scaled(best.outcomes["co2_emissions_industry"])) in told
    assert app.slider[0].value == len(found.points), "the last on the way from cheap to dear"
    app.slider[0].set_value(1).run()
    unit = mixes.money(locale)
    cheapest = min(point.outcomes["public_cost"] for point in found.points)
    assert unit.figure(unit.scaled(cheapest)) in html(app)
    assert not app.exception


def test_a_third_outcome_colours_the_frontier():
    query = {"tradeoffs.third": "vai_above_scale_real", "tradeoffs.held": "output_cap", "tradeoffs.reach": "document"}
    app = opened("tradeoffs", lang="en", **query)
    front = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][1]
    assert "colorbar" in front["marker"] and front["mode"] == "markers"
    strengths = app.dataframe[0].value[Locale("en").translate("find.strength")]
    assert strengths.max() <= 1.0 + 1e-9
    assert not app.exception


def test_a_reserve_is_told_with_what_was_aimed_at():
    free = (*FREE, "capacity_discipline", "capacity_transfer_abroad")
    held = ",".join(name for name in levers() if name not in free or name == "output_cap")
    query = {"tradeoffs.scope": "own", "tradeoffs.hard": "equipment_first_2020", "tradeoffs.chance": "80"}
    app = opened("tradeoffs", lang="en", **{"tradeoffs.view": "find", "tradeoffs.held": held}, **query)
    app.button(key="w_find").click().run()
    locale, told = Locale("en"), html(app)
    assert "To hold in 80 % of the draws, targets were aimed at with a reserve: Equipment" in told
    assert locale.translate("find.keeps_all", all=1) in told
    score = app.dataframe[0].value
    assert list(score[locale.translate("document.goal")]) == ["≥ 0 %"], "the goal itself, without the reserve"
    chance = score[locale.translate("uncertainty.probability")].iloc[0]
    assert 79 <= int(chance.split()[0]) <= 85
    assert not app.exception


def test_a_mix_is_loaded_where_the_search_has_gone_on_since_its_button_was_pressed():
    """The button of an earlier stage is not drawn again; what it asked for is kept until the page has done it."""
    app = opened("tradeoffs", lang="en", **{"tradeoffs.view": "find"})
    wanted = Settings(base="no_document", moved={"talent": Move(hold=6.0)})
    app.session_state["tradeoffs_load"] = wanted
    app.run()
    assert app.session_state["settings"].moved == wanted.moved and app.session_state["settings"].base == "no_document"
    assert "tradeoffs_load" not in app.session_state and not app.exception
