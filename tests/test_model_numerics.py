"""The whole model over its whole horizon: against scipy, and against itself at half the step."""

import functools

import numpy as np

from model import inputs
from model.build import system
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.engine.reference import differences

START = inputs.START
KINKED = {"perceived_sei_gap": 1e-5}
"""Stocks behind a kink: the gap ends at a moment between two steps, where no method of fixed step is exact."""


@functools.cache
def baseline() -> dict:
    """Tables of levers and drivers as they happened."""
    years = np.arange(START, inputs.END + 1)
    tables = {d.id: inputs.driver_table(d, years) for d in inputs.drivers().values()}
    return tables | {v.id: inputs.lever_table(v, v.baseline, years) for v in inputs.levers().values()}


def test_rk4_agrees_with_scipy_on_every_stock():
    fine = Horizon(START, inputs.END, 256, "rk4")
    found = differences(system(), inputs.default_parameters(), baseline(), fine)
    assert set(found) == set(system().stocks)
    assert {name: error for name, error in found.items() if error > KINKED.get(name, 1e-6)} == {}


def test_halving_the_step_of_rk4_moves_no_indicator_by_half_a_percent():
    indicators = tuple(n for n, v in system().variables.items() if v.kind == "annual")
    coarse, fine = (
        compiled(system(), Horizon(START, inputs.END, steps, "rk4"), indicators)(
            inputs.default_parameters(), baseline()
        )
        for steps in (8, 16)
    )
    moved = {}
    for name in indicators:
        difference = np.nanmax(np.abs(np.asarray(coarse[name]) - np.asarray(fine[name])), axis=0)
        size = np.nanmax(np.abs(np.asarray(fine[name])), axis=0)
        moved[name] = np.max(difference / np.where(size > 0, size, 1.0))
    assert {name: change for name, change in moved.items() if change > 0.005} == {}
    assert max(moved.values()) > 0
