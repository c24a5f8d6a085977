"""Comparisons in one run: contestants take turns, round after round, so that a busy machine disturbs all of them."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .report import quartiles, spread

Costs = dict[str, list["Cost"]]
"""The costs of each contestant, by round."""


@dataclass(frozen=True)
class Cost:
    """What one repeat took: seconds of all processors together, seconds by the clock, peak memory in MB."""

    cpu: float
    wall: float
    memory: float = math.nan


@dataclass
class Results:
    """All that was measured: costs by what was done and who did it, in the order of measurement."""

    costs: dict[str, Costs] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    sizes: dict[str, dict[str, int]] = field(default_factory=dict)
    """Bytes of installed packages, by engine and package."""

    def compare(self, what: str, contestants: Mapping[str, Callable[[], Cost]], rounds: int) -> None:
        """Let the contestants take turns; every other round in reverse order. The costs count as those of `what`."""
        print(f"{what}: {', '.join(contestants)}", file=sys.stderr, flush=True)
        costs = self.costs.setdefault(what, {})
        for k in range(rounds):
            for name in list(contestants)[:: -1 if k % 2 else 1]:
                costs.setdefault(name, []).append(contestants[name]())

    def values(self, what: str, who: str, quantity: str) -> list[float]:
        """One quantity of all rounds; empty where it was not measured."""
        return [getattr(cost, quantity) for cost in self.costs.get(what, {}).get(who, [])]

    def median(self, what: str, who: str, quantity: str) -> float:
        """The median of a quantity; NaN where it was not measured."""
        values = self.values(what, who, quantity)
        return quartiles(values)[1] if values else math.nan

    def ratios(self, what: str, other: str, who: str, quantity: str) -> list[float]:
        """How many times as much the `other` took as `who`, round by round."""
        pairs = zip(self.values(what, other, quantity), self.values(what, who, quantity), strict=False)
        return [of_other / of_who for of_other, of_who in pairs]


def ratio_text(ratios: Sequence[float]) -> str:
    """Median of ratios with quartiles; a dash where there are none."""
    if not ratios:
        return "–"
    low, middle, high = quartiles(ratios)
    digits = 1 if middle < 100 else 0
    return f"{middle:,.{digits}f} [{low:,.{digits}f}-{high:,.{digits}f}]"


def absolute_rows(results: Results) -> Iterable[tuple[str, str, str, str, str]]:
    """For each thing done and each contestant: what, who, processor time, time by the clock, peak memory."""
    for what, costs in results.costs.items():
        for who in costs:
            times = [_time_text(results.values(what, who, quantity)) for quantity in ("cpu", "wall")]
            memory = results.median(what, who, "memory")
            yield what, who, *times, "" if math.isnan(memory) else f"{memory:,.0f} MB"


def _time_text(seconds: Sequence[float]) -> str:
    if quartiles(seconds)[1] < 1e-3:
        return spread(seconds, 1e6, "µs")
    return spread(seconds) if quartiles(seconds)[1] < 1 else spread(seconds, 1, "s")
