"""Shared runs of the model."""

import pytest

from model import parse_scenario, shipped_scenarios
from model.engine.integrate import Horizon, compiled
from model.inputs import levers
from model.scenario import inputs_of
from model.system import system

HORIZON = Horizon(2010, 2025)
STEPS = HORIZON.steps
MAY_BE_NEGATIVE = frozenset({"expected_margin"})
"""Stocks that are expectations and may fall below zero; all others hold things."""
FIRST_VALUE = {"value_added_per_worker_growth": 5}
"""Years from the start after which an indicator has a value, where that is not one."""


def run_inputs(parameters, tables, horizon=HORIZON, every_step=False, outputs=None):
    """Variables (default: all) for given inputs."""
    return compiled(system(), horizon, outputs, every_step)(parameters, tables)


def run_levers(settings=None, parameters=None, drivers=None, every_step=False):
    """All variables for lever settings given as in a scenario file."""
    import json

    scenario = parse_scenario(
        json.dumps(
            {"title": "x", "levers": settings or {}, "parameters": parameters or {}, "drivers": drivers or {}},
        )
    )
    return run_inputs(*inputs_of(scenario, HORIZON.path_years), every_step=every_step)


@pytest.fixture(scope="session")
def as_happened():
    """The run "as happened"."""
    return run_inputs(*inputs_of(shipped_scenarios()["as_happened"], HORIZON.path_years))


@pytest.fixture(scope="session")
def inputs():
    """Parameters and tables of the run "as happened", to be changed by tests (copies)."""
    parameters, tables = inputs_of(shipped_scenarios()["as_happened"], HORIZON.path_years)
    return lambda: ({k: v.copy() for k, v in parameters.items()}, {k: v.copy() for k, v in tables.items()})


def lever_setting(lever_id, value):
    """One value for a lever, for every sector where it has its own."""
    lever = levers()[lever_id]
    return {sector: value for sector in lever.sectors} if lever.spread == "own" else value
