"""Fits of the calibrations to the observed years, and forecasts of the years after each from data up to it.

The tables are driven by the calibrations that are stored: those to 2015, 2020 and 2023, where they are present.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.inputs import LAST_OBSERVED, START

from .bands import draws_of, model_errors, with_error
from .folds import windows_present
from .posterior import Posterior
from .series import all_series, needed_indicators
from .validation import scores_of, table

BAND = (0.05, 0.95)
KNOWN_UNTIL = 2015
"""Last year of data behind the main forecast, which goes to the next of `VALIDATED`."""
VALIDATED = (KNOWN_UNTIL, 2020, 2023)
"""Last years of the calibrations that are compared with observations, where these are stored."""
FORECAST = "forecast"
"""Name of the table of scores of the forecast from data to `KNOWN_UNTIL`."""


def fit_name(window: int) -> str:
    """Name of the table of scores of the fit to observations up to `window`."""
    return f"fit_{window}"


def forecast_name(window: int) -> str:
    """Name of the table of scores of the forecast from data up to `window`."""
    return FORECAST if window == KNOWN_UNTIL else f"{FORECAST}_{window}"


def validated_windows() -> tuple[int, ...]:
    """The windows of `VALIDATED` whose calibrations are stored."""
    return tuple(window for window in VALIDATED if window in windows_present())


def forecast_spans(windows: Sequence[int]) -> dict[int, tuple[int, int]]:
    """First and last year of the forecast from each window: to the next window."""
    return {window: (window + 1, following) for window, following in itertools.pairwise(windows)}


@dataclass(frozen=True)
class Paths:
    """All series under one calibration: per series the draws (draws, years), and the draws with model error."""

    posterior: Posterior
    parameters: dict[str, np.ndarray]
    with_error: dict[str, np.ndarray]

    def median(self) -> dict[str, np.ndarray]:
        """The median path of every series."""
        return {name: np.median(paths, axis=0) for name, paths in self.parameters.items()}


def paths_of(posterior: Posterior) -> Paths:
    """Run the scenario "as happened" to the last observed year under every draw of a calibration."""
    series = all_series()
    indicators = draws_of(posterior, LAST_OBSERVED, needed_indicators(series))
    inner = {name: s.simulated(indicators) for name, s in series.items()}
    errors = model_errors(posterior)
    outer = {name: with_error(series[name], inner[name], errors[name]) for name in inner if name in errors}
    return Paths(posterior, inner, outer)


def score_table(paths: Paths, first: int, last: int, window: str) -> pd.DataFrame:
    """Scores of the median paths on the graded observations of these years, with the share of them inside the bands."""
    series = all_series()
    scores = table(scores_of(paths.median(), first, last, window))
    inside = [_inside(paths, name, first, last) for name in scores["series"]]
    return scores.assign(
        kind=[series[n].kind for n in scores["series"]],
        headline=[series[n].headline for n in scores["series"]],
        inside_parameters=[i[0] for i in inside],
        inside_with_error=[i[1] for i in inside],
    )


def _inside(paths: Paths, name: str, first: int, last: int) -> tuple[float, float]:
    """Shares of the observations from `first` to `last` inside the 90 % bands."""
    points = all_series()[name].points(last)
    points = points[points["year"] >= first]
    shares = []
    for drawn in (paths.parameters, paths.with_error):
        if name not in drawn or points.empty:
            shares.append(np.nan)
            continue
        low, high = np.quantile(drawn[name][:, points["year"].to_numpy() - START], BAND, axis=0)
        shares.append(float(np.mean((points["value"].to_numpy() >= low) & (points["value"].to_numpy() <= high))))
    return shares[0], shares[1]


def year_by_year(paths: Paths, name: str) -> pd.DataFrame:
    """Year by year: observed value and grade (D too, as unverified), median, and both 90 % bands."""
    series = all_series()[name]
    observed = series.points(LAST_OBSERVED, ("A", "B", "C", "D")).set_index("year")
    drawn = paths.parameters[name]
    rows = []
    for year in range(START, START + drawn.shape[1]):
        values = drawn[:, year - START]
        if np.isnan(values).any():
            continue
        outer = paths.with_error[name][:, year - START] if name in paths.with_error else np.full(2, np.nan)
        known = year in observed.index
        rows.append(
            {
                "year": year,
                "observed": float(observed.loc[year, "value"]) if known else np.nan,
                "grade": observed.loc[year, "confidence"] if known else "",
                "median": float(np.median(values)),
                "low": float(np.quantile(values, BAND[0])),
                "high": float(np.quantile(values, BAND[1])),
                "low_with_error": float(np.quantile(outer, BAND[0])),
                "high_with_error": float(np.quantile(outer, BAND[1])),
            }
        )
    return pd.DataFrame(rows)


def all_scores(paths: Sequence[Paths]) -> pd.DataFrame:
    """Scores of every forecast and of every fit, one below the other; `paths` are those of the windows in order."""
    by_window = {one.posterior.window: one for one in paths}
    tables = [
        score_table(by_window[window], first, last, forecast_name(window))
        for window, (first, last) in forecast_spans(tuple(by_window)).items()
    ]
    tables += [score_table(one, START, window, fit_name(window)) for window, one in by_window.items()]
    return pd.concat([table for table in tables if len(table)], ignore_index=True)


def all_years(paths: Sequence[Paths]) -> pd.DataFrame:
    """Every series with graded observations year by year under every calibration."""
    parts = [
        year_by_year(one, series.id).assign(series=series.id, window=one.posterior.window)
        for one in paths
        for series in all_series().values()
        if len(series.points(LAST_OBSERVED))
    ]
    return pd.concat(parts, ignore_index=True)
