"""The chart of the Regions page: one line for each belt, and what happened beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.inputs import LAST_OBSERVED, POLICY_START, START
from views.language import Translate
from views.language import unit as unit_name
from views.palette import GHOST, GRID, INK, QUIET, SHADE, STYLES
from views.results.belts import BELTS, MEASURES, belt_name

from .echarts import FONT
from .small_multiples import DASH

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from views.results.simulation import Result

HEIGHT = 320


def belt_figure(measure: str, now: Result, ghost: Result, t: Translate, language: str) -> go.Figure:
    """The present settings as strong lines, what happened as thin grey ones."""
    import plotly.graph_objects as go

    indicator, unit = MEASURES[measure]
    figure = go.Figure()
    for k, belt in enumerate(BELTS):
        figure.add_trace(
            go.Scatter(
                x=ghost.years,
                y=ghost.series(indicator, belt),
                mode="lines",
                name=t("chart.ghost"),
                legendgroup="ghost",
                showlegend=k == 0,
                line={"color": GHOST, "dash": "dot", "width": 1.4},
                hoverinfo="skip",
            )
        )
    for k, belt in enumerate(BELTS):
        colour, style = STYLES[k]
        figure.add_trace(
            go.Scatter(
                x=now.years,
                y=now.series(indicator, belt),
                mode="lines",
                name=belt_name(belt, language),
                line={"color": colour, "dash": DASH[style], "width": 2.6},
                hovertemplate="%{y:,.0f}",
            )
        )
    title = t(f"regions.title_{measure}", unit=unit_name(unit, language))
    end = int(now.years[-1])
    figure.add_vline(POLICY_START, line={"color": GHOST, "width": 1})
    figure.add_vrect(LAST_OBSERVED, end, fillcolor=SHADE, line_width=0, layer="below")
    figure.update_layout(
        template=None,
        height=HEIGHT,
        margin={"l": 52, "r": 12, "t": 34, "b": 30},
        hovermode="x unified",
        title={
            "text": f"<b>{title}</b>",
            "font": {"size": 14},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 8},
        },
        font={"family": FONT, "size": 12, "color": INK},
        paper_bgcolor="#FFFFFF",
        plot_bgcolor="#FFFFFF",
        legend={"x": 1.01, "xanchor": "left", "y": 1, "yanchor": "top", "font": {"size": 12.5}},
        hoverlabel={"font": {"family": FONT, "size": 12}},
    )
    figure.update_xaxes(
        range=[START - 0.3, end + 0.3],
        showgrid=False,
        linecolor=GHOST,
        ticks="outside",
        dtick=5,
        tickfont={"color": QUIET},
    )
    figure.update_yaxes(gridcolor=GRID, rangemode="tozero", tickfont={"color": QUIET}, nticks=6, tickformat=",")
    return figure
