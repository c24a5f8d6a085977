"""Differences between scenarios: each input moved alone, its chain, and the rest."""

import pytest

from analysis.difference import NOTICEABLE, explain_difference, largest_changes, moved_inputs
from analysis.varied_runs import VariedRuns
from model.run import simulate
from model.scenario import lever_value, shipped_scenarios, with_levers

ACTUAL = shipped_scenarios()["as_happened"]


def with_moved(**values):
    """Actual policies with some levers moved."""
    moved = {name: lever_value(name, value) for name, value in values.items()}
    return ACTUAL.model_copy(update={"levers": with_levers(ACTUAL.levers, moved)})


def value(scenario, name, year):
    """The indicator in a run of its own."""
    return float(simulate(scenario)[name].sel(year=year))


def test_each_lever_is_moved_alone_in_a_real_run():
    both = with_moved(circular_economy=100, capacity_discipline=1)
    found = explain_difference(both, ACTUAL, "crude_steel_output", 2020)
    assert (found.before, found.after) == pytest.approx(
        (value(ACTUAL, "crude_steel_output", 2020), value(both, "crude_steel_output", 2020))
    )
    alone = {cause.input: cause for cause in found.causes}
    assert set(alone) == {"circular_economy", "capacity_discipline"}
    for name, level in (("circular_economy", 100), ("capacity_discipline", 1)):
        expected = value(with_moved(**{name: level}), "crude_steel_output", 2020)
        assert alone[name].value == pytest.approx(expected)
        assert alone[name].change == pytest.approx(expected - found.before)
    sizes = [abs(cause.change) for cause in found.causes]
    assert sizes == sorted(sizes, reverse=True)
    assert found.rest(2) == pytest.approx(found.change - sum(cause.change for cause in found.causes))
    assert found.rest(1) == pytest.approx(found.change - found.causes[0].change)


def test_more_scrap_reaches_steel_through_the_output_of_its_furnaces():
    found = explain_difference(with_moved(circular_economy=100), ACTUAL, "crude_steel_output", 2020)
    names = [change.variable for change in found.causes[0].chain]
    assert names[:3] == ["circular_economy_steel", "available_scrap_rate", "scrap_rate"]
    assert names[-2:] == ["steel_output", "crude_steel_output"]
    assert found.causes[0].chain[-1].after == pytest.approx(found.causes[0].value)


def test_nothing_differs_from_itself():
    found = explain_difference(ACTUAL, ACTUAL, "crude_steel_output", 2020)
    assert found.causes == () and found.change == 0


def test_parameters_and_drivers_that_differ_are_causes_too():
    other = ACTUAL.model_copy(update={"parameters": {**ACTUAL.parameters, "planning_horizon": 2.0}})
    assert moved_inputs(VariedRuns.of(ACTUAL), VariedRuns.of(other)) == ["planning_horizon"]


def test_what_is_no_indicator_and_years_out_of_reach_are_refused():
    with pytest.raises(ValueError, match="steel_output: no indicator"):
        explain_difference(ACTUAL, ACTUAL, "steel_output", 2020)
    with pytest.raises(ValueError, match="2040: allowed are 2010 to 2025"):
        explain_difference(ACTUAL, ACTUAL, "crude_steel_output", 2040)


def test_the_largest_changes_come_first_and_those_that_cannot_be_seen_are_left_out():
    trained = with_moved(talent=12)
    names = ("crude_steel_output", "steelmaking_capacity", "sei_share", "steel_price_index")
    changes = largest_changes(trained, ACTUAL, names, 2020)
    happened, moved = simulate(ACTUAL), simulate(trained)
    parts = {}
    for name in names:
        change = float(moved[name].sel(year=2020) - happened[name].sel(year=2020))
        parts[name] = abs(change) / float(abs(happened[name]).max())
        assert (name in changes) == (parts[name] >= NOTICEABLE)
        if name in changes:
            assert changes[name] == pytest.approx(change)
    assert 0 < len(changes) < len(names)
    assert [parts[name] for name in changes] == sorted((parts[name] for name in changes), reverse=True)
