"""What the Compare page shows: results of several scenarios, their differences, and targets."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from model.inputs import END, POLICY_START
from model.scenario import Scenario
from model.scenario.lever_paths import YEARS
from model.targets import UP, modelled_targets
from views.display_units import DisplayUnit, display_unit
from views.language import Translate
from views.language import unit as unit_name

from . import scoreboard, simulation
from .catalogue import CHARTS, Line, line_name
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


def runs(chosen: Mapping[str, Scenario], titles: Mapping[str, str], until: int) -> list[Run]:
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


def line_title(line: Line, t: Translate) -> str:
    """Name of a line together with its chart's subject."""
    chart = next(c for c in CHARTS.values() if line in c.lines)
    subject = t(f"chart.{chart.id}")
    return subject if len(chart.lines) == 1 else f"{subject} · {line_name(line, t)}"


def _unit_of_differences(unit: str, language: str) -> DisplayUnit:
    """The smallest unit, because levels and small differences stand in one row."""
    return display_unit(unit, language, 1.0)


def _figure(unit: DisplayUnit, sign: bool, scaled: float) -> str:
    return unit.number(scaled / unit.scaled(1.0), sign)


def styled_deltas(deltas: pd.DataFrame, language: str) -> Styler:
    """The table of differences for reading: decimals as the size of a figure deserves, differences with their sign."""
    style = deltas.style
    for row, (unit, _, _) in enumerate(compared_lines()):
        shown = _unit_of_differences(unit, language)
        level, change = functools.partial(_figure, shown, False), functools.partial(_figure, shown, True)
        style = style.format(level, subset=pd.IndexSlice[[row], deltas.columns[1:2]])
        style = style.format(change, subset=pd.IndexSlice[[row], deltas.columns[2:]])
    return style


def delta_table(made: Sequence[Run], reference: Run, year: int, t: Translate, language: str) -> pd.DataFrame:
    """Values of the reference and differences of the others from it in one year, as numbers."""
    rows = []
    for unit, scale, line in compared_lines():
        base = reference.result.at(year, line.indicator, line.element) * scale
        shown = _unit_of_differences(unit, language)
        name = line_title(line, t) + (f" ({shown.text})" if shown.text else "")
        row = {t("table.indicator"): name, reference.title: shown.scaled(base)}
        for run in made:
            if run is not reference:
                delta = run.result.at(year, line.indicator, line.element) * scale - base
                row[f"Δ {run.title}"] = shown.scaled(delta)
        rows.append(row)
    return pd.DataFrame(rows)


def lever_table(made: Sequence[Run], t: Translate, language: str) -> pd.DataFrame:
    """Means of 2016-2025 of the sliders in which the scenarios differ."""
    active = (YEARS >= POLICY_START) & (YEARS <= END)
    rows = []
    for slot in slots().values():
        paths = [slot.path(run.scenario.levers.get(slot.lever.id, "baseline"))[active] for run in made]
        if all(np.allclose(path, paths[0]) for path in paths):
            continue
        unit = slider_unit(slot, language).text
        name = f"{slot.name(language)} ({unit})" if unit else slot.name(language)
        means = (slider_number(slot, float(path.mean()), language) for path in paths)
        rows.append({t("table.lever"): name} | dict(zip((run.title for run in made), means, strict=True)))
    return pd.DataFrame(rows)


def other_differences(made: Sequence[Run]) -> dict[str, list[str]]:
    """Drivers and parameters that a scenario sets for itself, by title."""
    return {run.title: names for run in made if (names := [*run.scenario.drivers, *run.scenario.parameters])}


def score_table(made: Sequence[Run], t: Translate, language: str) -> pd.DataFrame:
    """The targets that the runs reach by their last year, and whether each scenario meets them."""
    rows = []
    for target in modelled_targets():
        known = target.indicator in made[0].result.values
        if not known or target.year > made[0].result.years[-1]:
            continue
        sign = "≥" if target.direction == UP else "≤"
        shown = display_unit(target.unit, language, target.value)
        row = {
            t("compare.target"): getattr(target, language),
            t("compare.scope"): t(f"scope.{target.scope}"),
            t("table.year"): target.year,
            t("table.value"): f"{sign} {shown.with_unit(shown.exact(target.value))}",
        }
        for run in made:
            axis = run.result.values[target.indicator].ndim > 1
            value = run.result.at(target.year, target.indicator, target.sector if axis else None)
            mark = MET if target.missed_by(value) == 0.0 else MISSED
            row[run.title] = f"{mark} {scoreboard.reached_number(target, value, language)}"
        rows.append(row)
    return pd.DataFrame(rows)


def long_table(made: Sequence[Run], t: Translate, language: str, titles: Sequence[str] = ()) -> pd.DataFrame:
    """All compared series, or those with one of the `titles`, in long form, for taking away."""
    rows = [
        (run.title, line_title(line, t), int(year), float(value * scale), unit_name(unit, language))
        for run in made
        for unit, scale, line in compared_lines()
        for year, value in zip(run.result.years, run.result.series(line.indicator, line.element), strict=True)
        if np.isfinite(value) and (not titles or line_title(line, t) in titles)
    ]
    return pd.DataFrame(rows, columns=[t(f"table.{key}") for key in ("scenario", "indicator", "year", "value", "unit")])
