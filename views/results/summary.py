"""What the present settings do, in a sentence or two, and warnings about them."""

from __future__ import annotations

import numpy as np

from model.inputs import END, POLICY_START, START
from model.scenario import AS_HAPPENED, BASELINE, LeverValue, Scenario
from model.scenario.lever_values import YEARS
from views.display_units import DisplayUnit, display_unit, quantity
from views.language import Locale

from .catalogue import INTENSITY, LEAD, STEEL_CAPACITY, STEEL_OUTPUT
from .headline import UNITS, headline_value
from .settings import Settings, is_baseline, policy_years
from .simulation import Result
from .sliders import Factor, Move, Slot, slots, with_slots

FACTOR_DIGITS = 2
NAMED = 2
"""Levers named in the sentence; of further ones only the count is given."""
NOTICEABLE = {
    STEEL_OUTPUT: 1.0,
    LEAD: 0.1,
    INTENSITY: 0.1,
}
"""Indicators that the sentence names, with the smallest difference that it mentions."""
STRONG_CLOSURE, WEAK_DISCIPLINE, STRICT_DISCIPLINE, NO_CLOSURE = 10.0, 0.4, 0.8, 1.0
"""Steel closures (Mt a year) and discipline (index) from which they contradict each other."""
SUBSIDY_NEEDS_PROJECTS, ALMOST_NO_RENOVATION = 5.0, 1000.0
MUCH_SMART, LITTLE_NETWORK = 50.0, 20.0
CAP_FAR_BELOW = 0.6
"""Part of the output before the policy: cuts that add up to less lie far outside experience."""
LEAST_CAPACITY = 100.0
"""Mt: far below any book capacity of the period."""


def slot_text(slot: Slot, move: Move, locale: Locale) -> str:
    """A moved slider in words: the factor on its path, or the value that it is held at and what happened."""
    name = slot.name(locale)
    if isinstance(move, Factor):
        return locale.translate("summary.scaled", name=name, factor=locale.number(move.value, FACTOR_DIGITS))
    key = "summary.held" if slot.varies(AS_HAPPENED) else "summary.lever"
    before = path_text(slot, AS_HAPPENED, locale)
    value = no_rule(slot, move, locale) or slider_quantity(slot, move, locale)
    return locale.translate(key, name=name, before=before, value=value)


def path_text(slot: Slot, value: LeverValue, locale: Locale) -> str:
    """The path of a slider in figures: one value, or those of 2016 and 2025 where it changes over the years."""
    path = slot.path(value)[(YEARS >= POLICY_START) & (YEARS <= END)]
    if not np.ptp(path):
        return no_rule(slot, float(path[0]), locale) or slider_number(slot, float(path[0]), locale)
    first, last = (
        no_rule(slot, end, locale) or slider_number(slot, end, locale) for end in (float(path[0]), float(path[-1]))
    )
    return f"{first} ({POLICY_START}) → {last} ({END})"


def path_quantity(slot: Slot, value: LeverValue, locale: Locale) -> str:
    """The path of a slider in figures, with its unit."""
    text = path_text(slot, value, locale)
    return text if text == no_rule(slot, slot.lever.off, locale) else slider_unit(slot, locale).with_unit(text)


def no_rule(slot: Slot, value: float, locale: Locale) -> str:
    """The word for the value at which a rule on changes is not in force; nothing for other values and levers, whose
    value for "off" is a quantity."""
    if slot.scalable or value != slot.lever.off:
        return ""
    return next((str(level[locale.language]) for level in slot.lever.levels if level["value"] == value), "")


def slider_unit(slot: Slot, locale: Locale) -> DisplayUnit:
    """How the values of a slider are shown: in one unit for all of its range."""
    return display_unit(slot.unit, locale, slot.high)


def slider_digits(slot: Slot, locale: Locale) -> int:
    """Decimals that a slider's step needs in the unit that is shown."""
    step = round(slider_unit(slot, locale).scaled(slot.step), 9)
    return 0 if step >= 1 else (1 if step >= 0.1 else 2)


def slider_number(slot: Slot, value: float, locale: Locale) -> str:
    """A value of a slider, without its unit."""
    return slider_unit(slot, locale).number(value, digits=slider_digits(slot, locale))


def slider_quantity(slot: Slot, value: float, locale: Locale) -> str:
    """A value of a slider with its unit."""
    return slider_unit(slot, locale).with_unit(slider_number(slot, value, locale))


def sentence(settings: Settings, scenario: Scenario, now: Result, ghost: Result, locale: Locale) -> str:
    """Plain words for what is set and what it does by the chosen year."""
    if is_baseline(settings):
        return locale.translate("summary.baseline")
    parts = []
    if settings.base != BASELINE:
        parts.append(
            locale.translate(
                "summary.preset",
                title=locale.text(scenario.title),
                description=locale.text(scenario.description),
            )
        )
    if settings.moved:
        levers = [slot_text(slots()[s], v, locale) for s, v in list(settings.moved.items())[-NAMED:]]
        if len(settings.moved) > NAMED:
            levers.append(locale.translate("summary.more", count=len(settings.moved) - NAMED))
        parts.append(locale.translate("summary.moved", levers=locale.clauses(levers)))
    effects = []
    for indicator, least in NOTICEABLE.items():
        delta = headline_value(now, indicator, settings.year) - headline_value(ghost, indicator, settings.year)
        if abs(delta) >= least:
            key = f"summary.{indicator}.{'more' if delta > 0 else 'less'}"
            effects.append(locale.translate(key, delta=quantity(abs(delta), UNITS.get(indicator, "pp"), locale)))
    if effects:
        parts.append(locale.translate("summary.effect", year=settings.year, effects=locale.clauses(effects)))
    else:
        parts.append(locale.translate("summary.effect_none", year=settings.year))
    return locale.sentences(parts)


def lever_means(settings: Settings, scenario: Scenario) -> dict[str, float]:
    """Mean of every slider's path over the years in which the levers act."""
    values = with_slots(scenario.levers, settings.moved)
    active = np.isin(YEARS, policy_years(settings.until))
    return {s.id: float(s.path(values.get(s.lever.id, AS_HAPPENED))[active].mean()) for s in slots().values()}


def permitted_output(settings: Settings, scenario: Scenario) -> float:
    """Steel output that the cap permits in the last year where it binds in every year, as a part of that before the
    policy: yearly changes add up, years without a cap leave it."""
    slot = slots()["output_cap"]
    values = with_slots(scenario.levers, settings.moved)
    changes = slot.path(values.get(slot.lever.id, AS_HAPPENED))[np.isin(YEARS, policy_years(settings.until))]
    return float(np.prod(1 + changes[changes < slot.high] / 100))


def warnings(settings: Settings, scenario: Scenario, now: Result, locale: Locale) -> list[str]:
    """Settings that contradict each other or lie outside experience."""
    if is_baseline(settings):
        return []
    mean = lever_means(settings, scenario)
    closure, discipline = mean["capacity_closure.steel"], mean["capacity_discipline"]
    found = []
    if closure >= STRONG_CLOSURE and discipline <= WEAK_DISCIPLINE:
        found.append(locale.translate("warning.closure_without_discipline"))
    if closure < NO_CLOSURE and discipline >= STRICT_DISCIPLINE:
        found.append(locale.translate("warning.discipline_without_closure"))
    if (
        mean["renovation_subsidy"] >= SUBSIDY_NEEDS_PROJECTS
        and mean["technical_renovation_investment"] <= ALMOST_NO_RENOVATION
    ):
        found.append(locale.translate("warning.subsidy_without_renovation"))
    if mean["smart_manufacturing"] >= MUCH_SMART and mean["industrial_internet"] <= LITTLE_NETWORK:
        found.append(locale.translate("warning.smart_without_network"))
    left = permitted_output(settings, scenario)
    if left < CAP_FAR_BELOW:
        text = locale.translate("warning.cap_far_below", share=f"{100 * left:.0f}", year=settings.until)
        found.append(text)
    capacity = now.series(STEEL_CAPACITY)
    low = np.flatnonzero(capacity < LEAST_CAPACITY)
    if low.size:
        found.append(
            locale.translate(
                "warning.no_capacity",
                value=quantity(LEAST_CAPACITY, "Mt", locale, digits=0),
                year=int(low[0]) + START,
            )
        )
    values = with_slots(scenario.levers, settings.moved)
    active = np.isin(YEARS, policy_years(settings.until))
    paths = [(slots()[s], slots()[s].path(values[slots()[s].lever.id])[active]) for s in settings.moved]
    beyond = [slot.name(locale) for slot, path in paths if _beyond_observed(slot, path)]
    if beyond:
        found.append(locale.translate("warning.beyond", levers=locale.enumeration(beyond)))
    return found


def _beyond_observed(slot: Slot, path: np.ndarray) -> bool:
    """Whether a path lies further out than what happened at any time, by more than a step."""
    low, high = slot.observed_range
    return bool(path.max() > high + slot.step or path.min() < low - slot.step)
