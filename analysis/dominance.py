"""Which feedback loop moves an indicator, and when: the run with all loops less the run without one, year by year.

Loops are switched off one at a time, so what they do together is in none of them, and effects do not add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.engine.integrate import compiled
from model.indicator_tags import tagged
from model.run import horizon_of
from model.scenario import Scenario, inputs_of
from model.system import system

from .knockouts import knockouts

INDICATORS = tagged("leading_loops")
"""Indicators with an analysis of loop dominance; for one with sectors the total."""
LEAST = 1e-3
"""Effects smaller than this part of the indicator's range count as no lead."""


@dataclass(frozen=True)
class Lead:
    """Years in which one loop moves an indicator more than any other; `up` where it raises it. None: no loop does."""

    first: int
    last: int
    loop: str | None
    up: bool


def loops() -> tuple[str, ...]:
    """Ids of the feedback loops that can be switched off; links that close no loop are left out."""
    return tuple(name for name, one in knockouts().items() if one.switchable and one.kind in ("R", "B"))


def effects(scenario: Scenario, indicator: str) -> tuple[pd.Series, pd.DataFrame]:
    """The indicator by year, and what each loop adds to it: a row for each year, a column for each loop.

    Raises ValueError for an indicator that is not in INDICATORS.
    """
    if indicator not in INDICATORS:
        raise ValueError(f"{indicator}: not among the indicators; allowed: {', '.join(INDICATORS)}")
    horizon = horizon_of(scenario)
    run = compiled(system(), horizon)  # all outputs, as in knock-outs, so that both share a function
    constants, tables = inputs_of(scenario, horizon.path_years)

    def path(parameters: Mapping[str, np.ndarray]) -> np.ndarray:
        return _whole(run(parameters, tables)[indicator])

    present = path(constants)
    added = {name: present - path(knockouts()[name].switched(constants)) for name in loops()}
    return pd.Series(present, horizon.years, name=indicator), pd.DataFrame(added, index=horizon.years)


def _whole(values: np.ndarray) -> np.ndarray:
    """The element "all", which is last on the axes of indicators with sectors."""
    return values if values.ndim == 1 else values[:, -1]


def leads(path: pd.Series, added: pd.DataFrame) -> list[Lead]:
    """The years cut into stretches in each of which the same loop moves the indicator most, the same way."""
    least = LEAST * float(np.ptp(path.to_numpy()))
    periods: list[Lead] = []
    for year, row in added.iterrows():
        strongest = row.abs().idxmax()
        loop = strongest if abs(row[strongest]) > least else None
        up = bool(loop and row[strongest] > 0)
        if periods and (periods[-1].loop, periods[-1].up) == (loop, up):
            periods[-1] = Lead(periods[-1].first, int(year), loop, up)
        else:
            periods.append(Lead(int(year), int(year), loop, up))
    return periods
