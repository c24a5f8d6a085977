"""The run held against observations: errors, their parts, and naive forecasts of the same years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from model.inputs import START

from .naive import last_value, linear_trend, random_walk_with_drift
from .series import LEVEL, Series, all_series
from .statistics import fit

NAIVE = {"random_walk": random_walk_with_drift, "trend": linear_trend, "last_value": last_value}


@dataclass(frozen=True)
class Score:
    """How one series fared over some years.

    `error` is the mean absolute error: relative (in per cent) for levels, in percentage points for shares and growth.
    `rmse` is in the unit of the series. `bias`, `variation`, `covariation` are the parts of the mean square error
    (U^M, U^S, U^C); `change_rmse` is the error of year-to-year changes, where neighbouring years were observed.
    `skill_random_walk`, `skill_trend` and `skill_last_value` are 1 - rmse / rmse of the naive forecast from the figures
    before these years, whose number is `known`: above 0 the model is better. NaN where a statistic does not exist.
    """

    series: str
    window: str
    count: int
    grades: str
    error: float
    rmse: float
    r2: float
    theil: float
    bias: float
    variation: float
    covariation: float
    change_rmse: float
    known: int
    rmse_random_walk: float
    rmse_trend: float
    rmse_last_value: float
    skill_random_walk: float
    skill_trend: float
    skill_last_value: float


def score(
    series: Series, window: str, simulated: np.ndarray, points: pd.DataFrame, before: pd.DataFrame | None = None
) -> Score:
    """Score a simulated series (years from the start) on `points`; naive forecasts start from the points `before`."""
    years, observed = points["year"].to_numpy(), points["value"].to_numpy()
    ours = np.asarray(simulated)[years - START]
    found = fit(ours, observed)
    error = 100 * found.mape if series.kind == LEVEL else float(np.mean(np.abs(ours - observed)))
    naive = {name: np.nan for name in NAIVE}
    if before is not None and len(before):
        for name, method in NAIVE.items():
            told = method(before["year"].to_numpy(), before["value"].to_numpy(), years, series.kind == LEVEL)
            naive[name] = float(np.sqrt(np.mean((told - observed) ** 2)))
    skill = {name: 1 - found.rmse / rmse if rmse > 0 else np.nan for name, rmse in naive.items()}
    several = len(years) > 1
    return Score(
        series.id,
        window,
        len(years),
        "".join(sorted(set(points["confidence"]))),
        error,
        found.rmse,
        found.r2 if several else np.nan,
        found.theil,
        found.bias,
        found.variation,
        found.covariation,
        _change_rmse(years, ours, observed),
        0 if before is None else len(before),
        *naive.values(),
        *skill.values(),
    )


def _change_rmse(years: np.ndarray, ours: np.ndarray, observed: np.ndarray) -> float:
    neighbours = np.flatnonzero(np.diff(years) == 1)
    if not len(neighbours):
        return np.nan
    return float(np.sqrt(np.mean((np.diff(ours) - np.diff(observed))[neighbours] ** 2)))


def table(scores: list[Score]) -> pd.DataFrame:
    """Scores as a table, one row each."""
    return pd.DataFrame([asdict(score) for score in scores])


def scores_of(paths: Mapping[str, np.ndarray], first: int, last: int, window: str) -> list[Score]:
    """Scores of paths by series (years from the start) on the graded observations from `first` to `last`, against naive
    forecasts from the figures known before `first`."""
    found = []
    for name, path in paths.items():
        series = all_series()[name]
        points = series.points(last)
        now = points[points["year"] >= first]
        if len(now):
            found.append(score(series, window, path, now, series.known_before(first)))
    return found
