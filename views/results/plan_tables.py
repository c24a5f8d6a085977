"""The goals of the plan as a table for download: numbers as numbers, with unit, grade and source."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from model.targets import UP
from views.language import Locale

from .plan_draws import RUNS, Spread
from .plan_goals import Finding
from .plan_sentences import fact, sentences
from .scoreboard import remark


def goal_file(findings: Sequence[Finding], locale: Locale) -> pd.DataFrame:
    """One row a goal; intervals are of 90 %, and missing where the draws say nothing about the goal."""
    return pd.DataFrame([_row(finding, locale) for finding in findings])


def _row(finding: Finding, locale: Locale) -> dict[str, object]:
    target, point, t = finding.target, finding.observed, locale.translate
    row: dict[str, object] = {
        t("document.id"): target.id,
        t("document.target"): locale.text(target.label),
        t("document.scope"): t(f"document.scope_{target.scope}"),
        t("table.indicator"): target.indicator,
        t("table.sector"): target.sector,
        t("table.year"): target.year,
        t("document.direction"): "≥" if target.direction == UP else "≤",
        t("document.goal"): target.value,
        t("table.unit"): locale.unit(target.unit),
        t("plan.observed"): None if point is None else point.value,
        t("plan.observed_year"): None if point is None else point.year,
        t("plan.observed_grade"): None if point is None else point.grade,
        t("plan.observed_source"): None if point is None else point.source,
        t("plan.fact"): t(f"plan.fact_word_{fact(finding)}"),
    }
    quantified = finding.is_quantified
    for run in RUNS:
        name, reached = t(f"plan.run_{run}"), None if finding.reached is None else finding.reached[run]
        known = reached if quantified else None
        row[name] = finding.value(run)
        row[t("plan.column_low", name=name)] = None if known is None else known.low
        row[t("plan.column_high", name=name)] = None if known is None else known.high
        row[t("plan.column_chance", name=name)] = None if known is None else known.probability
    differences = {"made": finding.actual - finding.without, "left": finding.full - finding.actual}
    for key, spread in (("made", finding.made), ("left", finding.left)):
        row |= _difference_columns(t(f"plan.{key}"), differences[key], spread if quantified else None, locale)
    row[t("plan.sentence")] = sentences(finding, locale)
    row[t("document.remark")] = remark(target, locale)
    row[t("document.grade")] = target.grade
    row[t("table.source")] = target.source
    return row


def _difference_columns(name: str, value: float, spread: Spread | None, locale: Locale) -> dict[str, object]:
    low, high = locale.translate("plan.column_low", name=name), locale.translate("plan.column_high", name=name)
    return {name: value, low: None if spread is None else spread.low, high: None if spread is None else spread.high}
