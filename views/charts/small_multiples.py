"""Small multiples for the Compare page: one panel for each indicator, one line for each scenario."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from math import ceil
from typing import TYPE_CHECKING

from model.inputs import LAST_OBSERVED, POLICY_START, START
from views.language import Translate
from views.language import unit as unit_name
from views.palette import GHOST, GRID, INK, QUIET, SHADE, STYLES
from views.results.catalogue import CHARTS, Chart, Line
from views.results.observed import UNVERIFIED, observed, targets_of

from .echarts import FONT

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from views.results.comparison import Run

COLUMNS = 3
PANEL_HEIGHT = 265
LEGEND_HEIGHT = 110
LONGEST_LINE, WIDE, LAST_NARROW = 31, 1.8, 0x2E7F
"""Letters in one line of a panel's heading; how many of them a Chinese one takes; the last that is none."""
DASH = {"solid": "solid", "dashed": "dash", "dotted": "dot"}
STYLE_REPEATS = len(STYLES)


def panels_of(chart_ids: Sequence[str]) -> list[tuple[Chart, Line]]:
    """The panels: every strong line of the chosen charts."""
    return [(CHARTS[c], line) for c in chart_ids for line in CHARTS[c].lines if line.strong]


def _heading(title: str, unit: str) -> str:
    """Heading of a panel: the title, and the unit below it where both would run into the next panel.

    A title that is too long for a line itself is broken at a space or after a Chinese middle dot.
    """

    def width(text: str) -> float:
        return sum(WIDE if ord(letter) > LAST_NARROW else 1 for letter in text)

    lines = textwrap.wrap(title, LONGEST_LINE) if width(title) > LONGEST_LINE else [title]
    between = "  " if width(f"{lines[-1]}  {unit}") <= LONGEST_LINE else "<br>"
    return "<br>".join(f"<b>{line}</b>" for line in lines) + between + unit


def small_multiples(runs: Sequence[Run], panels: Sequence[tuple[Chart, Line]], titles: Sequence[str], t: Translate,
                    language: str) -> go.Figure:  # fmt: skip
    """The figure; colours and line styles follow the order of the scenarios."""
    import plotly.graph_objects as go
    from plotly.subplots import make_subplots

    columns = min(COLUMNS, len(panels))
    rows = ceil(len(panels) / columns)
    names = [_heading(title, unit_name(c.unit, language)) for title, (c, _) in zip(titles, panels, strict=True)]
    figure = make_subplots(rows, columns, subplot_titles=names, horizontal_spacing=0.06, vertical_spacing=0.36 / rows)
    for k, (chart, line) in enumerate(panels):
        where = {"row": k // columns + 1, "col": k % columns + 1}
        for j, run in enumerate(runs):
            colour, style = STYLES[j % STYLE_REPEATS]
            figure.add_trace(
                go.Scatter(
                    x=run.result.years, y=run.result.series(line.indicator, line.element) * chart.scale, mode="lines",
                    name=escape(run.title), legendgroup=run.key, showlegend=k == 0,
                    line={"color": colour, "dash": DASH[style], "width": 2.2}, hovertemplate="%{y:,.1f}",
                ),
                **where,
            )  # fmt: skip
        _add_points(figure, chart, line, where, t)
        _add_ground(figure, int(runs[0].result.years[-1]), where)
    figure.update_layout(
        template=None, height=rows * PANEL_HEIGHT + LEGEND_HEIGHT, margin={"l": 44, "r": 12, "t": 114, "b": 30},
        hovermode="x unified",
        font={"family": FONT, "size": 12, "color": INK}, paper_bgcolor="#FFFFFF", plot_bgcolor="#FFFFFF",
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top",
                "font": {"size": 13}},
        hoverlabel={"font": {"family": FONT, "size": 12}},
    )  # fmt: skip
    figure.update_annotations(font={"size": 13}, xanchor="left", align="left")
    for k, note in enumerate(figure.layout.annotations[: len(panels)]):
        note.x = figure.layout[f"xaxis{k + 1 if k else ''}"].domain[0]
    figure.update_xaxes(
        showgrid=False, linecolor=GHOST, tickcolor=GHOST, ticks="outside", dtick=5, tickfont={"color": QUIET}
    )
    figure.update_yaxes(gridcolor=GRID, zeroline=False, tickfont={"color": QUIET}, nticks=6)
    for k, (chart, _) in enumerate(panels):
        if chart.from_zero:
            figure.update_yaxes(rangemode="tozero", row=k // columns + 1, col=k % columns + 1)
    return figure


def _add_points(figure: go.Figure, chart: Chart, line: Line, where: dict, t: Translate) -> None:
    """Observed points (hollow where unverified) and targets."""
    import plotly.graph_objects as go

    named = {trace.legendgroup for trace in figure.data}
    points = observed(line.indicator, line.observed)
    if points:
        symbols = ["circle-open" if p.grade == UNVERIFIED else "circle" for p in points]
        figure.add_trace(
            go.Scatter(
                x=[p.year for p in points], y=[p.value * chart.scale for p in points],
                mode="markers", name=t("chart.observed"),
                legendgroup="observed", showlegend="observed" not in named,
                marker={"symbol": symbols, "color": QUIET, "size": 6},
                hovertemplate="%{y:,.1f}",
            ),
            **where,
        )  # fmt: skip
    due = [x for x in targets_of(line.indicator, line.observed) if x.year <= figure.data[0].x[-1]]
    if due:
        figure.add_trace(
            go.Scatter(
                x=[x.year for x in due], y=[x.value * chart.scale for x in due],
                mode="markers", name=t("chart.target"),
                legendgroup="target", showlegend="target" not in named,
                marker={"symbol": "diamond", "color": INK, "size": 10},
                hovertemplate="%{y:,.1f}",
            ),
            **where,
        )  # fmt: skip


def _add_ground(figure: go.Figure, end: int, where: dict) -> None:
    figure.add_vline(POLICY_START, line={"color": GHOST, "width": 1}, **where)
    figure.add_vrect(LAST_OBSERVED, end, fillcolor=SHADE, line_width=0, layer="below", **where)
    figure.update_xaxes(range=[START - 0.3, end + 0.3], **where)
