"""Mixes that a search has found, as tables with names: targets, measures, outcomes, and mixes side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.optimisation.findings import Answer, Finding, Line
from analysis.optimisation.frontier import Frontier
from analysis.tradeoffs import OUTCOMES
from model.inputs import POLICY_START, levers
from model.run import simulate
from model.scenario import Scenario
from views.display_units import quantity
from views.language import Locale

from .cache import ResultCache, scenario_key
from .mixes import MOST, lever_name, money, outcome_name, outcome_unit, scale_of
from .scoreboard import goal_text, reached_number
from .uncertainty_texts import chance_text

COST = "public_cost"
LEAST_COST = 0.05
"""亿元 below which a measure costs nothing."""
NOTABLE_COST = 1.0
"""亿元 from which the cost of a measure that stays is listed."""
_costs: ResultCache[dict[str, float]] = ResultCache(4 * MOST)


def money_text(value: float, locale: Locale) -> str:
    """Public cost (亿元) with its unit."""
    return quantity(value, "亿元", locale)


def score_table(lines: Sequence[Line], chances: Mapping[str, float] | None, locale: Locale) -> pd.DataFrame:
    """The targets that were asked for: goal, what the mix reaches, whether that keeps it, and how sure that is."""
    kinds = [locale.translate("find.must" if line.wanted.hard else "find.wish") for line in lines]
    columns = {
        "document.target": [locale.text(line.wanted.target.label) for line in lines],
        "table.year": [line.wanted.target.year for line in lines],
        **({} if all(line.wanted.hard for line in lines) else {"find.kind": kinds}),
        "document.goal": [goal_text(line.wanted.target, locale) for line in lines],
        "find.reached": [reached_number(line.wanted.target, line.reached, locale) for line in lines],
        "find.kept": [locale.translate("status.met" if line.met else "document.missed") for line in lines],
    }
    if chances is not None:
        known = [chances.get(line.wanted.target.id) for line in lines]
        columns["uncertainty.probability"] = ["" if each is None else chance_text(each, locale) for each in known]
    return pd.DataFrame({locale.translate(key): values for key, values in columns.items()})


def lever_table(
    strengths: Mapping[str, float], first_years: Mapping[str, int], mix: Scenario, base: Scenario, locale: Locale
) -> pd.DataFrame:
    """The measures that a mix moves, and those whose cost the others change; the dearest first, then the strongest:
    strength, first year, and public cost from 2016 to 2025 beyond that of the start."""
    after, before = costs_by_lever(mix), costs_by_lever(base)
    extra = {name: after[name] - before[name] for name in levers()}
    moved = {name: value for name, value in strengths.items() if value > 0}
    shown = [name for name in levers() if name in moved or abs(extra[name]) >= NOTABLE_COST]
    names = sorted(shown, key=lambda name: (-round(extra[name], 1), -moved.get(name, 0.0)))
    unit = money(locale)
    return pd.DataFrame(
        {
            locale.translate("tradeoffs.lever"): [lever_name(name, locale) for name in names],
            locale.translate("find.strength"): [moved.get(name, 0.0) for name in names],
            locale.translate("find.first_year"): [first_years[name] if name in moved else None for name in names],
            locale.translate("find.extra_cost", unit=unit.text): [
                unit.scaled(extra[name]) if abs(extra[name]) >= LEAST_COST else 0.0 for name in names
            ],
        }
    )


def costs_by_lever(scenario: Scenario) -> dict[str, float]:
    """Public cost of each lever from 2016 to 2025 in a scenario, 亿元."""

    def compute() -> dict[str, float]:
        run = simulate(scenario, outputs=(COST,))
        total = run[COST].sel(year=slice(POLICY_START, None)).sum("year")
        axis = next(name for name in total.dims)
        return {name: float(total.sel({axis: name})) for name in levers()}

    return _costs.get(scenario_key(scenario), compute)


def side_effects(mix: Mapping[str, float], base: Mapping[str, float], locale: Locale) -> pd.DataFrame:
    """All outcomes in 2025 at the start and with the mix, and their difference."""
    rows = []
    for name in OUTCOMES:
        unit = outcome_unit(name, locale)
        before, after = (values[name] * scale_of(name, locale) for values in (base, mix))
        rows.append(
            (
                outcome_name(name, locale),
                unit.figure(before),
                unit.figure(after),
                unit.figure(after - before, sign=True),
                _judged(OUTCOMES[name] * np.sign(after - before), locale),
            )
        )
    keys = ("tradeoffs.outcome", "find.start_value", "find.mix_value", "find.change", "find.judged")
    return pd.DataFrame(rows, columns=[locale.translate(key) for key in keys])


def _judged(sign: float, locale: Locale) -> str:
    """Whether a change is for better or worse; empty where it is neither."""
    return "" if sign == 0 else locale.translate("find.better" if sign > 0 else "find.worse")


def mixes_found(finding: Finding) -> tuple[Answer, ...]:
    """The answer and its alternatives."""
    return finding.answer, *finding.alternatives


def mix_title(finding: Finding, number: int, locale: Locale) -> str:
    """The name of a mix with its cost: the answer, or an alternative by its number."""
    cost = money_text(mixes_found(finding)[number].cost, locale)
    key = "find.alternative" if number else "find.answer_mix"
    return locale.translate(key, number=number, cost=cost)


def mixes_table(finding: Finding, locale: Locale) -> pd.DataFrame:
    """The strength of every measure that moves in any mix, a column a mix."""
    found = mixes_found(finding)
    names = [name for name in levers() if any(name in one.strengths for one in found)]
    columns = {
        mix_title(finding, k, locale): [one.strengths.get(name, 0.0) for name in names] for k, one in enumerate(found)
    }
    return pd.DataFrame({locale.translate("tradeoffs.lever"): [lever_name(name, locale) for name in names], **columns})


def front_table(found: Frontier, locale: Locale) -> pd.DataFrame:
    """Every mix of a frontier: its number, its outcomes, and strength and first year of every measure."""
    rows: dict[str, list] = {locale.translate("front.number"): list(range(1, len(found.points) + 1))}
    for name in OUTCOMES:
        scale = scale_of(name, locale)
        rows[outcome_name(name, locale)] = [point.outcomes[name] * scale for point in found.points]
    for name in found.points[0].strengths:
        title = lever_name(name, locale)
        rows[title] = [point.strengths[name] for point in found.points]
        rows[locale.translate("front.first_year_of", name=title)] = [point.first_years[name] for point in found.points]
    return pd.DataFrame(rows)
