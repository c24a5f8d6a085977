"""Family members: the same equations with the numbers of others give the behaviour of others."""

import pytest

from model.axes import BRANCH
from model.inputs import START
from tests.model.conftest import run_levers

STEEL, CEMENT = BRANCH.index("steel"), BRANCH.index("cement")
ELSEWHERE = {
    "initial_idle_ratio": {"steel": 0.1},
    "hebei_steel_advantage": 0.95,
    "initial_unrecorded_capacity": 20.0,
}
"""A province with little idle steel, no advantage of site and few unrecorded furnaces."""


def at(values, year):
    return values[year - START]


@pytest.fixture(scope="module")
def elsewhere():
    return run_levers(parameters=ELSEWHERE)


def test_cement_shrinks_without_recovery_where_steel_recovers(as_happened):
    """Cement has no price cycle of its own: closure takes idle kilns, output sinks, profit does not return."""
    output, capacity, margin = (as_happened[name] for name in ("cement_output", "cement_capacity", "margin"))
    assert at(capacity, 2020) < 0.65 * at(capacity, 2010)
    kept_output, kept_capacity = (at(values, 2020) / at(values, 2010) for values in (output, capacity))
    assert kept_output > kept_capacity + 0.05, "idle kilns went first"
    recovered = at(margin, 2018) - at(margin, 2015)
    assert recovered[STEEL] > 0.02 and recovered[STEEL] > 1.1 * recovered[CEMENT]


def test_steel_elsewhere_is_not_overbuilt_and_feels_the_same_market(as_happened, elsewhere):
    def used(run, year):
        return at(run["crude_steel_output"], year) / at(run["steelmaking_capacity"], year)

    assert used(elsewhere, 2010) > used(as_happened, 2010) + 0.1, "little stands idle in the books"
    assert at(elsewhere["construction_starts"], 2012)[STEEL] < at(as_happened["construction_starts"], 2012)[STEEL]
    for run in (as_happened, elsewhere):
        assert at(run["margin"], 2018)[STEEL] > at(run["margin"], 2015)[STEEL] + 0.01
    assert at(elsewhere["crude_steel_output"], 2020) < 0.85 * at(as_happened["crude_steel_output"], 2020)
    # Who has no idle plants to give loses running ones to the same orders.
    kept = at(elsewhere["active_capacity"], 2020)[STEEL] / at(elsewhere["active_capacity"], 2015)[STEEL]
    assert kept < at(as_happened["active_capacity"], 2020)[STEEL] / at(as_happened["active_capacity"], 2015)[STEEL]
