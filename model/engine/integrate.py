"""Numerical integration with JAX: one compiled function per system, horizon, step and method.

Parameters, lever tables and driver tables are arguments of the compiled function, so a slider
never triggers a new compilation; `jax.vmap` and `jax.grad` apply to it.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

# Compiles the whole loop over steps as one kernel instead of one per operation: about three times faster here.
# Has to be said before JAX starts.
_ONE_KERNEL = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=100000000"
if "xla_backend_extra_options" not in os.environ.get("XLA_FLAGS", ""):
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {_ONE_KERNEL}".strip()

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

from .declare import Variable
from .errors import DeclarationError, suggestion
from .horizon import Horizon
from .packing import Packing
from .system import TIME, System

jax.config.update("jax_enable_x64", True)


_REACH = np.array([0.0, 0.5, 0.5, 1.0])
"""How far into the step each stage of the classical Runge-Kutta method looks,"""
_WEIGHT = np.array([1.0, 2.0, 2.0, 1.0]) / 6
"""and what its slope counts for."""


def use_compilation_cache(folder: Path) -> None:
    """Keep compiled functions on disk in `folder`, so that a later process starts in a fraction of the time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    if os.access(folder, os.W_OK):
        jax.config.update("jax_compilation_cache_dir", str(folder))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


def evaluate(system: System, names: tuple[str, ...], values: dict, trail: tuple[int, ...] = ()) -> dict:
    """Evaluate the equations `names` (causes first) on top of `values`, which is extended and returned.

    `trail` is what follows the axis of each array: nothing at one instant of one run, else steps, years or members.
    """
    for name in names:
        variable = system.variables[name]
        values[name] = _call(system, variable, [values[c] for c in variable.causes], trail)
    return values


def _call(system: System, variable: Variable, arguments: list, trail: tuple[int, ...] = ()):
    try:
        result = variable.function(*arguments)
    except (TypeError, ValueError) as error:
        shapes = ", ".join(f"{c}{np.shape(a)}" for c, a in zip(variable.causes, arguments, strict=True))
        raise DeclarationError(f"{variable.name} ({variable.chapter}): {error}; causes are {shapes}") from error
    _check_shape(system, variable, np.shape(result), trail)
    return result


def _check_shape(system: System, variable: Variable, shape: tuple[int, ...], trail: tuple[int, ...]) -> None:
    allowed = {(): "a scalar", **{(len(a),): f"over {a.name} ({len(a)})" for a in system.axes}}
    # Variables that do not depend on what trails may have ones there, or be plain constants.
    inner = shape[: len(shape) - len(trail)] if len(shape) > len(trail) else ()
    outer = shape[len(inner) :]
    fits = len(outer) in (0, len(trail)) and all(given in (1, full) for given, full in zip(outer, trail, strict=False))
    if inner not in allowed or not fits:
        beside = f", each with {trail} behind it" if trail else ""
        raise DeclarationError(
            f"{variable.name} ({variable.chapter}): shape {shape} fits no axis; "
            f"allowed: {', '.join(allowed.values())}{beside}"
        )


def _check_inputs(system: System, horizon: Horizon, parameters: Mapping, tables: Mapping) -> None:
    """Refuse inputs that are missing, unknown or of the wrong shape, by name.

    Tables have a row for each year and may have one more for the year after (see `Horizon.weights`).
    """
    paths = [name for name, given in system.inputs.items() if given.kind != "parameter"]
    years = len(horizon.years)
    for role, given, names, leads in (
        ("parameter", parameters, system.inputs_of("parameter"), [()]),
        ("table", tables, paths, [(years,), (years + 1,)]),
    ):
        for name in names:
            if name not in given:
                raise DeclarationError(f"{name}: no {role} of this name is given; give every input a value")
            axis = system.inputs[name].axis
            needed = [(*lead, len(axis)) if axis else lead for lead in leads]
            if given[name].shape not in needed:
                raise DeclarationError(f"{name}: the {role} has shape {given[name].shape}, it needs {needed[0]}")
        for name in given:
            if name not in names:
                raise DeclarationError(f"{name}: the model has no such {role}{suggestion(name, names)}")


def start_values(system: System, values: dict, trail: tuple[int, ...] = ()) -> dict:
    """Give every stock its initial value; `values` holds inputs at the start and `time`; `trail` as for `evaluate`."""
    for name in system.initial_order:
        variable = system.variables[name]
        if variable.kind == "stock":
            size = ((len(variable.axis),) if variable.axis else ()) + trail
            given = values[variable.initial] if isinstance(variable.initial, str) else variable.initial
            try:
                values[name] = jnp.broadcast_to(jnp.asarray(given, dtype=float), size)
            except ValueError:
                raise DeclarationError(
                    f"{name} ({variable.chapter}): initial {variable.initial} has shape "
                    f"{np.shape(given)}, the stock needs {size}; give the stock `over=` its axis"
                ) from None
        else:
            values[name] = _call(system, variable, [values[c] for c in variable.causes], trail)
    return {name: values[name] for name in system.stocks}


def net_flows(system: System, values: Mapping, trail: tuple[int, ...] = ()) -> dict:
    """Rate of change of every stock: inflows minus outflows. See `evaluate` for `trail`."""
    rates = {}
    for name in system.stocks:
        variable = system.variables[name]
        shape = ((len(variable.axis),) if variable.axis else ()) + trail
        rate = jnp.zeros(shape)
        for sign, flows in ((1.0, variable.inflows), (-1.0, variable.outflows)):
            for flow in flows:
                rate = rate + sign * values[flow]
        if rate.shape != shape:
            raise DeclarationError(
                f"{name} ({variable.chapter}): its flows have shape {rate.shape}; give the stock `over=` its axis"
            )
        rates[name] = rate
    return rates


def sample(system: System, horizon: Horizon, tables: Mapping, offset: float) -> dict:
    """Levers and drivers at `offset` of each step, steps first."""
    return {
        name: jnp.tensordot(horizon.weights(system.inputs[name].interpolation, offset, len(table)), table, axes=1)
        for name, table in tables.items()
    }


def _stepper(system: System, horizon: Horizon, parameters: Mapping, stocks: Packing, paths: Packing) -> Callable:
    """One step of the integration: (stocks, (time, paths at start, middle, end)) -> (next stocks, stocks)."""
    needed = system.needed_for(flows_of(system))
    step = 1.0 / horizon.steps

    def slope(state, moment, exogenous):
        values = {**parameters, **paths.unpack(exogenous), **stocks.unpack(state), TIME: moment}
        return stocks.pack(net_flows(system, evaluate(system, needed, values)))

    def euler(state, now):
        moment, first = now
        return state + step * slope(state, moment, first), state

    def rk4(state, now):
        moment, first, middle, last = now

        def stage(carry, given):
            rate, total = carry
            reach, weight, exogenous = given
            rate = slope(state + step * reach * rate, moment + step * reach, exogenous)
            return (rate, total + weight * rate), None

        # A loop over the stages compiles three times faster than the slope written out four times.
        nothing = jnp.zeros_like(state)
        stages = (_REACH, _WEIGHT, jnp.stack([first, middle, middle, last]))
        (_, total), _ = jax.lax.scan(stage, (nothing, nothing), stages)
        return state + step * total, state

    return euler if horizon.method == "euler" else rk4


def flows_of(system: System) -> list[str]:
    """All flows that fill or drain a stock."""
    return [f for s in system.stocks for f in (*system.variables[s].inflows, *system.variables[s].outflows)]


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
        paths = Packing({name: table.shape[1:] for name, table in tables.items()})
        offsets = (0.0,) if horizon.method == "euler" else (0.0, 0.5, 1.0)
        sampled = [paths.pack(sample(system, horizon, tables, o), (count,)) for o in offsets]
        at_start = paths.unpack(sampled[0][0])
        first = start_values(system, {**parameters, **at_start, TIME: jnp.asarray(float(horizon.start))})
        stocks = Packing({name: value.shape for name, value in first.items()})
        times = jnp.asarray(horizon.times)
        step = _stepper(system, horizon, parameters, stocks, paths)
        final, states = jax.lax.scan(step, stocks.pack(first), (times, *sampled))
        ends = jnp.concatenate([states[horizon.steps :: horizon.steps], final[None]])

        closing = paths.pack(sample(system, horizon, tables, 1.0), (count,))
        series = Series(states, ends, sampled[0], closing[horizon.steps - 1 :: horizon.steps])
        return reported(system, horizon, names, parameters, tables, stocks, paths, series, every_step)

    return run


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


def behind(value, count: int):
    """`value` with `count` axes of length one behind those it has, so that it meets arrays with something trailing.

    Scalars need none."""
    return jnp.reshape(value, (*value.shape, *(1,) * count)) if value.ndim else value


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


@functools.lru_cache(maxsize=32)
def compiled(
    system: System, horizon: Horizon, outputs: tuple[str, ...] | None = None, every_step: bool = False
) -> Callable:
    """The compiled form of `build`, kept for reuse within the process."""
    return jax.jit(build(system, horizon, outputs, every_step))
