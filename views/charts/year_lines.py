"""A figure of paths over the years: one line for each name in a table of line, year and value."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from model.inputs import POLICY_START
from views.palette import GRID, QUIET, STYLES

from .plotly_layout import layout, line

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

HEIGHT = 400
MARGIN = {"l": 10, "r": 10, "t": 14, "b": 90}


def paths_figure(rows: pd.DataFrame, unit: str) -> go.Figure:
    """The figure; a thin line stands where the policy begins."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for (name, group), style in zip(rows.groupby("line", sort=False), STYLES, strict=False):
        figure.add_scatter(
            x=group["year"],
            y=group["value"],
            mode="lines",
            name=escape(str(name)),
            hovertemplate="%{y:,.4g}",
            line=line(style, 2.2),
        )
    figure.add_vline(x=POLICY_START, line={"color": QUIET, "width": 1})
    axis = {"gridcolor": GRID, "linecolor": QUIET}
    figure.update_layout(
        layout(
            HEIGHT,
            MARGIN,
            12.5,
            xaxis=axis,
            yaxis={**axis, "title": {"text": escape(unit)}, "automargin": True},
            showlegend=True,
            legend={"orientation": "h", "y": -0.12, "yanchor": "top", "x": 0},
            hovermode="x unified",
        )
    )
    return figure
