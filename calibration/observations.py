"""The observations of the project, and choosing one figure per year."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pandas as pd

from .observation_file import COLUMNS, GRADES, WHOLE_YEAR, ObservationError, read_observations

__all__ = [
    "COLUMNS",
    "DATA",
    "GRADES",
    "OBSERVATION_FILE",
    "WHOLE_YEAR",
    "ObservationError",
    "annual_points",
    "months_covered",
    "observations",
    "part_points",
    "points_of",
    "read_observations",
]

DATA = Path(__file__).parent / "data"
OBSERVATION_FILE = DATA / "observations.csv"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PART = re.compile(rf"\b(?:H1|Jan-({'|'.join(MONTHS)}))\b")
"""How definitions name a part of a year that begins in January."""
HALF = 6
"""Fewest months of a part of a year that constrain the figure of the year."""


@functools.cache
def observations() -> pd.DataFrame:
    """The project's observations."""
    return read_observations(OBSERVATION_FILE)


def annual_points(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """One whole-year figure per series, sector and year: those of the best grade, averaged where several agree in it.

    Columns: series, sector, year, value, unit, confidence, source, count (figures averaged).
    """
    table = observations() if table is None else table
    whole = table[table["period"] == WHOLE_YEAR]
    keys = ["series", "sector", "year"]
    best = whole[whole["confidence"] == whole.groupby(keys)["confidence"].transform("min")]
    return best.groupby(keys, as_index=False).agg(
        value=("value", "mean"),
        unit=("unit", "first"),
        confidence=("confidence", "first"),
        source=("source", "first"),
        count=("value", "size"),
    )


def months_covered(definition: object) -> int:
    """Months from January on that a figure of a part of a year covers, read from its definition; 0 where it is another
    part of the year, or is not given."""
    match = PART.search(str(definition))
    if match is None:
        return 0
    return MONTHS.index(match.group(1)) + 1 if match.group(1) else HALF


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
