"""What a search finds: mixes with their scoreboards, and what stands in the way of the targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from model.engine import Text
from model.run import simulate
from model.scenario import Scenario
from model.targets import scoreboard

from .conflicts import Conflict, OutOfReach
from .descent import Descent, Runs
from .evaluation import COST
from .question import Wanted
from .summaries import finding_html
from .tables import lever_table, mix_table, obstacle_table, score_table

if TYPE_CHECKING:
    import pandas as pd


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

    `without_budget` is what the best mix would cost without a budget, `base_cost` what the base costs. One that is not
    `finished` comes from a stage of the search. Where a `chance` was asked for, `chances` are the parts of the draws in
    which targets hold, by id (those that the draws vary), and `aims` the numbers aimed at where they have a reserve.
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
    finished: bool = True
    chance: float | None = None
    chances: Mapping[str, float] = field(default_factory=dict)
    aims: Mapping[str, float] = field(default_factory=dict)

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


def answer_of(descent: Descent, runs: Runs, chosen: Runs, number: int = 0) -> Answer:
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
