"""Intervals and chances in words."""

from __future__ import annotations

import math

from calibration.policy_statistics import vary
from views.display_units import PER_CENT, POINTS, DisplayUnit, display_unit, quantity
from views.language import Locale

from .uncertainty import Interval

LEAST_SHOWN = 0.01
"""Chances below this, and above its complement, are not told apart from it: 500 draws do not."""


def chance_text(probability: float, locale: Locale) -> str:
    """A probability in whole per cent; never 0 or 100 %, because the draws do not hold all that is uncertain. One that
    is not a number was not estimated."""
    if math.isnan(probability):
        return locale.translate("uncertainty.not_estimated")
    if probability < LEAST_SHOWN:
        return "<" + quantity(100 * LEAST_SHOWN, PER_CENT, locale, digits=0)
    if probability > 1 - LEAST_SHOWN:
        return ">" + quantity(100 * (1 - LEAST_SHOWN), PER_CENT, locale, digits=0)
    return quantity(100 * probability, PER_CENT, locale, digits=0)


def interval_text(interval: Interval, unit: str, locale: Locale) -> str:
    """The interval of a difference beside that difference: with its unit, which may be smaller or greater, but for
    percentage points, whose unit is always the same. Empty for one that is zero at both ends."""
    size = max(abs(interval.low), abs(interval.high))
    shown = display_unit(POINTS if unit == PER_CENT else unit, locale, size)
    ends = interval_figures(interval, shown, locale)
    has_unit = unit not in (PER_CENT, POINTS) and vary(interval.low, interval.high)
    return shown.with_unit(ends) if has_unit else ends


def interval_figures(interval: Interval, shown: DisplayUnit, locale: Locale) -> str:
    """The ends of an interval in a unit, both with the decimals of the larger; empty where both are zero, and in words
    where the draws do not vary the difference, so that it was not estimated."""
    if not vary(interval.low, interval.high):
        return locale.translate("uncertainty.not_estimated") if interval.low or interval.high else ""
    largest = max(interval.low, interval.high, key=abs)
    digits = len(shown.number(largest).partition(".")[2])
    low, high = (shown.number(end, sign=True, digits=digits) for end in (interval.low, interval.high))
    return locale.translate("uncertainty.interval", low=low, high=high)
