"""How far each assumption is moved to see whether it matters."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np

from model.inputs import Driver

from .assumptions import ParameterSlot, driver_bounds, unchanged
from .uncertainty import ENDS, calibrated

PART = 0.1
"""Part of its range by which an assumption that was not estimated is moved down and up."""
Span = tuple[float, float]


@functools.cache
def estimated_spans() -> Mapping[str, Span]:
    """The 90 % interval of every number that was estimated from the observations, by id."""
    posterior, _ = calibrated()
    low, high = np.quantile(posterior.draws, ENDS, axis=0)
    return {
        number.id: (float(least), float(most)) for number, least, most in zip(posterior.numbers, low, high, strict=True)
    }


def parameter_span(slot: ParameterSlot) -> Span:
    """Both ends to which a number is moved, inside its range."""
    return estimated_spans().get(slot.id) or _around(slot.value, slot.low, slot.high)


def driver_span(driver: Driver) -> Span:
    """Both ends to which the change of a driver is moved."""
    return _around(unchanged(driver), *driver_bounds(driver))


def _around(value: float, low: float, high: float) -> Span:
    """A part of the range below the value and above it."""
    step = PART * (high - low)
    return max(low, value - step), min(high, value + step)
