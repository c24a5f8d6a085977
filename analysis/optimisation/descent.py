"""Descent to the best mix near a point: sequential linear programming with exact penalties, and single-lever moves.

The model is smooth in the strengths of the levers but for kinks, and the slopes of cost and targets in all levers come
from one batch of as many runs as there are levers. So each step is a linear programme (minimise the goal plus weighted
misses within a trust region), which goes straight along binding targets and the budget, where a search without slopes
would creep. First years, and levers whose slope is zero where they start to act, are tried one by one in the moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from model.targets import UP

from .evaluation import Evaluator, costs, reached
from .lever_space import LATEST_FIRST, STRENGTH_DECIMALS, Points, joined
from .question import Wanted

HARD_WEIGHT = 1e5
"""Weight of a hard target's miss, by which no gain elsewhere is worth missing one."""
SOFT_WEIGHT = 1e3
"""Weight of the miss of a soft target of weight 1: money decides only between mixes that are as good in the targets."""
COST_SCALE = 1_000.0
BUDGET_WEIGHT = 1e6
MARGIN = 1e-5
"""Targets are aimed at with this margin, as part of the unit of a miss: above the steps of strengths."""
SLOPE_STEP = 0.01
LEAST_GAIN = 1e-6
FIRST_RADIUS, LEAST_RADIUS = 0.5, 0.002
TRIED_PARTS = np.array([1.0, 0.5, 0.2, 0.05, 0.01])
"""Parts of a step that are run together; the best is taken."""


@dataclass(frozen=True)
class Goal:
    """What a descent minimises: misses of `wanted` with weights, cost (times `cost_weight`), and a linear term in the
    strengths; with a cap on the cost. A miss up to `ease` (one number a target, in units of a miss) counts as none."""

    wanted: tuple[Wanted, ...]
    cap: float = np.inf
    cost_weight: float = 1.0
    direction: np.ndarray | None = None
    ease: np.ndarray | float = 0.0
    given_up: tuple[Wanted, ...] = ()
    """Hard targets that nothing keeps: they count as soft, so that none that can be kept is given for them."""

    @property
    def weights(self) -> np.ndarray:
        """Weight of each target's miss."""
        return np.array(
            [HARD_WEIGHT if one.hard and one not in self.given_up else SOFT_WEIGHT * one.weight for one in self.wanted]
        )

    def values(self, runs: Runs) -> np.ndarray:
        """The goal of each mix."""
        total = (
            np.maximum(runs.misses - self.ease + MARGIN, 0.0) @ self.weights
            + self.cost_weight * runs.costs / COST_SCALE
        )
        total = total + BUDGET_WEIGHT * np.maximum(runs.costs - self.cap, 0.0) / COST_SCALE
        return total if self.direction is None else total + runs.points.strengths @ self.direction


@dataclass(frozen=True)
class Runs:
    """Mixes that were run: their costs, and by target how far each falls short of it in units of a miss (negative where
    it is kept)."""

    points: Points
    costs: np.ndarray
    misses: np.ndarray

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, rows: slice | np.ndarray | Sequence[int]) -> Runs:
        return Runs(self.points[rows], self.costs[rows], self.misses[rows])


def joined_runs(parts: Sequence[Runs]) -> Runs:
    """All runs of several sets, in order."""
    return Runs(
        joined([part.points for part in parts]),
        np.concatenate([part.costs for part in parts]),
        np.concatenate([part.misses for part in parts]),
    )


@dataclass
class Descent:
    """Searches from points of a space; everything that is run stays in `archive`."""

    evaluator: Evaluator
    wanted: tuple[Wanted, ...]
    archive: list[Runs] = field(default_factory=list)

    def run(self, points: Points) -> Runs:
        """Run mixes."""
        results = self.evaluator.run(points)
        misses = np.column_stack([_miss(one, reached(results, one.target)) for one in self.wanted])
        runs = Runs(points, costs(results), misses)
        self.archive.append(runs)
        return runs

    def best(self, runs: Runs, goal: Goal) -> Runs:
        """The best of some mixes; the first of equals."""
        at = int(goal.values(self._of(runs, goal)).argmin())
        return runs[at : at + 1]

    def best_within(self, goal: Goal) -> Runs:
        """The best mix of the archive that costs no more than the cap of `goal`; of all where none does. The penalty in
        the goal alone would let a mix that is a trace too dear win over one that is much cheaper."""
        runs = joined_runs(self.archive)
        kept = np.flatnonzero(runs.costs <= goal.cap)
        return self.best(runs[kept] if len(kept) else runs, goal)

    def descend(self, start: Runs, goal: Goal, steps: int = 30) -> Runs:
        """The mix to which linear programmes lead from `start`, with first years as they are."""
        here, radius = start, FIRST_RADIUS
        for _ in range(steps):
            move = self._step(here, goal, radius)
            tried = here.points.strengths + TRIED_PARTS[:, None] * move
            tried = np.clip(np.round(tried, STRENGTH_DECIMALS), 0.0, self.evaluator.space.most)
            runs = self.run(Points(tried, np.repeat(here.points.first_years, len(tried), axis=0)))
            values = goal.values(self._of(runs, goal))
            part = int(values.argmin())
            if values[part] < goal.values(self._of(here, goal))[0] - LEAST_GAIN:
                here = runs[part : part + 1]
                radius = min(radius * 1.5, FIRST_RADIUS) if part == 0 else radius * max(TRIED_PARTS[part], 0.2)
            else:
                radius *= 0.1
            if radius < LEAST_RADIUS:
                break
        return here

    def move_singly(self, here: Runs, goal: Goal) -> Runs:
        """The best mix in which one lever has another first year or another strength; `here` where none is better."""
        tried = _single_moves(here.points, self.evaluator.space.earliest, self.evaluator.space.most)
        return self.best(joined_runs([here, self.run(tried)]), goal)

    def _of(self, runs: Runs, goal: Goal) -> Runs:
        """The runs with the misses of the goal's targets only."""
        if goal.wanted == self.wanted:
            return runs
        columns = [self.wanted.index(one) for one in goal.wanted]
        return Runs(runs.points, runs.costs, runs.misses[:, columns])

    def _step(self, here: Runs, goal: Goal, radius: float) -> np.ndarray:
        """The change of strengths that a linear programme gives."""
        most, strengths = self.evaluator.space.most, here.points.strengths[0]
        count = len(strengths)
        signs = np.where(strengths + SLOPE_STEP <= most, 1.0, -1.0)
        moved = Points(
            strengths + np.eye(count) * signs[:, None] * SLOPE_STEP, np.repeat(here.points.first_years, count, axis=0)
        )
        now, near = self._of(here, goal), self._of(self.run(moved), goal)
        scale = (signs * SLOPE_STEP)[:, None]
        slopes, cost_slopes = (near.misses - now.misses) / scale, (near.costs - now.costs) / scale[:, 0]
        # Variables: change of each strength, slack of each target, slack of the cap.
        capped = np.isfinite(goal.cap)
        direction = np.zeros(count) if goal.direction is None else goal.direction
        price = np.concatenate([goal.cost_weight * cost_slopes / COST_SCALE + direction, goal.weights])
        rows = np.concatenate([slopes.T, -np.eye(len(goal.wanted))], axis=1)
        limits = -now.misses[0] + goal.ease - MARGIN
        if capped:
            price = np.append(price, BUDGET_WEIGHT)
            rows = np.concatenate([rows, np.zeros((len(rows), 1))], axis=1)
            last = np.concatenate([cost_slopes / COST_SCALE, np.zeros(len(goal.wanted)), [-1.0]])
            rows, limits = np.vstack([rows, last]), np.append(limits, (goal.cap - now.costs[0]) / COST_SCALE)
        low, high = np.maximum(-radius, -strengths), np.minimum(radius, most - strengths)
        bounds = [*zip(low, high, strict=True), *[(0.0, None)] * (len(price) - count)]
        found = linprog(price, A_ub=rows, b_ub=limits, bounds=bounds, method="highs")
        return np.zeros(count) if found.x is None else found.x[:count]


def _miss(wanted: Wanted, values: np.ndarray) -> np.ndarray:
    """How far values fall short of a target, in units of a miss; negative where they keep it."""
    number = wanted.target.value
    if number is None:
        raise ValueError(f"target {wanted.target.id} has no number")
    gap = number - values if wanted.target.direction == UP else values - number
    return gap / wanted.unit_of_miss


def _single_moves(point: Points, earliest: int, most: float) -> Points:
    """Mixes that differ from one in a single lever: another first year, or a strength of 0, of the most, or between."""
    tried: list[Points] = []
    count = point.strengths.shape[1]
    for k in range(count):
        strengths = [s for s in np.round(np.linspace(0.0, most, 5), STRENGTH_DECIMALS) if s != point.strengths[0, k]]
        for strength in strengths:
            moved = point.strengths.copy()
            moved[0, k] = strength
            tried.append(Points(moved, point.first_years))
        if point.strengths[0, k] > 0:
            for year in range(earliest, LATEST_FIRST + 1):
                if year != point.first_years[0, k]:
                    years = point.first_years.copy()
                    years[0, k] = year
                    tried.append(Points(point.strengths, years))
    return joined(tried)
