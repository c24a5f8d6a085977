"""The chart of the Evidence page: what was observed, what the model said, and how sure it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.inputs import START
from views.language import Locale
from views.palette import BLUE, GHOST, QUIET, VERMILION
from views.results.observed import LAST_USED, UNVERIFIED

from .plotly_layout import WHITE, heading, layout, place_legend, value_axis, year_axis

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

HEIGHT = 360
MARGIN = {"l": 60, "r": 12, "t": 30, "b": 30}
INNER, OUTER = "rgba(0, 114, 178, 0.28)", "rgba(0, 114, 178, 0.12)"


def evidence_figure(rows: pd.DataFrame, unit: str, known: int, locale: Locale, columns: int) -> go.Figure:
    """Median and both bands by year, observations on top; a line stands where the data behind the run end. `columns`
    panels would fit beside each other."""
    import plotly.graph_objects as go

    figure = go.Figure()
    _add_bands(figure, rows, locale)
    figure.add_scatter(
        x=rows["year"],
        y=rows["median"],
        mode="lines",
        name=locale.translate("evidence.median"),
        line={"color": BLUE, "width": 2.6},
        hovertemplate="%{y:,.4g}",
    )
    add_observations(figure, rows, locale)
    last = int(rows["year"].max())
    if known < last:
        figure.add_vline(known + 0.5, line={"color": GHOST, "width": 1, "dash": "dash"})
        figure.add_annotation(
            x=known + 0.6,
            y=1,
            yref="paper",
            text=locale.translate("evidence.forecast"),
            showarrow=False,
            xanchor="left",
            font={"size": 12, "color": QUIET},
        )
    title = heading(unit, 12, 6, QUIET)
    figure.update_layout(layout(HEIGHT, MARGIN, template=None, hovermode="x unified", title=title))
    year_axis(figure, 2, range=[START - 0.4, last + 0.4])
    value_axis(figure, tickformat=",")
    place_legend(figure, columns)
    return figure


def _add_bands(figure: go.Figure, rows: pd.DataFrame, locale: Locale) -> None:
    """Both bands, the wider one behind."""
    add_band(figure, rows, ("low_with_error", "high_with_error"), OUTER, locale.translate("evidence.band_outer"))
    add_band(figure, rows, ("low", "high"), INNER, locale.translate("evidence.band_inner"))


def add_band(figure: go.Figure, rows: pd.DataFrame, ends: tuple[str, str], fill: str, name: str) -> None:
    """A filled area between two columns of `rows`, in the years that have both."""
    low, high = ends
    shown = rows.dropna(subset=[low, high])
    if not shown.empty:
        figure.add_scatter(
            x=np.concatenate([shown["year"], shown["year"][::-1]]),
            y=np.concatenate([shown[high], shown[low][::-1]]),
            fill="toself",
            fillcolor=fill,
            line={"width": 0},
            hoverinfo="skip",
            name=name,
        )


def add_observations(figure: go.Figure, rows: pd.DataFrame, locale: Locale) -> None:
    """Observed values with their grades, hollow where they are unverified, hollow triangles where they are later than
    the estimate."""
    later, verified = rows["year"] > LAST_USED, rows["grade"] != UNVERIFIED
    for name, chosen, symbol in (
        ("observed", ~later & verified, "circle"),
        ("unverified", ~later & ~verified, "circle"),
        ("not_used", later, "triangle-up"),
    ):
        shown = rows[rows["observed"].notna() & chosen]
        fill, edge = (VERMILION, WHITE) if name == "observed" else (WHITE, VERMILION)
        if not shown.empty:
            figure.add_scatter(
                x=shown["year"],
                y=shown["observed"],
                mode="markers+text",
                text=shown["grade"],
                textposition="top center",
                textfont={"size": 12, "color": QUIET},
                name=locale.translate(f"evidence.{name}"),
                hovertemplate="%{y:,.4g} (%{text})",
                marker={"symbol": symbol, "size": 9, "color": fill, "line": {"color": edge, "width": 1.4}},
            )
