"""Questions about the targets that the documentation answers, and their answers as rows of one table."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.tradeoffs import COST
from model.engine import Text
from model.inputs import levers
from model.scenario import shipped_scenarios

from .evaluation import Evaluator, costs, reached
from .finding import find
from .findings import Finding
from .frontier import DEFAULT_OBJECTIVES, frontier
from .lever_space import DOCUMENT, STRONGEST, LeverSpace, Points
from .question import read_wanted
from .tables import NAMED_SCENARIOS

BASE = "no_document"
CAP = "output_cap"
"""The order to cut crude steel: it costs the public purse nothing, and the document does not ask for it."""
COLUMNS = ("question", "kind", "item", "wanted", "value", "year", "met")
FRONTS = {
    "front_range": (STRONGEST, True),
    "front_document": (DOCUMENT, False),
}
"""Frontiers: the largest strength, and whether the order to cut crude steel may be used."""


@dataclass(frozen=True)
class Question:
    """A question: groups of targets, whether the order to cut crude steel may be used, the largest strength, and the
    part of the extra cost of the answer to `halves` that may be spent."""

    name: str
    title: Text
    targets: tuple[str, ...] = ("document",)
    capped_output: bool = False
    most: float = STRONGEST
    halves: str = ""

    @property
    def en(self) -> str:
        """The English title."""
        return self.title.en


QUESTIONS = (
    Question("all", Text("全部措施都可用", "every lever"), capped_output=True),
    Question("no_cap", Text("不压减粗钢", "no order to cut crude steel")),
    Question(
        "half",
        Text("不压减粗钢，新增支出减半", "no order to cut crude steel, half of the extra cost"),
        halves="no_cap",
    ),
    Question(
        "document",
        Text("不压减粗钢，力度不超过《实施意见》", "no order to cut crude steel, nothing beyond the document"),
        most=DOCUMENT,
    ),
    Question(
        "everybody",
        Text("文件、省、国家的全部目标", "all targets of document, province and nation"),
        targets=("document", "hebei_plan", "national"),
        capped_output=True,
    ),
)


@functools.cache
def found(question: Question) -> Finding:
    """The answer to a question, without alternatives."""
    budget = None
    if question.halves:
        whole = found(next(each for each in QUESTIONS if each.name == question.halves))
        budget = (whole.base_cost + whole.answer.cost) / 2
    names = [name for name in levers() if question.capped_output or name != CAP]
    wanted = read_wanted(question.targets)
    return find(shipped_scenarios()[BASE], wanted, budget, names, most=question.most, alternatives=0)


def answer_rows(question: Question) -> pd.DataFrame:
    """The answer as rows: cost, scoreboard, levers, what is out of reach, pairs in conflict, and for each lever what
    cost and targets would be without it."""
    finding = found(question)
    answer = finding.answer
    rows: list[tuple] = [("cost", "answer", "", answer.cost, "", ""), ("cost", "base", "", finding.base_cost, "", "")]
    if finding.budget is not None:
        rows.append(("cost", "budget", "", finding.budget, "", ""))
    for line in answer.lines:
        target = line.wanted.target
        rows.append(("score", target.id, target.requirement(), line.reached, target.year, line.met))
    rows += [("lever", name, "", value, answer.first_years[name], "") for name, value in answer.strengths.items()]
    rows += [("out_of_reach", each.wanted.target.id, "", each.best, "", "") for each in finding.out_of_reach]
    rows += [("conflict", each.first.target.id, each.second.target.id, each.best, "", "") for each in finding.conflicts]
    rows += _without(finding)
    return pd.DataFrame([(question.name, *row) for row in rows], columns=COLUMNS)


def frontier_rows() -> pd.DataFrame:
    """The chosen points of each frontier, the number of its points, and named scenarios with the same drivers."""
    rows: list[tuple] = []
    for name, (most, capped) in FRONTS.items():
        chosen = [lever for lever in levers() if capped or lever != CAP]
        front = frontier(shipped_scenarios()[BASE], levers=chosen, most=most)
        rows.append((name, "size", "points", "", len(front.points), "", ""))
        rows.append((name, "size", "runs", "", front.evaluations, "", ""))
        shown = {mix: point.outcomes for mix, point in front.chosen().items()} | {
            n: front.scenarios[n] for n in NAMED_SCENARIOS
        }
        for mix, outcomes in shown.items():
            rows += [(name, "outcome", mix, objective, outcomes[objective], "", "") for objective in DEFAULT_OBJECTIVES]
        rows += [
            (name, "on_front", point.name, "", point.outcomes[COST], "", "") for point in front.points if point.name
        ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _without(finding: Finding) -> list[tuple]:
    """For each lever of an answer the cost without it, and as `wanted` the targets that are missed then only."""
    answer = finding.answer
    names = tuple(answer.strengths)
    if not names:
        return []
    space = LeverSpace(shipped_scenarios()[BASE], names)
    strengths = np.array(list(answer.strengths.values()))
    years = np.array(list(answer.first_years.values()))
    mixes = Points(strengths * (1 - np.eye(len(names))), np.repeat(years[None], len(names), axis=0))
    results = Evaluator(space, [str(line.wanted.target.indicator) for line in answer.lines]).run(mixes)
    cost, rows = costs(results), []
    for k, name in enumerate(names):
        missed = [
            line.wanted.target.id
            for line in answer.lines
            if line.met and line.wanted.target.missed_by(float(reached(results, line.wanted.target)[k])) > 0
        ]
        rows.append(("without", name, " ".join(missed), float(cost[k]), "", ""))
    return rows
