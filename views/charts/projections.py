"""The fan chart of a projection: median, 50 % and 90 % bands, medians of other paths, and observations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.projections import EXTRAPOLATED
from model.inputs import START
from views.language import Locale
from views.palette import BLUE, GHOST, GREEN, ON_WHITE, ORANGE, PURPLE, QUIET
from views.results.projection_fans import Fan

from .evidence import HEIGHT, INNER, MARGIN, OUTER, add_band, add_observations
from .plotly_layout import heading, layout, place_legend, value_axis, year_axis

if TYPE_CHECKING:
    import plotly.graph_objects as go

OTHERS = {
    "low": (ON_WHITE[PURPLE], "dash"),
    "central": (ON_WHITE[GREEN], "dashdot"),
    "high": (ON_WHITE[ORANGE], "dot"),
}
"""Colour and dashes of the median under each path of the drivers, where it is not the one that is shown."""


def fan_figure(fan: Fan, locale: Locale, columns: int) -> go.Figure:
    """The fan of one indicator; a line stands where the document ends and extrapolation begins. `columns` panels would
    fit beside each other."""
    import plotly.graph_objects as go

    figure = go.Figure()
    years = fan.rows["year"]
    for low, high, fill, name in (("p5", "p95", OUTER, "band_90"), ("p25", "p75", INNER, "band_50")):
        add_band(figure, fan.rows, (low, high), fill, locale.translate(f"fan.{name}"))
    for path, medians in fan.others.items():
        colour, dashes = OTHERS[path]
        figure.add_scatter(
            x=years,
            y=medians,
            mode="lines",
            name=locale.translate(f"fan.other_{path}"),
            line={"color": colour, "width": 1.8, "dash": dashes},
            hovertemplate="%{y:,.4g}",
        )
    figure.add_scatter(
        x=years,
        y=fan.rows["p50"],
        mode="lines",
        name=locale.translate("fan.median"),
        line={"color": BLUE, "width": 2.6},
        hovertemplate="%{y:,.4g}",
    )
    add_observations(figure, fan.rows, locale)
    figure.add_vline(EXTRAPOLATED, line={"color": GHOST, "width": 1, "dash": "dash"})
    figure.add_annotation(
        x=EXTRAPOLATED + 0.2,
        y=1,
        yref="paper",
        text=locale.translate("fan.extrapolation"),
        showarrow=False,
        xanchor="left",
        font={"size": 12, "color": QUIET},
    )
    title = heading(fan.unit.text, 12, 6, QUIET)
    figure.update_layout(layout(HEIGHT, MARGIN, template=None, hovermode="x unified", title=title))
    year_axis(figure, 5, range=[START - 0.4, int(years.max()) + 0.4])
    value_axis(figure, tickformat=",")
    place_legend(figure, columns)
    return figure
