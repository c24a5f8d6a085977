"""One chart as plain data in the unit that is shown: what the figures of a report and its tables are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..bands import Band
from ..charts.catalogue import Chart, Line
from ..charts.options import NATIONAL, alternative, line_name
from ..engine import Result
from ..language import DEFAULT, number, translator
from ..language import unit as unit_name
from ..observed import Point, observed, targets_of
from .blocks import Table

YEARS = (2010, 2015, 2016, 2018, 2020, 2022, 2025, 2030, 2035)
"""Years in the small table below a chart, as far as the run goes."""
NAMES, FIGURE = (18.0, 24.0), 13.0
"""Widths of the columns of that table: names of line and kind, and a figure or band."""


@dataclass(frozen=True)
class PlotLine:
    """One line: yearly values of the present run and of the run as happened (strong lines only), bands with the wider
    first, and observed points."""

    name: str
    style: tuple[str, str]
    strong: bool
    now: np.ndarray
    ghost: np.ndarray | None
    bands: tuple[Band, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Mark:
    """A target: year, value, and whether the nation set it."""

    year: int
    value: float
    national: bool


@dataclass(frozen=True)
class Plot:
    """A chart in one language; `english` is the same chart with English words, for machines that have no Chinese
    font."""

    id: str
    title: str
    unit: str
    language: str
    years: np.ndarray
    lines: tuple[PlotLine, ...]
    targets: tuple[Mark, ...]
    from_zero: bool
    alternative: str
    english: Plot | None = None

    @property
    def banded(self) -> bool:
        """Whether any line has a band."""
        return any(line.bands for line in self.lines)


def plot_of(chart: Chart, now: Result, ghost: Result, bands: Mapping, language: str) -> Plot:
    """The data of a chart for two runs; `bands` by indicator and sector, empty for none."""
    made = _plot(chart, now, ghost, bands, language)
    return made if language == DEFAULT else replace(made, english=_plot(chart, now, ghost, bands, DEFAULT))


def _plot(chart: Chart, now: Result, ghost: Result, bands: Mapping, language: str) -> Plot:
    t, end = translator(language), int(now.years[-1])
    due = [x for line in chart.lines for x in targets_of(line.indicator, line.observed) if x.year <= end]
    return Plot(
        chart.id, t(f"chart.{chart.id}"), unit_name(chart.unit, language), language, now.years,
        tuple(_line(chart, line, now, ghost, bands, language) for line in chart.lines),
        tuple(Mark(x.year, x.value * chart.scale, x.scope == NATIONAL) for x in due),
        chart.from_zero, alternative(chart, now, t, language),
    )  # fmt: skip


def _line(chart: Chart, line: Line, now: Result, ghost: Result, bands: Mapping, language: str) -> PlotLine:
    own = bands.get((line.indicator, line.element or line.observed), ()) if line.strong else ()
    return PlotLine(
        line_name(line, translator(language)), line.style, line.strong,
        now.series(line.indicator, line.element) * chart.scale,
        ghost.series(line.indicator, line.element) * chart.scale if line.strong else None,
        tuple(replace(band, low=band.low * chart.scale, high=band.high * chart.scale) for band in own),
        tuple(replace(p, value=p.value * chart.scale) for p in observed(line.indicator, line.observed)),
    )  # fmt: skip


def short_table(plot: Plot) -> Table:
    """Values in chosen years: the present run, and for strong lines what happened, bands, and observed figures."""
    t = translator(plot.language)
    years = [year for year in YEARS if year <= plot.years[-1]]
    several, rows = len(plot.lines) > 1, []
    for line in plot.lines:
        rows.append((line.name, t("table.now"), *_told(plot, line.now, years)))
        if line.strong:
            rows.append((line.name, t("table.ghost"), *_told(plot, line.ghost, years)))
        for band in reversed(line.bands):
            kind = t("evidence.band_outer" if band.with_error else "evidence.band_inner")
            ends = dict(zip(band.years, zip(band.low, band.high, strict=True), strict=True))
            rows.append((line.name, kind, *(_range(ends.get(year)) for year in years)))
        seen = {p.year: f"{number(p.value)} ({p.grade})" for p in line.points}
        if line.strong and seen.keys() & set(years):
            rows.append((line.name, t("report.observed"), *(seen.get(year, "") for year in years)))
    columns, widths = (t("table.indicator"), t("table.kind"), *map(str, years)), (*NAMES, *[FIGURE] * len(years))
    left_out = 0 if several else 1
    shown = tuple(row[left_out:] for row in rows)
    return Table(columns[left_out:], shown, range(len(NAMES) - left_out, len(columns) - left_out), widths[left_out:])


def _told(plot: Plot, values: np.ndarray, years: list[int]) -> list[str]:
    return [number(float(values[year - plot.years[0]])) for year in years]


def _range(ends: tuple[float, float] | None) -> str:
    return f"[{number(float(ends[0]))}, {number(float(ends[1]))}]" if ends else ""
