"""The observations of the project: loading, checking, and choosing one figure per year."""

from __future__ import annotations

import functools
import re
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
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PART = re.compile(rf"\b(?:H1|Jan-({'|'.join(MONTHS)}))\b")
"""How definitions name a part of a year that begins in January."""
HALF = 6
"""Fewest months of a part of a year that say something of the year."""


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


def months_covered(definition: object) -> int:
    """Months from January on that a figure of a part of a year covers, read from its definition; 0 where it is another
    part of the year, or not said."""
    found = PART.search(str(definition))
    if found is None:
        return 0
    return MONTHS.index(found.group(1)) + 1 if found.group(1) else HALF


@functools.cache
def part_points() -> pd.DataFrame:
    """The longest part of each year, half a year or more, per series and sector: the columns of `annual_points` without
    count, and months."""
    table = observations()
    parts = table[table["period"] != WHOLE_YEAR]
    parts = parts.assign(months=[months_covered(definition) for definition in parts["definition"]])
    parts = parts[parts["months"] >= HALF].sort_values(["months", "confidence"], ascending=[False, True], kind="stable")
    columns = ["series", "sector", "year", "value", "unit", "confidence", "source", "months"]
    return parts.drop_duplicates(["series", "sector", "year"])[columns]


@functools.cache
def points_of(series: str, sector: str) -> pd.DataFrame:
    """The annual points of one series, by year."""
    points = annual_points()
    return points[(points["series"] == series) & (points["sector"] == sector)].sort_values("year")
