"""Forecasts that know nothing of the model: what any model has to beat."""

from __future__ import annotations

import numpy as np


def random_walk_with_drift(years: np.ndarray, values: np.ndarray, ahead: np.ndarray, relative: bool) -> np.ndarray:
    """From the last observation on, with the mean change per year between the first and the last (no change where
    there is one observation only). `relative` drifts by a rate instead of an amount."""
    path = np.log(values) if relative else np.asarray(values, dtype=float)
    drift = (path[-1] - path[0]) / (years[-1] - years[0]) if len(years) > 1 else 0.0
    found = path[-1] + drift * (np.asarray(ahead) - years[-1])
    return np.exp(found) if relative else found


def linear_trend(years: np.ndarray, values: np.ndarray, ahead: np.ndarray, relative: bool) -> np.ndarray:
    """The straight line through the observations (of their logarithms where `relative`), continued; the mean where
    there are fewer than two."""
    path = np.log(values) if relative else np.asarray(values, dtype=float)
    slope, level = np.polyfit(years, path, 1) if len(years) > 1 else (0.0, path.mean())
    found = level + slope * np.asarray(ahead)
    return np.exp(found) if relative else found


def last_value(years: np.ndarray, values: np.ndarray, ahead: np.ndarray, relative: bool) -> np.ndarray:
    """The last observation, for ever: hard to beat for growth rates."""
    return np.full(len(ahead), float(values[-1]))
