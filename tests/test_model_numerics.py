"""The whole model against scipy, against itself at half the step, and its derivatives against differences."""

import functools

import jax
import numpy as np
import pytest

from model import inputs
from model.build import system
from model.engine.horizon import Horizon
from model.engine.integrate import build, compiled
from model.engine.reference import differences

START, END = inputs.START, inputs.LAST_OBSERVED


@functools.cache
def baseline(end: int) -> dict:
    """Tables of levers and drivers as they happened."""
    years = np.arange(START, end + 1)
    tables = {d.id: inputs.driver_table(d, years) for d in inputs.drivers().values()}
    return tables | {v.id: inputs.lever_table(v, v.baseline, years) for v in inputs.levers().values()}


def test_rk4_agrees_with_scipy_on_every_stock():
    fine = Horizon(START, inputs.END, 256, "rk4")
    found = differences(system(), inputs.default_parameters(), baseline(inputs.END), fine)
    assert set(found) == set(system().stocks)
    assert {name: error for name, error in found.items() if error > 1e-6} == {}


def test_halving_the_step_of_rk4_moves_no_indicator_by_half_a_percent():
    indicators = tuple(n for n, v in system().variables.items() if v.kind == "annual")
    coarse, fine = (
        compiled(system(), Horizon(START, inputs.END, steps, "rk4"), indicators)(
            inputs.default_parameters(), baseline(inputs.END)
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


OUTPUTS = ("crude_steel_output", "energy_consumption_industry", "steelmaking_capacity")
LEVERS = ("capacity_closure", "technical_renovation_investment", "capacity_discipline")


@functools.cache
def moved_along():
    """Compiled function: outcome and slope when levers move by a multiple of a direction."""
    run = build(system(), Horizon(START, END, 4), OUTPUTS)
    tables = baseline(END)

    def outcome(multiple, direction):
        changed = {name: tables[name] + multiple * direction[name] for name in LEVERS}
        return run(inputs.default_parameters(), {**tables, **changed})

    return jax.jit(lambda multiple, direction: jax.jvp(lambda m: outcome(m, direction), (multiple,), (1.0,)))


@pytest.mark.parametrize("lever", LEVERS)
def test_derivatives_with_respect_to_levers_agree_with_differences(lever):
    applies = np.arange(START, END + 1) >= inputs.POLICY_START
    direction = {name: np.zeros_like(baseline(END)[name]) for name in LEVERS}
    direction[lever][applies] = baseline(END)[lever][applies]
    _, slope = moved_along()(0.0, direction)
    nudge = 1e-5
    high, low = moved_along()(nudge, direction)[0], moved_along()(-nudge, direction)[0]
    numeric = {name: (np.asarray(high[name]) - np.asarray(low[name])) / (2 * nudge) for name in OUTPUTS}
    assert max(np.abs(change).max() for change in numeric.values()) > 0
    for name in OUTPUTS:
        np.testing.assert_allclose(slope[name], numeric[name], rtol=1e-3, atol=1e-4 * np.abs(high[name]).max())
