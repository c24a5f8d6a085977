"""One chart as plain data in the unit that is shown: what the figures of a report and its tables are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from views.language import DEFAULT, translator
from views.language import unit as unit_name
from views.results.bands import Band
from views.results.catalogue import Chart, Line, line_name
from views.results.observed import Point, observed, targets_of
from views.results.simulation import Result

from .echarts import NATIONAL, alternative


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
        chart.id,
        t(f"chart.{chart.id}"),
        unit_name(chart.unit, language),
        language,
        now.years,
        tuple(_line(chart, line, now, ghost, bands, language) for line in chart.lines),
        tuple(Mark(x.year, x.value * chart.scale, x.scope == NATIONAL) for x in due),
        chart.from_zero,
        alternative(chart, now, t, language),
    )


def _line(chart: Chart, line: Line, now: Result, ghost: Result, bands: Mapping, language: str) -> PlotLine:
    own = bands.get((line.indicator, line.element or line.observed), ()) if line.strong else ()
    return PlotLine(
        line_name(line, translator(language)),
        line.style,
        line.strong,
        now.series(line.indicator, line.element) * chart.scale,
        ghost.series(line.indicator, line.element) * chart.scale if line.strong else None,
        tuple(replace(band, low=band.low * chart.scale, high=band.high * chart.scale) for band in own),
        tuple(replace(p, value=p.value * chart.scale) for p in observed(line.indicator, line.observed)),
    )
