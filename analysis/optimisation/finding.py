"""Find: the cheapest mix that keeps chosen targets, others that do as well, and what cannot be had and why.

The order of wishes is fixed: hard targets first, then soft ones by weight, then money. The search runs from several
starts to the best mix without a budget, and from there along a ladder of falling costs down to the base. The answer for
a budget is the best of all runs that cost no more. As these runs are the same for every budget, a larger budget never
gives a worse answer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.engine import Text
from model.engine.progress import Progress, ignored
from model.inputs import POLICY_START
from model.run import simulate
from model.scenario import Scenario, shipped_scenarios
from model.targets import scoreboard

from .alternatives import alternatives_to
from .conflicts import Conflict, OutOfReach, conflicting, unreachable
from .descent import Descent, Goal, Runs, joined_runs
from .evaluation import COST, Evaluator
from .lever_space import STRONGEST, LeverSpace, Points, joined
from .question import Wanted
from .summaries import finding_html
from .tables import lever_table, mix_table, obstacle_table, score_table

if TYPE_CHECKING:
    import pandas as pd

RANDOM_STARTS, DESCENTS, ROUNDS = 96, 3, 6
LADDER = 20
"""Levels of cost between the mix without a budget and the base."""
BETWEEN = 24
"""Mixes on the straight line between the mixes of two levels."""
SLACK = 0.05
"""How much more than the answer an alternative may cost, as a part."""
EFFORT = 1e-3
"""Weight of a strength of 1: a lever moves that far only for a gain worth 1 亿元, so that none moves for nothing."""
NEAR = 1e-3
"""A target that cannot be kept is approached to within this part of its number of the best that is reached."""
DEFAULT_ALTERNATIVES = 5


@dataclass(frozen=True)
class Line:
    """A line of the scoreboard: what is wanted, the number reached, and whether that keeps the target."""

    wanted: Wanted
    reached: float
    met: bool


@dataclass(frozen=True)
class Answer:
    """A mix: its scenario, public cost from 2016 to 2025 (亿元), scoreboard, strengths and first years of the levers
    that move, and its distance from the answer (mean difference of strengths, as a part of their range)."""

    scenario: Scenario
    cost: float
    lines: tuple[Line, ...]
    strengths: Mapping[str, float]
    first_years: Mapping[str, int]
    distance: float = 0.0

    @property
    def keeps_hard(self) -> bool:
        """Whether it keeps every hard target."""
        return all(line.met for line in self.lines if line.wanted.hard)

    @property
    def scoreboard(self) -> pd.DataFrame:
        """A row a target: target, zh, en, year, hard, weight, wanted, reached, met."""
        return score_table(self)

    @property
    def levers(self) -> pd.DataFrame:
        """A row a lever that moves: lever, zh, en, strength, first_year."""
        return lever_table(self)


@dataclass(frozen=True)
class Finding:
    """The answer to a question; where it misses hard targets, `out_of_reach` and `conflicts` say why.

    `without_budget` is what the best mix would cost without a budget, `base_cost` what the base costs.
    """

    answer: Answer
    budget: float | None
    within_budget: bool
    without_budget: float
    base_cost: float
    alternatives: tuple[Answer, ...]
    out_of_reach: tuple[OutOfReach, ...]
    conflicts: tuple[Conflict, ...]
    evaluations: int

    @property
    def needs_money(self) -> bool:
        """Whether the budget keeps the answer from what the best mix without one reaches."""
        return self.budget is not None and self.without_budget > self.budget

    @property
    def scoreboard(self) -> pd.DataFrame:
        """The scoreboard of the answer."""
        return self.answer.scoreboard

    @property
    def levers(self) -> pd.DataFrame:
        """The levers of the answer."""
        return self.answer.levers

    @property
    def mixes(self) -> pd.DataFrame:
        """A row for the answer and each alternative: mix, cost, distance, met, and strengths by lever."""
        return mix_table(self)

    @property
    def obstacles(self) -> pd.DataFrame:
        """Why hard targets are missed: target, wanted, best, while_kept ("": out of reach by itself)."""
        return obstacle_table(self)

    def _repr_html_(self) -> str:
        return finding_html(self)


def find(
    base: Scenario,
    wanted: Sequence[Wanted],
    budget: float | None = None,
    levers: Sequence[str] | None = None,
    earliest: int = POLICY_START,
    most: float = STRONGEST,
    alternatives: int = DEFAULT_ALTERNATIVES,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress = ignored,
) -> Finding:
    """Find the cheapest mix on top of `base` that keeps `wanted`; `budget` caps its public cost, 2016-2025, in 亿元.

    `levers` (default: all) may move from the year `earliest` on, up to the strength `most` (1: the document). The same
    arguments give the same answer whatever the threads. `progress` is called with parts that are done and all parts.
    Raises ValueError for arguments that are not allowed.
    """
    if not wanted:
        raise ValueError("no target is given")
    if budget is not None and not 0 < budget < float("inf"):
        raise ValueError(f"{budget:g} is no budget; allowed: a number above 0, in 亿元")
    if alternatives < 0:
        raise ValueError(f"{alternatives} alternatives cannot be found; allowed: 0 or more")
    space = LeverSpace(base, levers, earliest, most)
    evaluator = Evaluator(space, [str(one.target.indicator) for one in wanted], threads)
    descent = Descent(evaluator, tuple(wanted))
    steps = _Steps(progress, 3)
    effort = np.full(len(space.names), EFFORT)
    free = _without_budget(descent, Goal(descent.wanted, direction=effort), seed)
    out_of_reach = unreachable(descent, free)
    goal = Goal(descent.wanted, direction=effort, given_up=tuple(each.wanted for each in out_of_reach))
    if out_of_reach:
        free = _refined(descent, descent.best(joined_runs(descent.archive), goal), goal, ROUNDS)
    goal = dataclasses.replace(goal, ease=_ease(free))
    if np.any(goal.ease):
        free = _refined(descent, free, goal, ROUNDS)
    steps.done()
    chosen, cap = free, np.inf
    if budget is not None:
        cap = budget
        _down_the_ladder(descent, free, goal)
        chosen = descent.best(joined_runs(descent.archive), dataclasses.replace(goal, cap=cap))
    base_cost = float(descent.run(space.point(0.0)).costs[0])
    steps.done()
    conflicts = conflicting(descent, free, goal.given_up)
    within = bool(chosen.costs[0] <= cap)
    others = _alternatives(descent, chosen, cap, alternatives, seed) if within else []
    steps.done()
    return Finding(
        _answer(descent, chosen, chosen),
        budget,
        within,
        float(free.costs[0]),
        base_cost,
        tuple(_answer(descent, other, chosen, k + 1) for k, other in enumerate(others)),
        out_of_reach,
        conflicts,
        evaluator.evaluations,
    )


def _ease(free: Runs) -> np.ndarray:
    """For targets that even the best mix misses: what it misses them by and `NEAR` more, so that no money is spent on
    the last traces of what cannot be had; 0 for the others."""
    missed = free.misses[0]
    return np.where(missed > 0, missed + NEAR, 0.0)


class _Steps:
    """Counts parts of the work for `progress`."""

    def __init__(self, progress: Progress, total: int):
        self._progress, self._total, self._done = progress, total, 0
        progress(0, total)

    def done(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)


def _without_budget(descent: Descent, goal: Goal, seed: int) -> Runs:
    """The best mix from several starts."""
    space, random = descent.evaluator.space, np.random.default_rng(seed)
    named = [space.nearest(scenario) for scenario in shipped_scenarios().values()]
    ends = [space.point(strength) for strength in np.linspace(0.0, space.most, 9)]
    drawn = space.random(RANDOM_STARTS, random)
    at_once = Points(drawn.strengths, np.full_like(drawn.first_years, space.earliest))
    starts = descent.run(joined([*ends, *named, at_once]))
    order = np.argsort(goal.values(starts), kind="stable")[: DESCENTS - 1]
    begun = [descent.descend(starts[k : k + 1], goal) for k in dict.fromkeys([int(k) for k in order] + [0])]
    here = descent.best(joined_runs(begun), goal)
    return _refined(descent, here, goal, ROUNDS)


def _refined(descent: Descent, here: Runs, goal: Goal, rounds: int) -> Runs:
    """`here` after moves of single levers and descents in turn, until neither helps."""
    for _ in range(rounds):
        moved = descent.move_singly(here, goal)
        new = descent.descend(moved, goal)
        if goal.values(here)[0] - goal.values(new)[0] < 1e-3:
            return new
        here = new
    return here


def _down_the_ladder(descent: Descent, free: Runs, goal: Goal) -> None:
    """Run mixes for caps between the cost of `free` and the least cost; they stay in the archive."""
    space = descent.evaluator.space
    cheapest = descent.descend(descent.run(space.point(0.0)), Goal((), cap=-np.inf))
    bottom = float(cheapest.costs[0])
    here = free
    for level in range(LADDER - 1, -1, -1):
        cap = bottom + (float(free.costs[0]) - bottom) * level / LADDER
        capped = dataclasses.replace(goal, cap=cap)
        lower = descent.descend(here, capped) if level else cheapest
        if level > 0 and level % 2 == 0:
            lower = _refined(descent, lower, capped, 1)
        _between(descent, here, lower)
        here = lower


def _between(descent: Descent, upper: Runs, lower: Runs) -> None:
    """Run mixes with strengths between those of two, with the first years of either."""
    part = np.linspace(0.0, 1.0, BETWEEN + 2)[1:-1, None]
    strengths = np.round(upper.points.strengths * (1 - part) + lower.points.strengths * part, 3)
    for years in (upper.points.first_years, lower.points.first_years):
        descent.run(Points(strengths, np.repeat(years, BETWEEN, axis=0)))


def _alternatives(descent: Descent, chosen: Runs, cap: float, count: int, seed: int) -> list[Runs]:
    if not count:
        return []
    return alternatives_to(descent, chosen, min(cap, (1 + SLACK) * float(chosen.costs[0])), count, seed)


def _answer(descent: Descent, runs: Runs, chosen: Runs, number: int = 0) -> Answer:
    """The mix as a scenario, with the scoreboard of its own run."""
    space = descent.evaluator.space
    zh, en = ("最省措施组合", "Cheapest mix") if not number else (f"相近成本组合{number}", f"Near-optimal mix {number}")
    scenario = space.base.model_copy(
        update={
            "title": Text(zh, en),
            "description": "",
            "extends": None,
            "levers": space.scenario_levers(runs.points),
            "name": f"alternative_{number}" if number else "found",
        }
    )
    indicators = dict.fromkeys(str(one.target.indicator) for one in descent.wanted)
    run = simulate(scenario, outputs=(*indicators, *(() if COST in indicators else (COST,))))
    values = {score.target.id: score.reached for score in scoreboard(run)}
    moving = runs.points.strengths[0] > 0
    names = [name for name, moves in zip(space.names, moving, strict=True) if moves]
    difference = np.abs(runs.points.strengths - chosen.points.strengths).mean() / space.most
    return Answer(
        scenario,
        float(runs.costs[0]),
        tuple(_line(one, values[one.target.id]) for one in descent.wanted),
        dict(zip(names, runs.points.strengths[0][moving].tolist(), strict=True)),
        dict(zip(names, runs.points.first_years[0][moving].tolist(), strict=True)),
        float(difference),
    )


def _line(wanted: Wanted, value: float | None) -> Line:
    if value is None:
        raise ValueError(f"target {wanted.target.id} has no value in a run to 2025")
    return Line(wanted, value, wanted.target.missed_by(value) == 0)
