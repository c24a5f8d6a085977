"""The observations of the project, and choosing one figure per year."""

from __future__ import annotations

import calendar
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
PART = re.compile(rf"\b(?:(Q1)|(H1)|Jan-({'|'.join(MONTHS)}))\b")
"""How definitions name a part of a year that begins in January."""
QUARTER, HALF = 3, 6
"""Months."""
SINGLE_MONTH = re.compile(rf"(?:{'|'.join(calendar.month_name[1:])})\b")
"""How definitions begin that name a single month."""


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
    """Months that a figure of a part of a year covers, read from its definition: from January on, or one for a single
    month of any name; 0 where it is another part of the year, or is not given."""
    text = str(definition)
    match = PART.search(text)
    if match is None:
        return int(SINGLE_MONTH.match(text) is not None)
    quarter, half, month = match.groups()
    if month:
        return MONTHS.index(month) + 1
    return QUARTER if quarter else HALF


@functools.cache
def part_points() -> pd.DataFrame:
    """The longest part of each year per series and sector: the columns of `annual_points` without count, and months. A
    single month is included, as a hint with a wide error (errors.yaml), and never as a rate of the year."""
    table = observations()
    parts = table[table["period"] != WHOLE_YEAR]
    parts = parts.assign(months=[months_covered(definition) for definition in parts["definition"]])
    parts = parts[parts["months"] > 0].sort_values(["months", "confidence"], ascending=[False, True], kind="stable")
    columns = ["series", "sector", "year", "value", "unit", "confidence", "source", "months"]
    return parts.drop_duplicates(["series", "sector", "year"])[columns]


@functools.cache
def points_of(series: str, sector: str) -> pd.DataFrame:
    """The annual points of one series, by year."""
    points = annual_points()
    return points[(points["series"] == series) & (points["sector"] == sector)].sort_values("year")
