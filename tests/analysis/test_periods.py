"""Periods of a path: turns, the beginning of the policy, and years in which a rule decides."""

import numpy as np

from analysis.periods import held_years, periods, turns
from analysis.varied_runs import VariedRuns
from model.scenario import shipped_scenarios
from model.scenario.lever_parsing import lever_value


def test_a_path_turns_where_it_goes_back_by_more_than_the_least():
    assert turns(np.array([0, 3, 5, 4.5, 6, 2, 1, 4.0]), 1) == [4, 6]
    assert turns(np.array([0, 3, 5, 4.5, 6, 2, 1, 4.0]), 3.5) == [4]
    assert turns(np.array([5.0, 5.1, 5.0]), 1) == []


def test_periods_are_cut_before_the_policy_and_at_turns():
    path = np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 4, 0.0])  # 2010 to 2020, with a turn in 2018
    assert periods(path, 1) == [(2010, 2015), (2015, 2018), (2018, 2020)]


def test_years_under_a_rule_are_one_period_that_begins_a_year_before():
    path = np.array([0, 1, 2, 3, 4, 5, 6, 7, 1, 8, 1, 0.0])
    assert periods(path, 1, held=(2018, 2020)) == [(2010, 2015), (2015, 2017), (2017, 2020), (2020, 2021)]


def test_a_rule_that_spans_the_beginning_of_the_policy_is_not_cut_there():
    assert periods(np.arange(9.0), 1, held=(2014, 2017)) == [(2010, 2013), (2013, 2017), (2017, 2018)]


def test_the_output_cap_holds_steel_only_while_it_is_in_force():
    actual = shipped_scenarios()["as_happened"]
    years = held_years("crude_steel_output", VariedRuns.of(actual).run())
    assert 2021 in years and min(years) == 2021 and 2023 not in years, "no order is known for 2023"
    free = actual.model_copy(update={"levers": {**actual.levers, "output_cap": lever_value("output_cap", 3)}})
    assert held_years("crude_steel_output", VariedRuns.of(free).run()) == ()
    assert held_years("smart_adoption", VariedRuns.of(actual).run()) == ()
