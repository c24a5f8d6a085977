"""The functions that equations may use besides plain operators.

Each works on floats, numpy arrays, symbolic expressions and pint quantities, so that one equation serves simulation,
export, the reference integrator, unit checking and tests. The axis of a variable comes first; behind it are years (in
annual statistics of the reference) or members of an ensemble.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .declare import Axis
from .expression import ACCUMULATED, ALWAYS, IN_YEAR, PREVIOUS_YEAR, Expression
from .quantities import ArrayValue, Value, is_quantity, magnitudes, pure_number, registry_of, same_unit
from .tables import Table

SMALLEST_DENOMINATOR = 1e-250
"""Denominators below it, in any unit, count as 0: the quotient might overflow."""
PUNCTUAL = 1e-9
"""A moment this little before another, in the unit of time, counts as the same: steps such as 0.1 are not exact."""


@same_unit
def maximum(a: Value, b: Value) -> Value:
    """Elementwise larger of two values of one unit."""
    return np.maximum(a, b)


@same_unit
def minimum(a: Value, b: Value) -> Value:
    """Elementwise smaller of two values of one unit."""
    return np.minimum(a, b)


def clip(value: Value, low: Value, high: Value) -> Value:
    """`value` limited to [low, high]."""
    return minimum(maximum(value, low), high)


@same_unit
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


def softened_minimum(a: Value, b: Value, sharpness: Value) -> Value:
    """The smaller of two values that are not negative, with a corner of given sharpness n: (a^-n + b^-n)^(-1/n).

    1 - 2^(-1/n) below the sharp minimum where a = b: 8.3 % for n = 8, 3.4 % for n = 20. `smooth_minimum` is the same
    with n = 8 and cheaper.
    """
    small, large = minimum(a, b), maximum(a, b)
    return small * power(1 + power(ratio(small, large), sharpness), -1 / sharpness)


@same_unit
def smooth_positive_part(value: Value, width: Value) -> Value:
    """The value where positive and 0 elsewhere, with the corner rounded: width ln(1 + exp(value / width)).

    0.69 widths above the sharp corner where the value is 0, within 0.05 widths of it from 3 widths off.
    """
    return width * np.logaddexp(0.0, value / width)


@pure_number
def exp(value: Value) -> Value:
    """Exponential of a pure number."""
    return np.exp(value)


@pure_number
def log(value: Value) -> Value:
    """Natural logarithm of a positive pure number."""
    return np.log(value)


@pure_number
def logistic(value: Value) -> Value:
    """1 / (1 + exp(-value)), without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * value))


def power(base: Value, exponent: Value) -> Value:
    """`base` to `exponent` for pure numbers, base not negative; 0 to any positive power is 0 with a finite slope."""
    if is_quantity(base) or is_quantity(exponent):
        registry = registry_of(base, exponent)
        plain = [v.to("").magnitude if is_quantity(v) else v for v in (base, exponent)]
        return power(*plain) * registry.dimensionless
    positive = base > 0
    return np.where(positive, np.where(positive, base, 1.0) ** exponent, 0.0)


def ratio(numerator: Value, denominator: Value) -> Value:
    """Quotient that is 0 where the denominator is 0 or so small that the quotient might overflow."""
    if is_quantity(numerator) or is_quantity(denominator):
        registry = registry_of(numerator, denominator)
        over, under = (v if is_quantity(v) else v * registry.dimensionless for v in (numerator, denominator))
        return ratio(over.magnitude, under.magnitude) * (over.units / under.units)
    empty = np.abs(denominator) < SMALLEST_DENOMINATOR
    return np.where(empty, 0.0, numerator / np.where(empty, 1.0, denominator))


def where(condition: Value | bool, chosen: Value, other: Value) -> Value:
    """`chosen` where the condition holds, else `other`; both have one unit.

    The condition compares values of one unit (`stock > limit`); conditions combine by `&`, `|` and `~`.
    """
    if not isinstance(condition, Expression) and np.asarray(condition).dtype != bool:
        raise TypeError("where() needs a comparison as its condition, such as stock > limit")
    (chosen, other), unit = magnitudes(chosen, other)
    result = np.where(condition, chosen, other)
    return result if unit is None else result * unit


def step(time: Value, height: Value, start: Value) -> Value:
    """`height` from the moment `start` on, before that 0."""
    (moment, start), _ = magnitudes(time, start)
    return where(moment >= start - PUNCTUAL, height, 0.0)


def ramp(time: Value, slope: Value, start: Value, end: Value = np.inf) -> Value:
    """0 before `start`, from then on rising by `slope` per time until `end`."""
    reached = maximum(time, start)
    return slope * ((minimum(reached, end) if _is_given(end) else reached) - start)


def pulse(
    time: Value, height: Value, start: Value, width: Value, interval: Value = np.inf, end: Value = np.inf
) -> Value:
    """`height` from `start` on for as long as `width`, otherwise 0; again every `interval`, and 0 from `end` on.

    A run sees a pulse only in steps that begin within it, so `width` should be at least a step.
    """
    (moment, start, width, interval, end), _ = magnitudes(time, start, width, interval, end)
    since = moment - start + PUNCTUAL
    phase = modulo(since, interval) if _is_given(interval) else since
    active = (since >= 0) & (phase < width)
    return where(active & (moment < end - PUNCTUAL) if _is_given(end) else active, height, 0.0)


def _is_given(limit: Value) -> bool:
    """Whether a limit is more than the infinite default, which equations need not compute with."""
    return not (isinstance(limit, float) and np.isinf(limit))


def lookup(x: Value, table: Table) -> Value:
    """The value of a table at `x`."""
    if is_quantity(x):
        from .units import unit

        return lookup(x.to(unit(table.x_unit)).magnitude, table) * unit(table.y_unit)
    whole = getattr(getattr(x, "pool", None), "lookup", None)
    if whole is not None:  # an export writes the table itself instead of its arithmetic
        return whole(x, table)
    if table.beyond != "extrapolate":
        x = clip(x, table.x[0], table.x[-1])
    value = table.y[0] + table.slopes[0] * (x - table.x[0])
    for left, low, slope in zip(table.x[1:], table.y[1:], (*table.slopes[1:], None), strict=True):
        if slope is None and table.beyond == "extrapolate":
            break
        value = where(x >= left, low + slope * (x - left) if slope else low, value)
    return value


@pure_number
def integer(value: Value) -> Value:
    """A pure number without its decimals: the next whole number towards 0."""
    return np.trunc(value)


@pure_number
def rounded(value: Value) -> Value:
    """The nearest whole number to a pure number; of two equally near, the even one."""
    return np.rint(value)


@same_unit
def quantum(value: Value, size: Value) -> Value:
    """`value` in whole multiples of `size`, towards 0."""
    return size * np.trunc(value / size)


@same_unit
def modulo(value: Value, base: Value) -> Value:
    """What is left of `value` after whole multiples of `base`, with the sign of `value`."""
    return value - base * np.trunc(value / base)


def total(value: ArrayValue, axis: int = 0) -> Value:
    """Sum over an axis of the value, by its position: 0 is the first."""
    return _reduced(np.sum, value, axis)


def smallest(value: ArrayValue, axis: int = 0) -> Value:
    """The smallest entry over an axis of the value, by its position."""
    return _reduced(np.min, value, axis)


def largest(value: ArrayValue, axis: int = 0) -> Value:
    """The largest entry over an axis of the value, by its position."""
    return _reduced(np.max, value, axis)


def product(value: ArrayValue, axis: int = 0) -> Value:
    """The product of pure numbers over an axis of the value, by its position."""
    if is_quantity(value):
        return product(value.to("").magnitude, axis) * value._REGISTRY.dimensionless
    if isinstance(value, Expression):
        return value.pool.reduced("multiply", value, axis)
    return np.prod(value, axis=axis)


def _reduced(function: Callable[..., Value], value: ArrayValue, axis: int) -> Value:
    """A reduction over one axis that keeps the unit."""
    if is_quantity(value):
        return function(value.magnitude, axis=axis) * value.units
    return function(value, axis=axis)


def element(value: ArrayValue, axis: Axis, label: str) -> Value:
    """The entry of `label` on `axis`."""
    return value[axis.index(label)]


def stack(axis: Axis, **parts: Value) -> ArrayValue:
    """An array over `axis` from its named parts; parts not named are 0."""
    for label in parts:
        axis.index(label)
    plain, unit = magnitudes(*parts.values())
    by_label = dict(zip(parts, plain, strict=True))
    entries = [by_label.get(label, 0.0) for label in axis.labels]
    result = 1.0 * np.stack(np.broadcast_arrays(*entries), axis=0)
    return result if unit is None else result * unit


def regroup(value: ArrayValue, membership: np.ndarray) -> ArrayValue:
    """Sum the entries of one axis into the groups of another; `membership` is groups x entries of 0 and 1."""
    if is_quantity(value):
        return regroup(value.magnitude, membership) * value.units
    return np.tensordot(membership, value, axes=1)


def percent(value: Value) -> Value:
    """A fraction as a percentage."""
    if is_quantity(value):
        return value.to("percent")
    return value * 100.0


def fraction(value: Value) -> Value:
    """A percentage (or percentage points per year) as a fraction."""
    if is_quantity(value):
        return value * value._REGISTRY.Quantity(0.01, "1/percent")
    return value / 100.0


def convert(value: Value, source: str, target: str, factor: float) -> Value:
    """`value`, given in `source`, in the unit `target` of the same dimension: the number times `factor`.

    The check of units converts by the units themselves, and refuses a factor that differs from them.
    """
    if is_quantity(value):
        from .units import unit

        return value.to(unit(target))
    return value * factor


def over_year(value: Value) -> Value:
    """What a flow adds up to in one calendar year, from its mean rate in that year. For annual statistics."""
    return value * value._REGISTRY.Quantity(1.0, "yr") if is_quantity(value) else value


def previous_year(series: ArrayValue) -> ArrayValue:
    """A yearly series one year earlier (years last); the first year has none and is NaN. For annual statistics."""
    if is_quantity(series):
        return previous_year(series.magnitude) * series.units
    if isinstance(series, Expression):
        return series.pool.make(PREVIOUS_YEAR, (series,), None, series.shape, ALWAYS)
    gap = np.full_like(series[..., :1], np.nan)
    return np.concatenate([gap, series[..., :-1]], axis=-1)


def accumulated(series: ArrayValue) -> ArrayValue:
    """Running sum of a yearly series (years last). For annual statistics."""
    if is_quantity(series):
        return accumulated(series.magnitude) * series.units
    if isinstance(series, Expression):
        return series.pool.make(ACCUMULATED, (series,), None, series.shape, ALWAYS)
    return np.cumsum(series, axis=-1)


def in_year(series: ArrayValue, time: Value, year: Value) -> ArrayValue:
    """The value of a yearly series (years last) in `year`, repeated for all years; `time` has the year of each entry.

    NaN where the run does not contain the year. For annual statistics.
    """
    (time, year), _ = magnitudes(time, year)
    if is_quantity(series):
        return in_year(series.magnitude, time, year) * series.units
    if isinstance(series, Expression):
        moment, wanted = series.pool.lifted(time), series.pool.lifted(year)
        return series.pool.make(IN_YEAR, (series, moment, wanted), None, series.shape, ALWAYS)
    matches = time == year
    chosen = np.where(np.any(matches), np.sum(np.where(matches, series, 0.0), axis=-1, keepdims=True), np.nan)
    return np.broadcast_to(chosen, series.shape)
