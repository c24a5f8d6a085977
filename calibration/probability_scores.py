"""Scores of probabilistic forecasts: CRPS from draws or of a normal distribution, and the weighted interval score."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.stats import norm

INTERVALS = {0.5: ("p25", "p75"), 0.1: ("p5", "p95")}
"""Central intervals of a registered forecast, by the probability outside."""


def crps_of_draws(draws: np.ndarray, observed: np.ndarray) -> np.ndarray:
    """CRPS of an ensemble (draws, points) for each observed point: E|X - y| - E|X - X'| / 2, in the unit of the points.

    The second mean is over all pairs of different draws (the unbiased form of Ferro 2014).
    """
    count = len(draws)
    error = np.abs(draws - observed).mean(axis=0)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    spread = (ranks[:, None] * np.sort(draws, axis=0)).sum(axis=0) / (count * (count - 1))
    return error - spread


def crps_of_normal(mean: np.ndarray, deviation: np.ndarray, observed: np.ndarray) -> np.ndarray:
    """CRPS of a normal distribution (Gneiting and Raftery 2007)."""
    z = (observed - mean) / deviation
    return deviation * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi))


def weighted_interval_score(quantiles: Mapping[str, np.ndarray], observed: np.ndarray) -> np.ndarray:
    """Weighted interval score (Bracher et al. 2021) of median, 50 % and 90 % interval, in the unit of the points.

    It is the mean of the quantile losses of the five quantiles, doubled: an approximation of the CRPS, to which it
    converges with more quantiles; for a forecast without spread both are the absolute error.
    """
    score = 0.5 * np.abs(observed - quantiles["p50"])
    for outside, (low, high) in INTERVALS.items():
        below = np.maximum(quantiles[low] - observed, 0.0)
        above = np.maximum(observed - quantiles[high], 0.0)
        width = quantiles[high] - quantiles[low]
        score = score + outside / 2 * (width + 2 / outside * (below + above))
    return score / (len(INTERVALS) + 0.5)
