"""What the present settings do, in a sentence or two, and warnings about them."""

from __future__ import annotations

import numpy as np

from model.inputs import START
from model.scenario import AS_HAPPENED, BASELINE, Scenario
from model.scenario.lever_values import YEARS
from views.display_units import quantity
from views.language import Locale

from .catalogue import INTENSITY, LEAD, STEEL_CAPACITY, STEEL_OUTPUT
from .headline import UNITS, headline_value
from .move_texts import assumption_texts, moved_texts
from .settings import Settings, is_baseline, policy_years
from .simulation import Result
from .sliders import Slot, main_slots, slots, with_slots

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
    parts.extend(settings_texts(settings, locale))
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


def settings_texts(settings: Settings, locale: Locale) -> list[str]:
    """What is moved away from the scenario, levers and assumptions: those moved last by name."""
    parts = []
    if settings.moved:
        levers = moved_texts(dict(list(settings.moved.items())[-NAMED:]), locale)
        if len(settings.moved) > NAMED:
            levers.append(locale.translate("summary.more", count=len(settings.moved) - NAMED))
        parts.append(locale.translate("summary.moved", levers=locale.clauses(levers)))
    assumptions = assumption_texts(settings.parameters, settings.drivers, locale)
    if assumptions:
        more = [locale.translate("summary.more", count=len(assumptions) - NAMED)] if len(assumptions) > NAMED else []
        parts.append(locale.translate("summary.assumed", what=locale.clauses([*assumptions[:NAMED], *more])))
    return parts


def lever_means(settings: Settings, scenario: Scenario) -> dict[str, float]:
    """Mean of every slider's path over the years in which the levers act."""
    values = with_slots(scenario.levers, settings.moved)
    active = np.isin(YEARS, policy_years(settings.until))
    return {s.id: float(s.path(values.get(s.lever.id, AS_HAPPENED))[active].mean()) for s in main_slots().values()}


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
