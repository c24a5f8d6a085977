"""Looks that all plotly figures have in common: fonts, white ground, axes, legends, and the years of the policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from model.inputs import LAST_OBSERVED, POLICY_START
from views.palette import GHOST, GRID, INK, QUIET, SHADE

from .fonts import FONT

if TYPE_CHECKING:
    import plotly.graph_objects as go

DASH = {"solid": "solid", "dashed": "dash", "dotted": "dot"}
"""Names that plotly gives the styles of lines."""
WHITE = "#FFFFFF"
SIDE_LEGEND = {"x": 1.01, "xanchor": "left", "y": 1, "yanchor": "top", "font": {"size": 12.5}}
"""A legend right of the plot."""


def layout(height: int, margin: Mapping[str, int], size: float = 12, **more: Any) -> dict[str, Any]:
    """Layout of a figure: `height` and `margin` in pixels, `size` of letters; `more` as plotly names it."""
    return {
        "height": height,
        "margin": dict(margin),
        "font": {"family": FONT, "size": size, "color": INK},
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        **more,
    }


def heading(text: str, size: float, above: int, colour: str | None = None) -> dict[str, Any]:
    """A title at the upper left corner, `above` pixels below the edge."""
    font = {"size": size} if colour is None else {"size": size, "color": colour}
    return {
        "text": text,
        "font": font,
        "x": 0,
        "xref": "container",
        "y": 1,
        "yanchor": "top",
        "pad": {"t": above},
    }


def line(style: tuple[str, str], width: float) -> dict[str, Any]:
    """Colour, dashes and width of a line."""
    colour, dashes = style
    return {"color": colour, "dash": DASH[dashes], "width": width}


def year_axis(figure: go.Figure, every: int, **more: Any) -> None:
    """Years along the lower edge, one labelled in so many."""
    figure.update_xaxes(
        showgrid=False, linecolor=GHOST, ticks="outside", dtick=every, tickfont={"color": QUIET}, **more
    )


def value_axis(figure: go.Figure, **more: Any) -> None:
    """Values up the left edge, with thin lines across."""
    figure.update_yaxes(gridcolor=GRID, tickfont={"color": QUIET}, nticks=6, **more)


def mark_policy(figure: go.Figure, end: int, **panel: int) -> None:
    """The start of the policy as a line, and a shade where no observation is used; `panel` is a row and column."""
    figure.add_vline(POLICY_START, line={"color": GHOST, "width": 1}, **panel)
    figure.add_vrect(LAST_OBSERVED, end, fillcolor=SHADE, line_width=0, layer="below", **panel)
