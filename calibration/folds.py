"""Leave-future-out folds: calibrated to the years up to a window, the model forecasts the years after it.

Errors are as in the likelihood: per cent (of logarithms) for levels, percentage points for shares and growth, so that
the CRPS of different series can be averaged within a kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from model.inputs import LAST_OBSERVED, START

from .bands import draws_of, model_errors, with_error
from .naive import random_walk_spread, random_walk_with_drift
from .posterior import RESULTS, Posterior, load
from .probability_scores import crps_of_draws, crps_of_normal
from .series import LEVEL, Series, fitted_series, needed_indicators
from .yardstick import SMALLEST_LEVEL

TABLE = RESULTS / "folds.csv"
Fit = Callable[[int], Posterior]
"""Gives the calibration to the observations up to a year."""
COLUMNS = (
    "window",
    "series",
    "kind",
    "year",
    "horizon",
    "grade",
    "error",
    "crps",
    "inside_50",
    "inside_90",
    "error_naive",
    "crps_naive",
    "inside_90_naive",
)
PERCENT = 100.0
Z90 = 1.6448536269514722
"""Standard deviations from the median to the ends of a central 90 % interval."""


def windows_present(folder: Path = RESULTS) -> tuple[int, ...]:
    """Last years of the stored calibrations, in order."""
    return tuple(sorted(int(file.parent.name.removeprefix("to_")) for file in folder.glob("to_*/summary.json")))


def fold_windows(folder: Path = RESULTS, last: int = LAST_OBSERVED) -> tuple[int, ...]:
    """Windows of stored calibrations that later observations can judge."""
    return tuple(window for window in windows_present(folder) if window < last)


def fold_table(windows: Sequence[int], fit: Fit = load, last: int = LAST_OBSERVED) -> pd.DataFrame:
    """Scores of the predictive draws of each window on every later figure of grades A to C up to `last`, against a
    random walk with drift from all figures up to the window. Columns `COLUMNS`; naive scores are NaN where there are
    too few figures."""
    parts = [pd.DataFrame(columns=list(COLUMNS))]
    for window in windows:
        posterior, series = fit(window), fitted_series()
        indicators = draws_of(posterior, last, needed_indicators(series))
        errors = model_errors(posterior)
        for one in series.values():
            later = one.points(last)
            later = later[later["year"] > window]
            if later.empty:
                continue
            path = one.simulated(indicators)
            predictive = with_error(one, path, errors[one.id]) if one.id in errors else path
            parts.append(_scored(window, one, later, predictive))
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


def _scored(window: int, series: Series, points: pd.DataFrame, predictive: np.ndarray) -> pd.DataFrame:
    years, observed = points["year"].to_numpy(), points["value"].to_numpy(dtype=float)
    draws, truth = predictive[:, years - START], observed
    if series.kind == LEVEL:
        draws = PERCENT * np.log(np.maximum(draws, SMALLEST_LEVEL * observed))
        truth = PERCENT * np.log(observed)
    low, lower, middle, upper, high = np.quantile(draws, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0)
    return pd.DataFrame(
        {
            "window": window,
            "series": series.id,
            "kind": series.kind,
            "year": years,
            "horizon": years - window,
            "grade": points["confidence"].to_numpy(),
            "error": middle - truth,
            "crps": crps_of_draws(draws, truth),
            "inside_50": ((lower <= truth) & (truth <= upper)).astype(float),
            "inside_90": ((low <= truth) & (truth <= high)).astype(float),
            **_naive_scores(series, series.known_before(window + 1), years, truth),
        }
    )[list(COLUMNS)]


def _naive_scores(series: Series, before: pd.DataFrame, years: np.ndarray, truth: np.ndarray) -> dict[str, np.ndarray]:
    """Error, CRPS and coverage of the random walk with drift; without spread the CRPS is the absolute error."""
    if before.empty:
        return {name: np.full(len(years), np.nan) for name in ("error_naive", "crps_naive", "inside_90_naive")}
    known, values = before["year"].to_numpy(), before["value"].to_numpy(dtype=float)
    relative = series.kind == LEVEL
    middle = random_walk_with_drift(known, values, years, relative)
    spread = random_walk_spread(known, values, years, relative)
    if relative:
        middle, spread = PERCENT * np.log(middle), PERCENT * spread
    exact = np.abs(truth - middle)
    with np.errstate(divide="ignore", invalid="ignore"):
        crps = np.where(spread > 0, crps_of_normal(middle, spread, truth), exact)
    inside = np.where(np.isnan(spread), np.nan, (exact <= Z90 * spread).astype(float))
    return {
        "error_naive": middle - truth,
        "crps_naive": np.where(np.isnan(spread), np.nan, crps),
        "inside_90_naive": inside,
    }


def summary(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Scores averaged by columns `by`: figures, mean absolute error, CRPS, coverage, and the CRPS of the model and of
    the naive forecast on the figures that both forecast (`compared` of them), with the skill 1 - CRPS / naive CRPS."""
    both = table["crps_naive"].notna()
    entries = table.assign(
        error=table["error"].abs(), compared=both, crps_compared=table["crps"].where(both), count=1
    ).groupby(list(by), sort=False)
    means = entries.agg(
        count=("count", "sum"),
        error=("error", "mean"),
        crps=("crps", "mean"),
        inside_50=("inside_50", "mean"),
        inside_90=("inside_90", "mean"),
        compared=("compared", "sum"),
        crps_compared=("crps_compared", "mean"),
        crps_naive=("crps_naive", "mean"),
        inside_90_naive=("inside_90_naive", "mean"),
    )
    return means.assign(skill=1 - means["crps_compared"] / means["crps_naive"]).reset_index()
