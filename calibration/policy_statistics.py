"""Comparisons of policies under the same draws, as pure functions of arrays.

Values have draws along one axis; position k of that axis is the same draw in every array, so that a comparison holds
everything that the draw says about the world fixed and differs in the policy alone.
"""

from __future__ import annotations

import numpy as np

NARROWEST = 0.02
"""Width of a 90 % interval, as a part of its larger end, up to which the draws do not vary a result."""
SAME = 1e-9
"""Relative difference up to which two values count as equal: rounding must make no policy better than another."""


def vary(low: float, high: float) -> bool:
    """Whether draws with a 90 % interval from `low` to `high` vary a result.

    Where they do not, nothing that decides the result was estimated: an interval without width, and a chance of 0 or
    100 %, would then say that it is certain. A missing end (NaN) does not vary either.
    """
    return high - low > NARROWEST * max(abs(low), abs(high))


def equal(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Where two values are the same but for rounding."""
    return np.abs(first - second) <= SAME * np.maximum(np.abs(first), np.abs(second))


def percent_differences(values: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Differences of `values` from `reference`, which is positive, in per cent of it."""
    return 100 * (values - reference) / reference


def share_above(values: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Share of the draws (first axis) in which `values` is above `reference`; equal values do not count."""
    return ((values > reference) & ~equal(values, reference)).mean(axis=0)


def probability_of_meeting(values: np.ndarray, goal: float, at_least: bool) -> float:
    """Share of the draws (the only axis) that reach `goal`, as a lower (`at_least`) or an upper limit."""
    return float(np.mean(values >= goal if at_least else values <= goal))


def probability_of_best(values: np.ndarray, better: int) -> np.ndarray:
    """Probability of being best, for `values` (policies, draws, ...): (policies, ...), which sum to 1.

    `better` is 1 where more is better and -1 where less is. Policies that are equal in a draw share it.
    """
    best = equal(values, _best(values, better))
    return (best / best.sum(axis=0)).mean(axis=1)


def expected_regret(values: np.ndarray, better: int) -> np.ndarray:
    """Mean distance to the best policy of each draw, for `values` (policies, draws, ...): (policies, ...), never
    negative, in the unit of the values. `better` as in `probability_of_best`."""
    return np.abs(_best(values, better) - values).mean(axis=1)


def _best(values: np.ndarray, better: int) -> np.ndarray:
    """The best value of each draw. Raises ValueError for a direction that is neither 1 nor -1."""
    if better not in (1, -1):
        raise ValueError(f"better is {better}; allowed: 1 (more is better) or -1 (less is better)")
    return values.max(axis=0) if better > 0 else values.min(axis=0)
