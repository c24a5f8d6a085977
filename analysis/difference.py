"""Why a scenario differs from another: which of its inputs moves an indicator, and by which chain of causes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from model.inputs import START
from model.scenario import Scenario
from model.system import system

from .causal_chains import Change, carrying_chain
from .varied_runs import Run, VariedRuns, whole

NOTICEABLE = 0.0005
"""Part of the largest value of an indicator below which a change of it could not be seen."""


@dataclass(frozen=True)
class Cause:
    """A lever, driver or parameter that differs: the indicator when it alone is moved, and the chain to it."""

    input: str
    value: float
    change: float
    chain: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """An indicator in one year `before` (in the reference) and `after`, and what moves it, the strongest first.

    What the causes do alone does not add up to the difference: they act together as well.
    """

    indicator: str
    year: int
    before: float
    after: float
    causes: tuple[Cause, ...]

    @property
    def change(self) -> float:
        """The whole difference."""
        return self.after - self.before

    def rest(self, named: int) -> float:
        """What the first `named` causes do not do alone: the others, and what causes do only together."""
        return self.change - sum(cause.change for cause in self.causes[:named])


def explain_difference(scenario: Scenario, reference: Scenario, indicator: str, year: int) -> Difference:
    """Which inputs make an indicator of a scenario differ from that of a reference in a year, and how.

    Raises ValueError for what is no yearly indicator and for a year that the scenario does not reach.
    """
    variable = system().variables.get(indicator)
    if variable is None or variable.kind != "annual":
        raise ValueError(f"{indicator}: no indicator of this name")
    own = VariedRuns.of(scenario)
    if year not in own.horizon.years:
        raise ValueError(f"{year}: allowed are {own.horizon.years[0]} to {own.horizon.years[-1]}")
    base = VariedRuns.of(reference, own.horizon.end)
    before, after = base.run(), own.run()
    causes = [_cause(name, base, own, before, indicator, year) for name in moved_inputs(base, own)]
    value = _value(before, indicator, year)
    strongest = sorted(causes, key=lambda cause: -abs(cause.change))
    return Difference(indicator, year, value, _value(after, indicator, year), tuple(strongest))


def largest_changes(scenario: Scenario, reference: Scenario, indicators: Iterable[str], year: int) -> dict[str, float]:
    """What a scenario changes in the indicators in a year against a reference, the largest first.

    The size of a change is its part of the largest value that the indicator has in the reference; changes below
    `NOTICEABLE` of it are left out.
    """
    own = VariedRuns.of(scenario)
    before, after = VariedRuns.of(reference, own.horizon.end).run(), own.run()
    parts, changes = dict[str, float](), dict[str, float]()
    for name in indicators:
        change = _value(after, name, year) - _value(before, name, year)
        size = float(np.nanmax(np.abs(whole(before[name]))))
        if abs(change) >= NOTICEABLE * size:
            parts[name], changes[name] = abs(change) / size, change
    return {name: changes[name] for name in sorted(parts, key=lambda name: -parts[name])}


def moved_inputs(reference: VariedRuns, other: VariedRuns) -> list[str]:
    """Levers, drivers and parameters whose values differ."""
    pairs = ((reference.tables, other.tables), (reference.constants, other.constants))
    return [name for a, b in pairs for name in a if not np.array_equal(a[name], b[name])]


def _cause(name: str, base: VariedRuns, own: VariedRuns, before: Run, indicator: str, year: int) -> Cause:
    """The run of the reference in which one input is that of the scenario."""
    if name in own.tables:
        after = base.run(tables={name: own.tables[name]})
    else:
        after = base.run(constants={name: own.constants[name]})
    value = _value(after, indicator, year)
    chain = carrying_chain([name], indicator, before, after, year - START)
    return Cause(name, value, value - _value(before, indicator, year), chain)


def _value(run: Run, indicator: str, year: int) -> float:
    return float(whole(run[indicator])[year - START])
