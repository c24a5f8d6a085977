"""Registered forecasts scored on outcomes that were unknown when they were registered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm

from .bands import PARAMETERS, QUANTILES, WITH_ERROR
from .likelihood import error_sizes
from .naive import random_walk_spread, random_walk_with_drift
from .observation_file import WHOLE_YEAR
from .observations import OBSERVATION_FILE, annual_points, observations, read_observations
from .observed_units import converted, of_one_unit
from .posterior import RESULTS
from .probability_scores import weighted_interval_score
from .registered_forecast import QUANTILE_COLUMNS, Registered
from .series import FITTED_GRADES, LEVEL, Series

NAIVE = "random_walk"
"""Name of the naive forecast: a random walk with drift from the figures that the registered forecasts knew."""
NATIONAL = "national"
"""Part of the names or sectors of national series."""
WIDTH_90 = norm.ppf(0.95) - norm.ppf(0.05)
"""Width of the central 90 % interval of a normal distribution, in standard deviations."""
REGISTERED_SCORES = RESULTS / "registered.csv"
"""Stored scores of all registered forecasts on the project's observations, as `score_outcomes` gives them."""
Identity = tuple[tuple[str, str], int | None]
"""Series and sector of the observations, and the year by whose figure all others are divided."""
COLUMNS = (
    "series",
    "forecast",
    "year",
    "grade",
    "observed",
    "median",
    "error",
    "z",
    "inside_50",
    "inside_90",
    "wis",
    "known_before",
)


def outcomes_of(forecast: Registered, file: Path | None = None) -> pd.DataFrame:
    """The outcomes that a forecast did not know: whole-year figures of grades A to C after `known_until`, in the units
    of the forecast. Columns: series (id), year, value, confidence. Raises ObservationError for a bad file or unit.
    """
    rows = _graded(observations() if file is None else read_observations(file))
    parts = [pd.DataFrame(columns=["series", "year", "value", "confidence"])]
    for name, series in forecast.series().items():
        mine = rows[(rows["series"] == series.observed[0]) & (rows["sector"] == series.observed[1])]
        later = (mine["year"] > forecast.known_until) & (mine["year"] <= forecast.record["last"])
        if not later.any():
            continue
        mine = mine[later | (mine["year"] == series.base)]
        points = series.based(annual_points(_converted(file or OBSERVATION_FILE, series, mine, forecast.unit(name))))
        parts.append(points.assign(series=name)[["series", "year", "value", "confidence"]])
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


def unforecast(forecast: Registered, file: Path | None = None) -> list[tuple[str, str]]:
    """Series and sectors with outcomes of which a forecast says nothing; national series, which their names tell, are
    left out."""
    rows = _graded(observations() if file is None else read_observations(file))
    rows = rows[(rows["year"] > forecast.known_until) & (rows["year"] <= forecast.record["last"])]
    known = {series.observed for series in forecast.series().values()}
    pairs = dict.fromkeys(zip(rows["series"], rows["sector"], strict=True))
    return [pair for pair in pairs if pair not in known and NATIONAL not in "_".join(pair)]


def _graded(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["period"] == WHOLE_YEAR) & rows["confidence"].isin(FITTED_GRADES)]


def _converted(file: Path, series: Series, points: pd.DataFrame, unit: str) -> pd.DataFrame:
    if series.base is None:
        return converted(file, points, unit)
    return of_one_unit(file, points, None if (points["year"] == series.base).any() else series.unit)


def score_outcomes(forecasts: Sequence[Registered], file: Path | None = None) -> pd.DataFrame:
    """Scores by series, forecast and year, with the columns `COLUMNS`; the naive forecast is one of the forecasts.

    `error` is the median less the outcome, in per cent of the outcome for levels, else in points. `z` is the outcome's
    distance from the median in standard deviations of forecast and figure together (of logarithms for levels). `wis`
    is the weighted interval score in the unit of the series. The median is that of the draws; z, intervals and score
    are of the draws with model error where a series has one. `known_before` marks series whose outcomes the project
    had before the registration: these are no forecasts.
    """
    parts = [pd.DataFrame(columns=list(COLUMNS))]
    names, seen = shared_names(forecasts), set[str]()
    for forecast in forecasts:
        outcomes = outcomes_of(forecast, file)
        for name, points in outcomes.groupby("series", sort=False):
            series = forecast.series()[str(name)]
            shared = names[_identity(series)]
            scored = _scored(forecast.name, series, points, *_registered_quantiles(forecast, series, points))
            parts.append(scored.assign(series=shared))
            if shared not in seen:
                seen.add(shared)
                naive = naive_quantiles(series, forecast.known_until, points["year"].to_numpy())
                if naive is not None:
                    parts.append(_scored(NAIVE, series, points, naive, naive["p50"].to_numpy()).assign(series=shared))
    known = {
        names[_identity(forecast.series()[name])]
        for forecast in forecasts
        for name in forecast.record["observed_before"]
    }
    scores = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    return scores.assign(known_before=scores["series"].isin(known))[list(COLUMNS)]


def shared_names(forecasts: Sequence[Registered]) -> dict[Identity, str]:
    """One name for what the forecasts hold against the same figures: that of the latest one, because an edition may
    have renamed its series."""
    return {_identity(series): name for forecast in forecasts for name, series in forecast.series().items()}


def _identity(series: Series) -> Identity:
    return series.observed, series.base


def _registered_quantiles(
    forecast: Registered, series: Series, points: pd.DataFrame
) -> tuple[pd.DataFrame, np.ndarray]:
    """Quantiles of the predictive band, and the medians of the draws, in the years of the points."""
    table = forecast.table[forecast.table["series"] == series.id]
    bands = {band: rows.set_index("year").reindex(points["year"]) for band, rows in table.groupby("band")}
    predictive = bands.get(WITH_ERROR, bands[PARAMETERS])
    return predictive[list(QUANTILE_COLUMNS)].reset_index(drop=True), bands[PARAMETERS]["p50"].to_numpy()


def naive_quantiles(series: Series, known_until: int, years: np.ndarray) -> pd.DataFrame | None:
    """Quantiles of the random walk with drift from all whole-year figures up to `known_until`, in these years; with
    fewer than three figures the median alone, and None without any."""
    before = series.points(known_until, ("A", "B", "C", "D"))
    if before.empty:
        return None
    known, values = before["year"].to_numpy(), before["value"].to_numpy()
    relative = series.kind == LEVEL and bool((values > 0).all())
    middle = random_walk_with_drift(known, values, years, relative)
    spread = random_walk_spread(known, values, years, relative)
    columns = {}
    for name, quantile in zip(QUANTILE_COLUMNS, QUANTILES, strict=True):
        offset = norm.ppf(quantile) * spread
        columns[name] = middle * np.exp(offset) if relative else middle + offset
    return pd.DataFrame({**columns, "p50": middle})


def _scored(
    forecast: str, series: Series, points: pd.DataFrame, quantiles: pd.DataFrame, median: np.ndarray
) -> pd.DataFrame:
    observed = points["value"].to_numpy(dtype=float)
    table = {name: quantiles[name].to_numpy(dtype=float) for name in QUANTILE_COLUMNS}
    error = median - observed
    return pd.DataFrame(
        {
            "series": series.id,
            "forecast": forecast,
            "year": points["year"].to_numpy(),
            "grade": points["confidence"].to_numpy(),
            "observed": observed,
            "median": median,
            "error": 100 * error / np.abs(observed) if series.kind == LEVEL else error,
            "z": _z(series, points, table),
            "inside_50": _inside(table["p25"], observed, table["p75"]),
            "inside_90": _inside(table["p5"], observed, table["p95"]),
            "wis": weighted_interval_score(table, observed),
            "known_before": False,
        }
    )


def _inside(low: np.ndarray, observed: np.ndarray, high: np.ndarray) -> np.ndarray:
    """1 inside, 0 outside, NaN where the forecast has no interval."""
    return np.where(np.isnan(low), np.nan, ((low <= observed) & (observed <= high)).astype(float))


def _z(series: Series, points: pd.DataFrame, table: dict[str, np.ndarray]) -> np.ndarray:
    measured = points["confidence"].map(error_sizes()["measured"][series.kind]).to_numpy(dtype=float)
    observed = points["value"].to_numpy(dtype=float)
    low, middle, high = table["p5"], table["p50"], table["p95"]
    if series.kind == LEVEL:
        if (np.nanmin([low, middle, high]) <= 0) or (observed <= 0).any():
            measured = measured * np.abs(observed)
        else:
            low, middle, high, observed = (np.log(values) for values in (low, middle, high, observed))
    return (observed - middle) / np.hypot((high - low) / WIDTH_90, measured)


def by_series(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores by series and forecast: years, mean absolute error, root mean square z, share inside, mean WIS."""
    groups = scores.assign(error=scores["error"].abs(), z=scores["z"] ** 2).groupby(["series", "forecast"], sort=False)
    summary = groups.agg(
        count=("year", "size"),
        error=("error", "mean"),
        z=("z", lambda squares: float(np.mean(squares)) ** 0.5),
        inside_50=("inside_50", "mean"),
        inside_90=("inside_90", "mean"),
        wis=("wis", "mean"),
        known_before=("known_before", "first"),
    )
    return summary.reset_index()


def wins(scores: pd.DataFrame, first: str, second: str, measure: str = "wis") -> tuple[list[str], list[str]]:
    """Series of which forecast `first` has the smaller mean `measure` than `second`, and those of which it has not;
    series that were no forecast or that only one of them scores are left out."""
    table = by_series(scores[~scores["known_before"].astype(bool)]).pivot(
        index="series", columns="forecast", values=measure
    )
    if not {first, second} <= set(table.columns):
        return [], []
    both = table[[first, second]].dropna()
    better = both[first] < both[second]
    return list(both.index[better]), list(both.index[~better])
