"""The golden runs: a change of results must be meant (python -m tests.model.behaviour.golden)."""

import numpy as np
import pytest

from model.inputs import LATEST
from model.run import indicator_names
from model.scenario import last_year, shipped_scenarios

from .golden import GOLDEN, NAMES, deviations, simulated, stored

TOLERANCE = 1e-12
"""Room for rounding, which differs between processors and orders of operation."""


def test_every_indicator_of_every_shipped_scenario_is_as_it_was():
    worst = {pair: deviation for pair, deviation in deviations(simulated(), stored()).items() if deviation > TOLERANCE}
    assert worst == {}


def test_the_golden_runs_hold_every_indicator_of_every_shipped_scenario():
    golden = stored()
    assert golden[NAMES].tolist() == sorted(shipped_scenarios())
    assert golden.keys() == {NAMES, *indicator_names()}
    steel = golden["crude_steel_output"]
    for name, series in zip(golden[NAMES], steel, strict=True):
        end = last_year(shipped_scenarios()[str(name)])
        assert np.isfinite(series).sum() == end - 2010 + 1, name
    assert steel.dtype == np.float64 and steel.shape[1] <= LATEST - 2010 + 1
    assert GOLDEN.stat().st_size < 3e6


def test_deviations_are_relative_to_the_largest_value_of_each_series():
    golden = {NAMES: np.array(["a", "b"]), "x": np.array([[[1.0, 100.0], [4.0, np.nan]], [[0.0, 2.0], [0.0, 2.0]]])}
    moved = {**golden, "x": golden["x"].copy()}
    assert deviations(moved, golden) == {("a", "x"): 0.0, ("b", "x"): 0.0}
    moved["x"][0, 0] += [0.1, 1.0]
    assert deviations(moved, golden) == {("a", "x"): pytest.approx(0.1 / 4), ("b", "x"): 0.0}
    moved["x"][1, 0, 0] = np.nan
    assert deviations(moved, golden)["b", "x"] == np.inf


def test_other_scenarios_or_indicators_are_refused():
    golden = {NAMES: np.array(["a"]), "x": np.array([[1.0]])}
    for other in ({**golden, NAMES: np.array(["b"])}, {**golden, "y": golden["x"]}):
        with pytest.raises(ValueError, match="not those of the golden runs"):
            deviations(other, golden)
