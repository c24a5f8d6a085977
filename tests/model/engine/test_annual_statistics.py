"""Statistics over the years of a run: on the compiled engine, and in the reference, which has all years at once."""

import numpy as np
import pytest

from model.engine import Axis, annual
from model.engine.checked_system import Input
from model.engine.horizon import Horizon
from model.engine.ops import accumulated, element, in_year, previous_year, total
from model.engine.reference import run

from .mini import system_of

SITE = Axis("site", ("north", "south", "east"))
HORIZON = Horizon(2000, 2005, 4)
LEVEL, BASE = 3.0, 2003.0
PATH = np.array([[1.0, 2.0, 4.0]]) * np.array([[1.0], [3.0], [2.0], [5.0], [7.0], [11.0], [13.0]])


@annual("1", "甲", "Growth of a constant")
def growth_of_constant(level):
    """It has no year before the first."""
    return level / previous_year(level) - 1


@annual("1", "乙", "Years counted")
def sum_of_constant(level):
    """A constant once for each year."""
    return accumulated(level)


@annual("1", "丙", "Two years before", over=SITE)
def two_years_before(path):
    """By site."""
    return previous_year(previous_year(path))


@annual("1", "丁", "Sum of the years before", over=SITE)
def sum_before(path):
    """From the second year on; nothing adds up with a year that is missing."""
    return accumulated(path) - path + 0 * total(path)


@annual("1", "戊", "Index", over=SITE)
def index(path, time, base):
    """The base year is 1, before it as well as after."""
    return path / in_year(path, time, base)


@annual("1", "己", "Index of growth")
def index_of_growth(index, time, base):
    """Growth against growth in the base year, which itself refers to the base year."""
    growth = element(index, SITE, "south") / previous_year(element(index, SITE, "south"))
    return growth / in_year(growth, time, base)


@annual("1", "庚", "Outside")
def outside(path, time):
    """A year that the run does not contain."""
    return in_year(total(path), time, 1990.0)


@pytest.fixture(scope="module")
def system():
    inputs = [
        Input("level", "parameter", "1"),
        Input("base", "parameter", "yr"),
        Input("path", "driver", "1", axis=SITE, interpolation="linear"),
    ]
    statistics = (growth_of_constant, sum_of_constant, two_years_before, sum_before, index, index_of_growth, outside)
    return system_of(inputs, [SITE], **{s.function.__name__: s for s in statistics})


@pytest.fixture(scope="module")
def inputs():
    return {"level": np.array(LEVEL), "base": np.array(BASE)}, {"path": PATH}


def test_every_statistic_has_its_value(system, inputs, run_model):
    found = run_model(system, HORIZON, *inputs)
    years, nan = PATH[:6], np.nan
    growth = years[1:, 1] / years[:-1, 1]
    expected = {
        "growth_of_constant": [nan, 0, 0, 0, 0, 0],
        "sum_of_constant": LEVEL * np.arange(1, 7),
        "two_years_before": np.concatenate([np.full((2, 3), nan), years[:4]]),
        "sum_before": np.cumsum(years, axis=0) - years,
        "index": years / years[3],
        "index_of_growth": np.concatenate([[nan], growth / growth[2]]),
        "outside": np.full(6, nan),
    }
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-14, err_msg=name)


def test_a_run_leaves_nothing_behind_for_the_next(system, inputs, run_model):
    parameters, tables = inputs
    run_model(system, HORIZON, parameters, {"path": 2 * PATH})
    short = Horizon(2000, 2001, 4)
    found = run_model(system, short, parameters, {"path": PATH[:3]})
    assert np.isnan(found["index"]).all()
    again, once = (run_model(system, HORIZON, *inputs) for _ in range(2))
    for name, values in run(system, HORIZON, *inputs).items():
        np.testing.assert_array_equal(again[name], once[name])
        np.testing.assert_allclose(again[name], values, rtol=1e-14)
