"""The small table of figures below a chart of a report."""

from __future__ import annotations

import numpy as np

from views.charts.plot import Plot
from views.display_units import DisplayUnit

from .blocks import Table

YEARS = (2010, 2015, 2016, 2018, 2020, 2022, 2025, 2030, 2035)
"""Years in the small table below a chart, as far as the run goes."""
NAMES, FIGURE = (18.0, 24.0), 13.0
"""Widths of the columns of that table: names of line and kind, and a figure or band."""


def short_table(plot: Plot) -> Table:
    """Values in chosen years: the present run, and for strong lines what happened, bands, and observed figures."""
    locale = plot.locale
    years = [year for year in YEARS if year <= plot.years[-1]]
    several, rows = len(plot.lines) > 1, []
    for line in plot.lines:
        rows.append((line.name, locale.translate("table.now"), *_values(plot, line.now, years)))
        if line.strong and line.ghost is not None:
            rows.append((line.name, locale.translate("table.ghost"), *_values(plot, line.ghost, years)))
        for band in reversed(line.bands):
            kind = locale.translate("evidence.band_outer" if band.with_error else "evidence.band_inner")
            ends = dict(zip(band.years, zip(band.low, band.high, strict=True), strict=True))
            rows.append((line.name, kind, *(_range(ends.get(year), plot.display) for year in years)))
        seen = {p.year: f"{plot.display.figure(p.value)} ({p.grade})" for p in line.points}
        if line.strong and seen.keys() & set(years):
            rows.append((line.name, locale.translate("report.observed"), *(seen.get(year, "") for year in years)))
    columns, widths = (
        (locale.translate("table.indicator"), locale.translate("table.kind"), *map(str, years)),
        (*NAMES, *[FIGURE] * len(years)),
    )
    left_out = 0 if several else 1
    shown = tuple(row[left_out:] for row in rows)
    return Table(columns[left_out:], shown, range(len(NAMES) - left_out, len(columns) - left_out), widths[left_out:])


def _values(plot: Plot, values: np.ndarray, years: list[int]) -> list[str]:
    return [plot.display.figure(float(values[year - plot.years[0]])) for year in years]


def _range(ends: tuple[float, float] | None, display: DisplayUnit) -> str:
    return f"[{display.figure(float(ends[0]))}, {display.figure(float(ends[1]))}]" if ends else ""
