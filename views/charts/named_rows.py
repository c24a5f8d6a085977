"""Bars in rows with their names above them, so that long names need no room beside them on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np

from views.palette import GRID, INK, QUIET

from .plotly_layout import layout

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW, TALL_ROW, REST = 46, 58, 96
"""Pixels of a row, of one where a name takes two lines, and of what stands around all rows."""
MARGIN = {"l": 10, "r": 16, "t": 34, "b": 46}
BAR = 0.3
"""Width of a bar in rows."""
ABOVE = BAR / 2 + 0.01
"""How far above the middle of its bar the foot of a name stands, in rows."""
FITTING = 46
"""Narrow characters that fit beside each other on a phone."""
BREAK = "<br>"
ROOM = 0.06
"""Room beside the bars, as a part of what they span."""
LEGEND = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top"}


def named_rows(names: Sequence[str], title: str, ends: Sequence[float], **options: Any) -> go.Figure:
    """An empty figure with a name above the place of each row, and the axis of the values along the lower edge."""
    import plotly.graph_objects as go

    height = REST + (TALL_ROW if any(BREAK in name for name in names) else ROW) * len(names)
    figure = go.Figure(layout=layout(height, MARGIN, 12.5, template=None, legend=LEGEND, barmode="overlay", **options))
    figure.update_yaxes(range=[len(names) - 0.5, -0.9], showticklabels=False, showgrid=False, zeroline=False)
    low, high = min(ends), max(ends)
    room = ROOM * (high - low or 1.0)
    figure.update_xaxes(
        title={"text": escape(title), "font": {"size": 12.5, "color": QUIET}},
        range=[low - room if low < 0 or low > 0 else 0, high + room],
        gridcolor=GRID,
        zerolinecolor=QUIET,
        automargin=True,
        tickformat=",",
        nticks=5,
        tickangle=0,
        tickfont={"color": QUIET},
    )
    for place, name in enumerate(names):
        corner = {"x": 0, "xref": "paper", "xanchor": "left", "y": place - ABOVE, "yanchor": "bottom"}
        figure.add_annotation(text=name, showarrow=False, align="left", font={"size": 12.5, "color": INK}, **corner)
    return figure


def wrapped(name: str) -> str:
    """A long name in two lines, as phones need it."""
    return BREAK.join(map(escape, wrap(name, FITTING, break_long_words=False)))


def bars(figure: go.Figure, values: np.ndarray, width: float, **options: Any) -> None:
    """Add a bar to each row."""
    figure.add_bar(y=np.arange(len(values)), x=values, orientation="h", width=width, **options)
