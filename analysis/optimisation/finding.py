"""Find: the cheapest mix that keeps chosen targets, others that do as well, and what cannot be had and why.

The order of wishes is fixed: hard targets first, then soft ones by weight, then money. The search runs from several
starts to the best mix without a budget, and from there along a ladder of falling costs down to the base. The answer for
a budget is the best of all runs that cost no more. As these runs are the same for every budget, a larger budget never
gives a worse answer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np

from model.engine.progress import Progress, ignored
from model.inputs import POLICY_START
from model.scenario import Scenario, shipped_scenarios

from .alternatives import DIRECTIONS_EACH, alternatives_to
from .conflicts import Conflict, OutOfReach, conflicting, unreachable
from .descent import Descent, Goal, Runs, joined_runs
from .evaluation import Evaluator
from .findings import Finding, answer_of
from .lever_space import STRONGEST, LeverSpace, Points, joined
from .phases import Step, Steps, nothing
from .question import Wanted
from .reserve import found_with_chance

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
QUICK_STEPS = 8
"""Steps of the descent to a first mix within a budget."""


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
    chance: float | None = None,
) -> Finding:
    """Find the cheapest mix on top of `base` that keeps `wanted`; `budget` caps its public cost, 2016-2025, in 亿元.

    `levers` (default: all) may move from the year `earliest` on, up to the strength `most` (1: the document). The same
    arguments give the same answer whatever the threads. `progress` is called with parts that are done and all parts.
    With a `chance` (0.5 to 0.99) hard targets are aimed at with a reserve, so that each holds in that part of the draws
    of the calibration, as far as they vary it. Raises ValueError for arguments that are not allowed.
    """
    arguments = (base, wanted, budget, levers, earliest, most, alternatives, seed, threads, progress, chance)
    *_, last = found_in_stages(*arguments)
    return last


def found_in_stages(
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
    chance: float | None = None,
) -> Iterator[Finding]:
    """What `find` returns, after each stage of the search: a first answer, a refined one, one with what is in the way,
    and the finished one. Only the last is `finished`; those before may still become better, or cheaper."""
    if chance is not None:

        def search(aims: Sequence[Wanted], others: bool, part: Progress) -> Iterator[Finding]:
            count = alternatives if others else 0
            return found_in_stages(base, aims, budget, levers, earliest, most, count, seed, threads, part)

        return found_with_chance(search, wanted, chance, alternatives > 0, progress)
    if not wanted:
        raise ValueError("no target is given")
    if budget is not None and not 0 < budget < float("inf"):
        raise ValueError(f"{budget:g} is no budget; allowed: a number above 0, in 亿元")
    if alternatives < 0:
        raise ValueError(f"{alternatives} alternatives cannot be found; allowed: 0 or more")
    space = LeverSpace(base, levers, earliest, most)
    evaluator = Evaluator(space, [str(one.target.indicator) for one in wanted], threads)
    rungs = 0 if budget is None else LADDER
    hard = sum(one.hard for one in wanted)
    steps = Steps(progress, (DESCENTS, ROUNDS, hard, rungs, 1, DIRECTIONS_EACH * alternatives))
    return _Search(Descent(evaluator, tuple(wanted)), budget, alternatives, seed, steps).stages()


class _Search:
    """One search; `free` is the best mix without a budget, `chosen` the answer so far."""

    def __init__(self, descent: Descent, budget: float | None, alternatives: int, seed: int, steps: Steps):
        self._descent, self._budget, self._alternatives, self._seed = descent, budget, alternatives, seed
        self._cap = np.inf if budget is None else budget
        self._steps = steps
        self._goal = Goal(descent.wanted, direction=np.full(len(descent.evaluator.space.names), EFFORT))
        self._base_cost = float(descent.run(descent.evaluator.space.point(0.0)).costs[0])
        self._out_of_reach: tuple[OutOfReach, ...] = ()
        self._conflicts: tuple[Conflict, ...] = ()

    def stages(self) -> Iterator[Finding]:
        """Search, and give the finding after each stage."""
        descent, steps = self._descent, self._steps
        free = _first_descents(descent, self._goal, self._seed, steps)
        yield self._finding(free, self._quickly_capped(free))
        free = _refined(descent, free, self._goal, ROUNDS, steps.step)
        steps.end_phase()
        free = self._without_what_is_out_of_reach(free)
        steps.end_phase()
        yield self._finding(free, self._quickly_capped(free))
        chosen = free
        if self._budget is not None:
            _down_the_ladder(descent, free, self._goal, steps.step)
            chosen = descent.best_within(dataclasses.replace(self._goal, cap=self._cap))
        steps.end_phase()
        self._conflicts = conflicting(descent, free, self._goal.given_up)
        steps.end_phase()
        yield self._finding(free, chosen)
        others = self._others(chosen)
        steps.end_phase()
        yield self._finding(free, chosen, others, finished=True)

    def _without_what_is_out_of_reach(self, free: Runs) -> Runs:
        """`free` after targets that nothing keeps count as soft, and no money goes into their last traces."""
        descent = self._descent
        self._out_of_reach = unreachable(descent, free, self._steps.step)
        if self._out_of_reach:
            given_up = tuple(each.wanted for each in self._out_of_reach)
            self._goal = dataclasses.replace(self._goal, given_up=given_up)
            free = _refined(descent, descent.best(joined_runs(descent.archive), self._goal), self._goal, ROUNDS)
        self._goal = dataclasses.replace(self._goal, ease=_ease(free))
        return _refined(descent, free, self._goal, ROUNDS) if np.any(self._goal.ease) else free

    def _quickly_capped(self, free: Runs) -> Runs:
        """A mix within the budget for the stages before the ladder. Its runs stay out of the archive, which must be the
        same for every budget."""
        if self._budget is None or free.costs[0] <= self._cap:
            return free
        aside = Descent(self._descent.evaluator, self._descent.wanted, list(self._descent.archive))
        capped = dataclasses.replace(self._goal, cap=self._cap)
        aside.descend(aside.best_within(capped), capped, QUICK_STEPS)
        return aside.best_within(capped)

    def _others(self, chosen: Runs) -> list[Runs]:
        """Alternatives to the answer, where it keeps the budget."""
        if not self._alternatives or chosen.costs[0] > self._cap:
            return []
        cap = min(self._cap, (1 + SLACK) * float(chosen.costs[0]))
        return alternatives_to(self._descent, chosen, cap, self._alternatives, self._seed, self._steps.step)

    def _finding(self, free: Runs, chosen: Runs, others: Sequence[Runs] = (), finished: bool = False) -> Finding:
        descent = self._descent
        return Finding(
            answer=answer_of(descent, chosen, chosen),
            budget=self._budget,
            within_budget=bool(chosen.costs[0] <= self._cap),
            without_budget=float(free.costs[0]),
            base_cost=self._base_cost,
            alternatives=tuple(answer_of(descent, other, chosen, k + 1) for k, other in enumerate(others)),
            out_of_reach=self._out_of_reach,
            conflicts=self._conflicts,
            evaluations=descent.evaluator.evaluations,
            finished=finished,
        )


def _ease(free: Runs) -> np.ndarray:
    """For targets that even the best mix misses: what it misses them by and `NEAR` more, so that no money is spent on
    the last traces of what cannot be had; 0 for the others."""
    missed = free.misses[0]
    return np.where(missed > 0, missed + NEAR, 0.0)


def _first_descents(descent: Descent, goal: Goal, seed: int, steps: Steps) -> Runs:
    """The best of the mixes to which descents from several starts lead."""
    space, random = descent.evaluator.space, np.random.default_rng(seed)
    named = [space.nearest(scenario) for scenario in shipped_scenarios().values()]
    ends = [space.point(strength) for strength in np.linspace(0.0, space.most, 9)]
    drawn = space.random(RANDOM_STARTS, random)
    at_once = Points(drawn.strengths, np.full_like(drawn.first_years, space.earliest))
    starts = descent.run(joined([*ends, *named, at_once]))
    order = np.argsort(goal.values(starts), kind="stable")[: DESCENTS - 1]
    begun = []
    for k in dict.fromkeys([int(k) for k in order] + [0]):
        begun.append(descent.descend(starts[k : k + 1], goal))
        steps.step()
    steps.end_phase()
    return descent.best(joined_runs(begun), goal)


def _refined(descent: Descent, here: Runs, goal: Goal, rounds: int, step: Step = nothing) -> Runs:
    """`here` after moves of single levers and descents in turn, until neither helps."""
    for _ in range(rounds):
        moved = descent.move_singly(here, goal)
        new = descent.descend(moved, goal)
        step()
        if goal.values(here)[0] - goal.values(new)[0] < 1e-3:
            return new
        here = new
    return here


def _down_the_ladder(descent: Descent, free: Runs, goal: Goal, step: Step) -> None:
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
        step()


def _between(descent: Descent, upper: Runs, lower: Runs) -> None:
    """Run mixes with strengths between those of two, with the first years of either."""
    part = np.linspace(0.0, 1.0, BETWEEN + 2)[1:-1, None]
    strengths = np.round(upper.points.strengths * (1 - part) + lower.points.strengths * part, 3)
    for years in (upper.points.first_years, lower.points.first_years):
        descent.run(Points(strengths, np.repeat(years, BETWEEN, axis=0)))
