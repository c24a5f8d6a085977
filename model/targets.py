"""Targets: what was promised, and whether a run keeps it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from .inputs import FOLDER, load_yaml

UP = "up"


@dataclass(frozen=True)
class Target:
    """A quantified target: `indicator` of `sector` in `year` at least (up) or at most (down) `value`."""

    id: str
    indicator: str
    sector: str
    year: int
    value: float
    direction: str
    unit: str
    scope: str
    grade: str
    zh: str
    en: str
    source: str

    def missed_by(self, result: float) -> float:
        """How far `result` falls short of the target, 0 when it is met."""
        gap = self.value - result if self.direction == UP else result - self.value
        return max(gap, 0.0)


@dataclass(frozen=True)
class Score:
    """A target, what a run gives for it, whether it is met, and by how much it is missed."""

    target: Target
    result: float
    met: bool
    missed_by: float


@functools.cache
def targets() -> tuple[Target, ...]:
    """All targets, the document's own first."""
    return tuple(Target(**entry) for entry in load_yaml(FOLDER / "targets.yaml"))


def scoreboard(value_of: Mapping[tuple[str, str, int], float]) -> list[Score]:
    """Score the targets for which `value_of` has (indicator, sector, year)."""
    scores = []
    for target in targets():
        key = (target.indicator, target.sector, target.year)
        if key in value_of:
            missed = target.missed_by(value_of[key])
            scores.append(Score(target, value_of[key], missed == 0.0, missed))
    return scores
