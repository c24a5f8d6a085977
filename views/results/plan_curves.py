"""One goal of the plan over the years: three runs, observed points, and what the plan made of them, in one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.inputs import END, START
from model.targets import PER_CENT, Target
from views.display_units import POINTS, DisplayUnit, display_unit
from views.language import Locale

from .observed import Point
from .plan_draws import ACTUAL, FULL, RUNS, WITHOUT, PlanDraws, SpreadPath, line_of
from .plan_goals import observations_of, simulated

DIFFERENCES = {"made": (ACTUAL, WITHOUT), "left": (FULL, ACTUAL)}
"""What the plan made, and what was left undone: a run less another."""
YEARS = np.arange(START, END + 1)


@dataclass(frozen=True)
class Curves:
    """A goal in the unit that is shown: runs by name, observed points, and the spread of both differences, in
    `difference_unit`; no spread where the draws are not there yet or say nothing about the goal."""

    target: Target
    unit: DisplayUnit
    difference_unit: DisplayUnit
    runs: Mapping[str, np.ndarray]
    points: tuple[Point, ...]
    differences: Mapping[str, SpreadPath]

    @property
    def goal(self) -> float:
        """What is asked."""
        return self.unit.scaled(self.target.value or 0.0)


def curves(target: Target, draws: PlanDraws | None, locale: Locale) -> Curves:
    """The curves of a goal that the model can judge."""
    runs = {run: np.array([simulated(target, run, int(year)) for year in YEARS]) for run in RUNS}
    size = target.value or float(np.nanmax(np.abs(runs[ACTUAL])))
    unit = display_unit(target.unit, locale, size)
    points = tuple(
        Point(point.year, unit.scaled(point.value), point.grade, point.source) for point in observations_of(target)
    )
    spreads = {} if draws is None or not draws.reached[ACTUAL][target.id].is_quantified else _spreads(target, draws)
    widest = max((float(np.nanmax(np.abs([s.low, s.high]))) for s in spreads.values()), default=size)
    difference_unit = display_unit(POINTS if target.unit == PER_CENT else target.unit, locale, widest)
    scaled = {
        name: SpreadPath(*(difference_unit.scaled(values) for values in (spread.low, spread.middle, spread.high)))
        for name, spread in spreads.items()
    }
    return Curves(
        target, unit, difference_unit, {run: unit.scaled(values) for run, values in runs.items()}, points, scaled
    )


def _spreads(target: Target, draws: PlanDraws) -> dict[str, SpreadPath]:
    line = line_of(target)
    return {name: draws.difference(*runs, line) for name, runs in DIFFERENCES.items()}


def curve_rows(shown: Curves, locale: Locale) -> pd.DataFrame:
    """All that the chart draws, in long form: line, year, value, unit, grade, source."""
    t, target = locale.translate, shown.target
    rows: list[tuple[str, int, float, str, str, str]] = [
        (t(f"plan.run_{run}"), int(year), float(value), shown.unit.text, "", "")
        for run, values in shown.runs.items()
        for year, value in zip(YEARS, values, strict=True)
        if np.isfinite(value)
    ]
    rows += [(t("plan.observed"), p.year, p.value, shown.unit.text, p.grade, p.source) for p in shown.points]
    rows.append((t("document.goal"), target.year, shown.goal, shown.unit.text, target.grade, target.source))
    for name, spread in shown.differences.items():
        for key, values in (("low", spread.low), ("middle", spread.middle), ("high", spread.high)):
            label = t(f"plan.column_{key}", name=t(f"plan.{name}"))
            rows += [
                (label, int(year), float(value), shown.difference_unit.text, "", "")
                for year, value in zip(YEARS, values, strict=True)
                if np.isfinite(value)
            ]
    columns = ["plan.line", "table.year", "table.value", "table.unit", "document.grade", "table.source"]
    return pd.DataFrame(rows, columns=[t(key) for key in columns])
