"""Figures of the Trade-offs page: the layout of all of them, and what each lever adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from views.palette import BLUE, GRID, ORANGE, QUIET

from .fonts import FONT
from .named_rows import BAR, bars, named_rows
from .plotly_layout import FOOT_LEGEND, layout

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT, ROW_HEIGHT, MARGIN_HEIGHT = 560, 27, 70
LEGEND = {"orientation": "h", "y": 1.09, "x": 0}
MARGIN = {"l": 10, "r": 10, "t": 36, "b": 10}
CLOUD_MARGIN = {"l": 10, "r": 10, "t": 12, "b": 190}
"""Pixels; below the cloud its legend has room for one mark a line, as phones need it."""


def _layout(
    height: int, legend: Mapping[str, Any] = LEGEND, margin: Mapping[str, int] = MARGIN, **more: Any
) -> dict[str, Any]:
    axis = {
        "gridcolor": GRID,
        "zerolinecolor": QUIET,
        "linecolor": GRID,
        "title": {"font": {"size": 12.5}},
        "exponentformat": "none",
        "separatethousands": True,
    }
    hover = {"font": {"family": FONT}}
    return layout(height, margin, 12.5, xaxis=axis, yaxis=axis, legend=legend, hoverlabel=hover, **more)


def scatter_layout() -> dict[str, Any]:
    """The layout of a chart of mixes in two outcomes, with its legend below."""
    return _layout(HEIGHT, legend=FOOT_LEGEND, margin=CLOUD_MARGIN)


def wedge_figure(names: Sequence[str], values: np.ndarray, title: str, columns: int) -> go.Figure:
    """What each lever adds, the largest on top; with the names above the bars where one column of panels fits."""
    if columns == 1:
        return _wedges_in_rows(names, values, title)
    import plotly.graph_objects as go

    figure = go.Figure(layout=_layout(MARGIN_HEIGHT + ROW_HEIGHT * len(names), showlegend=False))
    figure.update_xaxes(title_text=escape(title), automargin=True)
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.add_bar(
        y=[escape(name) for name in names],
        x=values,
        orientation="h",
        text=[f"{v:+,.2f}" for v in values],
        textposition="auto",
        marker={"color": _colours(values)},
        hovertemplate="%{y}: %{x:+,.3f}<extra></extra>",
    )
    return figure


def _wedges_in_rows(names: Sequence[str], values: np.ndarray, title: str) -> go.Figure:
    told = [f"{escape(name)}  <b>{value:+,.2f}</b>" for name, value in zip(names, values, strict=True)]
    figure = named_rows(told, title, [0.0, *values], showlegend=False)
    bars(figure, values, BAR, marker={"color": _colours(values)}, hovertemplate="%{x:+,.3f}<extra></extra>")
    return figure


def _colours(values: np.ndarray) -> list[str]:
    return [BLUE if value < 0 else ORANGE for value in values]
