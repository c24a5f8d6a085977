"""Shape of a dose response: pure functions of the effects at equally spaced doses, or of an effect year by year."""

from __future__ import annotations

import numpy as np

MIDDLE_OF_YEAR = 0.5
"""Where a yearly value stands within its year: indicators are means or sums over a year."""


def shares_by_part(effects: np.ndarray) -> np.ndarray:
    """Share of the whole effect that each part of the range brings, in per cent; they add up to 100.

    `effects` (doses,) are those at equally spaced doses against the first of them, which is 0. A part in which the
    effect goes back has a negative share. NaN where there is no effect at all.
    """
    whole = effects[-1] - effects[0]
    if whole == 0:
        return np.full(len(effects) - 1, np.nan)
    return 100 * np.diff(effects) / whole


def is_monotone(effects: np.ndarray, tolerance: float = 0.0) -> bool:
    """Whether the effects never go back from dose to dose by more than `tolerance`, in the unit of the effects."""
    steps = np.diff(effects)
    return bool((steps >= -tolerance).all() or (steps <= tolerance).all())


def time_to_half(effects: np.ndarray) -> float:
    """Years from a step until half of the effect of the last year is reached, interpolated.

    `effects` (years,) are yearly values, the first of the year that begins with the step. They stand in the middle of
    their years, and at the step itself the effect is 0. NaN where the last effect is 0.
    """
    if effects[-1] == 0:
        return float("nan")
    parts = np.concatenate([[0.0], effects / effects[-1]])
    times = np.concatenate([[0.0], np.arange(len(effects)) + MIDDLE_OF_YEAR])
    after = int(np.argmax(parts >= 0.5))
    before = after - 1
    way = (0.5 - parts[before]) / (parts[after] - parts[before])
    return float(times[before] + way * (times[after] - times[before]))


def marginal_ratio(change: float, span: float, whole: float) -> float:
    """The marginal effect at a setting in relation to the mean effect over the whole range.

    `change` is the effect of a small change of the lever by the part `span` of its range, `whole` the effect of the
    whole range. 1 where the response is a straight line; NaN where there is no effect or the lever cannot move.
    """
    if span == 0 or whole == 0:
        return float("nan")
    return change / span / whole
