"""The budget game behind the Classroom page: teams spend on programmes and score what they reach."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from model.indicator_tags import directions
from model.inputs import END
from model.scenario import shipped_scenarios
from model.scenario.lever_values import NamedPath
from views.display_units import DisplayUnit, display_unit
from views.language import Locale
from views.results import simulation
from views.results.moves import held
from views.results.simulation import Result
from views.results.sliders import slots

PROGRAMMES = (
    "renovation_subsidy",
    "energy_efficiency",
    "smart_manufacturing",
    "rd_and_innovation",
    "emerging_industry_support",
    "talent",
    "quality_and_brand",
)
"""Levers that teams of the budget game may spend on; all others stay as in 2015."""
BUDGET = 1200.0
"""Public money of the game for 2016-2025 beyond what 2015 spent, 亿元: a rule of the game, not an estimate."""
REFERENCE, WHOLE = "no_document", "document_implemented"
GOALS = directions("game")
"""What the game scores: 1 where more is better, -1 where less is."""
COST = "public_cost"


@dataclass(frozen=True)
class Plan:
    """One plan of the budget game: public money beyond that of 2015, points for each goal, and all points."""

    cost: float
    points: Mapping[str, float]

    @property
    def within(self) -> bool:
        """Whether the plan keeps to the budget."""
        return self.cost <= BUDGET

    @property
    def total(self) -> float:
        """The mean of the points; none for a plan that is over the budget."""
        return sum(self.points.values()) / len(self.points) if self.within else 0.0


def level_2015(name: str) -> float:
    """What a programme spent in 2015, 亿元 a year: where teams start."""
    return slots()[name].mean(NamedPath("frozen_2015"))


@functools.cache
def references() -> tuple[Result, Result]:
    """The runs that have 0 and 100 points: without the document, and with all of it."""
    none, whole = (simulation.runner(END).run(shipped_scenarios()[name]) for name in (REFERENCE, WHOLE))
    return none, whole


def run_of(spending: Mapping[str, float]) -> Result:
    """The run of a plan; `spending` is in 亿元 a year by programme."""
    moved = {name: held(value) for name, value in spending.items()}
    return simulation.runner(END).run(shipped_scenarios()[REFERENCE], moved)


def score_plan(spending: Mapping[str, float]) -> Plan:
    """What a plan reaches: 0 points are "no document", 100 what the whole document reaches. `spending` is in 亿元 a
    year by programme."""
    none, whole = references()
    now = run_of(spending)
    points = {}
    for name in GOALS:
        start, goal = none.at(END, name), whole.at(END, name)
        points[name] = 100.0 * (now.at(END, name) - start) / (goal - start)
    cost = float(now.series(COST, "all").sum() - none.series(COST, "all").sum())
    return Plan(cost, points)


def money(locale: Locale) -> DisplayUnit:
    """How sums of money of the game are shown."""
    return display_unit("亿元", locale, BUDGET)


def spending_unit(name: str, locale: Locale) -> DisplayUnit:
    """How the yearly spending on a programme is shown."""
    return display_unit("亿元/yr", locale, slots()[name].high)


def ranking(plays: Mapping[str, Plan], locale: Locale) -> pd.DataFrame:
    """Teams by points, the best first."""
    unit = money(locale)
    spent = locale.translate("classroom.spent", unit=unit.text)
    ordered = sorted(plays.items(), key=lambda item: -item[1].total)
    return pd.DataFrame(
        [
            {
                locale.translate("classroom.team"): team,
                locale.translate("classroom.points"): one.total,
                spent: unit.scaled(one.cost),
                **{locale.translate(f"headline.{name}"): one.points[name] for name in GOALS if name != "sei_share"},
                locale.translate("classroom.sei"): one.points["sei_share"],
            }
            for team, one in ordered
        ]
    )
