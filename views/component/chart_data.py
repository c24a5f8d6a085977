"""Everything that the Explore component draws and does not compute: charts and figures, as plain data.

The component fills in the lines of the present run, and the bands where the server has sent them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from model.indicator_tags import directions
from model.inputs import END, POLICY_START, START
from model.system import system
from model.targets import UP
from views.charts.echarts import LINE_ID, chart_options
from views.charts.plot import BandsByLine, Plot, plot_of
from views.charts.text_alternatives import TEXT_YEARS
from views.display_units import POINTS, SEPARATORS, SPACES, goal, unit_steps
from views.language import Locale
from views.results import simulation
from views.results.bands import CONTENTS, Band, banded_indicators
from views.results.catalogue import CHARTS, HEADLINES, Chart
from views.results.evidence_badge import badge_of, chart_badges
from views.results.headline import COSTS, LARGE, SIGNED, UNITS, headline_value, unit_of
from views.results.observed import target_for
from views.results.settings import years_to_show
from views.results.simulation import Result
from views.results.uncertainty import WHOLE

COLON = {"zh": "：", "en": ": "}
NO_BAND = np.zeros(0)


@st.cache_resource
def chart_texts(until: int, locale: Locale) -> dict[str, Any]:
    """All charts and figures in one language for runs until a last year; `stamp` names this content."""
    ghost = simulation.baseline(until)
    years = [str(year) for year in ghost.years]
    return {
        "stamp": f"{until} {locale.language}",
        "years": years,
        "start": START,
        "charts": {chart.id: _chart(chart, ghost, locale) for chart in CHARTS.values()},
        "figures": [_figure(indicator, until, ghost, locale) for indicator in HEADLINES],
        "numbers": {"separator": SEPARATORS[locale.language], "space": SPACES[locale.language], "large": LARGE},
        "shown_years": list(years_to_show(until)),
        "text_years": list(TEXT_YEARS),
        "extrapolated": until > END,
    }


def _chart(chart: Chart, ghost: Result, locale: Locale) -> dict[str, Any]:
    plot = plot_of(chart, ghost, ghost, _empty_bands(chart), locale)
    options = chart_options(plot, room_for_bands=True)
    digits = plot.digits
    options["tooltip"].pop("valueFormatter")
    for series in options["series"]:
        if str(series.get("id", "")).startswith(LINE_ID.format("")):
            series["data"] = []
    return {
        "id": chart.id,
        "title": plot.title,
        "unit": plot.unit,
        "digits": digits,
        "options": options,
        "lines": [_line(chart, index, plot, locale) for index in range(len(chart.lines))],
        "badge": _badge(chart, locale),
    }


def _badge(chart: Chart, locale: Locale) -> dict[str, str | None]:
    """How far to trust the chart in a line, with the query that opens its evidence; `help` says it line by line."""
    badge = badge_of(chart.id, None, locale)
    lines = (f"{name}{COLON[locale.language]}{one.text}" for name, one in chart_badges(chart.id, locale))
    return {
        "level": badge.level,
        "text": badge.text,
        "address": badge.link.address if badge.link else None,
        "help": "\n".join(lines),
    }


def _line(chart: Chart, index: int, plot: Plot, locale: Locale) -> dict[str, Any]:
    line = chart.lines[index]
    drawn = plot.lines[index]
    place = result_place(line.indicator, line.element) | {"scale": chart.scale_in(locale)}
    ghost = None if drawn.ghost is None else drawn.ghost.tolist()
    return {"id": LINE_ID.format(line.name), "name": drawn.name, "strong": line.strong, "ghost": ghost, **place}


def _empty_bands(chart: Chart) -> BandsByLine:
    """Bands without values, so that the chart has their place in its series and its legend."""
    known = banded_indicators()
    empty = [Band(content == CONTENTS[0], NO_BAND, NO_BAND, NO_BAND) for content in CONTENTS]
    return {
        (line.indicator, line.element or line.observed or ""): empty
        for line in chart.lines
        if line.strong and line.indicator in known
    }


def result_place(indicator: str, element: str | None) -> dict[str, Any]:
    """Where a yearly series is among the results: `size` numbers a year, of which one is taken or (null) all added."""
    axis = system().variables[indicator].axis
    if axis is None or element is None:
        return {"variable": indicator, "size": 1, "entry": 0}
    entry = None if element == simulation.SUM else axis.index(element)
    return {"variable": indicator, "size": len(axis), "entry": entry}


def _figure(indicator: str, until: int, ghost: Result, locale: Locale) -> dict[str, Any]:
    """One headline figure: where its values are, its unit and its targets by the year for which it is shown."""
    summed = system().variables[indicator].axis is not None
    unit = UNITS.get(indicator, "%")
    years = years_to_show(until)
    shown = {year: unit_of(indicator, headline_value(ghost, indicator, year), locale) for year in years}
    firms = COSTS.get(indicator)
    return {
        "id": indicator,
        "name": locale.translate(f"headline.{indicator}"),
        **result_place(indicator, WHOLE if summed else None),
        "summed_from": POLICY_START if summed else None,
        "ghost": ghost.series(indicator, WHOLE if summed else None).tolist(),
        "units": {
            year: {"text": one.text, "factor": float(one.factor), "digits": one.digits} for year, one in shown.items()
        },
        "difference": unit_steps(POINTS if unit == "%" else unit, locale),
        "signed": indicator in SIGNED,
        "better": directions("figures")[indicator],
        "targets": {year: target for year in years if (target := _target(indicator, year, locale)) is not None},
        "firms": None if firms is None else result_place(firms, WHOLE) | {"steps": unit_steps(unit, locale)},
    }


def _target(indicator: str, year: int, locale: Locale) -> dict[str, Any] | None:
    target = target_for(indicator, year)
    if target is None or target.value is None:
        return None
    up = target.direction == UP
    value = goal(target.value, target.unit, locale)
    text = locale.translate("headline.target", year=target.year, sign="≥" if up else "≤", value=value)
    return {"year": target.year, "value": target.value, "up": up, "text": text}
