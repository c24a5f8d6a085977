"""Findings and frontiers as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from model.inputs import levers

from .records import lever_rows, score_rows

if TYPE_CHECKING:
    from .findings import Answer, Finding
    from .frontier import Frontier

NAMED_SCENARIOS = ("no_document", "as_happened", "document_implemented", "high_ambition")
"""Shipped scenarios that are shown beside the chosen points of a front."""


def score_table(answer: Answer) -> pd.DataFrame:
    """The scoreboard of a mix, with the names of the targets."""
    names = [{"zh": line.wanted.target.zh, "en": line.wanted.target.en} for line in answer.lines]
    rows = score_rows(answer)
    return pd.DataFrame([{"target": row["target"], **name, **row} for name, row in zip(names, rows, strict=True)])


def lever_table(answer: Answer) -> pd.DataFrame:
    """The levers that move in a mix, with their names."""
    rows = [
        {"lever": row["lever"], "zh": levers()[name].zh, "en": levers()[name].en, **row}
        for name, row in zip(answer.strengths, lever_rows(answer), strict=True)
    ]
    return pd.DataFrame(rows, columns=["lever", "zh", "en", "strength", "first_year"])


def mix_table(finding: Finding) -> pd.DataFrame:
    """A row for the answer and for each alternative: mix, cost (亿元, 2016-2025), distance from the answer, number of
    targets met, and the strength of every lever that moves in any of them."""
    mixes = (finding.answer, *finding.alternatives)
    moving = [name for name in levers() if any(name in mix.strengths for mix in mixes)]
    return pd.DataFrame(
        [
            {
                "mix": mix.scenario.name,
                "cost": mix.cost,
                "distance": mix.distance,
                "met": sum(line.met for line in mix.lines),
                **{name: mix.strengths.get(name, 0.0) for name in moving},
            }
            for mix in mixes
        ]
    )


def obstacle_table(finding: Finding) -> pd.DataFrame:
    """Why hard targets are missed: target, wanted, the best that was reached, and the target that has to be kept for it
    to be out of reach ("" where it is out of reach by itself)."""
    found = [(each.wanted, each.best, "") for each in finding.out_of_reach]
    found += [(each.second, each.best, each.first.target.id) for each in finding.conflicts]
    rows = [(one.target.id, one.target.requirement(), best, while_kept) for one, best, while_kept in found]
    return pd.DataFrame(rows, columns=["target", "wanted", "best", "while_kept"])


def chosen_table(found: Frontier) -> pd.DataFrame:
    """The chosen points of a front and some shipped scenarios, with their objectives."""
    points = [(name, point.outcomes) for name, point in found.chosen().items()]
    beside = [(name, found.scenarios[name]) for name in NAMED_SCENARIOS]
    return pd.DataFrame(
        [{"mix": name, **{one: outcomes[one] for one in found.objectives}} for name, outcomes in points + beside]
    )


def front_table(found: Frontier) -> pd.DataFrame:
    """A row a point: its number and name, all outcomes, and strength and first year of every lever."""
    return pd.DataFrame(
        [
            {"point": k, "scenario": point.name, **point.outcomes}
            | {f"strength:{name}": value for name, value in point.strengths.items()}
            | {f"first_year:{name}": value for name, value in point.first_years.items()}
            for k, point in enumerate(found.points)
        ]
    )
