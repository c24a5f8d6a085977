"""The observations of the project: loading, checking, and choosing one figure per year."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).parent / "data"
COLUMNS = (
    "series", "sector", "year", "period", "value", "unit", "definition", "source", "source_url", "confidence", "note",
)  # fmt: skip
GRADES = ("A", "B", "C", "D")
"""From best to worst."""
WHOLE_YEAR = "year"


class ObservationError(ValueError):
    """An observation file that cannot be used; the message names file and line."""


def read_observations(path: Path) -> pd.DataFrame:
    """Read and check a file of observations; whole years and parts of years alike. Raises ObservationError."""
    try:
        table = pd.read_csv(path, dtype={"series": str, "sector": str, "period": str, "note": str})
    except FileNotFoundError:
        raise ObservationError(f"{path}:1: no such file") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ObservationError(f"{path}:1: this is no CSV file in UTF-8: {str(error).splitlines()[0]}") from None
    missing = [column for column in COLUMNS if column not in table.columns]
    if missing:
        raise ObservationError(f"{path}:1: columns {', '.join(missing)} are missing; needed: {', '.join(COLUMNS)}")
    _require(path, table, "confidence", table["confidence"].isin(GRADES), f"is unknown; allowed: {', '.join(GRADES)}")
    for column, told in (("value", "is no number"), ("year", "is no year")):
        numbers = pd.to_numeric(table[column], errors="coerce").astype(float)
        _require(path, table, column, np.isfinite(numbers) & ((column == "value") | (numbers % 1 == 0)), told)
        table[column] = numbers if column == "value" else numbers.astype(int)
    return table


def _require(path: Path, table: pd.DataFrame, column: str, fine: pd.Series, told: str) -> None:
    """Refuse the first row that is not fine, by file and line."""
    wrong = table.index[~fine]
    if len(wrong):
        raise ObservationError(f"{path}:{wrong[0] + 2}: {column} '{table.loc[wrong[0], column]}' {told}")


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
