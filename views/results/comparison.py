"""What the Compare page shows: results of several scenarios, their differences, and targets."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from model.inputs import END, POLICY_START
from model.scenario import AS_HAPPENED, Scenario
from model.scenario.lever_values import YEARS
from model.targets import UP, modelled_targets
from views.display_units import DisplayUnit, display_unit, goal
from views.language import Locale

from . import simulation
from .catalogue import CHARTS, Chart, Line, line_name
from .scoreboard import reached_number
from .simulation import Result
from .sliders import slots
from .summary import slider_number, slider_unit

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

MET, MISSED = "✓", "✗"


@dataclass(frozen=True)
class Run:
    """One scenario with its title and result."""

    key: str
    title: str
    scenario: Scenario
    result: Result


def run_scenarios(chosen: Mapping[str, Scenario], titles: Mapping[str, str], until: int) -> list[Run]:
    """Run the chosen scenarios up to one last year, in their order."""
    runner = simulation.runner(until)
    return [Run(key, titles[key], scenario, runner.run(scenario, {})) for key, scenario in chosen.items()]


def compared_lines() -> list[tuple[Chart, Line]]:
    """The lines that the tables compare with their charts: those drawn strongly, each once."""
    found: dict[tuple[str, str | None], tuple[Chart, Line]] = {}
    for chart in CHARTS.values():
        for line in chart.lines:
            if line.strong:
                found.setdefault((line.indicator, line.element), (chart, line))
    return list(found.values())


def line_title(line: Line, locale: Locale) -> str:
    """Name of a line together with its chart's subject."""
    chart = next(c for c in CHARTS.values() if line in c.lines)
    subject = locale.translate(f"chart.{chart.id}")
    return subject if len(chart.lines) == 1 else f"{subject} · {line_name(line, locale)}"


def _unit_of_differences(chart: Chart, locale: Locale) -> DisplayUnit:
    """The smallest unit, because levels and small differences stand in one row."""
    return display_unit(chart.unit, locale, 1.0)


def styled_deltas(deltas: pd.DataFrame, locale: Locale) -> Styler:
    """The table of differences for reading: decimals as the size of a figure deserves, differences with their sign."""
    style = deltas.style
    for row, (chart, _) in enumerate(compared_lines()):
        shown = _unit_of_differences(chart, locale)
        level, change = shown.figure, functools.partial(shown.figure, sign=True)
        style = style.format(level, subset=pd.IndexSlice[[row], deltas.columns[1:2]])
        style = style.format(change, subset=pd.IndexSlice[[row], deltas.columns[2:]])
    return style


def delta_table(runs: Sequence[Run], reference: Run, year: int, locale: Locale) -> pd.DataFrame:
    """Values of the reference and differences of the others from it in one year, as numbers."""
    rows = []
    for chart, line in compared_lines():
        base = reference.result.at(year, line.indicator, line.element) * chart.scale
        shown = _unit_of_differences(chart, locale)
        row = {
            locale.translate("table.indicator"): shown.named(line_title(line, locale)),
            reference.title: shown.scaled(base),
        }
        for run in runs:
            if run is not reference:
                delta = run.result.at(year, line.indicator, line.element) * chart.scale - base
                row[f"Δ {run.title}"] = shown.scaled(delta)
        rows.append(row)
    return pd.DataFrame(rows)


def lever_table(runs: Sequence[Run], locale: Locale) -> pd.DataFrame:
    """Means of 2016-2025 of the sliders in which the scenarios differ."""
    active = (YEARS >= POLICY_START) & (YEARS <= END)
    rows = []
    for slot in slots().values():
        paths = [slot.path(run.scenario.levers.get(slot.lever.id, AS_HAPPENED))[active] for run in runs]
        if all(np.allclose(path, paths[0]) for path in paths):
            continue
        name = slider_unit(slot, locale).named(slot.name(locale))
        means = (slider_number(slot, float(path.mean()), locale) for path in paths)
        rows.append(
            {locale.translate("table.lever"): name} | dict(zip((run.title for run in runs), means, strict=True))
        )
    return pd.DataFrame(rows)


def other_differences(runs: Sequence[Run]) -> dict[str, list[str]]:
    """Drivers and parameters that a scenario sets for itself, by title."""
    return {run.title: names for run in runs if (names := [*run.scenario.drivers, *run.scenario.parameters])}


def score_table(runs: Sequence[Run], locale: Locale) -> pd.DataFrame:
    """The targets that the runs reach by their last year, and whether each scenario meets them."""
    rows = []
    for target in modelled_targets():
        indicator, first = target.indicator, runs[0].result
        if indicator is None or target.value is None or indicator not in first.values or target.year > first.years[-1]:
            continue
        sign = "≥" if target.direction == UP else "≤"
        row = {
            locale.translate("compare.target"): locale.text(target.label),
            locale.translate("compare.scope"): locale.translate(f"scope.{target.scope}"),
            locale.translate("table.year"): target.year,
            locale.translate("table.value"): f"{sign} {goal(target.value, target.unit, locale)}",
        }
        for run in runs:
            has_axis = run.result.values[indicator].ndim > 1
            value = run.result.at(target.year, indicator, target.sector if has_axis else None)
            mark = MET if target.missed_by(value) == 0.0 else MISSED
            row[run.title] = f"{mark} {reached_number(target, value, locale)}"
        rows.append(row)
    return pd.DataFrame(rows)


def long_table(runs: Sequence[Run], locale: Locale, titles: Sequence[str] = ()) -> pd.DataFrame:
    """All compared series, or those with one of the `titles`, in long form, for download."""
    rows = [
        (run.title, line_title(line, locale), int(year), float(value * chart.scale_in(locale)), unit)
        for run in runs
        for chart, line in compared_lines()
        for unit in (chart.display(locale).text,)
        for year, value in zip(run.result.years, run.result.series(line.indicator, line.element), strict=True)
        if np.isfinite(value) and (not titles or line_title(line, locale) in titles)
    ]
    return pd.DataFrame(
        rows, columns=[locale.translate(f"table.{key}") for key in ("scenario", "indicator", "year", "value", "unit")]
    )
