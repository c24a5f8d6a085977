"""Why hard targets are missed: out of reach by themselves, or in conflict with another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.targets import UP

from .descent import Descent, Goal, Runs, joined_runs
from .phases import Step, nothing
from .question import Wanted

STEPS = 12
MOST_MOVES = 2


@dataclass(frozen=True)
class OutOfReach:
    """A hard target that no mix of the levers keeps, whatever it costs, and the best number that was reached."""

    wanted: Wanted
    best: float


@dataclass(frozen=True)
class Conflict:
    """Two hard targets, each of which can be kept, but not both: what `second` reaches at best while `first` holds."""

    first: Wanted
    second: Wanted
    best: float


def unreachable(descent: Descent, free: Runs, step: Step = nothing) -> tuple[OutOfReach, ...]:
    """The hard targets that the mix `free` misses and that no mix keeps."""
    found: list[OutOfReach] = []
    for one in (one for k, one in enumerate(descent.wanted) if one.hard and free.misses[0, k] > 0):
        miss = _least_miss(descent, (one,))
        if miss > 0:
            found.append(OutOfReach(one, _number(one, miss)))
        step()
    return tuple(found)


def conflicting(descent: Descent, free: Runs, given_up: tuple[Wanted, ...]) -> tuple[Conflict, ...]:
    """The pairs that keep the mix `free` from hard targets which can be kept, other than those `given_up`."""
    hard = [one for one in descent.wanted if one.hard and one not in given_up]
    missed = [one for one in hard if free.misses[0, descent.wanted.index(one)] > 0]
    found: list[Conflict] = []
    for one in missed:
        for other in hard:
            known = any(one in (each.first, each.second) and other in (each.first, each.second) for each in found)
            if other != one and not known:
                miss = _least_miss(descent, (other, one))
                if miss > 0:
                    found.append(Conflict(other, one, _number(one, miss)))
    return tuple(found)


def _least_miss(descent: Descent, wanted: tuple[Wanted, ...]) -> float:
    """The least miss of the last of some targets while the others are kept: 0 where all can be kept together."""
    columns = [descent.wanted.index(one) for one in wanted]

    def best() -> tuple[float, Runs]:
        runs = joined_runs(descent.archive)
        misses = np.maximum(runs.misses[:, columns], 0.0)
        # The others come first: a miss of theirs counts far more.
        at = int((misses[:, -1] + 1e3 * misses[:, :-1].sum(axis=1)).argmin())
        return float(misses[at].max()), runs[at : at + 1]

    miss, start = best()
    goal = Goal(wanted)
    for _ in range(MOST_MOVES):
        if miss <= 0:
            return 0.0
        descent.descend(descent.move_singly(start, goal), goal, STEPS)
        miss, start = best()
    return miss


def _number(wanted: Wanted, miss: float) -> float:
    """The number of the indicator at a miss."""
    gap = miss * wanted.unit_of_miss
    number = float(wanted.target.value or 0.0)
    return number - gap if wanted.target.direction == UP else number + gap
