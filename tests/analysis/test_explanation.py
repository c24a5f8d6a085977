"""Explanations of an indicator: each number is that of a run without what it names."""

import numpy as np
import pytest

from analysis.dominance import INDICATORS, loops
from analysis.explanation import SMALL, Part, explain, largest
from analysis.knockouts import knockouts
from analysis.periods import RULES
from model.engine.integrate import compiled
from model.inputs import START, levers
from model.run import horizon_of
from model.scenario import inputs_of, shipped_scenarios
from model.system import system

ACTUAL = shipped_scenarios()["as_happened"]
STEEL = "crude_steel_output"


def run(switch=None, tables=None):
    """Crude steel by year, written out apart from what is tested."""
    horizon = horizon_of(ACTUAL)
    constants, paths = inputs_of(ACTUAL, horizon.path_years)
    constants = constants if switch is None else switch(constants)
    return compiled(system(), horizon)(constants, {**paths, **(tables(paths) if tables else {})})[STEEL]


def test_the_largest_part_is_of_the_asked_direction_and_not_too_small():
    parts = [Part("a", 3, 0), Part("b", -8, 0), Part("c", 5, 0)]
    assert largest(parts, 1, 1.0) == parts[2] and largest(parts, 1, -1.0) == parts[1]
    assert largest(parts, 1) == parts[1] and largest(parts, 5, 1.0) is None and largest([], 0) is None


def test_a_period_has_the_changes_of_the_runs_without_each_cause():
    period = next(p for p in explain(ACTUAL, STEEL) if p.first == 2015)
    first, last = period.first - START, period.last - START
    present = run()
    assert (period.start, period.end) == pytest.approx((present[first], present[last]))
    for part in (period.leading, period.opposing):
        without = run(knockouts()[part.cause].switched)
        assert part.without == pytest.approx(without[last] - without[first])
        assert part.added == pytest.approx(period.change - part.without)
    assert period.leading.added > 0 > period.opposing.added

    def all_off(constants):
        for name in loops():
            constants = knockouts()[name].switched(constants)
        return constants

    without = run(all_off)
    assert period.all_loops.without == pytest.approx(without[last] - without[first])


def test_a_lever_that_keeps_its_value_is_compared_with_its_path():
    period = next(p for p in explain(ACTUAL, STEEL) if p.first == 2015)
    assert period.lever.cause == "capacity_closure"

    def kept(paths):
        changed = np.array(paths["capacity_closure"], dtype=float)
        changed[2016 - START :] = changed[2015 - START]
        return {"capacity_closure": changed}

    without = run(tables=kept)
    assert period.lever.without == pytest.approx(without[period.last - START] - without[2015 - START])


def test_where_the_cap_decides_parts_are_values_and_the_run_without_it_is_given():
    held = next(p for p in explain(ACTUAL, STEEL) if p.held)
    assert held.held[0] == 2021 and held.first == 2020 and held.without_rule.cause == RULES[STEEL].lever
    off = run(tables=lambda paths: {"output_cap": np.full_like(paths["output_cap"], levers()["output_cap"].off)})
    assert held.without_rule.without == pytest.approx(off[held.last - START])
    without = run(knockouts()[held.leading.cause].switched)
    assert held.leading.without == pytest.approx(without[held.last - START])


@pytest.mark.parametrize("indicator", INDICATORS)
def test_loops_that_are_named_add_enough_and_their_chain_ends_at_the_indicator(indicator):
    periods = explain(shipped_scenarios()["document_implemented"], indicator)
    assert [p.first for p in periods[1:]] == [p.last for p in periods[:-1]]
    for period in periods:
        if not period.held:
            for part in (period.leading, period.opposing):
                assert part is None or abs(part.added) > SMALL * abs(period.change)
        if period.chain:
            assert period.chain[-1].variable == indicator and period.first <= period.chain_year <= period.last
    assert (
        any(period.chain for period in periods) or indicator == "energy_per_above_scale_industrial_va_change_cumulative"
    )


def test_an_indicator_that_is_not_offered_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match="no_such: not among the indicators; allowed: crude_steel_output"):
        explain(ACTUAL, "no_such")
