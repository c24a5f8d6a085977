"""Quantities in the functions of equations: units come off, plain values are computed with, units go on again."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pint
    from pint.facets.plain import PlainUnit

Value = Any
"""What equations take and return: a number, an array, an `Expression`, or a pint quantity. A wider type than these,
because numpy dispatches its functions to all of them, which its type hints do not know."""
ArrayValue = Any
"""What operations over an axis or over years take: a `Value` that is no single number."""


def is_quantity(value: Value) -> bool:
    """Whether a value is a pint quantity."""
    return hasattr(value, "_REGISTRY")


def registry_of(*values: Value) -> pint.UnitRegistry:
    """The unit registry of the first quantity."""
    return next(value._REGISTRY for value in values if is_quantity(value))


def magnitudes(*values: Value) -> tuple[Sequence[Value], PlainUnit | None]:
    """Strip compatible units: the magnitudes in the unit of the first quantity, and that unit.

    A bare zero (or infinity) fits every unit; any other bare number counts as dimensionless.
    """
    quantities = [v for v in values if is_quantity(v)]
    if not quantities:
        return values, None
    unit = quantities[0].units
    registry = registry_of(*quantities)
    plain: list[Value] = []
    for value in values:
        if is_quantity(value):
            plain.append(value.to(unit).magnitude)
        elif np.all((np.asarray(value) == 0) | np.isinf(value)):
            plain.append(value)
        else:
            plain.append((value * registry.dimensionless).to(unit).magnitude)
    return plain, unit


def same_unit(function: Callable[..., Value]) -> Callable[..., Value]:
    """Let an elementwise function of values in one unit accept quantities."""

    @functools.wraps(function)
    def wrapped(*values: Value) -> Value:
        plain, unit = magnitudes(*values)
        result = function(*plain)
        return result if unit is None else result * unit

    return wrapped


def pure_number(function: Callable[..., Value]) -> Callable[..., Value]:
    """Let a transcendental function accept dimensionless quantities and refuse all others."""

    @functools.wraps(function)
    def wrapped(value: Value) -> Value:
        if is_quantity(value):
            return function(value.to("").magnitude) * value._REGISTRY.dimensionless
        return function(value)

    return wrapped
