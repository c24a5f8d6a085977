"""A figure of paths over the years: one line for each name in a table of line, year and value."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from model.inputs import POLICY_START
from views.language import Translate
from views.palette import GRID, INK, QUIET, STYLES

from .echarts import FONT
from .small_multiples import DASH

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

HEIGHT = 400


def paths_figure(rows: pd.DataFrame, unit: str, t: Translate) -> go.Figure:
    """The figure; a thin line stands where the policy begins."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for (name, own), (colour, style) in zip(rows.groupby("line", sort=False), STYLES, strict=False):
        figure.add_scatter(
            x=own["year"],
            y=own["value"],
            mode="lines",
            name=escape(str(name)),
            hovertemplate="%{y:,.4g}",
            line={"color": colour, "dash": DASH[style], "width": 2.2},
        )
    figure.add_vline(x=POLICY_START, line={"color": QUIET, "width": 1})
    axis = {"gridcolor": GRID, "linecolor": QUIET}
    figure.update_layout(
        height=HEIGHT,
        font={"family": FONT, "size": 12.5, "color": INK},
        plot_bgcolor="#FFFFFF",
        xaxis=axis,
        margin={"l": 10, "r": 10, "t": 14, "b": 90},
        showlegend=True,
        legend={"orientation": "h", "y": -0.12, "yanchor": "top", "x": 0},
        yaxis={**axis, "title": {"text": escape(unit)}, "automargin": True},
        hovermode="x unified",
        paper_bgcolor="#FFFFFF",
    )
    return figure
