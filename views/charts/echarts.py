"""Chart options for the Explore page: the present run, the run as happened, observations and targets."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.inputs import LAST_OBSERVED, POLICY_START, START
from views.language import Translate, number
from views.language import unit as unit_name
from views.palette import GHOST, GRID, INK, ON_WHITE, QUIET, SHADE
from views.results.catalogue import Chart, Line, line_name
from views.results.observed import UNVERIFIED, Point, observed, targets_of
from views.results.simulation import Result

FONT = "Noto Sans, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Segoe UI, sans-serif"
DIGITS = 4
"""Significant digits sent to the browser."""
TOP, TOP_WITH_BANDS = 52, 74
"""Pixels above the plot: one row of legend, or two where bands add to it."""
LABELLED = 5
"""Every so many years one is written on the axis."""
TEXT_YEARS = (2010, 2015, 2020, 2025)
"""Years named in the text alternative of a chart."""
NATIONAL = "national"
LINE_ID, BAND_ID = "line:{}", "band:{}"
"""Ids of lines and bands of the present run, by which the preview finds them."""
DASHES = "path://M0,4h8v2h-8zM11,4h8v2h-8z"
"""Legend symbol of the dashed line."""


def rounded(value: float) -> float:
    """A value with as many digits as the browser needs."""
    return float(f"{value:.{DIGITS}g}")


def points(years: np.ndarray, values: np.ndarray) -> list[list]:
    """Pairs of year and value for the browser, without missing values. Years are categories, hence texts."""
    return [[str(y), rounded(v)] for y, v in zip(years, values, strict=True) if np.isfinite(v)]


def chart_options(
    chart: Chart, now: Result, ghost: Result, t: Translate, language: str, bands: Mapping | None = None
) -> dict:
    """The options of one chart, plain data only; `bands` by indicator and sector lie behind the lines."""
    end = int(now.years[-1])
    series: list[dict] = []
    several = len(chart.lines) > 1
    for line in chart.lines:
        name = line_name(line, t)
        if line.strong:
            series += _bands(chart, line, bands or {}, t)
            series.append(_ghost(chart, line, ghost, t))
        series.append(_current(chart, line, now, name, several))
        series += _observations(chart, line, name if several else "", t)
    series += _targets(chart, end, t)
    series[0] |= _background(end, t)
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "color": INK},
        "grid": {
            "left": 8,
            "right": 102 if several else 22,
            "top": TOP_WITH_BANDS if bands else TOP,
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
            "data": _keys(series, t),
            "textStyle": {"color": QUIET, "fontSize": 12},
        },
        "tooltip": {
            "trigger": "axis",
            "valueFormatter": "%,.1f",
            "confine": True,
            "order": "valueDesc",
            "axisPointer": {"type": "line", "snap": True, "label": {"precision": 0}},
            "textStyle": {"fontSize": 12},
            "padding": [6, 10],
        },
        "toolbox": {"show": False},
        "xAxis": {
            "type": "category",
            "data": [str(year) for year in now.years],
            "boundaryGap": False,
            "axisLabel": {"interval": LABELLED - 1, "color": QUIET},
            "axisTick": {"interval": LABELLED - 1},
            "axisLine": {"lineStyle": {"color": GHOST}, "onZero": False},
        },
        "yAxis": {
            "type": "value",
            "name": unit_name(chart.unit, language),
            "scale": not chart.from_zero,
            "nameTextStyle": {"color": QUIET, "align": "left", "padding": [0, 0, 0, -30]},
            "nameGap": 10,
            "axisLabel": {"color": QUIET},
            "splitLine": {"lineStyle": {"color": GRID}},
        },
        "series": series,
    }


def _ghost(chart: Chart, line: Line, ghost: Result, t: Translate) -> dict:
    return {
        "type": "line",
        "name": t("chart.ghost"),
        "silent": True,
        "showSymbol": False,
        "z": 2,
        "data": points(ghost.years, ghost.series(line.indicator, line.element) * chart.scale),
        "lineStyle": {"color": GHOST, "type": [5, 4], "width": 1.6},
        "itemStyle": {"color": GHOST},
        "tooltip": {"show": len(chart.lines) == 1},
    }


def _bands(chart: Chart, line: Line, bands: Mapping, t: Translate) -> list[dict]:
    """Each band as two stacked lines: the lower end without looks, and the distance to the upper one filled."""
    own = bands.get((line.indicator, line.element or line.observed), ())
    quiet = {
        "type": "line",
        "silent": True,
        "showSymbol": False,
        "z": 1,
        "lineStyle": {"width": 0},
        "tooltip": {"show": False},
        "stackStrategy": "all",
    }
    found = []
    for band in own:
        key = "band_outer" if band.with_error else "band_inner"
        stack = f"{line.name} {key}"
        low, high = band.low * chart.scale, band.high * chart.scale
        shade = {"color": line.style[0], "opacity": 0.12 if key == "band_outer" else 0.22}
        found.append({**quiet, "stack": stack, "name": f"{stack} low", "data": points(band.years, low)})
        found.append(
            {
                **quiet,
                "id": BAND_ID.format(stack),
                "stack": stack,
                "name": t(f"chart.{key}"),
                "key": key,
                "areaStyle": shade,
                "itemStyle": {"color": line.style[0]},
                "data": points(band.years, high - low),
            }
        )
    return found


def _current(chart: Chart, line: Line, now: Result, name: str, labelled: bool) -> dict:
    colour, style = line.style
    return {
        "type": "line",
        "id": LINE_ID.format(line.name),
        "name": name,
        "showSymbol": False,
        "z": 4 if line.strong else 3,
        "data": points(now.years, now.series(line.indicator, line.element) * chart.scale),
        "lineStyle": {"color": colour, "type": style, "width": 3 if line.strong else 1.6},
        "itemStyle": {"color": colour},
        "emphasis": {"disabled": True},
        "endLabel": {
            "show": labelled,
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


def _observations(chart: Chart, line: Line, name: str, t: Translate) -> list[dict]:
    """One series per grade, so that the tooltip names it; unverified figures are hollow."""
    found: dict[str, list[Point]] = {}
    for point in observed(line.indicator, line.observed):
        found.setdefault(point.grade, []).append(point)
    colour = line.style[0]
    return [
        {
            "type": "scatter",
            "key": "unverified" if grade == UNVERIFIED else "observed",
            "z": 5,
            "name": " ".join(filter(None, (name, t("chart.observed_grade", grade=grade)))),
            "data": [[str(p.year), rounded(p.value * chart.scale)] for p in kept],
            "symbolSize": 7,
            "itemStyle": {
                "color": "#FFFFFF" if grade == UNVERIFIED else colour,
                "borderColor": colour if grade == UNVERIFIED else "#FFFFFF",
                "borderWidth": 1.6 if grade == UNVERIFIED else 1,
            },
        }
        for grade, kept in sorted(found.items())
    ]


def _targets(chart: Chart, end: int, t: Translate) -> list[dict]:
    marks: dict[str, list] = {}
    for line in chart.lines:
        for target in targets_of(line.indicator, line.observed):
            if target.year <= end:
                key = "target_national" if target.scope == NATIONAL else "target"
                marks.setdefault(key, []).append([str(target.year), target.value * chart.scale])
    return [
        {
            "type": "scatter",
            "key": key,
            "name": t(f"chart.{key}"),
            "data": data,
            "z": 6,
            "symbol": "diamond",
            "symbolSize": 12,
            "itemStyle": {"color": INK if key == "target" else "#FFFFFF", "borderColor": INK, "borderWidth": 1.6},
        }
        for key, data in marks.items()
    ]


def _background(end: int, t: Translate) -> dict:
    """The start of the policy as a line, and a shade where no observation is used."""
    label = {"color": QUIET, "fontSize": 11}
    return {
        "markLine": {
            "silent": True,
            "symbol": "none",
            "data": [{"xAxis": str(POLICY_START)}],
            "lineStyle": {"color": GHOST, "type": "solid", "width": 1},
            "label": {**label, "formatter": t("chart.policy"), "position": "end", "distance": 3},
        },
        "markArea": {
            "silent": True,
            "itemStyle": {"color": SHADE},
            "label": {**label, "position": "top", "distance": 3},
            "data": [[{"name": t("chart.unobserved"), "xAxis": str(LAST_OBSERVED)}, {"xAxis": str(end)}]],
        },
    }


def _keys(series: list[dict], t: Translate) -> list[dict]:
    """Legend of what all charts share; lines are named at their ends, or by the title of the chart.

    A legend needs series of its own names, so empty ones are added to `series`.
    """
    kinds = {s["key"] for s in series if "key" in s}
    for s in series:
        s.pop("key", None)
    looks = {
        "band_inner": {"icon": "rect", "itemStyle": {"color": GHOST, "opacity": 0.5}},
        "band_outer": {"icon": "rect", "itemStyle": {"color": GHOST, "opacity": 0.25}},
        "observed": {"icon": "circle", "itemStyle": {"color": QUIET}},
        "unverified": {"icon": "circle", "itemStyle": {"color": "#FFFFFF", "borderColor": QUIET, "borderWidth": 1.6}},
        "target": {"icon": "diamond", "itemStyle": {"color": INK}},
        "target_national": {
            "icon": "diamond",
            "itemStyle": {"color": "#FFFFFF", "borderColor": INK, "borderWidth": 1.6},
        },
    }
    shown = [kind for kind in looks if kind in kinds]
    named = [s["name"] for s in series]
    for kind in shown:
        if t(f"chart.{kind}") not in named:
            series.append({"type": "scatter", "name": t(f"chart.{kind}"), "data": []})
    return [{"name": t("chart.ghost"), "icon": DASHES}] + [
        {"name": t(f"chart.{kind}"), **looks[kind]} for kind in shown
    ]


def alternative(chart: Chart, now: Result, t: Translate, language: str) -> str:
    """The chart in words, for people who cannot see it."""
    parts = []
    for line in chart.lines:
        values = now.series(line.indicator, line.element) * chart.scale
        told = ", ".join(f"{y} {number(float(values[y - START]))}" for y in TEXT_YEARS if y <= now.years[-1])
        parts.append(t("chart.alternative_line", name=line_name(line, t), values=told))
    joiner = "" if language == "zh" else " "
    return t(
        "chart.alternative",
        title=t(f"chart.{chart.id}"),
        unit=unit_name(chart.unit, language),
        series=joiner.join(parts),
    )
