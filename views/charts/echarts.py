"""Chart options for the Explore page: the present run, the run as happened, observations and targets."""

from __future__ import annotations

import numpy as np

from model.inputs import LAST_OBSERVED, POLICY_START
from views.language import Locale
from views.palette import GHOST, GRID, INK, ON_WHITE, QUIET, SHADE
from views.results.observed import UNVERIFIED

from .fonts import FONT
from .plot import Mark, Plot, PlotLine

DIGITS = 4
"""Significant digits sent to the browser."""
TOP, TOP_WITH_BANDS = 52, 74
"""Pixels above the plot: one row of legend, or two where bands add to it."""
LABEL_GAP = 3
"""Pixels between the plot and the words above it."""
LABELLED = 5
"""Every so many years one is written on the axis."""
LINE_ID, BAND_ID = "line:{}", "band:{}"
"""Ids of lines and bands of the present run, by which the Explore component finds them."""
DASHES = "path://M0,4h8v2h-8zM11,4h8v2h-8z"
"""Legend symbol of the dashed line."""
WHITE = "#FFFFFF"
HOLLOW = {"color": WHITE, "borderColor": INK, "borderWidth": 1.6}
KEYS = {
    "band_inner": {"icon": "rect", "itemStyle": {"color": GHOST, "opacity": 0.5}},
    "band_outer": {"icon": "rect", "itemStyle": {"color": GHOST, "opacity": 0.25}},
    "observed": {"icon": "circle", "itemStyle": {"color": QUIET}},
    "unverified": {"icon": "circle", "itemStyle": {**HOLLOW, "borderColor": QUIET}},
    "not_used": {"icon": "triangle", "itemStyle": {**HOLLOW, "borderColor": QUIET}},
    "target": {"icon": "diamond", "itemStyle": {"color": INK}},
    "target_national": {"icon": "diamond", "itemStyle": HOLLOW},
}
"""Legend entries of what charts have in common, in their order."""


def rounded(value: float) -> float:
    """A value with as many digits as the browser needs."""
    return float(f"{value:.{DIGITS}g}")


def points(years: np.ndarray, values: np.ndarray) -> list[list]:
    """Pairs of year and value for the browser, without missing values. Years are categories, hence texts."""
    return [[str(y), rounded(v)] for y, v in zip(years, values, strict=True) if np.isfinite(v)]


def chart_options(plot: Plot, room_for_bands: bool = False) -> dict:
    """The options of one chart, plain data only; `room_for_bands` leaves the room that a chart beside it needs."""
    locale, several = plot.locale, len(plot.lines) > 1
    series: list[dict] = []
    for line in plot.lines:
        if line.strong:
            series += [part for band in _bands(line, locale) for part in band]
        if line.strong and line.ghost is not None:
            series.append(_ghost(plot, line.ghost))
        series.append(_current(plot, line))
        series += _observations(line, line.name if several else "", locale)
    series += _targets(plot)
    # Bands come and go with the settings, and the background must not go with them.
    lasting = next(each for each in series if not str(each.get("id", "")).startswith(BAND_ID.format("")))
    lasting |= _background(plot.last_year, locale)
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "color": INK},
        "grid": {
            "left": 8,
            "right": 102 if several else 22,
            "top": TOP_WITH_BANDS if plot.has_bands or room_for_bands else TOP,
            "bottom": 4,
            "containLabel": True,
        },
        "legend": {
            "top": 0,
            "left": 0,
            "itemWidth": 13,
            "itemHeight": 10,
            "itemGap": 16,
            "selectedMode": False,
            "data": _legend(series, locale),
            "textStyle": {"color": QUIET, "fontSize": 12},
        },
        "tooltip": {
            "trigger": "axis",
            "valueFormatter": f"%,.{plot.digits}f",
            "confine": True,
            "order": "valueDesc",
            "axisPointer": {"type": "line", "snap": True, "label": {"precision": 0}},
            "textStyle": {"fontSize": 12},
            "padding": [6, 10],
        },
        "toolbox": {"show": False},
        "xAxis": {
            "type": "category",
            "data": [str(year) for year in plot.years],
            "boundaryGap": False,
            # The last year stands left of its tick, where the names at the ends of lines do not reach.
            "axisLabel": {"interval": LABELLED - 1, "color": QUIET, "alignMaxLabel": "right"},
            "axisTick": {"interval": LABELLED - 1},
            "axisLine": {"lineStyle": {"color": GHOST}, "onZero": False},
        },
        "yAxis": {
            "type": "value",
            "name": plot.unit,
            "scale": not plot.from_zero,
            "nameTextStyle": {"color": QUIET, "align": "left", "padding": [0, 0, 0, -24]},
            "nameGap": 10,
            "axisLabel": {"color": QUIET},
            "splitLine": {"lineStyle": {"color": GRID}},
        },
        "series": series,
    }


def _ghost(plot: Plot, values: np.ndarray) -> dict:
    return {
        "type": "line",
        "name": plot.locale.translate("chart.ghost"),
        "silent": True,
        "showSymbol": False,
        "z": 2,
        "data": points(plot.ghost_years, values),
        "lineStyle": {"color": GHOST, "type": [5, 4], "width": 1.6},
        "itemStyle": {"color": GHOST},
        "tooltip": {"show": len(plot.lines) == 1},
    }


def _bands(line: PlotLine, locale: Locale) -> list[tuple[dict, dict]]:
    """Each band as two stacked lines: the lower end, not seen, and the distance to the upper one, filled."""
    unseen = {
        "type": "line",
        "silent": True,
        "showSymbol": False,
        "z": 1,
        "lineStyle": {"width": 0},
        "tooltip": {"show": False},
        "stackStrategy": "all",
    }
    drawn = []
    for band in line.bands:
        key = "band_outer" if band.with_error else "band_inner"
        stack = f"{line.id} {key}"
        low = {
            **unseen,
            "id": f"{BAND_ID.format(stack)} low",
            "stack": stack,
            "name": f"{stack} low",
            "data": points(band.years, band.low),
        }
        distance = {
            **unseen,
            "id": BAND_ID.format(stack),
            "stack": stack,
            "name": locale.translate(f"chart.{key}"),
            "key": key,
            "areaStyle": {"color": line.style[0], "opacity": 0.12 if band.with_error else 0.22},
            "itemStyle": {"color": line.style[0]},
            "data": points(band.years, band.high - band.low),
        }
        drawn.append((low, distance))
    return drawn


def _current(plot: Plot, line: PlotLine) -> dict:
    colour, style = line.style
    return {
        "type": "line",
        "id": LINE_ID.format(line.id),
        "name": line.name,
        "showSymbol": False,
        "z": 4 if line.strong else 3,
        "data": points(plot.years, line.now),
        "lineStyle": {"color": colour, "type": style, "width": 3 if line.strong else 1.6},
        "itemStyle": {"color": colour},
        "emphasis": {"disabled": True},
        "endLabel": {
            "show": len(plot.lines) > 1,
            "formatter": "{a}",
            "color": ON_WHITE.get(colour, colour),
            "distance": 6,
            "fontWeight": "bold" if line.strong else "normal",
            "fontSize": 12,
            "lineHeight": 14,
            "width": 92,
            "overflow": "truncate",
        },
        "labelLayout": {"moveOverlap": "shiftY"},
    }


def _observations(line: PlotLine, name: str, locale: Locale) -> list[dict]:
    """One series per grade, so that the tooltip names it; unverified ones are hollow, later ones hollow triangles."""
    later = {
        "type": "scatter",
        "key": "not_used",
        "z": 5,
        "name": " ".join(filter(None, (name, locale.translate("chart.not_used")))),
        "data": [[str(point.year), rounded(point.value)] for point in line.later],
        "symbol": "triangle",
        "symbolSize": 9,
        "itemStyle": _observed_style(line.style[0], hollow=True),
    }
    return [
        {
            "type": "scatter",
            "key": "unverified" if grade == UNVERIFIED else "observed",
            "z": 5,
            "name": " ".join(filter(None, (name, locale.translate("chart.observed_grade", grade=grade)))),
            "data": [[str(point.year), rounded(point.value)] for point in found],
            "symbolSize": 7,
            "itemStyle": _observed_style(line.style[0], grade == UNVERIFIED),
        }
        for grade, found in line.points_by_grade().items()
    ] + ([later] if line.later else [])


def _observed_style(colour: str, hollow: bool) -> dict:
    if hollow:
        return {"color": WHITE, "borderColor": colour, "borderWidth": 1.6}
    return {"color": colour, "borderColor": WHITE, "borderWidth": 1}


def _targets(plot: Plot) -> list[dict]:
    by_key: dict[str, list[Mark]] = {}
    for mark in plot.targets:
        by_key.setdefault("target_national" if mark.national else "target", []).append(mark)
    return [
        {
            "type": "scatter",
            "key": key,
            "name": plot.locale.translate(f"chart.{key}"),
            "data": [[str(mark.year), mark.value] for mark in marks],
            "z": 6,
            "symbol": "diamond",
            "symbolSize": 12,
            "itemStyle": HOLLOW | {"color": INK if key == "target" else WHITE},
        }
        for key, marks in by_key.items()
    ]


def _background(end: int, locale: Locale) -> dict:
    """The start of the policy as a line, and a shade where no observation is used."""
    label = {"color": QUIET, "fontSize": 11, "distance": LABEL_GAP}
    unobserved = {"name": locale.translate("chart.unobserved", year=LAST_OBSERVED), "xAxis": str(LAST_OBSERVED)}
    return {
        "markLine": {
            "silent": True,
            "symbol": "none",
            "data": [{"xAxis": str(POLICY_START)}],
            "lineStyle": {"color": GHOST, "type": "solid", "width": 1},
            "label": {**label, "formatter": locale.translate("chart.policy"), "position": "end"},
        },
        "markArea": {
            "silent": True,
            "itemStyle": {"color": SHADE},
            # Right-aligned: in the middle above a short time it would go over the edge of the chart.
            "label": {**label, "position": ["100%", -LABEL_GAP], "align": "right", "verticalAlign": "bottom"},
            "data": [[unobserved, {"xAxis": str(end)}]],
        },
    }


def _legend(series: list[dict], locale: Locale) -> list[dict]:
    """Legend of what charts have in common; lines are named at their ends, or by the title of the chart.

    A legend needs series of its own names, so empty ones are added to `series`; their `key` is taken out.
    """
    kinds = {s.pop("key", None) for s in series}
    shown = {kind: locale.translate(f"chart.{kind}") for kind in KEYS if kind in kinds}
    named = {s["name"] for s in series}
    series += [{"type": "scatter", "name": name, "data": []} for name in shown.values() if name not in named]
    ghost = {"name": locale.translate("chart.ghost"), "icon": DASHES}
    return [ghost, *({"name": name, **KEYS[kind]} for kind, name in shown.items())]
