"""The targets against two runs: the present settings and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.targets import NO_VALUE, NOT_DUE, NOT_MODELLED, PER_CENT, UP, Lookup, Score, Target, scoreboard
from views.display_units import POINTS, display_unit, goal, quantity
from views.language import Locale

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


def status_of(score: Score) -> str:
    """How a target stands in a run: one of `STATUSES`."""
    if score.status.met is None:
        return score.status.reason
    return MET if score.status.met else MISSED


def filtered(all_pairs: Sequence[Pair], scopes: Sequence[str] = (), statuses: Sequence[str] = ()) -> list[Pair]:
    """Targets of any of the scopes that stand as named at the present settings; what is empty does not choose."""
    return [
        pair
        for pair in all_pairs
        if (not scopes or pair.target.scope in scopes) and (not statuses or status_of(pair.now) in statuses)
    ]


def summary(found: Sequence[Pair], locale: Locale) -> str:
    """How many targets stand how at the present settings."""
    counts = {status: sum(status_of(pair.now) == status for pair in found) for status in STATUSES}
    return locale.translate("document.score", all=len(found), **counts)


def status_text(score: Score, locale: Locale) -> str:
    """How a target stands in words, with a sign that does not depend on colour."""
    status, target = status_of(score), score.target
    if status != MISSED:
        return locale.translate(f"status.{status}")
    unit = POINTS if target.unit == PER_CENT else target.unit
    return locale.translate("status.missed", gap=quantity(score.status.missed_by or 0.0, unit, locale))


def goal_text(target: Target, locale: Locale) -> str:
    """What is asked for: a number with its direction, or words."""
    if target.value is None:
        return locale.text(target.words or "")
    sign = "≥" if target.direction == UP else "≤"
    return f"{sign} {goal(target.value, target.unit, locale)}"


def reached_number(target: Target, value: float, locale: Locale) -> str:
    """What a run reaches, in the unit of the goal and with at least as many decimals."""
    shown = display_unit(target.unit, locale, value if target.value is None else target.value)
    text = shown.number(value)
    if target.value is None:
        return text
    fine = [len(figure.partition(".")[2]) for figure in (text, shown.exact(target.value))]
    return shown.number(value, digits=max(fine))


def reached_text(score: Score, locale: Locale) -> str:
    """The value of a run."""
    return "–" if score.reached is None else reached_number(score.target, score.reached, locale)


def remark(target: Target, locale: Locale) -> str:
    """Why the model has no such figure, and what is to be known about the target."""
    remarks = [locale.text(texts) for texts in (target.not_modelled, target.note) if texts]
    return locale.sentences(remarks)


def score_rows(found: Sequence[Pair], locale: Locale) -> pd.DataFrame:
    """The scoreboard for reading: goal, and value and status in both runs."""
    rows = [
        (
            locale.text(pair.target.label),
            locale.translate(f"document.scope_{pair.target.scope}"),
            pair.target.year,
            goal_text(pair.target, locale),
            reached_text(pair.now, locale),
            status_text(pair.now, locale),
            reached_text(pair.ghost, locale),
            status_text(pair.ghost, locale),
            remark(pair.target, locale),
        )
        for pair in found
    ]
    keys = (
        "document.target",
        "document.scope",
        "table.year",
        "document.goal",
        "document.now",
        "document.now_status",
        "document.ghost",
        "document.ghost_status",
        "document.remark",
    )
    return pd.DataFrame(rows, columns=[locale.translate(key) for key in keys])


def score_file(found: Sequence[Pair], locale: Locale) -> pd.DataFrame:
    """The scoreboard for download: numbers as numbers, with unit, grade and source."""
    rows = []
    for pair in found:
        target = pair.target
        numbers = [
            entry
            for score in (pair.now, pair.ghost)
            for entry in (score.reached, locale.translate(f"document.{status_of(score)}"), score.status.missed_by)
        ]
        rows.append(
            (
                target.id,
                locale.text(target.label),
                locale.translate(f"document.scope_{target.scope}"),
                target.indicator,
                target.sector,
                target.year,
                "≥" if target.direction == UP else "≤",
                target.value,
                locale.text(target.words or ""),
                locale.unit(target.unit or ""),
                *numbers,
                remark(target, locale),
                target.grade,
                target.source,
            )
        )
    keys = (
        "document.id",
        "document.target",
        "document.scope",
        "table.indicator",
        "table.sector",
        "table.year",
        "document.direction",
        "document.goal",
        "document.words",
        "table.unit",
        "document.now",
        "document.now_status",
        "document.now_gap",
        "document.ghost",
        "document.ghost_status",
        "document.ghost_gap",
        "document.remark",
        "document.grade",
        "table.source",
    )
    return pd.DataFrame(rows, columns=[locale.translate(key) for key in keys])
