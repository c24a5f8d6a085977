"""The engine against the numpy reference: all variables of the shipped scenarios and of many random ones."""

from collections import defaultdict

import numpy as np
import pytest

from model.engine import reference
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.inputs import POLICY_START, levers, parameters
from model.scenario import inputs_of, last_year, lever_value, shipped_scenarios
from model.scenario.lever_paths import lever_array
from model.system import system
from tests.model.conftest import HORIZON, lever_setting

AGREEMENT = 1e-9
"""Largest difference, relative to the largest absolute value of the variable over the years and members of a test."""
QUOTIENTS = {"idled_intensity": "idled_capacity"}
"""Quotients of two stocks that can both be emptied, and their divisors: where the divisor is below `EMPTIED` of its
largest value, the quotient is that of rounding errors, moves nothing and is not compared."""
EMPTIED = 1e-3
SEED = 15
MEMBERS, CHUNK, RK4_MEMBERS = 500, 100, 20


def at_random(members, generator):
    """Inputs by name, members first: every lever at random within its range, for odd members parameters too."""
    given = {name: _lever_tables(lever, members, generator) for name, lever in levers().items()}
    for name, parameter in parameters().items():
        low, high = parameter.bounds()
        given[name] = generator.uniform(low, high, (members, *np.shape(low)))
        given[name][::2] = parameter.array()
    return given


def _lever_tables(lever, members, generator):
    """Constants from the start of policies, in a third of the members changed in a later year, some at their limits."""
    tables = []
    for _ in range(members):
        first, later = np.clip(generator.uniform(-0.1, 1.1, 2), 0, 1) * (lever.max - lever.min) + lever.min
        change = {POLICY_START: first, int(generator.integers(2017, 2025)): later}
        setting = change if generator.random() < 1 / 3 else first
        value = lever_value(lever.id, lever_setting(lever.id, setting))
        tables.append(lever_array(lever, value, HORIZON.path_years))
    return np.stack(tables)


def members_last(given):
    return {name: np.moveaxis(values, 0, -1) for name, values in given.items()}


def referenced(horizon, given, fixed, members):
    """The reference's results for `given`, members first, on top of the fixed inputs."""
    parts = []
    for start in range(0, members, CHUNK):
        chunk = members_last({name: values[start : start + CHUNK] for name, values in given.items()})
        constants, tables = ({name: chunk.get(name, value) for name, value in part.items()} for part in fixed)
        size = min(CHUNK, members - start)
        parts.append(reference.run(system(), horizon, constants, tables, members=size))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def disagreements(found, expected):
    """By variable, the largest relative difference, where it is above `AGREEMENT`; NaN must be in the same places."""
    assert found.keys() == expected.keys() == system().variables.keys()
    differences = {name: _difference(found[name], values) for name, values in expected.items() if name not in QUOTIENTS}
    for name, divisor in QUOTIENTS.items():
        largest = expected[divisor].max(axis=tuple(range(expected[divisor].ndim - 1)))
        there = expected[divisor] > EMPTIED * largest
        assert there.mean() > 0.5, "most of the values are compared"
        differences[name] = _difference(*(np.where(there, run[name], 0.0) for run in (found, expected)))
    return {name: difference for name, difference in differences.items() if not difference <= AGREEMENT}


def _difference(found, expected):
    there = np.isfinite(expected)
    np.testing.assert_array_equal(np.where(there, 0.0, found), np.where(there, 0.0, expected))
    scale = np.abs(expected, where=there, out=np.zeros_like(expected)).max()
    return float(np.abs(found - expected, where=there, out=np.zeros_like(expected)).max() / (scale or 1.0))


def test_random_scenarios_are_those_of_the_reference(inputs):
    given = at_random(MEMBERS, np.random.default_rng(SEED))
    found = compiled_batch(system(), HORIZON, tuple(given))(given, *inputs())
    assert np.ptp(found["crude_steel_output"][:, -1]) > 50, "the scenarios differ"
    assert disagreements(found, referenced(HORIZON, given, inputs(), MEMBERS)) == {}


def test_random_scenarios_under_rk4_are_those_of_the_reference(inputs):
    given = at_random(RK4_MEMBERS, np.random.default_rng(SEED + 1))
    horizon = Horizon(HORIZON.start, HORIZON.end, HORIZON.steps, "rk4")
    found = compiled_batch(system(), horizon, tuple(given))(given, *inputs())
    assert disagreements(found, referenced(horizon, given, inputs(), RK4_MEMBERS)) == {}


def _by_horizon():
    scenarios = defaultdict(list)
    for scenario in shipped_scenarios().values():
        scenarios[Horizon(HORIZON.start, last_year(scenario))].append(scenario)
    return scenarios


@pytest.mark.parametrize("horizon", _by_horizon(), ids=lambda horizon: str(horizon.end))
def test_shipped_scenarios_are_those_of_the_reference(horizon):
    runs = [inputs_of(scenario, horizon.path_years) for scenario in _by_horizon()[horizon]]
    given = {name: np.stack([{**c, **t}[name] for c, t in runs]) for name in system().inputs}
    expected = referenced(horizon, given, runs[0], len(runs))
    alone = [compiled(system(), horizon)(*run) for run in runs]
    assert disagreements({name: np.stack([run[name] for run in alone]) for name in alone[0]}, expected) == {}
