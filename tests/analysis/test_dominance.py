"""What loops add to an indicator: runs without a loop."""

import numpy as np
import pytest

from analysis import dominance
from analysis.dominance import effects, loops
from analysis.knockouts import knockouts, run_of
from model.scenario import shipped_scenarios


def test_an_effect_is_the_run_with_all_loops_less_the_run_without_one():
    path, added = effects(shipped_scenarios()["as_happened"], "steel_price_index")
    assert tuple(added.columns) == loops() and list(added.index) == list(path.index)
    without = run_of(knockouts()["B-price"])["steel_price_index"]
    np.testing.assert_allclose(added["B-price"], path - without.values, rtol=1e-9, atol=1e-12)
    assert added["B-price"].loc[2018] > 0.1, "scarcity raised the price when capacity had been closed"
    assert added["B-price"].loc[2015] < 0, "and glut lowered it before"


def test_an_indicator_that_is_not_offered_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match="no_such: not among the indicators; allowed: crude_steel_output"):
        effects(shipped_scenarios()["as_happened"], "no_such")


def test_every_indicator_depends_on_some_loop():
    scenario = shipped_scenarios()["document_implemented"]
    for indicator in dominance.INDICATORS:
        path, added = effects(scenario, indicator)
        assert added.abs().max().max() > 1e-3 * np.ptp(path), indicator
