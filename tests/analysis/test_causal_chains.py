"""Chains of causes: the shortest along which a change is carried, in the direction of the links and within a branch."""

import numpy as np
import pytest

from analysis.causal_chains import carrying_chain, changes_between
from analysis.diagram import causal_links
from analysis.knockouts import knockouts
from analysis.varied_runs import VariedRuns
from model.axes import BRANCH
from model.inputs import START
from model.scenario import shipped_scenarios

RUNS = VariedRuns.of(shipped_scenarios()["as_happened"])
POSITION = 2020 - START


@pytest.fixture(scope="module")
def present():
    return RUNS.run()


def changed(run, **factors):
    """A run in which some variables are multiplied, by branch where they have branches."""
    return {**run, **{name: run[name] * factor for name, factor in factors.items()}}


def only(branch, factor):
    """1 for all branches but one."""
    factors = np.ones(len(BRANCH))
    factors[BRANCH.index(branch)] = factor
    return factors


def test_a_change_has_both_values_and_is_related_to_the_largest_of_all_years(present):
    change = changes_between(present, changed(present, output=only("food", 1.5)), POSITION)["output", "food"]
    before = present["output"][:, BRANCH.index("food")]
    assert (change.before, change.after) == pytest.approx((before[POSITION], 1.5 * before[POSITION]))
    assert change.relative == pytest.approx(0.5 * before[POSITION] / (1.5 * before.max()))


def test_the_chain_passes_what_changes_and_nothing_else(present):
    after = changed(present, followed_steel_demand=1.1, steel_output=1.1, crude_steel_output=1.1)
    chain = carrying_chain(["followed_steel_demand"], "crude_steel_output", present, after, POSITION)
    assert [change.variable for change in chain] == ["followed_steel_demand", "steel_output", "crude_steel_output"]
    broken = changed(present, followed_steel_demand=1.1, crude_steel_output=1.1)
    assert carrying_chain(["followed_steel_demand"], "crude_steel_output", present, broken, POSITION) == ()


def test_a_link_that_works_the_other_way_carries_nothing(present):
    after = changed(present, followed_steel_demand=0.9, steel_output=1.1, crude_steel_output=1.1)
    assert carrying_chain(["followed_steel_demand"], "crude_steel_output", present, after, POSITION) == ()


def test_a_lever_leads_a_chain_without_being_part_of_it(present):
    free = RUNS.run(tables={"output_cap": np.full_like(RUNS.tables["output_cap"], 3.0)})
    chain = carrying_chain(["output_cap"], "crude_steel_output", present, free, 2022 - START)
    assert [change.variable for change in chain] == ["steel_cap", "steel_output", "crude_steel_output"]
    assert carrying_chain(["output_cap"], "crude_steel_output", present, free, POSITION) == (), "not yet in force"


def test_a_chain_stays_within_a_branch(present):
    steel = ("effective_steel_capacity", "runnable_steel_capacity", "steel_output", "crude_steel_output")
    further = dict.fromkeys(steel, 1.2)
    for branch, expected in (("steel", ("effective_capacity", *steel)), ("food", ())):
        after = changed(present, effective_capacity=only(branch, 1.2), **further)
        chain = carrying_chain(["effective_capacity"], "crude_steel_output", present, after, POSITION)
        assert tuple(change.variable for change in chain) == expected


def test_where_branches_are_added_the_largest_change_leads_on(present):
    after = changed(present, energy_use=only("steel", 1.2) * only("food", 3.0), energy_consumption_industry=1.2)
    chain = carrying_chain(["energy_use"], "energy_consumption_industry", present, after, POSITION)
    assert [(change.variable, change.element) for change in chain] == [
        ("energy_use", "steel"),
        ("energy_consumption_industry", "all"),
    ]


@pytest.mark.parametrize("loop", ["R-upgrading", "B-swap", "B-restart"])
def test_every_link_of_a_chain_is_one_of_the_model(present, loop):
    without = RUNS.without_loops([loop])
    marks = knockouts()[loop].marks
    chain = carrying_chain(marks, "crude_steel_output", without, present, POSITION)
    assert chain[0].variable in marks
    names = [change.variable for change in chain]
    assert all(pair in causal_links() for pair in zip(names, names[1:], strict=False))
