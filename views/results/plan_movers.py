"""What moved the headline results since 2015, in the units that are shown: momentum, drivers, groups of levers."""

from __future__ import annotations

import functools
import threading
from dataclasses import dataclass

import pandas as pd

from analysis.decomposition import FROZEN, SPLIT
from analysis.group_wedges import GroupShares, group_runs, group_shares_of, groups
from model.inputs import END
from model.system import system
from model.targets import PER_CENT
from views.display_units import POINTS, DisplayUnit, display_unit
from views.language import Locale

YEARS = (2020, END)
"""Years until which a change can be split; all begin in 2015."""
MOMENTUM, DRIVERS = "momentum", "drivers"
_computing = threading.Lock()


@dataclass(frozen=True)
class Movers:
    """The change of an indicator from 2015 to a year in the unit that is shown: parts by name in the order of the chart
    (momentum, drivers, then groups of levers, the largest first), which add up to `whole`."""

    indicator: str
    year: int
    unit: DisplayUnit
    parts: dict[str, float]
    whole: float
    levers: float
    interaction: float


def indicators() -> tuple[str, ...]:
    """The headline results whose change is split."""
    return SPLIT


@functools.cache
def _shares(indicator: str, year: int) -> GroupShares:
    return group_shares_of(indicator, year)


def movers(indicator: str, year: int, locale: Locale) -> Movers:
    """The split of one indicator; takes a few seconds at first. Sessions that ask at once wait for one computation."""
    with _computing:
        group_runs()
    found = _shares(indicator, year)
    unit = system().variables[indicator].unit
    shown = display_unit(POINTS if unit == PER_CENT else unit, locale, found.whole)
    names = sorted(found.groups, key=lambda group: -abs(found.groups[group]))
    parts = {MOMENTUM: found.momentum, DRIVERS: found.drivers} | {name: found.groups[name] for name in names}
    scaled = {name: shown.scaled(value) for name, value in parts.items()}
    totals = (shown.scaled(value) for value in (found.whole, sum(found.groups.values()), found.interaction))
    return Movers(indicator, year, shown, scaled, *totals)


def indicator_name(indicator: str, locale: Locale) -> str:
    """Name of an indicator."""
    return locale.text(system().variables[indicator].label)


def part_name(part: str, locale: Locale) -> str:
    """Name of a part: momentum, drivers, or a group of levers."""
    return locale.translate(f"group.{part}" if part in groups() else f"plan.{part}")


def mover_rows(shown: Movers, locale: Locale) -> pd.DataFrame:
    """The parts of a change, the change, and how much of it is interaction, as a table with unit."""
    t = locale.translate
    values = {part_name(part, locale): value for part, value in shown.parts.items()}
    values |= {change_name(shown.year, locale): shown.whole, t("plan.interaction"): shown.interaction}
    return pd.DataFrame(
        {
            t("plan.part"): list(values),
            t("table.value"): list(values.values()),
            t("table.unit"): shown.unit.text,
            t("table.indicator"): indicator_name(shown.indicator, locale),
        }
    )


def change_name(year: int, locale: Locale) -> str:
    """Name of the whole change."""
    return locale.translate("plan.change", first=FROZEN, last=year)


def mover_sentence(shown: Movers, locale: Locale) -> str:
    """The change and its three parts in words, and how much of it is interaction."""

    def told(value: float) -> str:
        return shown.unit.with_unit(shown.unit.figure(value, sign=True))

    return locale.translate(
        "plan.movers_sentence",
        name=indicator_name(shown.indicator, locale),
        first=FROZEN,
        last=shown.year,
        whole=told(shown.whole),
        momentum=told(shown.parts[MOMENTUM]),
        drivers=told(shown.parts[DRIVERS]),
        levers=told(shown.levers),
        interaction=told(shown.interaction),
    )
