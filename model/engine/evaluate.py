"""Evaluating equations at one moment, with numbers or symbolically: variables, initial values, rates of change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import numpy as np

from .checked_system import HOLDING, System
from .declare import Variable
from .errors import DeclarationError
from .quantities import Value
from .shapes import check_shape


def evaluate(system: System, names: tuple[str, ...], values: dict, trail: tuple[int, ...] = ()) -> dict:
    """Evaluate the equations `names` (causes first) on top of `values`, which is extended and returned.

    `trail` is the shape behind the axis of each array: () at one instant of one run, else steps, years or members.
    """
    with np.errstate(all="ignore"):
        for name in names:
            values[name] = _call(system.variables[name], values, trail)
    return values


def _call(variable: Variable, values: Mapping, trail: tuple[int, ...]) -> np.ndarray:
    """The value of one equation, its shape checked; errors name the variable."""
    arguments = [values[cause] for cause in variable.causes]
    try:
        result = cast(np.ndarray, variable.equation(*arguments))  # equations of arrays return arrays
    except (TypeError, ValueError, AttributeError) as error:
        shapes = ", ".join(f"{c}{np.shape(a)}" for c, a in zip(variable.causes, arguments, strict=True))
        raise DeclarationError(f"{variable.name} ({variable.chapter}): {error}; causes are {shapes}") from error
    check_shape(variable, np.shape(result), trail)
    # A constant array lacks the trailing axes; axes of length one let it broadcast against arrays that have them.
    return behind(result, len(trail)) if np.shape(result) == variable.shape else result


def start_values(system: System, values: dict, trail: tuple[int, ...] = ()) -> dict:
    """Give every stock its initial value; `values` holds inputs at the start and `time`; `trail` as for `evaluate`.

    `values` is extended by them, by the fixed delays, and by what both depend on at the start."""
    for name in system.initial_order:
        variable = system.variables[name]
        if variable.kind in HOLDING:
            initial: Value = values[variable.initial] if isinstance(variable.initial, str) else variable.initial
            values[name] = np.broadcast_to(initial, (*variable.shape, *trail))
        else:
            evaluate(system, (name,), values, trail)
    return {name: values[name] for name in system.stocks}


def net_flows(system: System, values: Mapping, trail: tuple[int, ...] = ()) -> dict:
    """Rate of change of every stock: inflows minus outflows. See `evaluate` for `trail`."""
    rates = {}
    for name in system.stocks:
        variable = system.variables[name]
        rate: Value = 0.0
        for flow in variable.inflows:
            rate = rate + values[flow]
        for flow in variable.outflows:
            rate = rate - values[flow]
        rates[name] = np.broadcast_to(rate, (*variable.shape, *trail))
    return rates


def flows_of(system: System) -> list[str]:
    """All flows that fill or drain a stock."""
    return [f for s in system.stocks for f in (*system.variables[s].inflows, *system.variables[s].outflows)]


def behind(value: np.ndarray, count: int) -> np.ndarray:
    """`value` with `count` trailing axes of length one, so that it broadcasts against arrays with trailing axes.

    Scalars need none."""
    return np.reshape(value, (*np.shape(value), *(1,) * count)) if count and np.ndim(value) else value


def annual_needed(system: System, names: Iterable[str]) -> tuple[str, ...]:
    """The annual statistics that `names` depend on, causes first."""
    wanted = set(names)
    for name in reversed(system.annual_order):
        if name in wanted:
            wanted.update(system.variables[name].causes)
    return tuple(name for name in system.annual_order if name in wanted)


def reported_names(system: System, names: Iterable[str]) -> tuple[str, ...]:
    """The variables at one moment that the report of `names` takes: these and the causes of annual statistics."""
    wanted = dict.fromkeys([*names, *(c for a in annual_needed(system, names) for c in system.variables[a].causes)])
    return tuple(n for n in wanted if n in system.variables and system.variables[n].kind != "annual")
