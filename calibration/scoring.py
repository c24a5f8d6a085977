"""Scoring the run "as happened" on observations of any file, without fitting anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from model.engine.errors import suggestion
from model.inputs import END, LATEST, START

from .observation_file import LINE, WHOLE_YEAR
from .observations import OBSERVATION_FILE, annual_points, observations, read_observations
from .observed_units import converted, of_one_unit
from .series import FITTED_GRADES, LEVEL, Series, all_series
from .validation import score
from .validation import table as table_of_scores

POINTS = "%"
"""Unit of indicators whose errors are differences in points."""


@dataclass(frozen=True)
class Unscored:
    """Rows of a file that were not scored: line of the first, how many, of what, and why."""

    line: int
    rows: int
    series: str
    sector: str
    reason: str


@dataclass(frozen=True)
class FileScores:
    """Scores of a file, one row per series, and the rows of the file that no score includes."""

    scores: pd.DataFrame
    unscored: tuple[Unscored, ...] = ()


def score_file(file: Path | None = None, first: int | None = None, last: int | None = None) -> FileScores:
    """Scores of the run "as happened", one row per series with whole-year figures of grade A to C.

    `file` has the columns of calibration/data/observations.csv (default: that file). Years from `first` to `last`;
    naive forecasts start from the project's observations before `first`. Figures are converted into the units of
    the model. Rows that no score includes are listed where a file is given. Raises ObservationError for a bad file.
    """
    rows = observations() if file is None else read_observations(file)
    years = first or START, min(last or LATEST, LATEST)
    eligible = _eligible(rows)
    in_window = eligible["year"].between(*years)
    simulated = _as_happened(int(eligible.loc[in_window, "year"].max()) if in_window.any() else END)
    matched, unmatched = _matched(rows, simulated)
    scored = []
    for series, table in matched:
        points = annual_points(_in_model_units(file or OBSERVATION_FILE, series, _eligible(table), simulated))
        path = _path(series, simulated)
        points = _comparable(series.based(points), years, path, series.segments if file is None else None)
        if not points.empty:
            window = f"{points['year'].min()}-{points['year'].max()}"
            scored.append((series, score(series, window, path, points.sort_values("year"), _before(series, first))))
    scores = table_of_scores([entry for _, entry in scored]).assign(kind=[series.kind for series, _ in scored])
    return FileScores(scores, () if file is None else (*_unknown(unmatched, simulated), *_not_eligible(matched)))


def _eligible(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["period"] == WHOLE_YEAR) & rows["confidence"].isin(FITTED_GRADES)]


def _matched(rows: pd.DataFrame, simulated: dict) -> tuple[list[tuple[Series, pd.DataFrame]], list[pd.DataFrame]]:
    """The series of the model with their rows, and the rows of each series or sector that the model does not have."""
    known = _known()
    matched, unmatched = [], []
    for (name, sector), table in rows.groupby(["series", "sector"], sort=False):
        series = known.get((name, sector)) or _by_name(name, sector, simulated)
        if series is not None and series.needs in simulated:
            matched.append((series, table))
        else:
            unmatched.append(table)
    return matched, unmatched


def _known() -> dict[tuple[str, str], Series]:
    """The series with observations by the name and sector of these."""
    return {series.observed: series for series in all_series().values()}


def _unknown(unmatched: list[pd.DataFrame], simulated: dict) -> list[Unscored]:
    """The rows of series or sectors that the model does not have, each with the reason."""
    known = [*_known(), *((name, label) for name, (_, _, labels) in simulated.items() for label in labels)]
    unscored = []
    for table in unmatched:
        row = table.iloc[0]
        reason = _reason(row["series"], row["sector"], known)
        unscored.append(Unscored(int(row[LINE]), len(table), row["series"], row["sector"], reason))
    return unscored


def _reason(name: str, sector: str, known: list[tuple[str, str]]) -> str:
    """Why no indicator corresponds to a series and sector, with the nearest known name."""
    sectors = sorted({label for series, label in known if series == name})
    if sectors:
        return f"series {name} has no sector {sector!r} in the model; allowed: {', '.join(sectors)}"
    return f"the model has no indicator for series {name!r}{suggestion(name, sorted({series for series, _ in known}))}"


def _not_eligible(matched: list[tuple[Series, pd.DataFrame]]) -> list[Unscored]:
    """Rows of known series that are never scored: parts of years, and figures without a source (grade D)."""
    unscored = []
    for _, table in matched:
        for reason, these in (
            ("figures of parts of a year are not scored", table["period"] != WHOLE_YEAR),
            ("grade D is not scored", (table["period"] == WHOLE_YEAR) & ~table["confidence"].isin(FITTED_GRADES)),
        ):
            if these.any():
                row = table[these].iloc[0]
                unscored.append(Unscored(int(row[LINE]), int(these.sum()), row["series"], row["sector"], reason))
    return unscored


def _in_model_units(file: Path, series: Series, table: pd.DataFrame, simulated: dict) -> pd.DataFrame:
    """Whole-year rows of one series in the unit of its indicator; those of an index, over a figure of its base year,
    in one unit."""
    if table.empty:
        return table
    if series.base is not None:
        has_base = (table["year"] == series.base).any()
        return of_one_unit(file, table, None if has_base else series.unit)
    return converted(file, table, simulated[series.needs][1] if series.kind == LEVEL else POINTS)


def _comparable(
    points: pd.DataFrame, years: tuple[int, int], path: np.ndarray, segments: tuple[tuple[int, int], ...] | None
) -> pd.DataFrame:
    """The points of these years for which the run gives a value; `segments` leave out years on another base."""
    points = points[points["year"].between(years[0], min(years[1], START + len(path) - 1))]
    if segments is not None:
        points = points.loc[[any(low <= year <= high for low, high in segments) for year in points["year"]]]
    return points[~np.isnan(path[points["year"].to_numpy() - START])]


def _as_happened(until: int) -> dict:
    """Indicators of the run "as happened": arrays, years first; beside each, its unit and the labels of its axis."""
    from model import shipped_scenarios, simulate
    from model.run import indicator_names
    from model.scenario import BASELINE

    result = simulate(shipped_scenarios()[BASELINE], max(until, END), outputs=indicator_names())
    indicators = {}
    for name, array in result.data_vars.items():
        axis = next((d for d in array.dims if d != "year"), None)
        labels = tuple(array[axis].values) if axis else (array.attrs["belongs_to"],)
        indicators[name] = (array.values, array.attrs["unit"], labels)
    return indicators


def _by_name(name: str, sector: str, simulated: dict) -> Series | None:
    """An indicator of the model with an observed counterpart of the same name and sector."""
    if name not in simulated or sector not in simulated[name][2]:
        return None
    kind = "share" if simulated[name][1] == POINTS else LEVEL
    several = simulated[name][0].ndim > 1
    return Series(f"{name}.{sector}" if several else name, name, (name, sector), kind, sector if several else None)


def _path(series: Series, simulated: dict) -> np.ndarray:
    """The simulated series, years from the start."""
    values, _, labels = simulated[series.needs]
    if series.sector:
        return values[:, labels.index(series.sector)]
    return series.simulated({series.needs: values})


def _before(series: Series, first: int | None) -> pd.DataFrame | None:
    if first is None:
        return None
    points = series.known_before(first)
    return points if len(points) else None
