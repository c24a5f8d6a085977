"""The functions that equations may use besides plain operators.

Each works on floats, numpy arrays, symbolic expressions and pint quantities, so that one equation serves simulation,
export, the reference integrator, unit checking and tests. The axis of a variable comes first; behind it are years (in
annual statistics of the reference) or members of an ensemble.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from .declare import Axis
from .expression import ACCUMULATED, IN_YEAR, PREVIOUS_YEAR, Expression

if TYPE_CHECKING:
    import pint
    from pint.facets.plain import PlainUnit
    from typing_extensions import TypeIs

    ArrayValue = np.ndarray | Expression | pint.Quantity
    """What operations over an axis or over years take: an array, a symbolic one, or a pint quantity that holds one."""
    Value = float | ArrayValue
    """What equations take and return: a number, an array, an expression, or a pint quantity."""

SMALLEST_DENOMINATOR = 1e-250
"""Denominators below it, in any unit, count as 0: the quotient might overflow."""


def _is_quantity(value: Value) -> TypeIs[pint.Quantity]:
    return hasattr(value, "_REGISTRY")


def _registry(*values: Value) -> pint.UnitRegistry:
    """The unit registry of the first quantity."""
    return next(value._REGISTRY for value in values if _is_quantity(value))


def _magnitudes(*values: Value) -> tuple[Sequence[Value], PlainUnit | None]:
    """Strip compatible units: the magnitudes in the unit of the first quantity, and that unit.

    A bare zero (or infinity) fits every unit; any other bare number counts as dimensionless.
    """
    quantities = [v for v in values if _is_quantity(v)]
    if not quantities:
        return values, None
    unit = quantities[0].units
    registry = _registry(*quantities)
    plain: list[Value] = []
    for value in values:
        if _is_quantity(value):
            plain.append(value.to(unit).magnitude)
        elif np.all((np.asarray(value) == 0) | np.isinf(value)):
            plain.append(value)
        else:
            plain.append((value * registry.dimensionless).to(unit).magnitude)
    return plain, unit


def _same_unit(function: Callable[..., Value]) -> Callable[..., Value]:
    """Let an elementwise function of values in one unit accept quantities."""

    @functools.wraps(function)
    def wrapped(*values: Value) -> Value:
        plain, unit = _magnitudes(*values)
        result = function(*plain)
        return result if unit is None else result * unit

    return wrapped


def _pure_number(function: Callable[..., Value]) -> Callable[..., Value]:
    """Let a transcendental function accept dimensionless quantities and refuse all others."""

    @functools.wraps(function)
    def wrapped(value: Value) -> Value:
        if _is_quantity(value):
            return function(value.to("").magnitude) * value._REGISTRY.dimensionless
        return function(value)

    return wrapped


@_same_unit
def maximum(a: Value, b: Value) -> Value:
    """Elementwise larger of two values of one unit."""
    return np.maximum(a, b)


@_same_unit
def minimum(a: Value, b: Value) -> Value:
    """Elementwise smaller of two values of one unit."""
    return np.minimum(a, b)


def clip(value: Value, low: Value, high: Value) -> Value:
    """`value` limited to [low, high]."""
    return minimum(maximum(value, low), high)


@_same_unit
def smooth_minimum(a: Value, b: Value) -> Value:
    """The smaller of two positive values, with the corner rounded: (a^-8 + b^-8)^(-1/8).

    8.3 % below the sharp minimum where a = b, and within 0.1 % of it where one is twice the other.
    Used where many plants reach a limit one after another.
    """
    small = np.minimum(a, b)
    large = np.maximum(a, b)
    square = np.square(small / np.where(large > 0, large, 1.0))
    # Squares and square roots make the eighth power and root several times cheaper than a general power.
    return small / np.sqrt(np.sqrt(np.sqrt(1.0 + np.square(np.square(square)))))


@_same_unit
def smooth_positive_part(value: Value, width: Value) -> Value:
    """The value where positive and 0 elsewhere, with the corner rounded: width ln(1 + exp(value / width)).

    0.69 widths above the sharp corner where the value is 0, within 0.05 widths of it from 3 widths off.
    """
    return width * np.logaddexp(0.0, value / width)


@_pure_number
def exp(value: Value) -> Value:
    """Exponential of a pure number."""
    return np.exp(value)


@_pure_number
def log(value: Value) -> Value:
    """Natural logarithm of a positive pure number."""
    return np.log(value)


@_pure_number
def logistic(value: Value) -> Value:
    """1 / (1 + exp(-value)), without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * value))


def power(base: Value, exponent: Value) -> Value:
    """`base` to `exponent` for pure numbers, base not negative; 0 to any positive power is 0 with a finite slope."""
    if _is_quantity(base) or _is_quantity(exponent):
        registry = _registry(base, exponent)
        plain = [v.to("").magnitude if _is_quantity(v) else v for v in (base, exponent)]
        return power(*plain) * registry.dimensionless
    positive = base > 0
    return np.where(positive, np.where(positive, base, 1.0) ** exponent, 0.0)


def ratio(numerator: Value, denominator: Value) -> Value:
    """Quotient that is 0 where the denominator is 0 or so small that the quotient might overflow."""
    if _is_quantity(numerator) or _is_quantity(denominator):
        registry = _registry(numerator, denominator)
        over, under = (v if _is_quantity(v) else v * registry.dimensionless for v in (numerator, denominator))
        return ratio(over.magnitude, under.magnitude) * (over.units / under.units)
    empty = np.abs(denominator) < SMALLEST_DENOMINATOR
    return np.where(empty, 0.0, numerator / np.where(empty, 1.0, denominator))


def total(value: ArrayValue) -> Value:
    """Sum over the axis."""
    return value.sum(axis=0) if _is_quantity(value) else np.sum(value, axis=0)


def element(value: ArrayValue, axis: Axis, label: str) -> Value:
    """The entry of `label` on `axis`."""
    return value[axis.index(label)]


def stack(axis: Axis, **parts: Value) -> ArrayValue:
    """An array over `axis` from its named parts; parts not named are 0."""
    for label in parts:
        axis.index(label)
    plain, unit = _magnitudes(*parts.values())
    by_label = dict(zip(parts, plain, strict=True))
    entries = [by_label.get(label, 0.0) for label in axis.labels]
    result = 1.0 * np.stack(np.broadcast_arrays(*entries), axis=0)
    return result if unit is None else result * unit


def regroup(value: ArrayValue, membership: np.ndarray) -> ArrayValue:
    """Sum the entries of one axis into the groups of another; `membership` is groups x entries of 0 and 1."""
    if _is_quantity(value):
        return regroup(value.magnitude, membership) * value.units
    return np.tensordot(membership, value, axes=1)


def percent(value: Value) -> Value:
    """A fraction as a percentage."""
    if _is_quantity(value):
        return value.to("percent")
    return value * 100.0


def fraction(value: Value) -> Value:
    """A percentage (or percentage points per year) as a fraction."""
    if _is_quantity(value):
        return value * value._REGISTRY.Quantity(0.01, "1/percent")
    return value / 100.0


def convert(value: Value, source: str, target: str) -> Value:
    """`value`, given in `source`, in the unit `target` of the same dimension."""
    from .units import conversion_factor, unit

    if _is_quantity(value):
        return value.to(unit(target))
    return value * conversion_factor(source, target)


def over_year(value: Value) -> Value:
    """What a flow adds up to in one calendar year, from its mean rate in that year. For annual statistics."""
    return value * value._REGISTRY.Quantity(1.0, "yr") if _is_quantity(value) else value


def previous_year(series: ArrayValue) -> ArrayValue:
    """A yearly series one year earlier (years last); the first year has none and is NaN. For annual statistics."""
    if _is_quantity(series):
        return previous_year(series.magnitude) * series.units
    if isinstance(series, Expression):
        return series.pool.make(PREVIOUS_YEAR, (series,), None, series.shape)
    gap = np.full_like(series[..., :1], np.nan)
    return np.concatenate([gap, series[..., :-1]], axis=-1)


def accumulated(series: ArrayValue) -> ArrayValue:
    """Running sum of a yearly series (years last). For annual statistics."""
    if _is_quantity(series):
        return accumulated(series.magnitude) * series.units
    if isinstance(series, Expression):
        return series.pool.make(ACCUMULATED, (series,), None, series.shape)
    return np.cumsum(series, axis=-1)


def in_year(series: ArrayValue, time: Value, year: Value) -> ArrayValue:
    """The value of a yearly series (years last) in `year`, repeated for all years; `time` has the year of each entry.

    NaN where the run does not contain the year. For annual statistics.
    """
    (time, year), _ = _magnitudes(time, year)
    if _is_quantity(series):
        return in_year(series.magnitude, time, year) * series.units
    if isinstance(series, Expression):
        moment, wanted = series.pool.lifted(time), series.pool.lifted(year)
        return series.pool.make(IN_YEAR, (series, moment, wanted), None, series.shape)
    matches = time == year
    chosen = np.where(np.any(matches), np.sum(series * matches, axis=-1, keepdims=True), np.nan)
    return np.broadcast_to(chosen, series.shape)
