"""Forms of lever values: each path year by year, refusals, and merging."""

import pytest
import yaml

from model import ScenarioError, load_scenario, parse_scenario
from model.inputs import levers
from model.scenario import AS_HAPPENED, lever_value, plain_levers
from model.scenario.lever_merging import merge
from model.scenario.lever_paths import known_paths, lever_array
from model.scenario.lever_values import YEARS

CLOSURE = {2015: 6.9, 2016: 16.24, 2017: 25.55, 2018: 12.3, 2019: 14.03, 2020: 14.01, 2021: 0}
"""Steel capacity closed a year as it happened, Mt."""


def at(year):
    return year - 2010


def closure(data):
    """Steel closures from 2015 to 2022 under a value of the sector steel."""
    value = lever_value("capacity_closure", {"steel": data})
    return dict(value.parts)["steel"].resolve(known_paths(levers()["capacity_closure"], "steel"))[at(2015) : at(2023)]


def path(name, data):
    return lever_value(name, data).resolve(known_paths(levers()[name]))


# What the forms mean


def test_a_scaled_path_is_the_path_times_the_factor_from_its_first_to_its_last_year():
    assert closure({"scale": 2}) == pytest.approx([6.9, 32.48, 51.1, 24.6, 28.06, 28.02, 0, 0])
    some = {"scale": 0.5, "of": "baseline", "from": 2017, "to": 2018}
    assert closure(some) == pytest.approx([6.9, 16.24, 12.775, 6.15, 14.03, 14.01, 0, 0])
    assert closure({"scale": 1.5, "of": {2016: 10, 2018: 4}}) == pytest.approx([6.9, 15, 15, 6, 6, 6, 6, 6])
    assert closure({"scale": 3, "of": 10, "from": 2020}) == pytest.approx([6.9, 10, 10, 10, 10, 30, 30, 30])


def test_an_added_amount_is_in_the_unit_of_the_lever():
    assert closure({"add": 5}) == pytest.approx([6.9, 21.24, 30.55, 17.3, 19.03, 19.01, 5, 5])
    assert closure({"add": -2, "of": 12, "from": 2017, "to": 2019}) == pytest.approx([6.9, 12, 10, 10, 10, 12, 12, 12])


def test_a_delayed_path_holds_the_value_of_2015_until_it_begins():
    assert closure({"delay": 2}) == pytest.approx([6.9, 6.9, 6.9, 16.24, 25.55, 12.3, 14.03, 14.01])
    asked = closure({"delay": 1, "of": "document"})
    assert asked == pytest.approx([6.9, 6.9, 16, 18, 18, 15, 15, 2])


def test_an_earlier_path_brings_later_values_forward_and_holds_the_last():
    assert closure({"delay": -2}) == pytest.approx([6.9, 12.3, 14.03, 14.01, 0, 0, 0, 0])
    end = path("industrial_internet", {"delay": -3, "of": {"ramp": {"from": 2030, "to": 2035, "start": 0, "end": 50}}})
    assert end[at(2030) :] == pytest.approx([30, 40, 50, 50, 50, 50])


def test_a_held_path_has_one_value_in_its_period_and_the_path_around_it():
    assert closure({"hold": 10, "from": 2017, "to": 2019}) == pytest.approx([6.9, 16.24, 10, 10, 10, 14.01, 0, 0])
    late = closure({"hold": 3, "of": {2016: 5, 2020: 8}, "from": 2021})
    assert late == pytest.approx([6.9, 5, 5, 5, 5, 8, 3, 3])
    assert closure({"hold": 4}) == pytest.approx(closure(4))


def test_points_are_joined_by_straight_lines_and_the_last_value_holds():
    assert closure({"points": {2016: 10, 2018: 20, 2021: 5}}) == pytest.approx([6.9, 10, 15, 20, 15, 10, 5, 5])
    assert closure({"points": {2020: 7}}) == pytest.approx([6.9, 16.24, 25.55, 12.3, 14.03, 7, 7, 7])


def test_a_held_sum_and_points_of_a_total_are_shared_out_to_a_sector():
    lever = levers()["technical_renovation_investment"]
    share = sum(lever.allocation[branch] for branch in ("steel",))
    for data in ({"hold": 9000, "from": 2018}, {"points": {2016: 8000, 2020: 12000}}):
        whole = lever_value(lever.id, data)
        steel = dict(merge(lever, whole, lever_value(lever.id, {"steel": {"scale": 1}})).parts)["steel"]
        total = whole.resolve(known_paths(lever))
        assert steel.resolve(known_paths(lever, "steel"))[at(2016) :] == pytest.approx(share * total[at(2016) :])


def test_changes_stand_inside_one_another():
    both = closure({"scale": 2, "of": {"delay": 1, "of": "baseline"}})
    assert both == pytest.approx([6.9, 13.8, 32.48, 51.1, 24.6, 28.06, 28.02, 0])


def test_a_lever_by_sector_is_scaled_and_delayed_as_a_whole():
    lever = levers()["capacity_closure"]
    whole = lever_array(lever, lever_value("capacity_closure", {"scale": 1.5}), YEARS)
    assert whole[at(2016) :] == pytest.approx(1.5 * lever_array(lever, AS_HAPPENED, YEARS)[at(2016) :])


def test_a_result_outside_the_range_is_refused_with_its_first_year_unless_it_is_clipped():
    text = "title: x\nextends: as_happened\nlevers:\n  rd_and_innovation: {scale: 8, from: 2020%s}\n"
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text % "", "bad.yaml")
    assert str(caught.value) == (
        "bad.yaml:4: 572.8 in 2020 is out of range for rd_and_innovation; allowed: 0 to 400 亿元/yr in every year, "
        "or `clip: true`, which takes the nearest allowed value"
    )
    value = parse_scenario(text % ", clip: true").levers["rd_and_innovation"]
    found = value.resolve(known_paths(levers()["rd_and_innovation"]))
    assert found[[at(2019), at(2020), at(2021)]] == pytest.approx([68, 400, 400])


def test_the_place_of_a_sector_out_of_range_is_its_own_line():
    text = "title: x\nlevers:\n  capacity_closure:\n    cement: 3\n    steel: {add: 28}\n"
    with pytest.raises(ScenarioError, match=r"bad\.yaml:5: 44\.24 in 2016 is out of range for capacity_closure"):
        parse_scenario(text, "bad.yaml")


# Refusals of the forms


@pytest.mark.parametrize(
    ("data", "wrong", "allowed"),
    [
        ({"scale": 2, "add": 1}, "scale and add stand together", "{delay: 2}"),
        ({"from": 2018}, "one of scale, add, hold, delay is missing", "{scale: 1.2}"),
        ({"scale": -1}, "`scale` is -1", "0 to 1000"),
        ({"scale": True}, "`scale` is true", "0 to 1000"),
        ({"add": 401}, "`add` is 401", "-400 to 400"),
        ({"delay": 1.5}, "`delay` is 1.5", "whole years from -19 to 19"),
        ({"delay": True}, "`delay` is true", "whole years"),
        ({"delay": 20}, "`delay` is 20", "-19 to 19"),
        ({"delay": 1, "from": 2018}, "unknown key 'from' beside delay", "delay, of"),
        ({"scale": 2, "from": 2020, "to": 2018}, "out of order: 2020, 2018", "rising"),
        ({"scale": 2, "from": 2050}, "2050 is no year of the model", "2010 to 2035"),
        ({"scale": 1, "clip": 1}, "`clip` is 1", "true or false"),
        ({"scale": 1, "of": 420}, "420 is out of range", "0 to 400"),
        ({"scale": 1, "of": {"scale": 1, "off": 3}}, "unknown key 'off' beside scale; did you mean of?", "clip"),
        ({"hold": 500}, "500 is out of range", "0 to 400"),
        ({"hold": 5, "clip": True}, "unknown key 'clip' beside hold", "hold, of, from, to"),
        ({"points": {2016: 5}, "from": 2018}, "no line through points", "{year: value, year: value}"),
        ({"points": {}}, "rd_and_innovation", "0 to 400"),
        ({"points": {2020: 5, 2016: 3}}, "out of order: 2020, 2016", "rising"),
        ({"points": 5}, "no line through points", "points: {year: value"),
        ({"scale": 1, 2016: 200}, "unknown key 2016 beside scale", "scale, of"),
    ],
)
def test_what_is_wrong_with_a_changed_path(data, wrong, allowed):
    with pytest.raises(ValueError, match=r".") as caught:
        lever_value("rd_and_innovation", data)
    assert wrong in str(caught.value) and allowed in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        {"add": 3},
        {"hold": 3},
        {"points": {2016: 3}},
        {"scale": 2, "of": 10},
        {"delay": 1, "of": {"add": 3}},
        10,
        {2016: 3},
    ],
)
def test_sectors_with_units_of_their_own_take_no_common_amount(data):
    with pytest.raises(ValueError, match="needs a value for each sector that changes"):
        lever_value("capacity_closure", data)


# Merging


def test_a_child_scales_what_its_parent_has(tmp_path):
    (tmp_path / "p.yaml").write_text(
        "title: p\nlevers: {rd_and_innovation: 200, capacity_closure: {steel: {2016: 10}}}\n"
    )
    (tmp_path / "c.yaml").write_text(
        "title: c\nextends: p\nlevers:\n  rd_and_innovation: {scale: 1.5, from: 2018}\n  capacity_closure: {delay: 1}\n"
    )
    child = load_scenario(tmp_path / "c.yaml")
    assert plain_levers(child.levers) == {
        "rd_and_innovation": {"scale": 1.5, "of": 200, "from": 2018},
        "capacity_closure": {
            "steel": {"delay": 1, "of": {2016: 10}},
            "cement": {"delay": 1, "of": "baseline"},
            "glass": {"delay": 1, "of": "baseline"},
        },
    }
    cap = child.levers["rd_and_innovation"].resolve(known_paths(levers()["rd_and_innovation"]))
    assert cap[[at(2016), at(2017), at(2018), at(2025)]] == pytest.approx([200, 200, 300, 300])


def test_a_long_chain_of_changes_stays_readable_and_exact(tmp_path):
    (tmp_path / "s0.yaml").write_text("title: x\nlevers: {energy_efficiency: {steel: 10}}\n")
    for k in range(1, 16):
        text = f"title: x\nextends: s{k - 1}\nlevers: {{energy_efficiency: {{add: 4, from: 2020}}}}\n"
        (tmp_path / f"s{k}.yaml").write_text(text)
    last = load_scenario(tmp_path / "s15.yaml")
    again = parse_scenario(yaml.safe_dump({"title": "x", "levers": plain_levers(last.levers)}))
    lever = levers()["energy_efficiency"]
    found, first = (lever_array(lever, s.levers[lever.id], YEARS) for s in (again, load_scenario(tmp_path / "s0.yaml")))
    assert (found - first)[at(2020) :].sum(axis=1) == pytest.approx(60)
    assert found[: at(2020)] == pytest.approx(first[: at(2020)])


def test_a_sector_is_changed_where_its_branches_were_set_apart():
    lever = levers()["smart_manufacturing"]
    old = lever_value(lever.id, {"cement": 4, "steel": 30})
    new = merge(lever, old, lever_value(lever.id, {"building_materials": {"scale": 2}}))
    assert new.to_data() == {
        "steel": 30,
        "cement": {"scale": 2, "of": 4},
        "glass": {"scale": 2, "of": "baseline"},
        "other_building_materials": {"scale": 2, "of": "baseline"},
    }


def test_a_clipped_total_is_clipped_before_it_is_shared_out():
    lever = levers()["smart_manufacturing"]
    whole = lever_value(lever.id, {"scale": 100, "clip": True})
    assert lever_array(lever, whole, YEARS)[at(2020)].sum() == pytest.approx(120)
    split = merge(lever, merge(lever, None, whole), lever_value(lever.id, {"steel": 0}))
    rest = 1 - lever.allocation["steel"]
    assert lever_array(lever, split, YEARS)[at(2020)].sum() == pytest.approx(120 * rest)
