"""Descents of several mixes at once, each along the slopes of its own weighted sum of goals.

A generation of a genetic search takes many runs to creep down a slope that differences of a few runs show. So the
frontier begins with these descents, one for each of some weights, all in the same batches.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .descent import FIRST_RADIUS, LEAST_RADIUS, SLOPE_STEP, TRIED_PARTS
from .lever_space import STRENGTH_DECIMALS, Points

MOST_WEIGHTS = 16
"""Descents at a time."""
LEAST_WEIGHT = 0.01
"""Of a goal that a descent does not aim at: of two mixes that are as good otherwise the better one is taken."""
Run = Callable[[Points], np.ndarray]
"""Runs mixes and returns their goals (members, goals), of all of which less is better."""


def spread_weights(goals: int) -> np.ndarray:
    """Weights (descents, goals) that add up to 1, spread evenly, at most `MOST_WEIGHTS` of them where that is possible.

    Needs the extra [search].
    """
    from pymoo.util.ref_dirs import get_reference_directions

    parts = 1
    while len(get_reference_directions("das-dennis", goals, n_partitions=parts + 1)) <= MOST_WEIGHTS:
        parts += 1
    weights = np.maximum(get_reference_directions("das-dennis", goals, n_partitions=parts), LEAST_WEIGHT)
    return weights / weights.sum(axis=1, keepdims=True)


def descend(run: Run, start: Points, goals: np.ndarray, scales: np.ndarray, most: float, runs: int) -> None:
    """Go down from the best of the mixes `start` with their `goals`, once for each of several weights.

    `scales` (goals,) is what counts as 1 of each goal, `most` the largest strength; at most `runs` runs are made, which
    `run` keeps. First years stay as they are.
    """
    weights = spread_weights(goals.shape[1]) / scales
    count = start.strengths.shape[1]
    here = (weights @ goals.T).argmin(axis=1)
    strengths, years, now = start.strengths[here], start.first_years[here], goals[here]
    values, radius = (weights * now).sum(axis=1), np.full(len(weights), FIRST_RADIUS)
    going = np.ones(len(weights), dtype=bool)
    while going.any() and going.sum() * (count + len(TRIED_PARTS)) <= runs:
        rows = np.flatnonzero(going)
        runs -= len(rows) * (count + len(TRIED_PARTS))
        slopes = _slopes(run, strengths[rows], years[rows], weights[rows], values[rows], most)
        step = -np.sign(slopes) * radius[rows, None]
        tried = strengths[rows, None] + TRIED_PARTS[:, None] * step[:, None]
        tried = np.clip(np.round(tried, STRENGTH_DECIMALS), 0.0, most)
        reached = run(Points(tried.reshape(-1, count), np.repeat(years[rows], len(TRIED_PARTS), axis=0)))
        sums = (reached.reshape(len(rows), len(TRIED_PARTS), -1) * weights[rows, None]).sum(axis=2)
        part = sums.argmin(axis=1)
        best = sums[np.arange(len(rows)), part]
        better = best < values[rows]
        strengths[rows[better]] = tried[better, part[better]]
        values[rows[better]] = best[better]
        radius[rows] *= np.where(better, np.where(part == 0, 1.0, TRIED_PARTS[part]), TRIED_PARTS[-1] * 2)
        going = radius >= LEAST_RADIUS


def _slopes(
    run: Run, strengths: np.ndarray, years: np.ndarray, weights: np.ndarray, values: np.ndarray, most: float
) -> np.ndarray:
    """Slopes (descents, levers) of the weighted sums; 0 where a strength cannot go on in the direction of descent."""
    descents, count = strengths.shape
    signs = np.where(strengths + SLOPE_STEP <= most, 1.0, -1.0)
    moved = strengths[:, None] + np.eye(count) * signs[:, None] * SLOPE_STEP
    goals = run(Points(moved.reshape(-1, count), np.repeat(years, count, axis=0)))
    sums = (goals.reshape(descents, count, -1) * weights[:, None]).sum(axis=2)
    return (sums - values[:, None]) / (signs * SLOPE_STEP)
