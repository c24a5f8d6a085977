"""Charts on a projector: letters and lines that can be read from the last row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .small_multiples import Panel, small_multiples

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from views.results.comparison import Run

LETTERS, HEADING = 22, 26
"""Sizes of letters in pixels: of the axes, and of the heading."""
LINE, MARKER = 5.0, 12
MARGIN = {"l": 84, "r": 24, "t": 44, "b": 52}


def projected(runs: Sequence[Run], panel: Panel) -> go.Figure:
    """One panel with large letters and thick lines, as high as what it stands in and without a legend."""
    figure = small_multiples(runs, [panel], columns=1)
    figure.update_layout(height=None, margin=MARGIN, font={"size": LETTERS}, showlegend=False)
    figure.update_layout(hoverlabel={"font": {"size": LETTERS}})
    figure.update_annotations(text=f"<b>{panel.title}</b>  {panel.plots[0].unit}", font={"size": HEADING})
    figure.update_traces(line={"width": LINE}, selector={"mode": "lines"})
    figure.update_traces(marker={"size": MARKER}, selector={"mode": "markers"})
    return figure
