"""The lessons of the Classroom page in the file: their texts, and the charts of their runs ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from typing import Any

from views.charts.echarts import WHITE, chart_options
from views.charts.small_multiples import Panel, panels_of
from views.charts.text_alternatives import lines_text
from views.language import Locale
from views.pages.classroom.lessons import ROLES, Lesson, lessons, reveal_text, runs_of
from views.pages.classroom.sheets import card_bodies, cards_sheet, debrief_sheet, notes_body, notes_sheet
from views.palette import INK, QUIET, STYLES
from views.results.comparison import Run
from views.results.evidence_badge import line_badge

RIGHT, TOP = 22, 34
"""Pixels beside and above a chart without names at the ends of its lines and with one row of legend."""


def lesson_texts(locale: Locale) -> list[dict[str, Any]]:
    """All lessons in one language, with the results of their runs."""
    return [_lesson(lesson, locale) for lesson in lessons().values()]


def _lesson(lesson: Lesson, locale: Locale) -> dict[str, Any]:
    runs = runs_of(lesson, locale)
    predictions = (None, *range(len(lesson.choices)))
    return {
        "id": lesson.id,
        "title": locale.text(lesson.title),
        "question": locale.text(lesson.question),
        "choices": [locale.text(choice) for choice in lesson.choices],
        "right": lesson.right,
        "runs": legend_of_runs(runs),
        "charts": [chart_of_runs(panel, runs, locale) for panel in panels_of(lesson.charts, runs, locale)],
        "reveal": reveal_text(lesson, runs, locale),
        "discuss": [locale.text(point) for point in lesson.discuss],
        "roles": [[locale.translate(f"classroom.role_{role}"), locale.text(lesson.roles[role])] for role in ROLES],
        "query": lesson.query(locale),
        "sheets": [debrief_sheet(lesson, runs, prediction, locale) for prediction in predictions],
        "notes": notes_body(lesson, runs, locale),
        "notes_sheet": notes_sheet(lesson, runs, locale),
        "cards": list(card_bodies(lesson, runs, locale).values()),
        "cards_sheet": cards_sheet(lesson, runs, locale),
    }


def legend_of_runs(runs: Sequence[Run]) -> list[dict[str, str]]:
    """The runs with colour and style of their lines."""
    return [
        {"name": run.title, "colour": colour, "style": style}
        for run, (colour, style) in zip(runs, cycle(STYLES), strict=False)
    ]


def chart_of_runs(panel: Panel, runs: Sequence[Run], locale: Locale) -> dict[str, Any]:
    """One chart with a line for each run; observations and targets, which all runs share, stand with the first."""
    first = panel.plots[0]
    lines = []
    for position, (run, plot, style) in enumerate(zip(runs, panel.plots, cycle(STYLES), strict=False)):
        line = replace(plot.lines[panel.position], id=run.key, name=run.title, style=style, strong=True, ghost=None)
        lines.append(line if position == 0 else replace(line, points=(), targets=()))
    options = chart_options(replace(first, lines=tuple(lines)))
    options["grid"] |= {"right": RIGHT, "top": TOP}
    options["legend"]["data"] = options["legend"]["data"][1:]  # without the run as happened
    options["tooltip"].pop("valueFormatter")
    for series in options["series"]:
        series.pop("endLabel", None)
        if series["type"] == "scatter" and series.get("itemStyle", {}).get("color") != INK:
            series["itemStyle"] = _of_no_run(series.get("itemStyle", {}))
    values = {line.name: (first.years, line.now) for line in lines}
    return {
        "title": panel.title,
        "unit": first.unit,
        "digits": first.digits,
        "badge": line_badge(panel.source, locale).text,
        "options": options,
        "alternative": lines_text(panel.title, first.unit, values, locale, first.display.figure),
    }


def _of_no_run(style: dict[str, Any]) -> dict[str, Any]:
    """The style of observed points in a colour of no run; hollow ones stay hollow."""
    if "borderColor" in style and style["color"] == WHITE:
        return style | {"borderColor": QUIET}
    return style | {"color": QUIET}
