"""The four figures at the top: value, difference from what happened, and target."""

from __future__ import annotations

from dataclasses import dataclass

from model.inputs import POLICY_START, START
from model.targets import UP
from views.display_units import POINTS, DisplayUnit, difference, display_unit, goal, quantity
from views.language import Locale

from .catalogue import HEADLINES, INTENSITY, LEAD, STEEL_OUTPUT
from .observed import target_for
from .simulation import Result, total
from .uncertainty import WHOLE, Uncertainty, headline_interval
from .uncertainty_texts import chance_text, interval_text

COSTS = {"public_cost": "private_cost"}
"""Yearly costs shown as a sum since the policy began, and what firms pay beside them."""
UNITS = {STEEL_OUTPUT: "Mt", "public_cost": "亿元", LEAD: POINTS}
"""Units of the model; all other figures are in per cent."""
SIGNED = (LEAD, INTENSITY)
"""Figures that are changes or differences, shown with their sign."""
LARGE = 100.0
"""Figures from here on are shown without decimals."""


@dataclass(frozen=True)
class Figure:
    """One headline figure; `better` says whether the difference is an improvement (None: neither)."""

    indicator: str
    value: float
    delta: float
    unit: DisplayUnit
    target: str
    met: bool | None


def headline_value(result: Result, indicator: str, year: int) -> float:
    """The figure of an indicator in a year; costs are summed from the first policy year on."""
    if indicator in HEADLINES and result.values[indicator].ndim > 1:
        return float(total(result.series(indicator, WHOLE)[POLICY_START - START : year - START + 1]))
    return result.at(year, indicator)


def figures(now: Result, ghost: Result, year: int, locale: Locale) -> list[Figure]:
    """The four figures for one year."""
    found = []
    for indicator in HEADLINES:
        value, before = headline_value(now, indicator, year), headline_value(ghost, indicator, year)
        target = target_for(indicator, year)
        if target and target.value is not None:
            sign = "≥" if target.direction == UP else "≤"
            value_words = goal(target.value, target.unit, locale)
            text = locale.translate("headline.target", year=target.year, sign=sign, value=value_words)
            met = target.missed_by(now.at(target.year, indicator)) == 0.0
        elif indicator in COSTS:
            firms = total(now.series(COSTS[indicator], WHOLE)[POLICY_START - START : year - START + 1])
            text = locale.translate("headline.firms", value=quantity(float(firms), UNITS[indicator], locale))
            met = None
        else:
            text, met = locale.translate("headline.no_target"), None
        found.append(Figure(indicator, value, value - before, unit_of(indicator, before, locale), text, met))
    return found


def digits_for(value: float) -> int:
    """Decimals of a headline figure."""
    return 0 if abs(value) >= LARGE else 1


def unit_of(indicator: str, before: float, locale: Locale) -> DisplayUnit:
    """How a headline figure is shown: in one unit for all settings, which follows from its value as happened."""
    return display_unit(UNITS.get(indicator, "%"), locale, before)


def value_text(figure: Figure, value: float) -> str:
    """A value of a headline figure, without its unit."""
    digits = digits_for(figure.unit.scaled(value)) if figure.unit.digits is None else None
    return figure.unit.number(value, sign=figure.indicator in SIGNED, digits=digits)


def delta_text(indicator: str, delta: float, locale: Locale) -> str:
    """The difference of a headline figure with its sign and unit; empty where it is too small to be shown."""
    if float(f"{delta:.{digits_for(delta)}f}") == 0:
        return ""
    return difference(delta, UNITS.get(indicator, "%"), locale)


@dataclass(frozen=True)
class Certainty:
    """How sure a headline figure is, in words: the 90 % interval of its difference and the chance of its target; empty
    where there is none."""

    interval: str = ""
    chance: str = ""


def certainties(now: Uncertainty, ghost: Uncertainty, year: int, locale: Locale) -> dict[str, Certainty]:
    """How sure the figures of one year are, by indicator."""
    by_indicator = {}
    for indicator in HEADLINES:
        interval = headline_interval(now, ghost, indicator, year)
        text = "" if interval is None else interval_text(interval, UNITS.get(indicator, "%"), locale)
        target = target_for(indicator, year)
        chance = None if target is None else now.chances.get(target.id)
        by_indicator[indicator] = Certainty(text, "" if chance is None else chance_text(chance, locale))
    return by_indicator
