"""Scoring the run "as happened" on observations of any file, without fitting anything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from model.inputs import LATEST, START

from .observations import annual_points, observations, read_observations
from .series import FITTED_GRADES, LEVEL, Series, all_series
from .validation import score, table

POINTS = "%"
"""Unit of indicators whose errors are differences in points."""


def score_file(file: Path | None = None, first: int | None = None, last: int | None = None) -> pd.DataFrame:
    """Scores of the run "as happened", one row per series with whole-year figures of grade A to C.

    `file` has the columns of calibration/data/observations.csv (default: that file). Years from `first` to `last`;
    naive forecasts start from the project's own observations before `first`. Raises ObservationError for a bad file.
    """
    given = annual_points(observations() if file is None else read_observations(file))
    given = given[given["confidence"].isin(FITTED_GRADES)]
    years = first or START, min(last or LATEST, LATEST)
    asked = given["year"].between(*years)
    simulated = _as_happened(int(given.loc[asked, "year"].max())) if asked.any() else {}
    known = {series.observed: series for series in all_series().values()}
    found = []
    for key, points in given.groupby(["series", "sector"], sort=False):
        series = known.get(key) or _by_name(*key, simulated)
        path = _path(series, simulated) if series else None
        if path is None:
            continue
        points = series.based(points)
        points = points[points["year"].between(*years)]
        if file is None:  # the project's own series have known breaks
            points = points.loc[[any(low <= y <= high for low, high in series.segments) for y in points["year"]]]
        points = points[points["year"] < START + len(path)]
        points = points[~np.isnan(path[points["year"].to_numpy() - START])]
        if points.empty:
            continue
        window = f"{points['year'].min()}-{points['year'].max()}"
        found.append((series.kind, score(series, window, path, points.sort_values("year"), _before(series, first))))
    scores = table([entry for _, entry in found])
    return scores.assign(kind=[kind for kind, _ in found])


def _as_happened(until: int) -> dict:
    """Indicators of the run "as happened": arrays, years first; beside each, its unit and the labels of its axis."""
    from model import shipped_scenarios, simulate
    from model.run import indicator_names
    from model.scenario import BASELINE

    result = simulate(shipped_scenarios()[BASELINE], max(until, START + 1), outputs=indicator_names())
    found = {}
    for name, array in result.data_vars.items():
        axis = next((d for d in array.dims if d != "year"), None)
        labels = tuple(array[axis].values) if axis else (array.attrs["belongs_to"],)
        found[name] = (array.values, array.attrs["unit"], labels)
    return found


def _by_name(name: str, sector: str, simulated: dict) -> Series | None:
    """An indicator of the model with an observed counterpart of the same name and sector."""
    if name not in simulated or sector not in simulated[name][2]:
        return None
    kind = "share" if simulated[name][1] == POINTS else LEVEL
    several = simulated[name][0].ndim > 1
    return Series(f"{name}.{sector}" if several else name, name, (name, sector), kind, sector if several else None)


def _path(series: Series, simulated: dict) -> np.ndarray | None:
    """The simulated series, years from the start; None where the model does not give it."""
    if series.needs not in simulated:
        return None
    values, _, labels = simulated[series.needs]
    if series.sector and series.sector not in labels:
        return None
    if series.sector:
        return values[:, labels.index(series.sector)]
    return np.asarray(series.simulated({series.needs: values}))


def _before(series: Series, first: int | None) -> pd.DataFrame | None:
    if first is None:
        return None
    points = series.known_before(first)
    return points if len(points) else None
