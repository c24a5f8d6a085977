"""The run compared with observations: errors, their decomposition, and forecast skill against naive forecasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from model.inputs import START

from .naive import last_value, linear_trend, random_walk_with_drift
from .series import LEVEL, Series, all_series
from .statistics import Fit, fit

NAIVE = {"random_walk": random_walk_with_drift, "trend": linear_trend, "last_value": last_value}


COLUMNS = (
    "series",
    "window",
    "count",
    "grades",
    "error",
    "rmse",
    "r2",
    "theil",
    "bias",
    "variation",
    "covariation",
    "change_rmse",
    "known",
    *(f"rmse_{name}" for name in NAIVE),
    *(f"skill_{name}" for name in NAIVE),
)
"""Columns of a table of scores."""


@dataclass(frozen=True)
class Score:
    """Accuracy of one simulated series over some years.

    `error` is the mean absolute error: relative (in per cent) for levels, in percentage points for shares and growth.
    `fit` has the other statistics, in the unit of the series; `change_rmse` is the error of year-to-year changes, where
    neighbouring years were observed.
    `skill_random_walk`, `skill_trend` and `skill_last_value` are 1 - rmse / rmse of the naive forecast from the figures
    before these years, whose number is `known`: above 0 the model is better. NaN where a statistic does not exist.
    """

    series: str
    window: str
    grades: str
    error: float
    fit: Fit
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
    values = simulated[years - START]
    statistics = fit(values, observed)
    error = 100 * statistics.mape if series.kind == LEVEL else float(np.mean(np.abs(values - observed)))
    naive = {name: np.nan for name in NAIVE}
    if before is not None and len(before):
        for name, method in NAIVE.items():
            forecast = method(before["year"].to_numpy(), before["value"].to_numpy(), years, series.kind == LEVEL)
            naive[name] = float(np.sqrt(np.mean((forecast - observed) ** 2)))
    skill = {name: 1 - statistics.rmse / rmse if rmse > 0 else np.nan for name, rmse in naive.items()}
    return Score(
        series.id,
        window,
        "".join(sorted(set(points["confidence"]))),
        error,
        statistics,
        _change_rmse(years, values, observed),
        0 if before is None else len(before),
        *naive.values(),
        *skill.values(),
    )


def _change_rmse(years: np.ndarray, values: np.ndarray, observed: np.ndarray) -> float:
    neighbours = np.flatnonzero(np.diff(years) == 1)
    if not len(neighbours):
        return np.nan
    return float(np.sqrt(np.mean((np.diff(values) - np.diff(observed))[neighbours] ** 2)))


def table(scores: list[Score]) -> pd.DataFrame:
    """Scores as a table with the columns `COLUMNS`, one row each."""
    rows = [asdict(score) for score in scores]
    return pd.DataFrame([row | row["fit"] for row in rows], columns=list(COLUMNS))


def scores_of(paths: Mapping[str, np.ndarray], first: int, last: int, window: str) -> list[Score]:
    """Scores of paths by series (years from the start) on the graded observations from `first` to `last`, against naive
    forecasts from the figures known before `first`."""
    scores = []
    for name, path in paths.items():
        series = all_series()[name]
        points = series.points(last)
        now = points[points["year"] >= first]
        if len(now):
            scores.append(score(series, window, path, now, series.known_before(first)))
    return scores
