"""What each feedback loop adds to an indicator: the run with all loops less the run without one, year by year.

Loops are switched off one at a time, so what they do together is in none of them, and effects do not add up.
"""

from __future__ import annotations

import pandas as pd

from model.indicator_tags import tagged
from model.scenario import Scenario

from .knockouts import knockouts
from .varied_runs import VariedRuns, whole

INDICATORS = tagged("leading_loops")
"""Indicators with an analysis of their loops; for one with sectors the total."""


def loops() -> tuple[str, ...]:
    """Ids of the feedback loops that can be switched off; links that close no loop are left out."""
    return tuple(name for name, one in knockouts().items() if one.switchable and one.kind in ("R", "B"))


def effects(scenario: Scenario, indicator: str) -> tuple[pd.Series, pd.DataFrame]:
    """The indicator by year, and what each loop adds to it: a row for each year, a column for each loop.

    Raises ValueError for an indicator that is not in INDICATORS.
    """
    require_known(indicator)
    runs = VariedRuns.of(scenario)
    present = whole(runs.run()[indicator])
    added = {name: present - whole(runs.without_loops([name])[indicator]) for name in loops()}
    years = runs.horizon.years
    return pd.Series(present, years, name=indicator), pd.DataFrame(added, index=years)


def require_known(indicator: str) -> None:
    """Raise a ValueError that lists INDICATORS for an indicator that is not among them."""
    if indicator not in INDICATORS:
        raise ValueError(f"{indicator}: not among the indicators; allowed: {', '.join(INDICATORS)}")
