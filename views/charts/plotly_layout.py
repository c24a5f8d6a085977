"""Looks that all plotly figures have in common: fonts, white ground, axes, legends, and the years of the policy."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
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
FOOT_LEGEND = {
    "orientation": "h",
    "x": 0,
    "xref": "container",
    "y": 0,
    "yref": "container",
    "yanchor": "bottom",
    "tracegroupgap": 0,
}
"""A legend below the plot."""
LEGEND_ROW, LEGEND_GAP = 20, 12
"""Pixels of a row of a legend, and between the plot and a legend below it."""
PANEL, LETTER, SYMBOL = 280, 7.2, 46
"""Pixels that a panel has at least, of a letter in a legend, and of the symbol before a name."""
WIDE, LAST_NARROW = 1.8, 0x2E7F
"""How many letters a Chinese one takes; the last that is none."""


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


def letters(text: str) -> float:
    """The width of a text in Latin letters."""
    return sum(WIDE if ord(letter) > LAST_NARROW else 1 for letter in text)


def legend_rows(figure: go.Figure, columns: int) -> int:
    """Rows of a legend along the edge of a figure with the room of so many panels: all its names are as wide as the
    widest."""
    names = [trace.name for trace in figure.data if trace.showlegend is not False and trace.name]
    widest = SYMBOL + LETTER * max(map(letters, names), default=0)
    return ceil(len(names) / max(columns * PANEL // widest, 1))


def place_legend(figure: go.Figure, columns: int) -> None:
    """The legend right of the plot, or below it where there is room for one panel only."""
    if columns > 1:
        figure.update_layout(legend=SIDE_LEGEND)
        return
    below = LEGEND_GAP + LEGEND_ROW * legend_rows(figure, columns)
    above = figure.layout
    figure.update_layout(legend=FOOT_LEGEND, height=above.height + below, margin={"b": above.margin.b + below})


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
