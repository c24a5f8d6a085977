"""Settings in the app: sliders, the panel of levers, links and files."""

from types import MappingProxyType

import numpy as np
import pytest

from model.engine import Text
from model.inputs import END, START, levers
from model.scenario import load_scenario, parse_scenario, shipped_scenarios
from views.language import LANGUAGES, Locale
from views.panel.texts import panel_texts
from views.results import simulation
from views.results.catalogue import LEAD
from views.results.settings import Settings, from_link, scenario_of, to_link, to_yaml
from views.results.sliders import GROUPS, slots, with_slots

from .support import run

# --- Sliders -------------------------------------------------------------------------------------


def test_closure_and_transfer_have_a_slider_for_each_sector_and_other_levers_have_one():
    assert [s for s in slots() if s.startswith("capacity_closure")] == [
        f"capacity_closure.{s}" for s in ("steel", "cement", "glass")
    ]
    assert {slot.lever.id for slot in slots().values()} == set(levers())
    assert len(slots()) == len(levers()) + 2 * sum(lever.spread == "own" for lever in levers().values())


def test_a_slider_stands_at_the_mean_of_what_happened():
    slot = slots()["capacity_closure.steel"]
    happened = [16.24, 25.55, 12.3, 14.03, 14.01, 0, 0, 0, 0, 0]
    assert slot.mean("baseline") == round(np.mean(happened))


def test_moving_one_sector_leaves_the_others_on_their_path():
    values = with_slots({}, {"capacity_closure.steel": 30.0})
    assert values == {"capacity_closure": {"steel": 30.0, "cement": "baseline", "glass": "baseline"}}


def test_a_moved_slider_is_the_scenario_with_that_constant():
    moved = MappingProxyType({"capacity_closure.steel": 30.0, "technical_renovation_investment": 20000.0})
    scenario = scenario_of(Settings(moved=moved), shipped_scenarios())
    direct = simulation.runner(END).run(scenario, {})
    assert np.allclose(run(**moved).series("crude_steel_output"), direct.series("crude_steel_output"), rtol=1e-12)


def test_levers_act_from_2016_on_only(ghost):
    changed = run(capacity_discipline=0.0, energy_efficiency=500.0)
    before = slice(0, 2016 - START)
    for indicator in ("crude_steel_output", LEAD, "co2_emissions_industry"):
        assert np.array_equal(changed.series(indicator)[before], ghost.series(indicator)[before])
        assert changed.at(2020, indicator) != pytest.approx(ghost.at(2020, indicator), rel=1e-4)


# --- The lever panel -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_holds_every_lever_once_in_its_group(language):
    panel = panel_texts(Locale(language))
    assert [group["id"] for group in panel["groups"]] == list(GROUPS)
    shown = {entry["id"]: group["id"] for group in panel["groups"] for entry in group["levers"]}
    assert shown == {lever.id: lever.group for lever in levers().values()}
    assert [s["id"] for g in panel["groups"] for e in g["levers"] for s in e["slots"]] == list(slots())


def test_the_search_of_the_panel_knows_both_languages_and_the_id():
    found = {e["id"]: e["search"] for g in panel_texts(Locale("en"))["groups"] for e in g["levers"]}
    for lever in levers().values():
        assert all(word.lower() in found[lever.id] for word in (lever.id, lever.zh, lever.en))
    assert "平板玻璃" in found["capacity_closure"]


# --- Links and files -----------------------------------------------------------------------------

SOME = Settings("no_document", {"output_cap": 200.0, "capacity_closure.glass": 5.0}, 2030, 2025, ("co2", "cost"))


@pytest.mark.parametrize("settings", [Settings(), SOME])
def test_a_link_restores_the_settings(settings):
    assert from_link(to_link(settings, "zh")) == (settings, [])


def test_a_link_carries_numbers_and_ids_only():
    link = to_link(SOME, "zh")
    assert link["v"] == "1" and link["lang"] == "zh"
    assert all(text.isascii() for text in link.values())


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ({"v": "99", "set": "output_cap:200"}, ["v=99"]),
        ({"base": "nowhere"}, ["base=nowhere"]),
        (
            {"set": "output_cap:99999,unknown:1,output_cap:nan,energy_efficiency"},
            ["output_cap:99999", "unknown:1", "output_cap:nan", "energy_efficiency"],
        ),
        ({"until": "1999"}, ["until=1999"]),
        ({"year": "2031"}, ["year=2031"]),
        ({"charts": "shares"}, ["charts=shares"]),
        ({"charts": "<script>,co2"}, ["charts=<script>,co2"]),
    ],
)
def test_what_a_link_has_wrong_is_named_and_left_out(query, refused):
    assert from_link(query) == (Settings(), refused)


@pytest.mark.parametrize("settings", [Settings(), SOME, Settings(moved={"smart_manufacturing": 150.0})])
def test_a_downloaded_scenario_runs_to_the_same_result(settings, tmp_path):
    scenarios = shipped_scenarios()
    text = to_yaml(settings, scenarios, Text("甲", "a"), Text("乙", "b"))
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    again = simulation.runner(settings.until).run(load_scenario(file), {})
    direct = simulation.runner(settings.until).run(scenarios[settings.base], settings.moved)
    assert np.allclose(again.series("crude_steel_output"), direct.series("crude_steel_output"), rtol=1e-12)


def test_an_uploaded_scenario_is_written_out_whole():
    text = (
        "title: mine\nlevers: {energy_efficiency: 300}\ndrivers: {national_steel_demand: {multiply: 0.9, from: 2019}}\n"
    )
    mine = parse_scenario(text, "mine")
    made = to_yaml(
        Settings("upload_mine", {"output_cap": 200.0}),
        {"upload_mine": mine},
        Text("甲", "a"),
        Text("乙", "b"),
    )
    assert "extends" not in made
    back = parse_scenario(made, "back")
    assert back.levers == {"energy_efficiency": 300, "output_cap": 200.0}
    assert back.drivers == mine.drivers
