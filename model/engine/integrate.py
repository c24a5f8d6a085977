"""Numerical integration with JAX: one compiled function per system, horizon, step and method.

Parameters, lever tables and driver tables are arguments of the compiled function, so a slider
never triggers a new compilation; `jax.vmap` and `jax.grad` apply to it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

import numpy as np

from .backend import Array, jax, jnp
from .checked_system import TIME, System
from .errors import DeclarationError, suggestion
from .evaluate import evaluate, flows_of, net_flows, start_values
from .horizon import Horizon
from .packing import paths_of, stocks_of
from .reporting import Integrated, Series, reported, reported_steps

_NODES = np.array([0.0, 0.5, 0.5, 1.0])
"""Nodes of the classical Runge-Kutta method, as parts of the step."""
_WEIGHT = np.array([1.0, 2.0, 2.0, 1.0]) / 6
"""Weights of its slopes."""


def _check_inputs(system: System, horizon: Horizon, parameters: Mapping, tables: Mapping) -> None:
    """Refuse inputs that are missing, unknown or of the wrong shape, by name.

    Tables have a row for each year and may have one more for the year after (see `Horizon.weights`).
    """
    paths = [name for name, source in system.inputs.items() if source.kind != "parameter"]
    years = len(horizon.years)
    for role, values, names, leads in (
        ("parameter", parameters, system.inputs_of("parameter"), [()]),
        ("table", tables, paths, [(years,), (years + 1,)]),
    ):
        for name in names:
            if name not in values:
                raise DeclarationError(f"{name}: no {role} of this name is given; give every input a value")
            needed = [(*lead, *system.inputs[name].shape) for lead in leads]
            if values[name].shape not in needed:
                raise DeclarationError(f"{name}: the {role} has shape {values[name].shape}, it needs {needed[0]}")
        for name in values:
            if name not in names:
                raise DeclarationError(f"{name}: the model has no such {role}{suggestion(name, names)}")


def sample(system: System, horizon: Horizon, tables: Mapping, offset: float) -> dict:
    """Levers and drivers at `offset` of each step, steps first."""
    return {
        name: jnp.tensordot(horizon.weights(system.inputs[name].interpolation, offset, len(table)), table, axes=1)
        for name, table in tables.items()
    }


def _stepper(system: System, horizon: Horizon, parameters: Mapping) -> Callable:
    """One step of the integration: (stocks, (time, paths at start, middle, end)) -> (next stocks, stocks)."""
    stocks, paths = stocks_of(system), paths_of(system)
    needed = system.needed_for(flows_of(system))
    step = 1.0 / horizon.steps

    def slope(state: Array, moment: Array, exogenous: Array) -> jax.Array:
        values = {**parameters, **paths.unpack(exogenous), **stocks.unpack(state), TIME: moment}
        return stocks.pack(net_flows(system, evaluate(system, needed, values)))

    def euler(state: Array, now: tuple[Array, ...]) -> tuple[Array, Array]:
        moment, first = now
        return state + step * slope(state, moment, first), state

    def rk4(state: Array, now: tuple[Array, ...]) -> tuple[Array, Array]:
        moment, first, middle, last = now

        def stage(
            carry: tuple[jax.Array, jax.Array], tableau: tuple[jax.Array, ...]
        ) -> tuple[tuple[jax.Array, jax.Array], None]:
            rate, total = carry
            node, weight, exogenous = tableau
            rate = slope(state + step * node * rate, moment + step * node, exogenous)
            return (rate, total + weight * rate), None

        # A loop over the stages compiles three times faster than the slope written out four times.
        zero = jnp.zeros_like(state)
        stages = (jnp.asarray(_NODES), jnp.asarray(_WEIGHT), jnp.stack([first, middle, middle, last]))
        (_, total), _ = jax.lax.scan(stage, (zero, zero), stages)
        return state + step * total, state

    return euler if horizon.method == "euler" else rk4


def build(
    system: System, horizon: Horizon, outputs: tuple[str, ...] | None = None, every_step: bool = False
) -> Callable:
    """A pure function (parameters, tables) -> {name: array, time first}, ready for jit, vmap and grad.

    `parameters` maps names to scalars or axis arrays; `tables` maps levers and drivers to arrays of
    one row per year of the horizon. The result holds `outputs` (default: every variable) per year:
    the mean over the year, or the end of the year for stocks; with `every_step`, the values at the
    start of each step, annual statistics left out.
    """
    names = tuple(outputs) if outputs is not None else tuple(system.variables)
    for name in names:
        if name not in system.variables:
            raise DeclarationError(f"{name}: no variable of this name{suggestion(name, system.variables)}")

    def run(parameters: Mapping, tables: Mapping) -> dict:
        parameters = {name: jnp.asarray(value, dtype=float) for name, value in parameters.items()}
        tables = {name: jnp.asarray(value, dtype=float) for name, value in tables.items()}
        _check_inputs(system, horizon, parameters, tables)
        count = len(horizon.times)
        stocks, paths = stocks_of(system), paths_of(system)
        offsets = (0.0,) if horizon.method == "euler" else (0.0, 0.5, 1.0)
        sampled = [paths.pack(sample(system, horizon, tables, o), (count,)) for o in offsets]
        at_start = paths.unpack(sampled[0][0])
        first = start_values(system, {**parameters, **at_start, TIME: jnp.asarray(float(horizon.start))})
        times = jnp.asarray(horizon.times)
        step = _stepper(system, horizon, parameters)
        final, states = jax.lax.scan(step, stocks.pack(first), (times, *sampled))
        ends = jnp.concatenate([states[horizon.steps :: horizon.steps], final[None]])

        closing = paths.pack(sample(system, horizon, tables, 1.0), (count,))
        series = Series(states, ends, sampled[0], closing[horizon.steps - 1 :: horizon.steps])
        integrated = Integrated(system, horizon, parameters, tables, series)
        return reported_steps(integrated, names) if every_step else reported(integrated, names)

    return run


@functools.lru_cache(maxsize=32)
def compiled(
    system: System, horizon: Horizon, outputs: tuple[str, ...] | None = None, every_step: bool = False
) -> Callable:
    """The compiled form of `build`, cached for the process."""
    return jax.jit(build(system, horizon, outputs, every_step))
