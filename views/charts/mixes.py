"""Figures of the Trade-offs page: the layout of all of them, and what each lever adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from views.palette import BLUE, GRID, ORANGE, QUIET

from .fonts import FONT
from .plotly_layout import layout

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT, ROW_HEIGHT, MARGIN_HEIGHT = 560, 27, 70
LEGEND = {"orientation": "h", "y": 1.09, "x": 0}
MARGIN = {"l": 10, "r": 10, "t": 36, "b": 10}
CLOUD_MARGIN = {"l": 10, "r": 10, "t": 12, "b": 190}
"""Pixels; below the cloud its legend has room for one mark a line, as phones need it."""
CLOUD_LEGEND = {"orientation": "h", "x": 0, "xref": "container", "y": 0, "yref": "container", "yanchor": "bottom"}


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
    return _layout(HEIGHT, legend=CLOUD_LEGEND, margin=CLOUD_MARGIN)


def wedge_figure(names: Sequence[str], values: np.ndarray, title: str) -> go.Figure:
    """What each lever adds, the largest on top."""
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
        marker={"color": [BLUE if v < 0 else ORANGE for v in values]},
        hovertemplate="%{y}: %{x:+,.3f}<extra></extra>",
    )
    return figure
