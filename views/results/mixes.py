"""What the Trade-offs page shows: mixes of levers, wedges, and which lever matters now, as tables with names."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.tradeoffs import COST, OUTCOMES, Cloud, Mixes, Wedges, matters_now, shared_cloud, wedges
from model.inputs import END, levers
from model.run import prepared_system
from model.scenario import BASELINE, Scenario, shipped_scenarios
from views.display_units import DisplayUnit, display_unit
from views.language import Translate

from .cache import Kept, scenario_key

TOP = 10
"""Levers that a figure names; the rest are added up."""
ORDERS = 12
"""Orders (and as many reversed) in which wedges are taken."""
MOST = 8
"""Scenarios whose results are kept."""
PEOPLE = 1e-4
"""People are shown in tens of thousands."""
LEAST = 1e-9
_kept: Kept[tuple[dict[str, Wedges], dict[str, np.ndarray], dict[str, float]]] = Kept(MOST)
_now: Kept[dict[str, np.ndarray]] = Kept(MOST)
_computing = threading.Lock()
NAMED = ("no_document", BASELINE, "document_implemented")


def outcome_name(name: str, t: Translate, language: str) -> str:
    """Name and unit of an outcome."""
    if name == COST:
        return t("tradeoffs.cost", unit=money(language).text)
    variable = prepared_system().variables[name]
    label, unit = variable.zh if language == "zh" else variable.en, _shown(name, language).text
    return f"{label} ({unit})" if unit else label


def money(language: str) -> DisplayUnit:
    """How public costs are shown."""
    return display_unit("亿元", language, 1.0)


def _shown(name: str, language: str) -> DisplayUnit:
    """How an outcome is shown: in the smallest unit, since levels and small differences stand side by side."""
    unit = "亿元" if name == COST else prepared_system().variables[name].unit
    return display_unit("10k people" if unit == "person" else unit, language, 1.0)


def scale_of(name: str, language: str) -> float:
    """Factor from the unit of the model to the one that is shown."""
    people = name != COST and prepared_system().variables[name].unit == "person"
    return _shown(name, language).scaled(PEOPLE if people else 1.0)


def lever_name(lever_id: str, language: str) -> str:
    """Name of a lever."""
    return levers()[lever_id].zh if language == "zh" else levers()[lever_id].en


def lever_ids() -> tuple[str, ...]:
    """The levers in the order of all results."""
    return tuple(levers())


def ready() -> Cloud:
    """The cloud under the drivers of "as happened"; the first call compiles."""
    with _computing:
        return shared_cloud(END)


def of(scenario: Scenario) -> tuple[dict[str, Wedges], dict[str, np.ndarray], dict[str, float]]:
    """Wedges, derivatives and outcomes of a scenario in 2025."""

    def made() -> tuple[dict[str, Wedges], dict[str, np.ndarray], dict[str, float]]:
        split = wedges(Mixes(scenario), tuple(OUTCOMES), ORDERS)
        return split, derivatives(scenario, END), {name: one.end for name, one in split.items()}

    return _kept.get(scenario_key(scenario), made)


def derivatives(scenario: Scenario, until: int) -> dict[str, np.ndarray]:
    """Effect of a tenth of the range more of each lever in the last year (levers,), by outcome."""
    return _now.get((scenario_key(scenario), until), lambda: matters_now(Mixes(scenario, until)))


def named_points(titles: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Outcomes of scenarios with a name, by title."""
    found = {}
    with _computing:
        for key in NAMED:
            mixes = Mixes(shipped_scenarios()[key])
            run = mixes.run({name: table[None] for name, table in mixes.present().items()})
            found[titles[key]] = {name: float(values[0]) for name, values in run.items()}
    return found


def largest(names: tuple[str, ...], values: np.ndarray, language: str, t: Translate) -> tuple[list[str], np.ndarray]:
    """The levers that add most, and the rest together."""
    order = np.argsort(-np.abs(values))
    top = [k for k in order[:TOP] if abs(values[k]) > LEAST]
    rest = float(values.sum() - values[top].sum())
    told = [lever_name(names[k], language) for k in top]
    if len(top) < len(names) and abs(rest) > LEAST:
        return [*told, t("tradeoffs.rest")], np.append(values[top], rest)
    return told, values[top]


def wedge_table(split: Wedges, now: np.ndarray, scale: float, t: Translate, language: str) -> pd.DataFrame:
    """Every lever: what it adds, how sure that is, what it changes alone, its public cost, and cost per unit."""
    order = np.argsort(-np.abs(split.added))
    added, unit = split.added[order] * scale, money(language)
    cost = unit.scaled(split.cost[order])
    with np.errstate(divide="ignore", invalid="ignore"):
        per_unit = np.where(np.abs(added) > LEAST, cost / np.abs(added), np.nan)
    return pd.DataFrame(
        {
            t("tradeoffs.lever"): [lever_name(split.levers[k], language) for k in order],
            t("tradeoffs.added"): added,
            t("tradeoffs.error"): split.error[order] * scale,
            t("tradeoffs.alone"): split.alone[order] * scale,
            t("tradeoffs.public_cost", unit=unit.text): cost,
            t("tradeoffs.per_unit", unit=unit.text): per_unit,
            t("tradeoffs.now"): now[order] * scale,
        }
    )


def sensitivity_table(split: Wedges, now: np.ndarray, scale: float, t: Translate, language: str) -> pd.DataFrame:
    """Every lever with the effect of a tenth of its range more, the largest first, as the bars above are ordered."""
    order = np.argsort(-np.abs(now))
    return pd.DataFrame(
        {
            t("tradeoffs.lever"): [lever_name(split.levers[k], language) for k in order],
            t("tradeoffs.now"): now[order] * scale,
        }
    )


def front_table(
    found: Cloud, on_front: np.ndarray, chosen: tuple[str, str], t: Translate, language: str
) -> pd.DataFrame:
    """The mixes that no other mix beats: both outcomes, and levers in per cent of the way to the plan."""
    across = found.outcomes[chosen[0]][on_front]
    order = np.argsort(across)
    table = {
        outcome_name(name, t, language): found.outcomes[name][on_front][order] * scale_of(name, language)
        for name in chosen
    }
    for position, lever_id in enumerate(levers()):
        table[lever_name(lever_id, language)] = 100 * found.strengths[on_front][order, position]
    return pd.DataFrame(table)
