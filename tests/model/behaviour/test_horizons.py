"""The whole model over any number of years, by any step, and step by step."""

import numpy as np
import pytest

from model.engine import reference
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.inputs import LATEST, START
from model.scenario import inputs_of, shipped_scenarios
from model.system import system

LONGEST = Horizon(START, LATEST)
BASE_YEAR = {
    "energy_per_above_scale_industrial_va_change_cumulative": 2015,
    "va_rate_change": 2015,
    "water_per_industrial_va_change_cumulative": 2015,
    "co2_per_industrial_va_change_cumulative": 2015,
    "steel_capacity_cut": 2012,
    "cement_capacity_cut": 2012,
    "plate_glass_capacity_cut": 2012,
}
"""Indicators that compare with a certain year: runs that end before it have no values of them."""


def given(horizon):
    return inputs_of(shipped_scenarios()["document_implemented"], horizon.path_years)


@pytest.fixture(scope="module")
def longest():
    return compiled(system(), LONGEST)(*given(LONGEST))


def assert_close(found, expected, longest):
    """Within 1e-9 of the largest value of each variable in this run or in the longest; missing values in the same
    places. Variables that are differences of equal terms in early years hold only rounding there, which has no size of
    its own."""
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        sizes = [np.abs(part[np.isfinite(part)]).max(initial=0.0) for part in (values, longest[name])]
        scale = max(sizes)
        np.testing.assert_allclose(found[name], values, rtol=0, atol=1e-9 * scale, err_msg=name)


@pytest.mark.parametrize("last", range(START, LATEST + 1))
def test_a_run_to_any_year_gives_the_first_years_of_the_longest(last, longest):
    horizon = Horizon(START, last)
    for name, values in compiled(system(), horizon)(*given(horizon)).items():
        expected = longest[name][: last - START + 1]
        missing = last < BASE_YEAR.get(name, START)
        np.testing.assert_array_equal(values, np.full_like(expected, np.nan) if missing else expected, err_msg=name)


@pytest.mark.parametrize(
    ("steps", "last", "method"),
    [
        (1, 2012, "euler"),
        (1, 2012, "rk4"),
        (3, 2014, "euler"),
        (3, 2014, "rk4"),
        (12, 2011, "euler"),
        (12, 2011, "rk4"),
        (16, 2010, "euler"),
        (16, 2010, "rk4"),
        (365, 2010, "euler"),
    ],
)
def test_any_number_of_steps_gives_the_years_of_the_reference(steps, last, method, longest):
    horizon = Horizon(START, last, steps, method)
    found = compiled(system(), horizon)(*given(horizon))
    assert_close(found, reference.run(system(), horizon, *given(horizon)), longest)


@pytest.mark.parametrize(("steps", "last", "method"), [(1, 2012, "euler"), (12, 2011, "euler"), (16, 2010, "rk4")])
def test_every_step_is_that_of_the_reference(steps, last, method, longest):
    horizon = Horizon(START, last, steps, method)
    found = compiled(system(), horizon, None, True)(*given(horizon))
    assert all(len(values) == len(horizon.times) for values in found.values())
    assert_close(found, reference.run(system(), horizon, *given(horizon), every_step=True), longest)


def test_steps_agree_with_years():
    """Years end where the next begins; the mean of a flow under Euler is that of its steps."""
    horizon = Horizon(START, 2025)
    years, steps = (compiled(system(), horizon, None, every_step)(*given(horizon)) for every_step in (False, True))
    annual = {name for name, variable in system().variables.items() if variable.kind == "annual"}
    assert years.keys() - steps.keys() == annual
    for name, variable in system().variables.items():
        if variable.kind == "stock" and variable.report == "end":
            np.testing.assert_array_equal(steps[name][horizon.steps :: horizon.steps], years[name][:-1], err_msg=name)
        if variable.kind == "flow" and variable.report == "mean":
            means = steps[name].reshape(len(horizon.years), horizon.steps, *system().shape_of(name)).mean(axis=1)
            scale = np.abs(means).max()
            np.testing.assert_allclose(years[name], means, rtol=0, atol=1e-13 * scale, err_msg=name)
