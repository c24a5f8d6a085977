"""Why an indicator moves as it does: periods, and what its change in each would be without a loop, driver or lever.

Every number is the difference of two runs. Causes act together, so that what they add does not add up to the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.inputs import START, drivers, levers
from model.scenario import Scenario

from .causal_chains import Change, carrying_chain
from .dominance import loops, require_known
from .periods import RULES, held_years, periods
from .structure import named_loops
from .varied_runs import Run, VariedRuns, whole

SMALL = 0.1
"""A cause that adds less than this part of the change of a period is not named."""
SWING = 0.05
"""A turn of an indicator begins a new period, and a change is explained, where it is larger than this part of the
indicator's range."""


@dataclass(frozen=True)
class Part:
    """What a cause adds to a change: the change less that of the run `without` the cause."""

    cause: str
    added: float
    without: float


@dataclass(frozen=True)
class Period:
    """Years from `first` to `last`, in which an indicator goes from `start` to `end` without a larger turn.

    In the years `held` a rule decides on the indicator; parts are then those of its value in `last`, not of its change,
    and `without_rule` is what the rule adds.
    `leading` is the loop that adds most in the direction of the change (upwards where a rule holds), `opposing` the one
    that takes most from it; None where it is too small, as `SMALL` says. `chain` leads from the first of them that
    there is to the indicator, in `last`. `driver` and `lever` are those that add most, each compared with keeping its
    value of `first`. Those that begin with `all` are taken out at once.
    """

    first: int
    last: int
    start: float
    end: float
    held: tuple[int, ...]
    hardly_changes: bool
    leading: Part | None
    opposing: Part | None
    chain_year: int
    chain: tuple[Change, ...]
    all_loops: Part
    all_drivers: Part
    driver: Part | None
    all_levers: Part
    lever: Part | None
    without_rule: Part | None

    @property
    def change(self) -> float:
        """The change from the first year to the last."""
        return self.end - self.start


@dataclass(frozen=True)
class Cases:
    """Runs that explain an indicator: the `present` one, and those `without` each loop."""

    indicator: str
    runs: VariedRuns
    present: Run
    without: Mapping[str, Run]


def explain(scenario: Scenario, indicator: str) -> tuple[Period, ...]:
    """The periods of an indicator of a scenario, each with its causes.

    Raises ValueError for an indicator that is not in `analysis.dominance.INDICATORS`.
    """
    require_known(indicator)
    runs = VariedRuns.of(scenario)
    cases = Cases(indicator, runs, runs.run(), {name: runs.without_loops([name]) for name in loops()})
    held = held_years(indicator, cases.present)
    path = whole(cases.present[indicator])
    swing = SWING * float(np.ptp(path))
    return tuple(_period(cases, first, last, held, swing) for first, last in periods(path, swing, held))


def _period(cases: Cases, first: int, last: int, held: Sequence[int], swing: float) -> Period:
    path = whole(cases.present[cases.indicator])
    start, end = float(path[first - START]), float(path[last - START])
    ruled = tuple(year for year in held if first < year <= last)
    least = SMALL * (swing / SWING if ruled else abs(end - start))
    up = 1.0 if ruled or end > start else -1.0

    def part(cause: str, run: Run) -> Part:
        return _part(cause, path, whole(run[cases.indicator]), None if ruled else first, last)

    def kept(names: Iterable[str]) -> tuple[Part, Part | None]:
        moving = [name for name in names if cases.runs.moves_after(first, name)]
        each = [part(name, cases.runs.held_from(first, [name])) for name in moving]
        return part("", cases.runs.held_from(first, moving)), largest(each, least)

    by_loop = [part(name, run) for name, run in cases.without.items()]
    leading, opposing = largest(by_loop, least, up), largest(by_loop, least, -up)
    rule = RULES[cases.indicator].lever if ruled else ""
    return Period(
        first,
        last,
        start,
        end,
        ruled,
        abs(end - start) < swing,
        leading,
        opposing,
        *_chain(cases, leading or opposing, first, last),
        part("", cases.runs.without_loops(cases.without)),
        *kept(drivers()),
        *kept(levers()),
        part(rule, _lifted(cases.runs, rule)) if ruled else None,
    )


def _part(cause: str, path: np.ndarray, without: np.ndarray, first: int | None, last: int) -> Part:
    """What a cause adds to the change from `first` to `last`, or to the value in `last` where there is no first."""

    def moved(values: np.ndarray) -> float:
        return float(values[last - START] - (0.0 if first is None else values[first - START]))

    return Part(cause, moved(path) - moved(without), moved(without))


def largest(parts: Iterable[Part], least: float, direction: float = 0.0) -> Part | None:
    """The part that adds most, in a direction (1 or -1) or in either (0); None where that is less than `least`."""
    size = {part: part.added * direction if direction else abs(part.added) for part in parts}
    found = max(size, key=size.__getitem__, default=None)
    return found if found is not None and size[found] > least else None


def _lifted(runs: VariedRuns, rule: str) -> Run:
    """The run in which a lever has the value at which it does nothing."""
    return runs.run(tables={rule: np.full_like(runs.tables[rule], levers()[rule].off, dtype=float)})


def _chain(cases: Cases, part: Part | None, first: int, last: int) -> tuple[int, tuple[Change, ...]]:
    """How a loop reaches the indicator in the year in which it makes the largest difference; `before` is without it."""
    if part is None:
        return last, ()
    without = cases.without[part.cause]
    apart = np.abs(whole(cases.present[cases.indicator]) - whole(without[cases.indicator]))
    position = first - START + int(np.argmax(apart[first - START : last + 1 - START]))
    shown = next(loop.shown for loop in named_loops() if loop.knockout.id == part.cause)
    sources = shown.variables if shown else ()
    return START + position, carrying_chain(sources, cases.indicator, without, cases.present, position)
