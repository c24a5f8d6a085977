"""The goals of the plan: what was asked, what was observed, and what runs with and without the plan reach."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from model.inputs import END, START
from model.scenario import BASELINE, shipped_scenarios
from model.targets import SCOPES, Target, targets
from views.display_units import POINTS

from . import simulation
from .catalogue import LEAD
from .observed import Point, observed
from .plan_draws import ACTUAL, FULL, WITHOUT, PlanDraws, Reached, Spread, line_of
from .scoreboard import lookup

NEAR = 3
"""Years around that of a goal in which a figure is still told, though it judges nothing."""
EQUIPMENT, STEEL = "equipment", "steel"


@dataclass(frozen=True)
class Finding:
    """All that is known about one goal.

    `observed` is the figure of the goal's year, else the nearest within `NEAR` years, and `observed_after` a later one
    that is as near; `simulated_then` is the run under the actual policies in the year of `observed`. `actual`,
    `without` and `full` are what the three runs reach in the year of the goal. What needs the draws is None until they
    are there: `reached` by run, `made` (actual policies less without the plan) and `left` (fully implemented less
    actual policies).
    """

    target: Target
    observed: Point | None
    simulated_then: float | None
    actual: float
    without: float
    full: float
    reached: Mapping[str, Reached] | None = None
    made: Spread | None = None
    left: Spread | None = None
    observed_after: Point | None = None

    @property
    def is_quantified(self) -> bool:
        """Whether the draws are there and say how sure the runs are about this goal."""
        return self.reached is not None and self.reached[ACTUAL].is_quantified

    def value(self, run: str) -> float:
        """What a run reaches."""
        return {ACTUAL: self.actual, WITHOUT: self.without, FULL: self.full}[run]

    def meets(self, value: float) -> bool:
        """Whether a value meets the goal."""
        return self.target.missed_by(value) == 0.0


@dataclass(frozen=True)
class Unmodelled:
    """Goals without an indicator that share a reason: each with the years in which it is due, and who set it."""

    reason: str
    goals: tuple[tuple[Target, tuple[int, ...]], ...]


def observations_of(target: Target) -> tuple[Point, ...]:
    """Observed figures that a goal may be held against, by year."""
    if target.indicator is None:
        return ()
    if target.observed is not None:
        return tuple(point for point in observed(target.observed, target.sector) if point.year == target.year)
    return _lead() if target.indicator == LEAD else observed(target.indicator, target.sector)


@functools.cache
def _lead() -> tuple[Point, ...]:
    """Share of equipment less share of steel, in years that have both; the grade is the worse of the two."""
    first, second = ({p.year: p for p in observed("sector_va_share", s)} for s in (EQUIPMENT, STEEL))
    return tuple(
        Point(
            year,
            round(first[year].value - second[year].value, 10),
            max(first[year].grade, second[year].grade),
            first[year].source,
        )
        for year in sorted(first.keys() & second.keys())
    )


def nearest(points: Sequence[Point], year: int) -> tuple[Point, ...]:
    """The figure of a year, else the nearest within `NEAR` years: none, one, or two equally near, the earlier first."""
    distance = min((abs(point.year - year) for point in points), default=NEAR + 1)
    return tuple(point for point in points if abs(point.year - year) == distance <= NEAR)


def findings(draws: PlanDraws | None = None) -> list[Finding]:
    """Every goal that the model can judge until 2025, those of the document first."""
    return [_finding(_in_points(target), draws) for target in goals_due()]


def goals_due() -> list[Target]:
    """The goals that the model can judge until 2025, those of the document first."""
    due = [t for t in targets() if t.indicator is not None and t.value is not None and t.year <= END]
    order = list(SCOPES)
    return sorted(due, key=lambda t: order.index(t.scope))


def _in_points(target: Target) -> Target:
    """The goal for a difference of two shares in percentage points; any other as it is."""
    return replace(target, unit=POINTS) if target.indicator == LEAD else target


def _finding(target: Target, draws: PlanDraws | None) -> Finding:
    point, after = (*nearest(observations_of(target), target.year), None, None)[:2]
    then = None if point is None else simulated(target, ACTUAL, point.year)
    actual, without, full = (simulated(target, run, target.year) for run in (ACTUAL, WITHOUT, FULL))
    known = Finding(target, point, then, actual, without, full, observed_after=after)
    if draws is None:
        return known
    line, place = line_of(target), target.year - START
    return replace(
        known,
        reached={run: table[target.id] for run, table in draws.reached.items()},
        made=draws.difference(ACTUAL, WITHOUT, line).at(place),
        left=draws.difference(FULL, ACTUAL, line).at(place),
    )


def simulated(target: Target, run: str, year: int) -> float:
    """What a run has for the indicator of a goal in a year; not a number where it has nothing."""
    value = None if target.indicator is None else lookup(result_of(run))(target.indicator, target.sector, year)
    return float("nan") if value is None else value


def result_of(run: str) -> simulation.Result:
    """One of the three runs with the default parameters."""
    return simulation.baseline(END) if run == BASELINE else _other_run(run)


@functools.cache
def _other_run(run: str) -> simulation.Result:
    return simulation.runner(END).run(shipped_scenarios()[run], {})


def unmodelled(language: str) -> list[Unmodelled]:
    """The goals that the model cannot judge, by reason; one that was set for several years is one goal."""
    by_reason: dict[str, dict[tuple[str, str], list[Target]]] = {}
    for target in targets():
        if target.not_modelled is not None:
            goals = by_reason.setdefault(target.not_modelled[language], {})
            goals.setdefault((target.scope, target.label[language]), []).append(target)
    return [
        Unmodelled(reason, tuple((same[0], tuple(t.year for t in same)) for same in goals.values()))
        for reason, goals in by_reason.items()
    ]
