"""The figure of the Trade-offs page: a frontier of two outcomes among random mixes, and runs with a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from views.language import Locale
from views.palette import BLUE, GHOST, INK, VERMILION

from .mixes import scatter_layout

if TYPE_CHECKING:
    import plotly.graph_objects as go

SYMBOLS = ("star", "circle", "diamond", "square", "cross")
"""Marks of the named runs, so that colour does not tell them apart alone."""
SCALE = "Viridis"
Pairs = tuple[np.ndarray, np.ndarray]
"""Both outcomes of some mixes."""


@dataclass(frozen=True)
class Front:
    """The mixes of a frontier in two outcomes; with a third one as its values and its name, and which is chosen."""

    points: Pairs
    chosen: int
    third: np.ndarray | None = None
    third_name: str = ""


def frontier_figure(
    cloud: Pairs,
    front: Front,
    named: Mapping[str, tuple[float, float]],
    titles: Sequence[str],
    locale: Locale,
) -> go.Figure:
    """Random mixes in the background, the frontier with its chosen mix, and runs with a name. The frontier is the
    second trace."""
    import plotly.graph_objects as go

    figure = go.Figure(layout=scatter_layout())
    figure.update_xaxes(title_text=escape(titles[0]), automargin=True)
    figure.update_yaxes(title_text=escape(titles[1]), automargin=True)
    hover = "%{x:,.1f} · %{y:,.1f}<extra></extra>"
    figure.add_scatter(
        x=cloud[0],
        y=cloud[1],
        mode="markers",
        name=locale.translate("front.cloud"),
        hoverinfo="skip",
        marker={"color": GHOST, "size": 5, "opacity": 0.4},
    )
    marker: dict = {"color": BLUE, "size": 8}
    if front.third is not None:
        bar = {"title": {"text": escape(front.third_name), "side": "right"}, "thickness": 14}
        marker = {"color": front.third, "colorscale": SCALE, "colorbar": bar, "size": 8}
        hover = hover.replace("<extra>", " · %{marker.color:,.1f}<extra>")
    figure.add_scatter(
        x=front.points[0],
        y=front.points[1],
        mode="markers" if front.third is not None else "lines+markers",
        line={"color": BLUE, "width": 1, "shape": "linear"},
        name=locale.translate("front.front"),
        hovertemplate=hover,
        marker=marker,
    )
    figure.add_scatter(
        x=front.points[0][[front.chosen]],
        y=front.points[1][[front.chosen]],
        mode="markers",
        name=locale.translate("front.chosen"),
        hoverinfo="skip",
        marker={"symbol": "circle-open", "size": 19, "color": INK, "line": {"width": 3}},
    )
    for symbol, (name, (x, y)) in zip(SYMBOLS, named.items(), strict=False):
        figure.add_scatter(
            x=[x],
            y=[y],
            mode="markers",
            name=escape(name),
            hovertemplate="%{x:,.1f} · %{y:,.1f}<extra></extra>",
            marker={"symbol": symbol, "size": 13, "color": VERMILION, "line": {"color": INK, "width": 1}},
        )
    return figure
