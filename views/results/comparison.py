"""What the Compare page shows: results of several scenarios, their differences, and targets."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from calibration.differences import BETTER
from model.indicator_tags import directions
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
from .slider_texts import slider_number, slider_unit
from .sliders import main_slots
from .uncertainty import Interval, Uncertainty, cached_uncertainty, difference_interval, ranks, uncertainty_of
from .uncertainty_texts import chance_text, interval_figures

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
        numbers = deltas.select_dtypes("number").columns
        style = style.format(level, subset=pd.IndexSlice[[row], numbers[:1]])
        style = style.format(change, subset=pd.IndexSlice[[row], numbers[1:]])
    return style


Certain = Mapping[str, Uncertainty]
"""What is uncertain about the compared runs, by their keys."""


def uncertainties(runs: Sequence[Run], until: int) -> dict[str, Uncertainty]:
    """What is uncertain about the runs, by their keys; computed where need be."""
    return {run.key: uncertainty_of(run.scenario, until) for run in runs}


def cached_uncertainties(runs: Sequence[Run], until: int) -> dict[str, Uncertainty] | None:
    """The same, where that of every run has been computed already."""
    known = {run.key: cached_uncertainty(run.scenario, until) for run in runs}
    complete = {key: one for key, one in known.items() if one is not None}
    return complete if len(complete) == len(known) else None


def interval_column(run: Run, locale: Locale) -> str:
    """Name of the column with the intervals of the differences of a run."""
    return locale.translate("uncertainty.range_of", title=run.title)


def delta_table(
    runs: Sequence[Run], reference: Run, year: int, locale: Locale, certain: Certain | None = None
) -> pd.DataFrame:
    """Values of the reference and differences of the others from it in one year, as numbers; beside each difference its
    90 % interval, where `certain` has the draws of the runs."""
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
                if certain is not None:
                    key = (line.indicator, line.element)
                    interval = difference_interval(certain[run.key], certain[reference.key], key, year)
                    row[interval_column(run, locale)] = _interval_cell(interval, chart, shown, locale)
        rows.append(row)
    return pd.DataFrame(rows)


def _interval_cell(interval: Interval | None, chart: Chart, shown: DisplayUnit, locale: Locale) -> str | None:
    if interval is None:
        return None
    scaled = Interval(interval.low * chart.scale, interval.high * chart.scale)
    return interval_figures(scaled, shown, locale) or "0"


def order_sentence(run: Run, reference: Run, year: int, charts: Sequence[str], certain: Certain, locale: Locale) -> str:
    """In which part of the draws a run is better than the reference in one year, in each line of the charts of which
    more or less is better; empty where there is none."""
    parts = []
    for chart, line in compared_lines():
        key = (line.indicator, line.element)
        ranked = ranks([certain[run.key], certain[reference.key]], key, year) if chart.id in charts else []
        if ranked:
            chance = chance_text(ranked[0].probability, locale)
            name = line_title(line, locale)
            parts.append(locale.translate("uncertainty.ahead_in", indicator=name, chance=chance))
    if not parts:
        return ""
    return locale.translate(
        "uncertainty.ahead", title=run.title, reference=reference.title, parts=locale.clauses(parts)
    )


def ranking_table(runs: Sequence[Run], year: int, locale: Locale, certain: Certain) -> pd.DataFrame:
    """Probability that each scenario is the best of all in one year, with its expected regret in brackets, for the
    lines of which more or less is better."""
    rows = []
    for chart, line in compared_lines():
        ranked = ranks([certain[run.key] for run in runs], (line.indicator, line.element), year)
        if not ranked:
            continue
        shown = _unit_of_differences(chart, locale)
        better = BETTER[directions("banded")[line.indicator]]
        row = {
            locale.translate("table.indicator"): shown.named(line_title(line, locale)),
            locale.translate("uncertainty.better"): locale.translate(f"uncertainty.{better}"),
        }
        for run, rank in zip(runs, ranked, strict=True):
            regret = shown.number(rank.regret * chart.scale)
            row[run.title] = f"{chance_text(rank.probability, locale)} ({regret})"
        rows.append(row)
    return pd.DataFrame(rows)


def lever_table(runs: Sequence[Run], locale: Locale) -> pd.DataFrame:
    """Means of 2016-2025 of the sliders in which the scenarios differ."""
    active = (YEARS >= POLICY_START) & (YEARS <= END)
    rows = []
    for slot in main_slots().values():
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


def score_table(runs: Sequence[Run], locale: Locale, certain: Certain | None = None) -> pd.DataFrame:
    """The targets that the runs reach by their last year, and whether each scenario meets them; with the probability of
    that, where `certain` has the draws of the runs."""
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
            cell = f"{mark} {reached_number(target, value, locale)}"
            chance = None if certain is None else certain[run.key].chances.get(target.id)
            if chance is not None:
                cell = locale.translate("uncertainty.with_chance", reached=cell, chance=chance_text(chance, locale))
            row[run.title] = cell
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
