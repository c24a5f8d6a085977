"""The observations of the project: loading, checking, and choosing one figure per year."""

from __future__ import annotations

import functools
from pathlib import Path

import pandas as pd

DATA = Path(__file__).parent / "data"
COLUMNS = (
    "series", "sector", "year", "period", "value", "unit", "definition", "source", "source_url", "confidence", "note",
)  # fmt: skip
GRADES = ("A", "B", "C", "D")
"""From best to worst."""
WHOLE_YEAR = "year"
SHARE_BREAK = 2018
"""First year of the later segment of sector shares."""


class ObservationError(ValueError):
    """An observation file that cannot be used; the message names file and line."""


def read_observations(path: Path) -> pd.DataFrame:
    """Read and check a file of observations; whole years and parts of years alike."""
    table = pd.read_csv(path, dtype={"series": str, "sector": str, "note": str})
    missing = [column for column in COLUMNS if column not in table.columns]
    if missing:
        raise ObservationError(f"{path}:1: columns {', '.join(missing)} are missing; needed: {', '.join(COLUMNS)}")
    for column, allowed in (("confidence", GRADES),):
        wrong = table[~table[column].isin(allowed)]
        if len(wrong):
            line = wrong.index[0] + 2
            raise ObservationError(
                f"{path}:{line}: {column} {wrong[column].iloc[0]!r} is unknown; allowed: {', '.join(allowed)}"
            )
    values = pd.to_numeric(table["value"], errors="coerce")
    if values.isna().any():
        line = values.index[values.isna()][0] + 2
        raise ObservationError(f"{path}:{line}: value {table['value'][line - 2]!r} is no number")
    return table.assign(value=values)


@functools.cache
def observations() -> pd.DataFrame:
    """The project's observations."""
    return read_observations(DATA / "observations.csv")


def annual_points(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """One whole-year figure per series, sector and year: those of the best grade, averaged where several agree in it.

    Columns: series, sector, year, value, unit, confidence, source, count (figures averaged).
    """
    table = observations() if table is None else table
    whole = table[table["period"] == WHOLE_YEAR]
    keys = ["series", "sector", "year"]
    best = whole[whole["confidence"] == whole.groupby(keys)["confidence"].transform("min")]
    return best.groupby(keys, as_index=False).agg(
        value=("value", "mean"), unit=("unit", "first"), confidence=("confidence", "first"),
        source=("source", "first"), count=("value", "size"),
    )  # fmt: skip


def points_of(series: str, sector: str) -> pd.DataFrame:
    """The annual points of one series, by year."""
    points = annual_points()
    return points[(points["series"] == series) & (points["sector"] == sector)].sort_values("year")
