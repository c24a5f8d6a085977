"""Which uncertain numbers decide a result, or the effect of the plan on it: stored indices in words and as a table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.answers import asked, files
from analysis.varying_numbers import evidence_of
from views.display_units import DisplayUnit
from views.language import Locale

from .answer_texts import calibrated_text, inside_sentence, number_name, percent, prior_text, result_unit, whole
from .policy_choices import median_of

SHARES, SCREENING = "shares", "screening"
METHODS = {SHARES: "saltelli", SCREENING: "morris"}
"""What can be asked, with the method that answers it."""
TOP = 3
"""Numbers that the sentence names."""
DRAWN = 12
"""Numbers that the chart shows."""
TENTH = 0.1
ONE_WAY = 0.9
"""Part of the mean absolute change that the mean change has at least where a number moves the result one way."""
UP, DOWN, EITHER = "up", "down", "either"
WAYS = (UP, DOWN, EITHER)


@dataclass(frozen=True)
class Decisive:
    """What decides one result. `table` has a row for each number, the most influential first: number, name, grade,
    source, and shares of the variance (first, total, each with `_confidence`) or changes in `unit` (mu_star with
    `_confidence`, mu, sigma, and `way`, one of `WAYS`). `mean` and `deviation` are in `unit` and its difference."""

    indicator: str
    year: int
    measure: str
    method: str
    unit: DisplayUnit
    spread_unit: DisplayUnit
    mean: float
    deviation: float
    points: int
    table: pd.DataFrame


def decisive(indicator: str, year: int, measure: str, method: str, locale: Locale) -> Decisive:
    """The stored answer. Raises a `NoAnswerError` where there is none."""
    found = files.answer(files.SENSITIVITY, indicator=indicator, year=year, measure=measure, method=METHODS[method])
    size = abs(found["mean"])
    unit = result_unit(found["unit"], size, measure == asked.DIFFERENCE, locale)
    table = files.table_of(found["table"])
    moved = found["deviation"] if method == SHARES else float(table["mu_star"].max())
    spread_unit = result_unit(found["unit"], moved, True, locale)
    table.insert(1, "name", [number_name(number, locale) for number in table["number"]])
    table.insert(2, "grade", [evidence_of(number)[0] for number in table["number"]])
    table["source"] = [evidence_of(number)[1] for number in table["number"]]
    if method == SCREENING:
        columns = ["mu_star", "mu_star_confidence", "mu", "sigma"]
        table[columns] *= spread_unit.scaled(1.0)
        table["way"] = [_way(row.mu, row.mu_star) for row in table.itertuples()]
    mean, deviation = unit.scaled(found["mean"]), spread_unit.scaled(found["deviation"])
    return Decisive(indicator, year, measure, method, unit, spread_unit, mean, deviation, found["points"], table)


def _way(mean: float, mean_size: float) -> str:
    if abs(mean) < ONE_WAY * mean_size:
        return EITHER
    return UP if mean > 0 else DOWN


def title(shown: Decisive, locale: Locale) -> str:
    """What is asked, as a heading."""
    key = f"answers.decides_{shown.method}_{shown.measure}"
    return locale.translate(key, name=inside_sentence(shown.indicator, locale), year=shown.year)


def sentence(shown: Decisive, locale: Locale) -> str:
    """The answer in two sentences."""
    return _shares_sentence(shown, locale) if shown.method == SHARES else _screening_sentence(shown, locale)


def _shares_sentence(shown: Decisive, locale: Locale) -> str:
    rows = shown.table.head(TOP).to_dict("records")
    named = locale.enumeration(
        locale.translate(
            "answers.number_share",
            name=row["name"],
            share=percent(row["total"], locale),
            error=percent(row["total_confidence"], locale),
        )
        for row in rows
    )
    first, second = rows[:2]
    clear = first["total"] - first["total_confidence"] > second["total"] + second["total_confidence"]
    alone = min(float(shown.table["first"].clip(lower=0).sum()), 1.0)
    return locale.sentences(
        [
            locale.translate("answers.shares", count=len(shown.table), named=named),
            locale.translate("answers.first_is_clear" if clear else "answers.first_is_close"),
            locale.translate("answers.alone_together", alone=percent(alone, locale), rest=percent(1 - alone, locale)),
        ]
    )


def _screening_sentence(shown: Decisive, locale: Locale) -> str:
    table, unit = shown.table, shown.spread_unit
    named = locale.enumeration(
        locale.translate("answers.number_move", name=row.name, move=unit.with_unit(unit.figure(row.mu_star)))
        for row in table[["name", "mu_star"]].head(TOP).itertuples(index=False)
    )
    many = int((table["mu_star"] > TENTH * table["mu_star"].max()).sum())
    return locale.translate("answers.screening", count=len(table), named=named, many=many, tenth=percent(TENTH, locale))


def spread_text(shown: Decisive, locale: Locale) -> str:
    """How far the runs spread, and where the calibrated model is, which the observations narrow."""
    unit, spread = shown.unit, shown.spread_unit
    text = locale.translate(
        f"answers.spread_{shown.measure}",
        mean=unit.with_unit(unit.figure(shown.mean, sign=shown.measure == asked.DIFFERENCE)),
        deviation=spread.with_unit(spread.figure(shown.deviation)),
        points=whole(shown.points, locale),
    )
    if shown.measure == asked.DIFFERENCE:
        return text
    median = unit.scaled(median_of(shown.indicator, shown.year, asked.WHOLE))
    told = locale.translate("answers.calibrated_median", median=unit.with_unit(unit.figure(median)))
    return locale.sentences([text, told])


def rows(shown: Decisive, locale: Locale) -> pd.DataFrame:
    """The table for people: every number with its evidence."""
    t, table = locale.translate, shown.table
    columns: dict[str, object] = {
        t("evidence.number"): table["name"],
        t("evidence.grade"): table["grade"],
    }
    if shown.method == SHARES:
        for name, words in (("first", t("answers.first")), ("total", t("answers.total_share"))):
            columns[words] = (100 * table[name]).round(1) + 0.0
            columns[t("answers.half_interval", name=words)] = (100 * table[f"{name}_confidence"]).round(1)
    else:
        for name in ("mu_star", "mu_star_confidence", "mu", "sigma"):
            columns[shown.spread_unit.named(t(f"answers.{name}"))] = table[name]
    columns |= {
        t("evidence.prior"): [prior_text(number) for number in table["number"]],
        t("answers.calibrated"): [calibrated_text(number) for number in table["number"]],
        "id": table["number"],
        t("table.source"): table["source"],
    }
    return pd.DataFrame(columns)


def command(shown: Decisive) -> str:
    """The command that gives the same."""
    design = asked.DESIGNS[asked.PRIORS if shown.method == SHARES else asked.SCREENED]
    policies = (
        f"--policy {asked.WHOLE}" if shown.measure == asked.LEVEL else f"--difference {asked.WHOLE} {asked.REFERENCE}"
    )
    return f"hebei2025 sensitivity {design} --indicator {shown.indicator} --year {shown.year} {policies}"
