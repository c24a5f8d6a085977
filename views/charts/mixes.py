"""Figures of the Trade-offs page: the cloud of mixes with its front, and what each lever adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from views.language import Locale
from views.palette import BLUE, GHOST, GRID, INK, ORANGE, QUIET, VERMILION

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
SYMBOLS = ("star", "circle", "diamond", "square")
"""Marks of the named runs, so that colour does not tell them apart alone."""


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


def cloud_figure(
    mixes: tuple[np.ndarray, np.ndarray],
    on_front: np.ndarray,
    named: Mapping[str, tuple[float, float]],
    titles: tuple[str, str],
    locale: Locale,
) -> go.Figure:
    """All mixes as points, the best of them in another colour, and runs with a name."""
    import plotly.graph_objects as go

    across, up = mixes
    figure = go.Figure(layout=_layout(HEIGHT, legend=CLOUD_LEGEND, margin=CLOUD_MARGIN))
    figure.update_xaxes(title_text=escape(titles[0]), automargin=True)
    figure.update_yaxes(title_text=escape(titles[1]), automargin=True)
    hover = "%{x:,.1f} · %{y:,.1f}<extra></extra>"
    rest = ~on_front
    figure.add_scatter(
        x=across[rest],
        y=up[rest],
        mode="markers",
        name=locale.translate("tradeoffs.mixes"),
        hovertemplate=hover,
        marker={"color": GHOST, "size": 6, "opacity": 0.45},
    )
    if on_front.any():
        order = np.argsort(across[on_front])
        figure.add_scatter(
            x=across[on_front][order],
            y=up[on_front][order],
            mode="markers",
            name=locale.translate("tradeoffs.front"),
            hovertemplate=hover,
            marker={"color": BLUE, "size": 8},
        )
    for symbol, (name, (x, y)) in zip(SYMBOLS, named.items(), strict=False):
        figure.add_scatter(
            x=[x],
            y=[y],
            mode="markers",
            name=escape(name),
            hovertemplate=hover,
            marker={"symbol": symbol, "size": 13, "color": VERMILION, "line": {"color": INK, "width": 1}},
        )
    return figure


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
