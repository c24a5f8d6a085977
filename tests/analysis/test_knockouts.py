"""Knock-outs: every loop explains the behaviour named in the table."""

import functools

import numpy as np
import pytest

from analysis.knockouts import SIGNS, Knockout, Row, knockouts, results_table, rows_of, run_knockouts
from model.engine import Text
from model.inputs import parameters
from model.scenario import shipped_scenarios
from model.system import system

SWITCHABLE = [name for name, knockout in knockouts().items() if knockout.switchable]


@functools.cache
def rows():
    return run_knockouts()


@pytest.mark.parametrize("name", SWITCHABLE)
def test_knocking_out_a_loop_changes_what_it_explains(name):
    result = [row for row in rows() if row.knockout.id == name]
    assert result
    for row in result:
        assert row.right_direction, (row.shown, row.with_loop, row.without_loop, row.change)
    small = [(row.shown, row.change) for row in result if not row.as_expected]
    assert bool(small) == bool(knockouts()[name].weak), small


@pytest.mark.parametrize("name", sorted(knockouts()))
def test_table_names_what_exists(name):
    knockout = knockouts()[name]
    assert knockout.kind in ("R", "B", "link")
    assert isinstance(knockout.name, Text)
    assert set(knockout.marks) <= set(system().variables)
    assert set(knockout.set) | set(knockout.times) <= set(parameters())
    if not knockout.switchable:
        assert isinstance(knockout.why_not, Text)
        return
    assert knockout.scenario in shipped_scenarios()
    assert isinstance(knockout.behaviour, Text)
    for shown in knockout.shows:
        assert shown.indicator in system().variables
        assert shown.measure in ("mean", "change")
        assert shown.expected in SIGNS
        assert shown.minimum > 0


def test_parameters_are_set_or_multiplied():
    knockout = Knockout(id="x", kind="B", name=Text("甲", "x"), set={"a": 0}, times={"b": 10})
    constants = {"a": np.array([1.0, 2.0]), "b": np.array(3.0), "c": np.array(4.0)}
    switched = knockout.switched(constants)
    np.testing.assert_array_equal(switched["a"], [0, 0])
    assert knockout.switches == ("a = 0", "b × 10")
    assert switched["b"] == 30 and switched["c"] == 4 and constants["b"] == 3


def test_rows_can_be_stored_and_read():
    first = knockouts()[SWITCHABLE[0]]
    row = Row(first, first.shows[0], 2.0, 1.0)
    stored = results_table([row])
    assert stored.loc[0, "change_percent"] == -50 and stored.loc[0, "loop"] == first.id
    everything = [Row(knockouts()[name], shown, 2.0, 1.0) for name in SWITCHABLE for shown in knockouts()[name].shows]
    assert rows_of(results_table(everything)) == everything
    with pytest.raises(ValueError, match="of another knockouts.yaml"):
        rows_of(stored)
