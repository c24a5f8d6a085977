"""Fit statistics with population moments, so that the parts of Theil's split add up to 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

FEWEST_FOR_R2 = 5
"""Fewest points for which R2 is informative."""


@dataclass(frozen=True)
class Fit:
    """How a simulated series fits an observed one over the same years.

    `mape` mean absolute relative error; `rmse` root mean square error; `r2` squared correlation;
    `theil` Theil's U1; `bias`, `variation`, `covariation` its split (U^M, U^S, U^C), nan when exact.
    """

    count: int
    mape: float
    rmse: float
    r2: float
    theil: float
    bias: float
    variation: float
    covariation: float


def fit(simulated: np.ndarray, observed: np.ndarray) -> Fit:
    """Compare two series of the same length (Sterman 1984)."""
    s, a = np.asarray(simulated, dtype=float), np.asarray(observed, dtype=float)
    if s.shape != a.shape or s.size == 0:
        raise ValueError(f"series must be of the same length and not empty, got {s.shape} and {a.shape}")
    mse = float(np.mean((s - a) ** 2))
    spread_s, spread_a = float(s.std()), float(a.std())
    level = float(np.sqrt(np.mean(s**2)) + np.sqrt(np.mean(a**2)))
    mape = float(np.mean(np.abs((s - a) / a)))
    r = float(np.mean((s - s.mean()) * (a - a.mean())) / (spread_s * spread_a)) if spread_s and spread_a else np.nan
    if mse == 0:
        split = (np.nan, np.nan, np.nan)
    else:
        covariation = 0.0 if np.isnan(r) else 2 * (1 - r) * spread_s * spread_a / mse
        split = (float((s.mean() - a.mean()) ** 2) / mse, (spread_s - spread_a) ** 2 / mse, covariation)
    return Fit(s.size, mape, mse**0.5, r**2, mse**0.5 / level, *split)
