"""Charts as plain data in the unit that is shown: what every renderer draws and every table lists.

`plot_of` alone derives lines, bands, observations, targets, unit and text alternative from results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from views.display_units import DisplayUnit
from views.language import DEFAULT, Locale
from views.results.bands import Band
from views.results.catalogue import Chart, Line, line_name
from views.results.observed import UNVERIFIED, Point, observed, targets_of
from views.results.simulation import Result

from .text_alternatives import lines_text

NATIONAL = "national"
BandsByLine = Mapping[tuple[str, str], Sequence[Band]]
"""Bands by indicator and sector."""


@dataclass(frozen=True)
class Mark:
    """A target: year, value, whether it is a national one, and its source."""

    year: int
    value: float
    national: bool
    source: str


@dataclass(frozen=True)
class PlotLine:
    """One line: yearly values of the present run and of the run as happened (None without one), bands with the wider
    first, observed points, and targets of all years. `id` is the same in every language."""

    id: str
    name: str
    style: tuple[str, str]
    strong: bool
    now: np.ndarray
    ghost: np.ndarray | None
    bands: tuple[Band, ...]
    points: tuple[Point, ...]
    targets: tuple[Mark, ...]

    def points_by_grade(self) -> dict[str, list[Point]]:
        """The observed points by grade, the best grade first."""
        grades = sorted({point.grade for point in self.used})
        return {grade: [point for point in self.used if point.grade == grade] for grade in grades}

    @property
    def used(self) -> list[Point]:
        """The observed points of the years from which the default values were estimated."""
        return [point for point in self.points if point.used]

    @property
    def later(self) -> list[Point]:
        """The observed points of later years."""
        return [point for point in self.points if not point.used]

    def verified(self, verified: bool) -> list[Point]:
        """The used points with a source that could be checked, or those without."""
        return [point for point in self.used if (point.grade != UNVERIFIED) == verified]


@dataclass(frozen=True)
class Plot:
    """A chart in one language; `english` is the same chart with English words, for machines without a Chinese font."""

    id: str
    title: str
    display: DisplayUnit
    locale: Locale
    years: np.ndarray
    ghost_years: np.ndarray
    lines: tuple[PlotLine, ...]
    from_zero: bool
    alternative: str
    english: Plot | None = None

    @property
    def unit(self) -> str:
        """The unit of all values, in words."""
        return self.display.text

    @property
    def digits(self) -> int:
        """Decimals of values beside each other."""
        return 1 if self.display.digits is None else self.display.digits

    @property
    def last_year(self) -> int:
        """Last year of the run."""
        return int(self.years[-1])

    @property
    def has_bands(self) -> bool:
        """Whether any line has a band."""
        return any(line.bands for line in self.lines)

    def title_of(self, line: PlotLine) -> str:
        """Title of the chart, with the name of a line where there are several."""
        return self.title if len(self.lines) == 1 else f"{self.title} · {line.name}"

    def due(self, line: PlotLine) -> list[Mark]:
        """The targets of a line that are due within the run."""
        return [mark for mark in line.targets if mark.year <= self.last_year]

    @property
    def targets(self) -> list[Mark]:
        """The targets of all lines that are due within the run."""
        return [mark for line in self.lines for mark in self.due(line)]


def plot_of(chart: Chart, now: Result, ghost: Result | None, bands: BandsByLine, locale: Locale) -> Plot:
    """The data of a chart for a run, beside the run as happened (None for none); `bands` may be empty."""
    lines = tuple(_line(chart, line, now, ghost, bands, locale) for line in chart.lines)
    title, display = locale.translate(f"chart.{chart.id}"), chart.display(locale)
    values = {line.name: (now.years, line.now) for line in lines}
    alternative = lines_text(title, display.text, values, locale, display.figure)
    ghost_years = now.years if ghost is None else ghost.years
    return Plot(chart.id, title, display, locale, now.years, ghost_years, lines, chart.from_zero, alternative)


def plot_for_files(chart: Chart, now: Result, ghost: Result, bands: BandsByLine, locale: Locale) -> Plot:
    """The same for pictures drawn on this machine, with the English chart beside a Chinese one."""
    plot = plot_of(chart, now, ghost, bands, locale)
    if locale.language == DEFAULT:
        return plot
    return replace(plot, english=plot_of(chart, now, ghost, bands, Locale(DEFAULT)))


def _line(chart: Chart, line: Line, now: Result, ghost: Result | None, bands: BandsByLine, locale: Locale) -> PlotLine:
    sector = line.element or line.observed or ""
    found = bands.get((line.indicator, sector), ()) if line.strong else ()
    scale = chart.scale_in(locale)
    return PlotLine(
        id=line.name,
        name=line_name(line, locale),
        style=line.style,
        strong=line.strong,
        now=now.series(line.indicator, line.element) * scale,
        ghost=None if ghost is None else ghost.series(line.indicator, line.element) * scale,
        bands=tuple(replace(band, low=band.low * scale, high=band.high * scale) for band in found),
        points=tuple(replace(p, value=p.value * scale) for p in observed(line.indicator, line.observed)),
        targets=tuple(
            Mark(target.year, target.value * scale, target.scope == NATIONAL, target.source)
            for target in targets_of(line.indicator, line.observed)
            if target.value is not None
        ),
    )
