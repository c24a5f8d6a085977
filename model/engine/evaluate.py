"""Evaluating equations at one moment: variables, initial values, and the rates of change of stocks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .backend import jnp
from .declare import Variable
from .errors import DeclarationError
from .system import System


def evaluate(system: System, names: tuple[str, ...], values: dict, trail: tuple[int, ...] = ()) -> dict:
    """Evaluate the equations `names` (causes first) on top of `values`, which is extended and returned.

    `trail` is what follows the axis of each array: nothing at one instant of one run, else steps, years or members.
    """
    for name in names:
        variable = system.variables[name]
        values[name] = call(system, variable, [values[c] for c in variable.causes], trail)
    return values


def call(system: System, variable: Variable, arguments: list, trail: tuple[int, ...] = ()):
    """The value of one equation, its shape checked; errors name the variable."""
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
            values[name] = call(system, variable, [values[c] for c in variable.causes], trail)
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


def flows_of(system: System) -> list[str]:
    """All flows that fill or drain a stock."""
    return [f for s in system.stocks for f in (*system.variables[s].inflows, *system.variables[s].outflows)]


def behind(value, count: int):
    """`value` with `count` axes of length one behind those it has, so that it meets arrays with something trailing.

    Scalars need none."""
    return jnp.reshape(value, (*value.shape, *(1,) * count)) if value.ndim else value
