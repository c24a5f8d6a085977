"""The chart of the Regions page: one line for each belt, and what happened beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from model.inputs import START
from views.language import Locale
from views.palette import GHOST, STYLES
from views.results.belts import BELTS, MEASURES, belt_name, unit_of

from .fonts import FONT
from .plotly_layout import heading, layout, line, mark_policy, place_legend, value_axis, year_axis

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from views.results.simulation import Result

HEIGHT = 320
MARGIN = {"l": 52, "r": 12, "t": 34, "b": 30}


def belt_figure(measure: str, now: Result, ghost: Result, locale: Locale, columns: int) -> go.Figure:
    """The present settings as strong lines, what happened as thin grey ones. `columns` panels would fit beside each
    other."""
    import plotly.graph_objects as go

    indicator, unit = MEASURES[measure][0], unit_of(measure, locale)
    figure = go.Figure()
    for k, belt in enumerate(BELTS):
        figure.add_scatter(
            x=ghost.years,
            y=unit.scaled(ghost.series(indicator, belt)),
            mode="lines",
            name=locale.translate("chart.ghost"),
            legendgroup="ghost",
            showlegend=k == 0,
            line={"color": GHOST, "dash": "dot", "width": 1.4},
            hoverinfo="skip",
        )
    for k, belt in enumerate(BELTS):
        figure.add_scatter(
            x=now.years,
            y=unit.scaled(now.series(indicator, belt)),
            mode="lines",
            name=belt_name(belt, locale),
            line=line(STYLES[k], 2.6),
            hovertemplate="%{y:,.0f}",
        )
    title = locale.translate(f"regions.title_{measure}", unit=unit.text)
    end = int(now.years[-1])
    mark_policy(figure, end)
    hover: dict[str, Any] = {"hovermode": "x unified", "hoverlabel": {"font": {"family": FONT, "size": 12}}}
    figure.update_layout(layout(HEIGHT, MARGIN, template=None, title=heading(f"<b>{title}</b>", 14, 8), **hover))
    year_axis(figure, 5, range=[START - 0.3, end + 0.3])
    value_axis(figure, rangemode="tozero", tickformat=",")
    place_legend(figure, columns)
    return figure
