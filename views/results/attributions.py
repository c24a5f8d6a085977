"""What of a change was policy: the stored attribution of what happened, in words and as a table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.answers import asked, files
from analysis.group_wedges import DRIVERS, INTERACTION, MOMENTUM, WHOLE, groups
from model.system import system
from views.display_units import DisplayUnit, difference
from views.language import Locale

from .answer_texts import indicator_name, percent, result_unit
from .observed import observed

CONVENTION = 0.5
"""Part of the larger of a part alone and as the last by which both differ at least where its share is a convention."""
WEIGHTY = 0.05
"""Part of all shares that a part has at least where that is worth saying."""


@dataclass(frozen=True)
class Attribution:
    """The split of a change. `table` has a row for each part in the order of the chart (momentum, drivers, then groups
    of levers, the largest first) and columns part, name, share, share_p5, share_p95, alone, alone_p5, alone_p95, last,
    in `unit`; `whole` and `interaction` are rows of the same kind."""

    indicator: str
    first: int
    year: int
    draws: int
    unit: DisplayUnit
    table: pd.DataFrame
    whole: pd.Series
    interaction: pd.Series

    @property
    def levers(self) -> float:
        """What all groups of levers make together."""
        return float(self.table.loc[self.table["part"].isin(groups()), "share"].sum())

    @property
    def conventions(self) -> pd.DataFrame:
        """The weighty parts whose share is a convention, because alone and as the last they are far apart."""
        table = self.table.dropna(subset=["last"])
        sizes = table[["alone", "last"]].abs().max(axis=1)
        apart = (table["alone"] - table["last"]).abs() > CONVENTION * sizes
        return table[apart & (table["share"].abs() > WEIGHTY * self.table["share"].abs().sum())]


def attribution(indicator: str, year: int, locale: Locale) -> Attribution:
    """The stored answer. Raises a `NoAnswerError` where there is none."""
    found = files.answer(files.ATTRIBUTION, indicator=indicator, year=year)
    table = files.table_of(found["table"])
    numbers = [name for name in table if name != "part"]
    unit = result_unit(found["unit"], float(table["share"].abs().max()), True, locale)
    table[numbers] *= unit.scaled(1.0)
    table.insert(1, "name", [part_name(part, locale) for part in table["part"]])
    rows = table.set_index("part", drop=False)
    order = sorted(groups(), key=lambda group: -abs(rows.at[group, "share"]))
    parts = rows.loc[[MOMENTUM, DRIVERS, *order]].reset_index(drop=True)
    return Attribution(
        indicator, found["first"], year, found["draws"], unit, parts, rows.loc[WHOLE], rows.loc[INTERACTION]
    )


def part_name(part: str, locale: Locale) -> str:
    """Name of a row: momentum, drivers, a group of levers, the interaction, or the whole."""
    return locale.translate(f"group.{part}" if part in groups() else f"answers.part_{part}")


def title(shown: Attribution, locale: Locale) -> str:
    """What is asked, as a heading."""
    name = indicator_name(shown.indicator, locale)
    return locale.translate("answers.policy_heading", name=name, first=shown.first, year=shown.year)


def figure(shown: Attribution, value: float) -> str:
    """A part of a change, with its sign and without its unit."""
    return shown.unit.figure(value, sign=True)


def band_text(shown: Attribution, row: pd.Series, reading: str, locale: Locale) -> str:
    """The mean of a part, with its band."""
    low, high = (figure(shown, row[f"{reading}_{end}"]) for end in ("p5", "p95"))
    return locale.translate("answers.with_band", value=figure(shown, row[reading]), low=low, high=high)


def sentence(shown: Attribution, locale: Locale) -> str:
    """The answer: the change, what made it, and the weightiest group of measures."""
    t, table = locale.translate, shown.table.set_index("part")
    largest = shown.table[shown.table["part"].isin(groups())].iloc[0]
    unit = shown.unit.text
    parts = [
        t(
            "answers.change",
            name=indicator_name(shown.indicator, locale),
            first=shown.first,
            year=shown.year,
            whole=band_text(shown, shown.whole, "share", locale),
            unit=unit,
            levers=figure(shown, shown.levers),
            drivers=figure(shown, table.at[DRIVERS, "share"]),
            momentum=figure(shown, table.at[MOMENTUM, "share"]),
        ),
        t("answers.largest_group", name=largest["name"], share=band_text(shown, largest, "share", locale)),
        observed_text(shown, locale),
    ]
    return locale.sentences(filter(None, parts))


def observed_text(shown: Attribution, locale: Locale) -> str:
    """What the indicator changed by in observations, with their grades; empty where a year has none."""
    base, entry = asked.base_of(shown.indicator)
    variable = system().variables[base]
    points = {point.year: point for point in observed(base, entry or variable.belongs_to)}
    if shown.first not in points or shown.year not in points:
        return ""
    before, after = points[shown.first], points[shown.year]
    grades = locale.enumeration(dict.fromkeys((before.grade, after.grade)))
    change = difference(after.value - before.value, variable.unit, locale)
    return locale.translate("answers.observed_change", change=change, grades=grades)


def convention_text(shown: Attribution, locale: Locale) -> str:
    """Which shares are conventions, and how much acts together only."""
    t = locale.translate
    told = [
        t("answers.apart", name=row["name"], alone=figure(shown, row["alone"]), last=figure(shown, row["last"]))
        for _, row in shown.conventions.iterrows()
    ]
    rest = t("answers.interaction_is", value=figure(shown, shown.interaction["alone"]), unit=shown.unit.text)
    first = t("answers.conventions", parts=locale.clauses(told)) if told else t("answers.no_conventions")
    return locale.sentences([first, rest])


def rows(shown: Attribution, locale: Locale) -> pd.DataFrame:
    """The table for people."""
    t, unit = locale.translate, shown.unit
    table = pd.concat([shown.table, pd.DataFrame([shown.interaction, shown.whole])], ignore_index=True)
    columns: dict[str, object] = {t("plan.part"): table["name"]}
    for reading in ("share", "alone"):
        name = t(f"answers.{reading}")
        columns[unit.named(name)] = table[reading]
        for end, share in (("p5", 0.05), ("p95", 0.95)):
            columns[t("answers.end_of", name=name, end=percent(share, locale))] = table[f"{reading}_{end}"]
    columns[unit.named(t("answers.last"))] = table["last"]
    return pd.DataFrame(columns)


def command(shown: Attribution) -> str:
    """The command that gives the same."""
    return f"hebei2025 attribute --indicator {shown.indicator} --year {shown.year} --from {shown.first}"
