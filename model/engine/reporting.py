"""What a run reports: variables at every step or by year, and annual statistics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from .backend import Array, jnp
from .checked_system import TIME, System
from .declare import Variable
from .evaluate import behind, evaluate
from .horizon import Horizon
from .packing import paths_of, stocks_of


class Series(NamedTuple):
    """The series of an integration: packed stocks and paths at the start of steps and at the ends of years."""

    states: Array
    ends: Array
    exogenous: Array
    closing: Array


@dataclass(frozen=True)
class Integrated:
    """A finished integration: its inputs and its series.

    `prescribed` holds variables whose equation did not apply: their values at every step and then at the ends of years,
    steps last.
    """

    system: System
    horizon: Horizon
    parameters: Mapping[str, Array]
    tables: Mapping[str, Array]
    series: Series
    prescribed: Mapping[str, Array] = field(default_factory=dict)


def reported_steps(run: Integrated, names: tuple[str, ...]) -> dict[str, Array]:
    """The variables `names` at the start of each step, steps first; annual statistics are left out."""
    shown = [name for name in names if run.system.variables[name].kind != "annual"]
    count = len(run.horizon.times)
    prescribed = {name: values[..., :count] for name, values in run.prescribed.items()}
    seen = _observed(run, shown, run.horizon.times, run.series.states, run.series.exogenous, prescribed)
    return {name: jnp.moveaxis(seen[name], -1, 0) for name in shown}


def reported(run: Integrated, names: tuple[str, ...]) -> dict[str, Array]:
    """The variables `names` by year, years first, as `build` returns them."""
    system, horizon, series = run.system, run.horizon, run.series
    annual = annual_needed(system, names)
    wanted = dict.fromkeys([*names, *(c for a in annual for c in system.variables[a].causes)])
    shown = [n for n in wanted if n in system.variables and system.variables[n].kind != "annual"]
    count, years = len(horizon.times), len(horizon.years)
    moments = np.concatenate([horizon.times, horizon.years + 1.0])
    states = jnp.concatenate([series.states, series.ends])
    exogenous = jnp.concatenate([series.exogenous, series.closing])
    seen = _observed(run, shown, moments, states, exogenous, run.prescribed)
    values = {name: behind(value, 1) for name, value in run.parameters.items()}
    values |= {name: jnp.moveaxis(table[:years], 0, -1) for name, table in run.tables.items()}
    values |= {n: _by_year(system.variables[n], seen[n][..., :count], seen[n][..., count:], horizon) for n in shown}
    values[TIME] = jnp.asarray(horizon.years, dtype=float)
    evaluate(system, annual, values, (years,))
    return {n: jnp.moveaxis(jnp.broadcast_to(values[n], (*system.shape_of(n), years)), -1, 0) for n in names}


def _observed(
    run: Integrated, names: Sequence[str], moments: np.ndarray, states: Array, exogenous: Array, prescribed: Mapping
) -> dict[str, Array]:
    """The variables `names` at many moments at once; steps are the last dimension, which makes rows long."""
    system = run.system
    instant = tuple(n for n in system.needed_for(names) if n not in prescribed)
    values = {name: behind(value, 1) for name, value in run.parameters.items()}
    values |= _steps_last(paths_of(system).unpack(exogenous)) | _steps_last(stocks_of(system).unpack(states))
    values |= {**prescribed, TIME: jnp.asarray(moments)}
    evaluate(system, instant, values, moments.shape)
    return {n: jnp.broadcast_to(values[n], (*system.shape_of(n), len(moments))) for n in names}


def _steps_last(values: Mapping) -> dict[str, Array]:
    return {name: jnp.moveaxis(value, 0, -1) for name, value in values.items()}


def annual_needed(system: System, names: tuple[str, ...]) -> tuple[str, ...]:
    """The annual statistics that `names` depend on, causes first."""
    wanted: set[str] = set()
    pending = [n for n in names if n in system.variables and system.variables[n].kind == "annual"]
    while pending:
        name = pending.pop()
        if name not in wanted:
            wanted.add(name)
            pending += [c for c in system.variables[name].causes if c in system.annual_order]
    return tuple(n for n in system.annual_order if n in wanted)


def _by_year(variable: Variable, series: Array, at_end: Array, horizon: Horizon) -> Array:
    """Sum a series, steps last, up to years: its end for stocks, else the mean.

    Under Euler the mean of a flow is exactly what the steps have added to the stocks; all other means
    follow the trapezoidal rule, which converges faster.
    """
    if variable.report == "end":
        return at_end
    grid = series.reshape(*series.shape[:-1], len(horizon.years), horizon.steps)
    mean = grid.mean(axis=-1)
    if horizon.method == "euler" and variable.kind == "flow":
        return mean
    return mean + (at_end - grid[..., 0]) / (2 * horizon.steps)
