"""What the Trade-offs page shows of one run: contributions of levers, and which lever matters now, as tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.tradeoffs import COST, OUTCOMES, Mixes, Wedges, lever_gradients, wedges
from model.inputs import END, levers
from model.scenario import Scenario
from model.system import system
from views.display_units import DisplayUnit, display_unit
from views.language import Locale

from .cache import ResultCache, scenario_key

TOP = 10
"""Levers that a figure names; the rest are added up."""
ORDERS = 12
"""Orders (and as many reversed) in which wedges are taken."""
MOST = 8
"""Scenarios whose results are cached."""
PEOPLE = 1e-4
"""People are shown in tens of thousands."""
LEAST = 1e-9
_tradeoffs: ResultCache[tuple[dict[str, Wedges], dict[str, np.ndarray]]] = ResultCache(MOST)
_derivatives: ResultCache[dict[str, np.ndarray]] = ResultCache(MOST)


def outcome_name(name: str, locale: Locale) -> str:
    """Name and unit of an outcome."""
    if name == COST:
        return locale.translate("tradeoffs.cost", unit=money(locale).text)
    return outcome_unit(name, locale).named(locale.text(system().variables[name].label))


def money(locale: Locale) -> DisplayUnit:
    """How public costs are shown."""
    return display_unit("亿元", locale, 1.0)


def outcome_unit(name: str, locale: Locale) -> DisplayUnit:
    """How an outcome is shown: in the smallest unit, since levels and small differences stand side by side."""
    unit = "亿元" if name == COST else system().variables[name].unit
    return display_unit("10k people" if unit == "person" else unit, locale, 1.0)


def scale_of(name: str, locale: Locale) -> float:
    """Factor from the unit of the model to the one that is shown."""
    people = name != COST and system().variables[name].unit == "person"
    return outcome_unit(name, locale).scaled(PEOPLE if people else 1.0)


def lever_name(lever_id: str, locale: Locale) -> str:
    """Name of a lever."""
    return locale.text(levers()[lever_id].label)


def lever_ids() -> tuple[str, ...]:
    """The levers in the order of all results."""
    return tuple(levers())


def tradeoffs_of(scenario: Scenario) -> tuple[dict[str, Wedges], dict[str, np.ndarray]]:
    """Wedges and derivatives of the outcomes of a scenario in 2025."""

    def compute() -> tuple[dict[str, Wedges], dict[str, np.ndarray]]:
        return wedges(Mixes(scenario), tuple(OUTCOMES), ORDERS), derivatives(scenario, END)

    return _tradeoffs.get(scenario_key(scenario), compute)


def derivatives(scenario: Scenario, until: int) -> dict[str, np.ndarray]:
    """Effect of a tenth of the range more of each lever in the last year (levers,), by outcome."""
    return _derivatives.get((scenario_key(scenario), until), lambda: lever_gradients(Mixes(scenario, until)))


def largest_contributions(names: tuple[str, ...], values: np.ndarray, locale: Locale) -> tuple[list[str], np.ndarray]:
    """The levers that add most, and the rest together."""
    order = np.argsort(-np.abs(values))
    top = [k for k in order[:TOP] if abs(values[k]) > LEAST]
    rest = float(values.sum() - values[top].sum())
    labels = [lever_name(names[k], locale) for k in top]
    if len(top) < len(names) and abs(rest) > LEAST:
        return [*labels, locale.translate("tradeoffs.rest")], np.append(values[top], rest)
    return labels, values[top]


def wedge_table(split: Wedges, now: np.ndarray, scale: float, locale: Locale) -> pd.DataFrame:
    """Every lever: what it adds, how sure that is, what it changes alone, its public cost, and cost per unit."""
    order = np.argsort(-np.abs(split.added))
    added, unit = split.added[order] * scale, money(locale)
    cost = unit.scaled(split.cost[order])
    with np.errstate(divide="ignore", invalid="ignore"):
        per_unit = np.where(np.abs(added) > LEAST, cost / np.abs(added), np.nan)
    return pd.DataFrame(
        {
            locale.translate("tradeoffs.lever"): [lever_name(split.levers[k], locale) for k in order],
            locale.translate("tradeoffs.added"): added,
            locale.translate("tradeoffs.error"): split.error[order] * scale,
            locale.translate("tradeoffs.alone"): split.alone[order] * scale,
            locale.translate("tradeoffs.public_cost", unit=unit.text): cost,
            locale.translate("tradeoffs.per_unit", unit=unit.text): per_unit,
            locale.translate("tradeoffs.now"): now[order] * scale,
        }
    )


def sensitivity_table(split: Wedges, now: np.ndarray, scale: float, locale: Locale) -> pd.DataFrame:
    """Every lever with the effect of a tenth of its range more, the largest first, as the bars above are ordered."""
    order = np.argsort(-np.abs(now))
    return pd.DataFrame(
        {
            locale.translate("tradeoffs.lever"): [lever_name(split.levers[k], locale) for k in order],
            locale.translate("tradeoffs.now"): now[order] * scale,
        }
    )
