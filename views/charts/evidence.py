"""The chart of the Evidence page: what was observed, what the model said, and how sure it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.inputs import START
from views.language import Translate
from views.language import unit as unit_name
from views.palette import BLUE, GHOST, GRID, INK, QUIET, VERMILION
from views.results.observed import UNVERIFIED

from .echarts import FONT

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

HEIGHT = 360
INNER, OUTER = "rgba(0, 114, 178, 0.28)", "rgba(0, 114, 178, 0.12)"


def evidence_figure(rows: pd.DataFrame, unit: str, known: int, t: Translate, language: str) -> go.Figure:
    """Median and both bands by year, observations on top; a line stands where the data behind the run end."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for low, high, fill, name in (
        ("low_with_error", "high_with_error", OUTER, "band_outer"),
        ("low", "high", INNER, "band_inner"),
    ):
        shown = rows.dropna(subset=[low, high])
        if shown.empty:
            continue
        years = np.concatenate([shown["year"], shown["year"][::-1]])
        values = np.concatenate([shown[high], shown[low][::-1]])
        figure.add_trace(
            go.Scatter(
                x=years,
                y=values,
                fill="toself",
                fillcolor=fill,
                line={"width": 0},
                hoverinfo="skip",
                name=t(f"evidence.{name}"),
            )
        )
    figure.add_trace(
        go.Scatter(
            x=rows["year"],
            y=rows["median"],
            mode="lines",
            name=t("evidence.median"),
            line={"color": BLUE, "width": 2.6},
            hovertemplate="%{y:,.4g}",
        )
    )
    for verified in (True, False):
        shown = rows[rows["observed"].notna() & ((rows["grade"] != UNVERIFIED) == verified)]
        if len(shown):
            figure.add_trace(
                go.Scatter(
                    x=shown["year"],
                    y=shown["observed"],
                    mode="markers",
                    customdata=shown["grade"],
                    name=t("evidence.observed" if verified else "evidence.unverified"),
                    hovertemplate="%{y:,.4g} (%{customdata})",
                    marker={
                        "size": 9,
                        "color": VERMILION if verified else "#FFFFFF",
                        "line": {"color": "#FFFFFF" if verified else VERMILION, "width": 1.4},
                    },
                )
            )
    last = int(rows["year"].max())
    if known < last:
        figure.add_vline(known + 0.5, line={"color": GHOST, "width": 1, "dash": "dash"})
        figure.add_annotation(
            x=known + 0.6,
            y=1,
            yref="paper",
            text=t("evidence.forecast"),
            showarrow=False,
            xanchor="left",
            font={"size": 12, "color": QUIET},
        )
    figure.update_layout(
        template=None,
        height=HEIGHT,
        margin={"l": 60, "r": 12, "t": 30, "b": 30},
        hovermode="x unified",
        font={"family": FONT, "size": 12, "color": INK},
        paper_bgcolor="#FFFFFF",
        plot_bgcolor="#FFFFFF",
        title={
            "text": unit_name(unit, language),
            "font": {"size": 12, "color": QUIET},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 6},
        },
        legend={"x": 1.01, "xanchor": "left", "y": 1, "yanchor": "top", "font": {"size": 12.5}},
    )
    figure.update_xaxes(
        range=[START - 0.4, last + 0.4],
        showgrid=False,
        linecolor=GHOST,
        ticks="outside",
        dtick=2,
        tickfont={"color": QUIET},
    )
    figure.update_yaxes(gridcolor=GRID, tickfont={"color": QUIET}, nticks=6, tickformat=",")
    return figure
