"""Small multiples for the Compare page: one panel for each indicator, one line for each scenario."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle
from math import ceil
from typing import TYPE_CHECKING, Any

from model.inputs import START
from views.language import Locale
from views.palette import GHOST, INK, QUIET, STYLES
from views.results.catalogue import CHARTS, Line
from views.results.observed import UNVERIFIED, Point

from .fonts import FONT
from .plot import Plot, PlotLine, plot_of
from .plotly_layout import LEGEND_ROW, layout, legend_rows, letters, line, mark_policy, value_axis, year_axis

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from views.results.comparison import Run

PANEL_HEIGHT, HEADING_HEIGHT = 265, 70
LONGEST_LINE = 31
"""Letters in one line of a panel's heading."""
MARGIN = {"l": 44, "r": 12, "b": 30}
LEGEND = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1,
    "yref": "container",
    "yanchor": "top",
    "font": {"size": 13},
    "tracegroupgap": 0,
}


@dataclass(frozen=True)
class Panel:
    """One line of a chart for several scenarios: the chart of each of them, and the position of the line."""

    plots: tuple[Plot, ...]
    position: int

    @property
    def line(self) -> PlotLine:
        """The line in the first scenario; its name, observations and targets are those of all."""
        return self.plots[0].lines[self.position]

    @property
    def source(self) -> Line:
        """The line of the catalogue that the panel draws."""
        return CHARTS[self.plots[0].id].lines[self.position]

    @property
    def title(self) -> str:
        """Title of the chart, with the name of the line where the chart has several."""
        return self.plots[0].title_of(self.line)


def panels_of(chart_ids: Sequence[str], runs: Sequence[Run], locale: Locale) -> list[Panel]:
    """The panels: every strong line of the chosen charts."""
    panels = []
    for chart_id in chart_ids:
        plots = tuple(plot_of(CHARTS[chart_id], run.result, None, {}, locale) for run in runs)
        panels += [Panel(plots, position) for position, line in enumerate(plots[0].lines) if line.strong]
    return panels


def panel_heading(title: str, unit: str) -> str:
    """Heading of a panel: the title, and the unit below it where both would run into the next panel.

    A title that is too long for a line itself is broken at a space or after a Chinese middle dot.
    """

    lines = textwrap.wrap(title, LONGEST_LINE) if letters(title) > LONGEST_LINE else [title]
    between = "  " if letters(f"{lines[-1]}  {unit}") <= LONGEST_LINE else "<br>"
    return "<br>".join(f"<b>{line}</b>" for line in lines) + between + unit


def _hover(plot: Plot) -> str:
    return f"%{{y:,.{plot.digits}f}}"


def small_multiples(runs: Sequence[Run], panels: Sequence[Panel], columns: int) -> go.Figure:
    """The figure, with so many panels in a row; colours and line styles follow the order of the scenarios."""
    from plotly.subplots import make_subplots

    beside = min(columns, len(panels))
    rows = ceil(len(panels) / beside)
    names = [panel_heading(panel.title, panel.plots[0].unit) for panel in panels]
    figure = make_subplots(rows, beside, subplot_titles=names, horizontal_spacing=0.06, vertical_spacing=0.36 / rows)
    for k, panel in enumerate(panels):
        where = {"row": k // beside + 1, "col": k % beside + 1}
        for run, plot, style in zip(runs, panel.plots, cycle(STYLES), strict=False):
            figure.add_scatter(
                x=plot.years,
                y=plot.lines[panel.position].now,
                mode="lines",
                name=escape(run.title),
                legendgroup=run.key,
                showlegend=k == 0,
                line=line(style, 2.2),
                hovertemplate=_hover(plot),
                **where,
            )
        _add_observations(figure, panel, where)
        _add_targets(figure, panel, where)
        end = panel.plots[0].last_year
        mark_policy(figure, end, **where)
        figure.update_xaxes(range=[START - 0.3, end + 0.3], **where)
    hover: dict[str, Any] = {"hovermode": "x unified", "hoverlabel": {"font": {"family": FONT, "size": 12}}}
    top = HEADING_HEIGHT + LEGEND_ROW * legend_rows(figure, columns)
    figure.update_layout(layout(rows * PANEL_HEIGHT + top, {**MARGIN, "t": top}, template=None, legend=LEGEND, **hover))
    figure.update_annotations(font={"size": 13}, xanchor="left", align="left")
    for k, note in enumerate(figure.layout.annotations[: len(panels)]):
        note.x = figure.layout[f"xaxis{k + 1 if k else ''}"].domain[0]
    year_axis(figure, 5, tickcolor=GHOST)
    value_axis(figure, zeroline=False)
    for k, panel in enumerate(panels):
        if panel.plots[0].from_zero:
            figure.update_yaxes(rangemode="tozero", row=k // beside + 1, col=k % beside + 1)
    return figure


def _symbol(point: Point) -> str:
    if not point.used:
        return "triangle-up-open"
    return "circle-open" if point.grade == UNVERIFIED else "circle"


def _add_observations(figure: go.Figure, panel: Panel, where: dict[str, int]) -> None:
    """Observed points: hollow where they are unverified, triangles where they are later than the estimate."""
    points = panel.line.points
    if points:
        symbols = [_symbol(point) for point in points]
        marker = {"symbol": symbols, "color": QUIET, "size": 6}
        values = [(point.year, point.value) for point in points]
        _add_marks(figure, "observed", panel.plots[0], values, marker, where)


def _add_targets(figure: go.Figure, panel: Panel, where: dict[str, int]) -> None:
    """Targets that are due within the run."""
    due = panel.plots[0].due(panel.line)
    if due:
        marker = {"symbol": "diamond", "color": INK, "size": 10}
        values = [(mark.year, mark.value) for mark in due]
        _add_marks(figure, "target", panel.plots[0], values, marker, where)


def _add_marks(
    figure: go.Figure,
    group: str,
    plot: Plot,
    values: Sequence[tuple[int, float]],
    marker: dict,
    where: dict[str, int],
) -> None:
    """Points of a panel; their group stands in the legend once."""
    figure.add_scatter(
        x=[year for year, _ in values],
        y=[value for _, value in values],
        mode="markers",
        name=plot.locale.translate(f"chart.{group}"),
        legendgroup=group,
        showlegend=group not in {trace.legendgroup for trace in figure.data},
        marker=marker,
        hovertemplate=_hover(plot),
        **where,
    )
