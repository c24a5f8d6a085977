"""The targets against two runs: the present settings and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.targets import NO_VALUE, NOT_DUE, NOT_MODELLED, PER_CENT, UP, Lookup, Score, Target, scoreboard
from views.display_units import POINTS, display_unit, goal, quantity
from views.language import Translate
from views.language import unit as unit_name

from .simulation import Result

MET, MISSED = "met", "missed"
STATUSES = (MET, MISSED, NOT_DUE, NOT_MODELLED, NO_VALUE)
"""How a target can stand in a run."""


@dataclass(frozen=True)
class Pair:
    """One target with its score in the present settings and as happened."""

    now: Score
    ghost: Score

    @property
    def target(self) -> Target:
        """The target of both scores."""
        return self.now.target


def lookup(result: Result) -> Lookup:
    """How the scoreboard reads a run of the app; what the app does not compute has no value."""

    def value(indicator: str, sector: str, year: int) -> float | None:
        array = result.values.get(indicator)
        if array is None or not result.years[0] <= year <= result.years[-1]:
            return None
        found = result.at(year, indicator, sector if array.ndim > 1 else None)
        return found if np.isfinite(found) else None

    return value


def pairs(now: Result, ghost: Result) -> list[Pair]:
    """All targets with their scores in both runs."""
    both = (scoreboard(lookup(result), int(result.years[-1])) for result in (now, ghost))
    return [Pair(*scores) for scores in zip(*both, strict=True)]


def standing(score: Score) -> str:
    """How a target stands in a run: one of `STATUSES`."""
    if score.status.met is None:
        return score.status.reason
    return MET if score.status.met else MISSED


def chosen(all_pairs: Sequence[Pair], scopes: Sequence[str] = (), statuses: Sequence[str] = ()) -> list[Pair]:
    """Targets of any of the scopes that stand as named at the present settings; what is empty does not choose."""
    return [
        pair
        for pair in all_pairs
        if (not scopes or pair.target.scope in scopes) and (not statuses or standing(pair.now) in statuses)
    ]


def summary(found: Sequence[Pair], t: Translate) -> str:
    """How many targets stand how at the present settings."""
    counts = {status: sum(standing(pair.now) == status for pair in found) for status in STATUSES}
    return t("document.score", all=len(found), **counts)


def status_text(score: Score, t: Translate, language: str) -> str:
    """How a target stands in words, with a sign that does not depend on colour."""
    status, target = standing(score), score.target
    if status != MISSED:
        return t(f"status.{status}")
    unit = POINTS if target.unit == PER_CENT else target.unit
    return t("status.missed", gap=quantity(score.status.missed_by, unit, language))


def goal_text(target: Target, language: str) -> str:
    """What is asked for: a number with its direction, or words."""
    if target.value is None:
        return (target.words or {}).get(language, "")
    sign = "≥" if target.direction == UP else "≤"
    return f"{sign} {goal(target.value, target.unit, language)}"


def reached_number(target: Target, value: float, language: str) -> str:
    """What a run reaches, in the unit of the goal and with at least as many decimals."""
    shown = display_unit(target.unit, language, value if target.value is None else target.value)
    text = shown.number(value)
    if target.value is None:
        return text
    fine = [len(figure.partition(".")[2]) for figure in (text, shown.exact(target.value))]
    return shown.number(value, digits=max(fine))


def reached_text(score: Score, language: str) -> str:
    """The value of a run."""
    return "–" if score.reached is None else reached_number(score.target, score.reached, language)


def remark(target: Target, language: str) -> str:
    """Why the model has no such figure, and what is to be known about the target."""
    told = [texts[language] for texts in (target.not_modelled, target.note) if texts]
    return ("" if language == "zh" else " ").join(told)


def score_rows(found: Sequence[Pair], t: Translate, language: str) -> pd.DataFrame:
    """The scoreboard for reading: goal, and value and status in both runs."""
    rows = [
        (
            getattr(pair.target, language), t(f"document.scope_{pair.target.scope}"), pair.target.year,
            goal_text(pair.target, language),
            reached_text(pair.now, language), status_text(pair.now, t, language),
            reached_text(pair.ghost, language), status_text(pair.ghost, t, language),
            remark(pair.target, language),
        )
        for pair in found
    ]  # fmt: skip
    keys = ("document.target", "document.scope", "table.year", "document.goal", "document.now", "document.now_status",
            "document.ghost", "document.ghost_status", "document.remark")  # fmt: skip
    return pd.DataFrame(rows, columns=[t(key) for key in keys])


def score_file(found: Sequence[Pair], t: Translate, language: str) -> pd.DataFrame:
    """The scoreboard for taking away: numbers as numbers, with unit, grade and source."""
    rows = []
    for pair in found:
        target = pair.target
        numbers = [
            entry
            for score in (pair.now, pair.ghost)
            for entry in (score.reached, t(f"document.{standing(score)}"), score.status.missed_by)
        ]
        rows.append(
            (
                target.id, getattr(target, language), t(f"document.scope_{target.scope}"), target.indicator,
                target.sector, target.year, "≥" if target.direction == UP else "≤", target.value,
                (target.words or {}).get(language, ""), unit_name(target.unit or "", language), *numbers,
                remark(target, language), target.grade, target.source,
            )
        )  # fmt: skip
    keys = ("document.id", "document.target", "document.scope", "table.indicator", "table.sector", "table.year",
            "document.direction", "document.goal", "document.words", "table.unit", "document.now",
            "document.now_status", "document.now_gap", "document.ghost", "document.ghost_status", "document.ghost_gap",
            "document.remark", "document.grade", "table.source")  # fmt: skip
    return pd.DataFrame(rows, columns=[t(key) for key in keys])
