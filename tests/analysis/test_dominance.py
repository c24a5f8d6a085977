"""Which loop moves an indicator when: runs without a loop, and the stretches of years they lead."""

import numpy as np
import pandas as pd
import pytest

from analysis import dominance
from analysis.dominance import Lead, effects, leads, loops
from analysis.knockouts import knockouts, run_of
from model.scenario import shipped_scenarios


def test_an_effect_is_the_run_with_all_loops_less_the_run_without_one():
    path, added = effects(shipped_scenarios()["as_happened"], "steel_price_index")
    assert tuple(added.columns) == loops() and list(added.index) == list(path.index)
    without = run_of(knockouts()["B-price"])["steel_price_index"]
    np.testing.assert_allclose(added["B-price"], path - without.values, rtol=1e-9, atol=1e-12)
    assert added["B-price"].loc[2018] > 0.1, "scarcity raised the price when capacity had been closed"
    assert added["B-price"].loc[2015] < 0, "and glut lowered it before"


def test_years_are_cut_where_another_loop_takes_the_lead_or_its_sign_turns():
    years = range(2010, 2016)
    added = pd.DataFrame({"a": [2, 2, -3, -1, 0, 0], "b": [1, 1, 1, 2, 2, 0]}, index=years, dtype=float)
    path = pd.Series(np.linspace(0, 10, 6), years)
    assert leads(path, added) == [
        Lead(2010, 2011, "a", True),
        Lead(2012, 2012, "a", False),
        Lead(2013, 2014, "b", True),
        Lead(2015, 2015, None, False),
    ]


def test_an_indicator_that_is_not_offered_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match="no_such: not among the indicators; allowed: crude_steel_output"):
        effects(shipped_scenarios()["as_happened"], "no_such")


def test_every_indicator_has_a_leading_loop_in_some_year():
    scenario = shipped_scenarios()["document_implemented"]
    for indicator in dominance.INDICATORS:
        assert any(lead.loop for lead in leads(*effects(scenario, indicator))), indicator
