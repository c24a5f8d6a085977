"""What the Compare page shows: results of several scenarios, their differences, and targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.inputs import END, POLICY_START
from model.scenario import AS_HAPPENED, Scenario
from model.scenario.lever_values import YEARS
from model.targets import UP, modelled_targets
from views.language import Locale

from . import simulation
from .catalogue import CHARTS, Line, line_name
from .simulation import Result
from .sliders import slots
from .summary import digits_of

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


def compared_lines() -> list[tuple[str, float, Line]]:
    """The lines that the tables compare: those drawn strongly, each once, with unit and scale."""
    found: dict[tuple[str, str | None], tuple[str, float, Line]] = {}
    for chart in CHARTS.values():
        for line in chart.lines:
            if line.strong:
                found.setdefault((line.indicator, line.element), (chart.unit, chart.scale, line))
    return list(found.values())


def line_title(line: Line, locale: Locale) -> str:
    """Name of a line together with its chart's subject."""
    chart = next(c for c in CHARTS.values() if line in c.lines)
    subject = locale.translate(f"chart.{chart.id}")
    return subject if len(chart.lines) == 1 else f"{subject} · {line_name(line, locale)}"


def delta_table(runs: Sequence[Run], reference: Run, year: int, locale: Locale) -> pd.DataFrame:
    """Values of the reference and differences of the others from it in one year, as numbers."""
    rows = []
    for unit, scale, line in compared_lines():
        base = reference.result.at(year, line.indicator, line.element) * scale
        row = {
            locale.translate("table.indicator"): locale.with_unit(line_title(line, locale), unit),
            reference.title: base,
        }
        for run in runs:
            if run is not reference:
                row[f"Δ {run.title}"] = run.result.at(year, line.indicator, line.element) * scale - base
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
        name = locale.with_unit(slot.name(locale), slot.unit)
        means = (locale.number(float(path.mean()), digits_of(slot)) for path in paths)
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
        if indicator is None or indicator not in first.values or target.year > first.years[-1]:
            continue
        sign = "≥" if target.direction == UP else "≤"
        unit = locale.unit(target.unit)
        row = {
            locale.translate("compare.target"): locale.text(target.label),
            locale.translate("compare.scope"): locale.translate(f"scope.{target.scope}"),
            locale.translate("table.year"): target.year,
            locale.translate("table.value"): f"{sign} {locale.number(target.value)} {unit}".strip(),
        }
        for run in runs:
            has_axis = run.result.values[indicator].ndim > 1
            value = run.result.at(target.year, indicator, target.sector if has_axis else None)
            row[run.title] = f"{MET if target.missed_by(value) == 0.0 else MISSED} {locale.number(value)}"
        rows.append(row)
    return pd.DataFrame(rows)


def long_table(runs: Sequence[Run], locale: Locale, titles: Sequence[str] = ()) -> pd.DataFrame:
    """All compared series, or those with one of the `titles`, in long form, for download."""
    rows = [
        (run.title, line_title(line, locale), int(year), float(value * scale), locale.unit(unit))
        for run in runs
        for unit, scale, line in compared_lines()
        for year, value in zip(run.result.years, run.result.series(line.indicator, line.element), strict=True)
        if np.isfinite(value) and (not titles or line_title(line, locale) in titles)
    ]
    return pd.DataFrame(
        rows, columns=[locale.translate(f"table.{key}") for key in ("scenario", "indicator", "year", "value", "unit")]
    )
