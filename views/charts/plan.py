"""Figures of the page "Did the plan work?": one goal over the years, and what moved a result since 2015."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from model.inputs import END, POLICY_START, START
from views.language import Locale
from views.palette import BLACK, BLUE, GHOST, GREEN, GRID, INK, ORANGE, QUIET, VERMILION
from views.results.observed import UNVERIFIED
from views.results.plan_curves import YEARS, Curves
from views.results.plan_draws import ACTUAL, FULL, WITHOUT
from views.results.plan_movers import DRIVERS, MOMENTUM, Movers, change_name, part_name

from .fonts import FONT
from .plotly_layout import FOOT_LEGEND, WHITE, layout, line, value_axis, year_axis
from .text_alternatives import TEXT_YEARS, chart_text, values_text

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT, HEIGHT_WITHOUT_BANDS = 660, 480
MARGIN = {"l": 10, "r": 10, "t": 26, "b": 190}
"""Pixels; below the plot its legend has room for one mark a line, as phones need it."""
RUN_STYLES = {ACTUAL: (BLUE, "solid"), WITHOUT: (VERMILION, "dashed"), FULL: (GREEN, "dotted")}
BAND_STYLES = {
    "made": ((BLUE, "solid"), "rgba(0, 114, 178, 0.22)"),
    "left": ((GREEN, "dotted"), "rgba(0, 158, 115, 0.20)"),
}
"""Line and fill of the differences, in the colour of the run from which another is taken."""
UPPER, LOWER = [0.42, 1.0], [0.0, 0.34]
"""Parts of the height: the runs above, the differences beneath."""
MOVERS_ROW, MOVERS_REST = 34, 70
"""Pixels of a bar, and of what stands around all bars."""
MOVERS_MARGIN = {"l": 10, "r": 10, "t": 10, "b": 50}
ROOM_FOR_FIGURES = 0.36
"""Room on both sides of the bars for the figures at their ends, as a part of what the bars span."""


def goal_figure(shown: Curves, locale: Locale) -> go.Figure:
    """Three runs, observed points and the goal; beneath, where it is known, the 90 % band of what the plan made and of
    what was left undone."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for run, style in RUN_STYLES.items():
        figure.add_scatter(
            x=YEARS,
            y=shown.runs[run],
            mode="lines",
            name=locale.translate(f"plan.run_{run}"),
            line=line(style, 2.4),
            hovertemplate="%{y:,.4g}",
        )
    _add_points(figure, shown, locale)
    for name, (style, fill) in BAND_STYLES.items():
        if name in shown.differences:
            _add_band(figure, shown, name, style, fill, locale)
    both = bool(shown.differences)
    height = HEIGHT if both else HEIGHT_WITHOUT_BANDS
    figure.update_layout(layout(height, MARGIN, 12.5, template=None, hovermode="x unified", legend=FOOT_LEGEND))
    year_axis(figure, 5, range=[START - 0.4, END + 0.4])
    upper = UPPER if both else [0.0, 1.0]
    figure.update_layout(yaxis={"domain": upper})
    _add_panel_title(figure, shown.unit.text, upper)
    if both:
        figure.update_layout(yaxis2={"domain": LOWER, "zerolinecolor": INK}, xaxis={"anchor": "y2"})
        _add_panel_title(figure, shown.difference_unit.named(locale.translate("plan.difference")), LOWER)
    value_axis(figure, automargin=True, tickformat=",")
    figure.add_vline(POLICY_START, line={"color": GHOST, "width": 1})
    return figure


def _add_panel_title(figure: go.Figure, title: str, domain: Sequence[float]) -> None:
    """A title above the upper left corner of a panel."""
    corner = {"x": 0, "xref": "paper", "xanchor": "left", "y": domain[1], "yref": "paper", "yanchor": "bottom"}
    figure.add_annotation(text=escape(title), showarrow=False, font={"size": 12.5, "color": QUIET}, **corner)


def _add_points(figure: go.Figure, shown: Curves, locale: Locale) -> None:
    """Observed figures, hollow where they are unverified, and the goal."""
    if shown.points:
        fills = [WHITE if point.grade == UNVERIFIED else BLACK for point in shown.points]
        figure.add_scatter(
            x=[point.year for point in shown.points],
            y=[point.value for point in shown.points],
            mode="markers+text",
            text=[point.grade for point in shown.points],
            textposition="top center",
            cliponaxis=False,
            name=locale.translate("plan.observed_legend"),
            marker={"size": 9, "color": fills, "line": {"color": BLACK, "width": 1.4}},
            hovertemplate="%{y:,.4g} (%{text})",
        )
    figure.add_scatter(
        x=[shown.target.year],
        y=[shown.goal],
        mode="markers",
        name=locale.translate("document.goal"),
        marker={"symbol": "diamond-open", "size": 12, "color": ORANGE, "line": {"width": 2.4}},
        hovertemplate="%{y:,.4g}",
    )


def _add_band(figure: go.Figure, shown: Curves, name: str, style: tuple[str, str], fill: str, locale: Locale) -> None:
    """The 90 % band of a difference and its median, in the lower part."""
    spread, label = shown.differences[name], locale.translate(f"plan.{name}")
    known = np.isfinite(spread.middle)
    years = YEARS[known]
    figure.add_scatter(
        x=np.concatenate([years, years[::-1]]),
        y=np.concatenate([spread.high[known], spread.low[known][::-1]]),
        yaxis="y2",
        fill="toself",
        fillcolor=fill,
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=years,
        y=spread.middle[known],
        yaxis="y2",
        mode="lines",
        name=label,
        line=line(style, 2),
        hovertemplate="%{y:+,.4g}",
    )


def goal_text_alternative(shown: Curves, locale: Locale) -> str:
    """The chart of a goal in words: the values of some years, the observed figures, and the bands."""
    t, unit = locale.translate, shown.unit
    parts = [(t(f"plan.run_{run}"), values_text(YEARS, values, unit.figure)) for run, values in shown.runs.items()]
    points = ", ".join(f"{p.year} {unit.figure(p.value)} ({p.grade})" for p in shown.points)
    parts.append((t("plan.observed"), points or t("plan.no_figure")))
    parts.append((t("document.goal"), f"{shown.target.year} {unit.figure(shown.goal)}"))
    for name, spread in shown.differences.items():
        figures = ((year, spread.at(year - START)) for year in TEXT_YEARS if year >= POLICY_START)
        figure = shown.difference_unit.figure
        told = (
            f"{year} {t('uncertainty.interval', low=figure(one.low, sign=True), high=figure(one.high, sign=True))}"
            for year, one in figures
        )
        parts.append((f"{t(f'plan.{name}')} ({shown.difference_unit.text})", ", ".join(told)))
    return chart_text(locale.text(shown.target.label), unit.text, parts, locale)


def movers_figure(shown: Movers, locale: Locale) -> go.Figure:
    """A waterfall from no change to the whole change: momentum, drivers, then the groups of levers."""
    import plotly.graph_objects as go

    names = [escape(part_name(part, locale)) for part in shown.parts]
    names.append(f"<b>{escape(change_name(shown.year, locale))}</b>")
    values = [*shown.parts.values(), shown.whole]
    figure = go.Figure(layout=layout(MOVERS_REST + MOVERS_ROW * len(names), MOVERS_MARGIN, 12.5, template=None))
    starts = np.concatenate([[0.0], np.cumsum(list(shown.parts.values()))[:-1], [0.0]])
    figure.add_bar(
        y=names,
        x=values,
        base=starts,
        orientation="h",
        text=[shown.unit.figure(value, sign=True) for value in values],
        textposition="outside",
        marker={"color": [_colour(part) for part in (*shown.parts, "")]},
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    figure.update_yaxes(autorange="reversed", automargin=True, tickfont={"family": FONT, "color": INK})
    ends = [*starts, *(starts + values)]
    room = ROOM_FOR_FIGURES * (max(ends) - min(ends))
    figure.update_xaxes(
        title_text=escape(shown.unit.text),
        range=[min(ends) - room, max(ends) + room],
        zerolinecolor=QUIET,
        gridcolor=GRID,
        automargin=True,
        tickformat=",",
        nticks=4,
        tickangle=0,
    )
    return figure


def _colour(part: str) -> str:
    """Momentum, drivers and measures apart; the names at the bars say the same."""
    return {MOMENTUM: GHOST, DRIVERS: ORANGE, "": BLACK}.get(part, BLUE)


def movers_text_alternative(shown: Movers, title: str, locale: Locale) -> str:
    """The waterfall in words: every part with its value."""
    parts = [(part_name(part, locale), shown.unit.figure(value, sign=True)) for part, value in shown.parts.items()]
    parts.append((change_name(shown.year, locale), shown.unit.figure(shown.whole, sign=True)))
    return chart_text(title, shown.unit.text, parts, locale)
