"""Targets: what was promised, and whether a run keeps it."""

from __future__ import annotations

import functools
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


@functools.cache
def targets() -> tuple[Target, ...]:
    """All targets, the document's own first."""
    return tuple(Target(**entry) for entry in load_yaml(FOLDER / "targets.yaml"))
