"""Naive forecasts without a model: the reference of forecast skill."""

from __future__ import annotations

import numpy as np


def random_walk_with_drift(years: np.ndarray, values: np.ndarray, ahead: np.ndarray, relative: bool) -> np.ndarray:
    """From the last observation on, with the mean change per year between the first and the last (no change where
    there is one observation only). `relative` drifts by a rate instead of an amount."""
    path = np.log(values) if relative else np.asarray(values, dtype=float)
    drift = (path[-1] - path[0]) / (years[-1] - years[0]) if len(years) > 1 else 0.0
    forecast = path[-1] + drift * (np.asarray(ahead) - years[-1])
    return np.exp(forecast) if relative else forecast


def linear_trend(years: np.ndarray, values: np.ndarray, ahead: np.ndarray, relative: bool) -> np.ndarray:
    """The straight line through the observations (of their logarithms where `relative`), continued; the mean where
    there are fewer than two."""
    path = np.log(values) if relative else np.asarray(values, dtype=float)
    slope, level = np.polyfit(years, path, 1) if len(years) > 1 else (0.0, path.mean())
    forecast = level + slope * np.asarray(ahead)
    return np.exp(forecast) if relative else forecast


def last_value(years: np.ndarray, values: np.ndarray, ahead: np.ndarray, relative: bool) -> np.ndarray:
    """Persistence: the last observation in every later year, hard to beat for growth rates."""
    return np.full(len(ahead), float(values[-1]))


FEWEST_FOR_SPREAD = 3
"""Fewest observations from which the spread of a random walk with drift is estimated."""


def random_walk_spread(years: np.ndarray, values: np.ndarray, ahead: np.ndarray, relative: bool) -> np.ndarray:
    """Standard deviation of the forecast of `random_walk_with_drift`, of its logarithm where `relative`.

    The variance of a year's change, from the changes between observations, times h + h^2 / (years observed) for the
    horizon h; the second term is the uncertainty of the drift. NaN where there are too few observations.
    """
    if len(years) < FEWEST_FOR_SPREAD:
        return np.full(len(ahead), np.nan)
    path = np.log(values) if relative else np.asarray(values, dtype=float)
    steps, span = np.diff(years), years[-1] - years[0]
    drift = (path[-1] - path[0]) / span
    variance = np.sum((np.diff(path) - drift * steps) ** 2 / steps) / (len(steps) - 1)
    horizon = np.asarray(ahead) - years[-1]
    return np.sqrt(variance * (horizon + horizon**2 / span))
