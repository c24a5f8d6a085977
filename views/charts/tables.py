"""The data behind a chart as a table, and tables as files."""

from __future__ import annotations

import numpy as np
import pandas as pd

from views.language import Locale
from views.results.bands import Band

from .plot import Plot, PlotLine

BYTE_ORDER_MARK = "utf-8-sig"
"""Encoding of CSV files: with this mark spreadsheets read Chinese correctly."""
UNIT_COLUMN = 4
DIGITS = 6
"""Significant digits of values of the model."""
Row = tuple[str, str, int, float, str]
"""Line, kind, year, value, source."""


def rounded(value: float) -> float:
    """A value with as many digits as tables give."""
    return float(f"{value:.{DIGITS}g}")


def plot_table(plot: Plot, with_bands: bool = False) -> pd.DataFrame:
    """All points of a chart in long form: line, kind, year, value, unit, source; bands last, where they are wanted."""
    rows = [row for line in plot.lines for row in (*_run_rows(plot, line), *fixed_rows(plot, line))]
    if with_bands:
        rows += [row for line in plot.lines for band in line.bands for row in _band_rows(plot, line, band)]
    columns = columns_of(plot.locale)
    unit = columns.pop(UNIT_COLUMN)
    table = pd.DataFrame(rows, columns=columns)
    table.insert(UNIT_COLUMN, unit, plot.unit)
    return table


def columns_of(locale: Locale) -> list[str]:
    """The names of the columns of the table of a chart."""
    return [locale.translate(f"table.{key}") for key in ("indicator", "kind", "year", "value", "unit", "source")]


def _run_rows(plot: Plot, line: PlotLine) -> list[Row]:
    """Both runs."""
    translate = plot.locale.translate
    rows: list[Row] = []
    for kind, years, values in (("now", plot.years, line.now), ("ghost", plot.ghost_years, line.ghost)):
        if values is not None:
            words, known = translate(f"table.{kind}"), zip(years, values, strict=True)
            rows += [(line.name, words, int(year), rounded(value), "") for year, value in known if np.isfinite(value)]
    return rows


def fixed_rows(plot: Plot, line: PlotLine) -> list[Row]:
    """Observed points and targets, which are the same for every run."""
    translate = plot.locale.translate
    rows: list[Row] = [
        (line.name, translate("table.observed", grade=point.grade), point.year, point.value, point.source)
        for point in line.points
    ]
    rows += [(line.name, translate("table.target"), mark.year, mark.value, mark.source) for mark in line.targets]
    return rows


def _band_rows(plot: Plot, line: PlotLine, band: Band) -> list[Row]:
    """Both ends of a band."""
    translate = plot.locale.translate
    kind = translate("evidence.band_outer" if band.with_error else "evidence.band_inner")
    return [
        (line.name, f"{kind}: {translate(f'report.{end}')}", int(year), rounded(value), "")
        for end, values in (("low", band.low), ("high", band.high))
        for year, value in zip(band.years, values, strict=True)
    ]


def csv_bytes(rows: pd.DataFrame) -> bytes:
    """A table as CSV that spreadsheets open with the right characters."""
    return rows.to_csv(index=False).encode(BYTE_ORDER_MARK)
