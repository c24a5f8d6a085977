"""Settings in the app: sliders, the panel of levers, links and files."""

from types import MappingProxyType

import numpy as np
import pytest
import yaml

from model.engine import Text
from model.inputs import END, START, levers
from model.scenario import AS_HAPPENED, load_scenario, parse_scenario, plain_levers, shipped_scenarios
from views.component.lever_texts import lever_groups
from views.language import LANGUAGES, Locale
from views.results import scenario_groups, simulation
from views.results.catalogue import LEAD
from views.results.links import from_link, to_link
from views.results.moves import Move, held, scaled
from views.results.settings import Settings, scenario_of, to_yaml
from views.results.sliders import GROUPS, main_slots, slots, with_slots

from .support import run

# --- Sliders -------------------------------------------------------------------------------------


def test_closure_and_transfer_have_a_slider_for_each_sector_and_other_levers_have_one():
    assert [s for s in slots() if s.startswith("capacity_closure")] == [
        f"capacity_closure.{s}" for s in ("steel", "cement", "glass")
    ]
    assert {slot.lever.id for slot in main_slots().values()} == set(levers())
    assert len(main_slots()) == len(levers()) + 2 * sum(lever.spread == "own" for lever in levers().values())


def test_a_slider_stands_at_the_mean_of_what_happened():
    slot = slots()["capacity_closure.steel"]
    happened = [16.24, 25.55, 12.3, 14.03, 14.01, 0, 0, 0, 0, 0]
    assert slot.mean(AS_HAPPENED) == round(np.mean(happened))


def test_moving_one_sector_leaves_the_others_on_their_path():
    values = with_slots({}, {"capacity_closure.steel": held(30.0)})
    assert plain_levers(values) == {"capacity_closure": {"steel": 30, "cement": "baseline", "glass": "baseline"}}


def test_a_moved_slider_is_the_scenario_with_that_constant():
    moved = MappingProxyType({"capacity_closure.steel": held(30.0), "technical_renovation_investment": held(20000.0)})
    scenario = scenario_of(Settings(moved=moved), shipped_scenarios())
    direct = simulation.runner(END).run(scenario, {})
    assert np.allclose(run(**moved).series("crude_steel_output"), direct.series("crude_steel_output"), rtol=1e-12)


def test_a_scaled_slider_is_the_scenario_with_that_path(ghost):
    moved = MappingProxyType({"capacity_closure.steel": scaled(1.5), "talent": scaled(2.0)})
    scenario = scenario_of(Settings(moved=moved), shipped_scenarios())
    steel = slots()["capacity_closure.steel"].path(scenario.levers["capacity_closure"])
    assert steel[[2015 - START, 2016 - START, 2017 - START, 2021 - START]] == pytest.approx([6.9, 24.36, 38.325, 0])
    talent = slots()["talent"].path(scenario.levers["talent"])
    assert talent[[2015 - START, 2018 - START, 2020 - START]] == pytest.approx([5, 16, 20])
    direct = simulation.runner(END).run(scenario, {})
    assert np.allclose(
        run(**moved).series("crude_steel_output"), direct.series("crude_steel_output"), rtol=1e-12, equal_nan=True
    )


@pytest.mark.parametrize("factor", [1.05, 1.25, 2.0])
def test_closing_more_steel_capacity_gives_no_more_steel(factor, ghost):
    more = run(**{"capacity_closure.steel": scaled(factor)})
    for year in range(2016, 2021):
        assert more.at(year, "crude_steel_output") <= ghost.at(year, "crude_steel_output") + 1e-9
    assert more.at(2020, "steelmaking_capacity", "steel") < ghost.at(2020, "steelmaking_capacity", "steel")


@pytest.mark.parametrize("cap", [-1.0, -5.0])
def test_a_lower_output_cap_gives_no_more_steel(cap, ghost):
    less = run(output_cap=cap)
    for year in range(2016, END + 1):
        assert less.at(year, "crude_steel_output") <= ghost.at(year, "crude_steel_output") + 1e-6
    assert less.at(END, "crude_steel_output") < ghost.at(END, "crude_steel_output") - 1


def test_yearly_changes_are_never_scaled():
    """A factor on a path of "no cap" would be a cap."""
    assert not slots()["output_cap"].scalable
    assert from_link({"set": "output_cap:x0.98"}) == (Settings(), ["output_cap:x0.98"])


def test_a_sector_can_be_moved_alone_and_on_top_of_the_whole_lever():
    name = "technical_renovation_investment"
    moved = {f"{name}.steel": scaled(2.0), name: scaled(1.5)}
    values = with_slots({}, moved)[name]
    before, whole, steel = slots()[name].path(AS_HAPPENED), slots()[name].path(values), slots()[f"{name}.steel"]
    k = 2019 - START
    assert steel.path(values)[k] == pytest.approx(3 * steel.path(AS_HAPPENED)[k])
    assert whole[k] == pytest.approx(1.5 * before[k] + 1.5 * steel.path(AS_HAPPENED)[k])


def test_a_path_comes_later_and_holds_the_value_of_2015_meanwhile():
    closure = with_slots({}, {"capacity_closure.steel": Move(delay=2)})["capacity_closure"]
    path = slots()["capacity_closure.steel"].path(closure)
    happened = slots()["capacity_closure.steel"].path(AS_HAPPENED)
    assert path[2018 - START : 2026 - START] == pytest.approx(happened[2016 - START : 2024 - START])
    assert path[2016 - START] == path[2017 - START] == happened[2015 - START]


def test_levers_act_from_2016_on_only(ghost):
    changed = run(capacity_discipline=0.0, energy_efficiency=300.0)
    before = slice(0, 2016 - START)
    for indicator in ("crude_steel_output", LEAD, "co2_emissions_industry"):
        assert np.array_equal(changed.series(indicator)[before], ghost.series(indicator)[before])
        assert changed.at(2020, indicator) != pytest.approx(ghost.at(2020, indicator), rel=1e-4)


# --- The lever panel -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_holds_every_lever_once_in_its_group(language):
    groups = lever_groups(Locale(language))
    assert [group["id"] for group in groups] == list(GROUPS)
    shown = {entry["id"]: group["id"] for group in groups for entry in group["levers"]}
    assert shown == {lever.id: lever.group for lever in levers().values()}
    assert [s["id"] for g in groups for e in g["levers"] for s in e["slots"]] == list(slots())


def test_every_scenario_stands_in_one_group():
    names = [name for names in scenario_groups.GROUPS.values() for name in names]
    assert sorted(names) == sorted(shipped_scenarios())
    assert list(scenario_groups.grouped(["upload_x", "no_document", "as_happened"]).items()) == [
        ("own", ["upload_x"]),
        ("plan", ["as_happened", "no_document"]),
    ]


def test_the_search_of_the_panel_knows_both_languages_and_the_id():
    found = {e["id"]: e["search"] for g in lever_groups(Locale("en")) for e in g["levers"]}
    for lever in levers().values():
        assert all(word.lower() in found[lever.id] for word in (lever.id, lever.zh, lever.en))
    assert "平板玻璃" in found["capacity_closure"]


# --- Links and files -----------------------------------------------------------------------------

SOME = Settings(
    "no_document",
    {"output_cap": held(-5.0), "capacity_closure.glass": held(5.0)},
    until=2030,
    year=2025,
    charts=("co2", "cost"),
)


SCALED = Settings(
    moved={"energy_efficiency": scaled(0.98), "capacity_closure.steel": scaled(1.25), "talent": held(20.0)}
)


TIMED = Settings(
    moved={
        "technical_renovation_investment": Move(factor=1.2, delay=2, first=2018),
        "technical_renovation_investment.steel": Move(shift=-100.0, last=2022),
        "capacity_closure.steel": Move(points=((2016, 10.0), (2020, 30.0), (2025, 5.0))),
        "output_cap": Move(hold=-5.0, first=2019, last=2022),
    },
    parameters={"saving_cost": 40.0, "cost_share_energy.steel": 0.25},
    drivers={"national_steel_demand": 0.9, "national_branch_growth": -0.01},
)
"""Paths, years, sectors and assumptions."""


@pytest.mark.parametrize("settings", [Settings(), SOME, SCALED, TIMED])
def test_a_link_restores_the_settings(settings):
    assert from_link(to_link(settings, "zh")) == (settings, [])


def test_a_link_carries_numbers_and_ids_only():
    link = to_link(SOME, "zh")
    assert link["v"] == "1" and link["lang"] == "zh"
    assert all(text.isascii() for text in link.values())


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ({"v": "99", "set": "output_cap:-5"}, ["v=99"]),
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


def test_a_number_in_a_link_is_held_and_a_factor_scales():
    found, refused = from_link({"set": "output_cap:-5,talent:x1.25"})
    assert (dict(found.moved), refused) == ({"output_cap": held(-5.0), "talent": scaled(1.25)}, [])
    assert to_link(found, "en")["set"] == "output_cap:-5,talent:x1.25"
    cap = scenario_of(found, shipped_scenarios()).levers["output_cap"]
    assert (slots()["output_cap"].path(cap)[2016 - START :] == -5).all()


@pytest.mark.parametrize("text", ["x", "x-1", "xnan", "x1e9", "xx1", "1.2x", "x1001"])
def test_a_factor_that_is_none_is_refused(text):
    assert from_link({"set": f"talent:{text}"}) == (Settings(), [f"talent:{text}"])


def test_the_file_of_a_scaled_slider_names_the_path_and_the_factor():
    text = to_yaml(SCALED, shipped_scenarios(), Text("甲", "a"), Text("乙", "b"))
    assert yaml.safe_load(text)["levers"] == {
        "energy_efficiency": {"scale": 0.98, "of": "baseline", "clip": True},
        "capacity_closure": {
            "steel": {"scale": 1.25, "of": "baseline", "clip": True},
            "cement": "baseline",
            "glass": "baseline",
        },
        "talent": 20,
    }


HALVED = Settings("steel_renovation_only", {"technical_renovation_investment": scaled(0.5)})


def test_a_lever_that_the_scenario_sets_by_sector_is_scaled_in_each_sector():
    base = shipped_scenarios()[HALVED.base]
    name = "technical_renovation_investment"
    before, after = (s.levers[name] for s in (base, scenario_of(HALVED, shipped_scenarios())))
    slot, active = slots()[name], slice(2016 - START, None)
    assert slot.path(after)[active] == pytest.approx(0.5 * slot.path(before)[active])
    assert slot.path(after)[: 2016 - START] == pytest.approx(slot.path(before)[: 2016 - START])


@pytest.mark.parametrize(
    "settings", [Settings(), SOME, SCALED, HALVED, Settings(moved={"smart_manufacturing": held(100.0)})]
)
def test_a_downloaded_scenario_runs_to_the_same_result(settings, tmp_path):
    scenarios = shipped_scenarios()
    text = to_yaml(settings, scenarios, Text("甲", "a"), Text("乙", "b"))
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    again = simulation.runner(settings.until).run(load_scenario(file), {})
    direct = simulation.runner(settings.until).run(scenario_of(settings, scenarios))
    assert np.allclose(again.series("crude_steel_output"), direct.series("crude_steel_output"), rtol=1e-12)


def test_an_uploaded_scenario_is_written_out_whole():
    text = (
        "title: mine\nlevers: {energy_efficiency: 300}\ndrivers: {national_steel_demand: {multiply: 0.9, from: 2019}}\n"
    )
    mine = parse_scenario(text, "mine")
    made = to_yaml(
        Settings("upload_mine", {"output_cap": held(-5.0)}),
        {"upload_mine": mine},
        Text("甲", "a"),
        Text("乙", "b"),
    )
    assert "extends" not in made
    back = parse_scenario(made, "back")
    assert plain_levers(back.levers) == {"energy_efficiency": 300, "output_cap": -5.0}
    assert back.drivers == mine.drivers
