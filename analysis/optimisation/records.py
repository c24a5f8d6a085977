"""Findings as plain records, for files and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .findings import Answer, Finding


def finding_record(finding: Finding) -> dict[str, object]:
    """Everything that was found, as plain data; costs in 亿元, 2016-2025."""
    return {
        "cost": finding.answer.cost,
        "budget": finding.budget,
        "within_budget": finding.within_budget,
        "cost_without_budget": finding.without_budget,
        "cost_of_base": finding.base_cost,
        "keeps_hard_targets": finding.answer.keeps_hard,
        "scoreboard": score_rows(finding.answer),
        "levers": lever_rows(finding.answer),
        "alternatives": [
            {
                "cost": other.cost,
                "distance": other.distance,
                "scoreboard": score_rows(other),
                "levers": lever_rows(other),
            }
            for other in finding.alternatives
        ],
        "out_of_reach": [{"target": each.wanted.target.id, "best": each.best} for each in finding.out_of_reach],
        "conflicts": [
            {"kept": each.first.target.id, "missed": each.second.target.id, "best": each.best}
            for each in finding.conflicts
        ],
        "evaluations": finding.evaluations,
        "chance": finding.chance,
        "chances": dict(finding.chances),
        "aims": dict(finding.aims),
    }


def score_rows(answer: Answer) -> list[dict[str, object]]:
    """The scoreboard of a mix."""
    return [
        {
            "target": line.wanted.target.id,
            "year": line.wanted.target.year,
            "hard": line.wanted.hard,
            "weight": line.wanted.weight,
            "wanted": line.wanted.target.requirement(),
            "reached": line.reached,
            "met": line.met,
        }
        for line in answer.lines
    ]


def lever_rows(answer: Answer) -> list[dict[str, object]]:
    """The levers that move in a mix, with strength and first year."""
    return [
        {"lever": name, "strength": strength, "first_year": answer.first_years[name]}
        for name, strength in answer.strengths.items()
    ]
