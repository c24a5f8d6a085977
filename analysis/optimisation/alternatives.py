"""Mixes that do as well as an answer at nearly its cost and differ from it, and from one another, as much as possible
(modelling to generate alternatives)."""

from __future__ import annotations

import dataclasses

import numpy as np

from .descent import MARGIN, Descent, Goal, Runs, joined_runs
from .phases import Step, nothing
from .question import Wanted

DIRECTIONS_EACH = 3
"""Directions that are tried for every alternative wanted."""
STEPS = 10
LEAST_DISTANCE = 0.01
"""Mean difference of strengths, as a part of their range, below which a mix is no other one."""


def alternatives_to(
    descent: Descent, chosen: Runs, cap: float, count: int, seed: int, step: Step = nothing
) -> list[Runs]:
    """Up to `count` mixes that cost no more than `cap` and keep or miss every target as `chosen` does, no worse.

    Descents go from `chosen` in directions away from it, each lever weaker or stronger by lot; of all mixes they find,
    those are taken that lie farthest from what is taken already.
    """
    keeping = Descent(descent.evaluator, tuple(_as_reached(one, chosen, k) for k, one in enumerate(descent.wanted)))
    random, levers = np.random.default_rng(seed), chosen.points.strengths.shape[1]
    here, half = chosen.points.strengths[0], descent.evaluator.space.most / 2
    away = np.where(here > half, 1.0, -1.0)
    start = keeping.run(chosen.points)
    for k in range(DIRECTIONS_EACH * count):
        direction = away if k == 0 else np.where(random.random(levers) < 0.5, 1.0, -1.0)
        keeping.descend(start, Goal(keeping.wanted, cap, 0.0, direction), STEPS)
        step()
    runs = joined_runs(keeping.archive)
    good = np.flatnonzero((runs.misses <= 0).all(axis=1) & (runs.costs <= cap))
    least = LEAST_DISTANCE * descent.evaluator.space.most
    return [runs[k : k + 1] for k in _farthest(runs.points.strengths, good, here, count, least)]


def _as_reached(wanted: Wanted, chosen: Runs, column: int) -> Wanted:
    """The target as a hard one, with the number that `chosen` reaches where it misses it."""
    missed = float(chosen.misses[0, column])
    if missed <= 0:
        return dataclasses.replace(wanted, hard=True)
    number = float(wanted.target.value or 0.0)
    gap = (missed + MARGIN) * wanted.unit_of_miss
    eased = number - gap if wanted.target.direction == "up" else number + gap
    return Wanted(dataclasses.replace(wanted.target, value=eased))


def _farthest(strengths: np.ndarray, rows: np.ndarray, start: np.ndarray, count: int, least: float) -> list[int]:
    """Rows that are taken one by one, each the farthest from the start and from those before, and `least` away."""
    taken: list[int] = []
    nearest = np.abs(strengths[rows] - start).mean(axis=1)
    for _ in range(min(count, len(rows))):
        best = int(nearest.argmax())
        if nearest[best] < least:
            break
        taken.append(int(rows[best]))
        nearest = np.minimum(nearest, np.abs(strengths[rows] - strengths[rows[best]]).mean(axis=1))
    return taken
