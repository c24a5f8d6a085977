"""What a run reports: variables at every step or by year, and annual statistics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .backend import jax, jnp
from .declare import Variable
from .evaluate import behind, evaluate
from .horizon import Horizon
from .packing import Packing
from .system import TIME, System


class Series(NamedTuple):
    """What an integration leaves behind: packed stocks and paths at the start of steps and at the ends of years."""

    states: jax.Array
    ends: jax.Array
    exogenous: jax.Array
    closing: jax.Array


def reported(
    system: System,
    horizon: Horizon,
    names: tuple[str, ...],
    parameters: Mapping,
    tables: Mapping,
    stocks: Packing,
    paths: Packing,
    series: Series,
    every_step: bool = False,
    given: Mapping | None = None,
) -> dict:
    """The variables `names` of an integration that has been done, as `build` returns them.

    `given` holds variables whose equation did not apply: their values at every step and then at the ends of years,
    steps last.
    """
    given = given or {}
    annual = annual_needed(system, names)
    wanted = [*names, *(c for a in annual for c in system.variables[a].causes)]
    instant = tuple(n for n in system.needed_for(wanted) if n not in given)
    shown = [n for n in dict.fromkeys(wanted) if n in system.variables and system.variables[n].kind != "annual"]
    exogenous = [n for n in dict.fromkeys(wanted) if n in system.inputs]
    count, times = len(horizon.times), jnp.asarray(horizon.times)
    constants = {name: behind(value, 1) for name, value in parameters.items()}

    def observe(state, moments, exogenous, replaced):
        """Everything wanted at many moments at once: steps trail, which keeps the arithmetic in long rows."""
        values = {**constants, **_steps_last(paths.unpack(exogenous)), **_steps_last(stocks.unpack(state)), **replaced}
        values = evaluate(system, instant, {**values, TIME: moments}, moments.shape)
        return {n: jnp.broadcast_to(values[n], (*_inner(values[n]), len(moments))) for n in shown}

    if every_step:
        seen = observe(series.states, times, series.exogenous, {n: v[..., :count] for n, v in given.items()})
        return {name: jnp.moveaxis(seen[name], -1, 0) for name in names if name in shown}
    moments = jnp.concatenate([times, jnp.asarray(horizon.years + 1.0)])
    states = jnp.concatenate([series.states, series.ends])
    seen = observe(states, moments, jnp.concatenate([series.exogenous, series.closing]), given)
    yearly = {n: _by_year(system.variables[n], seen[n][..., :count], seen[n][..., count:], horizon) for n in shown}
    known = {
        n: constants[n] if n in constants else jnp.moveaxis(tables[n][: len(horizon.years)], 0, -1) for n in exogenous
    }
    values = {**known, **yearly, TIME: jnp.asarray(horizon.years, dtype=float)}
    evaluate(system, annual, values, horizon.years.shape)
    years = len(horizon.years)
    return {n: jnp.moveaxis(jnp.broadcast_to(values[n], (*_inner(values[n]), years)), -1, 0) for n in names}


def _steps_last(values: Mapping) -> dict:
    return {name: jnp.moveaxis(value, 0, -1) for name, value in values.items()}


def _inner(value) -> tuple[int, ...]:
    """The shape before what trails: nothing for constants and scalars, else the axis."""
    return value.shape[:-1]


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


def _by_year(variable: Variable, series, at_end, horizon: Horizon):
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
