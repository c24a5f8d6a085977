"""What the Trade-offs page shows: mixes of levers, wedges, and which lever matters now, as tables with names."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.tradeoffs import COST, OUTCOMES, Cloud, Mixes, Wedges, lever_gradients, shared_cloud, wedges
from model.inputs import END, levers
from model.run import prepared_system
from model.scenario import BASELINE, Scenario, shipped_scenarios
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
_tradeoffs: ResultCache[tuple[dict[str, Wedges], dict[str, np.ndarray], dict[str, float]]] = ResultCache(MOST)
_derivatives: ResultCache[dict[str, np.ndarray]] = ResultCache(MOST)
_computing = threading.Lock()
NAMED = ("no_document", BASELINE, "document_implemented")


def outcome_name(name: str, locale: Locale) -> str:
    """Name and unit of an outcome."""
    if name == COST:
        return locale.translate("tradeoffs.cost")
    variable = prepared_system().variables[name]
    unit = "10k people" if variable.unit == "person" else variable.unit
    return locale.with_unit(locale.text(variable.label), unit)


def scale_of(name: str) -> float:
    """Factor from the unit of the model to the one that is shown."""
    return PEOPLE if prepared_system().variables[name].unit == "person" else 1.0


def lever_name(lever_id: str, locale: Locale) -> str:
    """Name of a lever."""
    return locale.text(levers()[lever_id].label)


def lever_ids() -> tuple[str, ...]:
    """The levers in the order of all results."""
    return tuple(levers())


def shared_mixes() -> Cloud:
    """The cloud under the drivers of "as happened"; the first call compiles."""
    with _computing:
        return shared_cloud(END)


def tradeoffs_of(scenario: Scenario) -> tuple[dict[str, Wedges], dict[str, np.ndarray], dict[str, float]]:
    """Wedges, derivatives and outcomes of a scenario in 2025."""

    def compute() -> tuple[dict[str, Wedges], dict[str, np.ndarray], dict[str, float]]:
        split = wedges(Mixes(scenario), tuple(OUTCOMES), ORDERS)
        return split, derivatives(scenario, END), {name: one.end for name, one in split.items()}

    return _tradeoffs.get(scenario_key(scenario), compute)


def derivatives(scenario: Scenario, until: int) -> dict[str, np.ndarray]:
    """What a tenth of the range more of each lever would change in the last year (levers,), by outcome."""
    return _derivatives.get((scenario_key(scenario), until), lambda: lever_gradients(Mixes(scenario, until)))


def named_points(titles: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Outcomes of scenarios with a name, by title."""
    found = {}
    with _computing:
        for key in NAMED:
            mixes = Mixes(shipped_scenarios()[key])
            run = mixes.run({name: table[None] for name, table in mixes.present().items()})
            found[titles[key]] = {name: float(values[0]) for name, values in run.items()}
    return found


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
    added = split.added[order] * scale
    with np.errstate(divide="ignore", invalid="ignore"):
        per_unit = np.where(np.abs(added) > LEAST, split.cost[order] / np.abs(added), np.nan)
    return pd.DataFrame(
        {
            locale.translate("tradeoffs.lever"): [lever_name(split.levers[k], locale) for k in order],
            locale.translate("tradeoffs.added"): added,
            locale.translate("tradeoffs.error"): split.error[order] * scale,
            locale.translate("tradeoffs.alone"): split.alone[order] * scale,
            locale.translate("tradeoffs.public_cost"): split.cost[order],
            locale.translate("tradeoffs.per_unit"): per_unit,
            locale.translate("tradeoffs.now"): now[order] * scale,
        }
    )


def front_table(found: Cloud, on_front: np.ndarray, chosen: tuple[str, str], locale: Locale) -> pd.DataFrame:
    """The mixes that nothing beats: both outcomes, and every lever in per cent of the way to the document."""
    across = found.outcomes[chosen[0]][on_front]
    order = np.argsort(across)
    table = {outcome_name(name, locale): found.outcomes[name][on_front][order] * scale_of(name) for name in chosen}
    for position, lever_id in enumerate(levers()):
        table[lever_name(lever_id, locale)] = 100 * found.strengths[on_front][order, position]
    return pd.DataFrame(table)
