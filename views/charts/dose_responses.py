"""Small multiples of the dose responses of a lever: one panel for each outcome, one line for each year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from views.palette import GHOST, QUIET, STYLES
from views.results.dose_responses import ResponsePanel

from .plotly_layout import layout, line, value_axis
from .small_multiples import panel_heading

if TYPE_CHECKING:
    import plotly.graph_objects as go

PANEL_HEIGHT, TOP_HEIGHT = 200, 80
MARGIN = {"l": 52, "r": 12, "t": 84, "b": 30}
LEGEND = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top"}


def dose_figure(panels: Sequence[ResponsePanel], doses: np.ndarray, values: Sequence[str], columns: int) -> go.Figure:
    """Effects by dose (per cent of the range), with so many panels in a row; `values` are those of the lever at the
    doses, for the hover."""
    from plotly.subplots import make_subplots

    rows = ceil(len(panels) / columns)
    names = [panel_heading(panel.title, panel.unit.text) for panel in panels]
    figure = make_subplots(rows, columns, subplot_titles=names, horizontal_spacing=0.08, vertical_spacing=0.42 / rows)
    for k, panel in enumerate(panels):
        where = {"row": k // columns + 1, "col": k % columns + 1}
        for (year, effects), style in zip(panel.effects.items(), cycle(STYLES[1::-1]), strict=False):
            figure.add_scatter(
                x=doses,
                y=effects,
                mode="lines+markers",
                name=str(year),
                legendgroup=str(year),
                showlegend=k == 0,
                line=line(style, 2.2),
                marker={"size": 6, "symbol": "circle" if style == STYLES[0] else "circle-open"},
                customdata=values,
                hovertemplate=f"%{{customdata}}: %{{y:+,.4g}} {panel.unit.text}",
                **where,
            )
    figure.update_layout(layout(rows * PANEL_HEIGHT + TOP_HEIGHT, MARGIN, template=None, legend=LEGEND))
    figure.update_annotations(font={"size": 12.5}, xanchor="left", align="left")
    for k, note in enumerate(figure.layout.annotations[: len(panels)]):
        note.x = figure.layout[f"xaxis{k + 1 if k else ''}"].domain[0]
    labels = [f"{dose:.0f}%" for dose in doses]
    figure.update_xaxes(
        showgrid=False,
        zeroline=False,
        linecolor=GHOST,
        ticks="outside",
        tickvals=doses,
        ticktext=labels,
        tickangle=0,
        tickfont={"color": QUIET},
    )
    value_axis(figure, zeroline=True, zerolinecolor=GHOST, tickformat=",")
    return figure
