"""What the present settings do, in a sentence or two, and warnings about them."""

from __future__ import annotations

import numpy as np

from model.inputs import START
from model.scenario import BASELINE, Scenario
from model.scenario.lever_paths import YEARS
from views.display_units import DisplayUnit, display_unit, quantity
from views.language import Translate

from .catalogue import INTENSITY, LEAD, STEEL_CAPACITY, STEEL_OUTPUT
from .headline import UNITS, read
from .settings import Settings, is_baseline, policy_years
from .simulation import Result
from .sliders import Slot, slots, with_slots

NAMED = 2
"""Levers named in the sentence; of further ones only the count is given."""
NOTICEABLE = {
    STEEL_OUTPUT: 1.0,
    LEAD: 0.1,
    INTENSITY: 0.1,
}
"""Indicators told in words, with the smallest difference worth a word."""
STRONG_CLOSURE, WEAK_DISCIPLINE, STRICT_DISCIPLINE, NO_CLOSURE = 10.0, 0.4, 0.8, 1.0
"""Steel closures (Mt a year) and discipline (index) from which they contradict each other."""
SUBSIDY_NEEDS_PROJECTS, ALMOST_NO_RENOVATION = 5.0, 1000.0
MUCH_SMART, LITTLE_NETWORK = 50.0, 20.0
CAP_FAR_BELOW = 140.0
"""Mt: below the output of 2010."""
LEAST_CAPACITY = 100.0
"""Mt: far below any book capacity of the period."""


def _joined(parts: list[str], language: str) -> str:
    return ("；" if language == "zh" else "; ").join(parts)


def slot_text(slot: Slot, value: float, t: Translate, language: str) -> str:
    """A moved slider in words: name, mean of what happened, and value."""
    before = slider_number(slot, slot.mean("baseline"), language)
    return t("summary.lever", name=slot.name(language), before=before, value=slider_quantity(slot, value, language))


def slider_unit(slot: Slot, language: str) -> DisplayUnit:
    """How the values of a slider are shown: in one unit for all of its range."""
    return display_unit(slot.unit, language, slot.high)


def slider_digits(slot: Slot, language: str) -> int:
    """Decimals that a slider's step needs in the unit that is shown."""
    step = round(slider_unit(slot, language).scaled(slot.step), 9)
    return 0 if step >= 1 else (1 if step >= 0.1 else 2)


def slider_number(slot: Slot, value: float, language: str) -> str:
    """A value of a slider, without its unit."""
    return slider_unit(slot, language).number(value, digits=slider_digits(slot, language))


def slider_quantity(slot: Slot, value: float, language: str) -> str:
    """A value of a slider with its unit."""
    return slider_unit(slot, language).with_unit(slider_number(slot, value, language))


def sentence(settings: Settings, scenario: Scenario, now: Result, ghost: Result, t: Translate, language: str) -> str:
    """Plain words for what is set and what it does by the chosen year."""
    if is_baseline(settings):
        return t("summary.baseline")
    parts = []
    if settings.base != BASELINE:
        parts.append(
            t(
                "summary.preset",
                title=scenario.text("title", language),
                description=scenario.text("description", language),
            )
        )
    if settings.moved:
        told = [slot_text(slots()[s], v, t, language) for s, v in list(settings.moved.items())[-NAMED:]]
        if len(settings.moved) > NAMED:
            told.append(t("summary.more", count=len(settings.moved) - NAMED))
        parts.append(t("summary.moved", levers=_joined(told, language)))
    effects = []
    for indicator, least in NOTICEABLE.items():
        delta = read(now, indicator, settings.year) - read(ghost, indicator, settings.year)
        if abs(delta) >= least:
            key = f"summary.{indicator}.{'more' if delta > 0 else 'less'}"
            effects.append(t(key, delta=quantity(abs(delta), UNITS.get(indicator, "pp"), language)))
    if effects:
        parts.append(t("summary.effect", year=settings.year, effects=_joined(effects, language)))
    else:
        parts.append(t("summary.effect_none", year=settings.year))
    return ("" if language == "zh" else " ").join(parts)


def lever_means(settings: Settings, scenario: Scenario) -> dict[str, float]:
    """Mean of every slider's path over the years in which the levers act."""
    values = with_slots(scenario.levers, settings.moved)
    active = np.isin(YEARS, policy_years(settings.until))
    return {s.id: float(s.path(values.get(s.lever.id, "baseline"))[active].mean()) for s in slots().values()}


def warnings(settings: Settings, scenario: Scenario, now: Result, t: Translate, language: str) -> list[str]:
    """Settings that contradict each other or lie outside experience."""
    if is_baseline(settings):
        return []
    mean = lever_means(settings, scenario)
    closure, discipline = mean["capacity_closure.steel"], mean["capacity_discipline"]
    found = []
    if closure >= STRONG_CLOSURE and discipline <= WEAK_DISCIPLINE:
        found.append(t("warning.closure_without_discipline"))
    if closure < NO_CLOSURE and discipline >= STRICT_DISCIPLINE:
        found.append(t("warning.discipline_without_closure"))
    if (
        mean["renovation_subsidy"] >= SUBSIDY_NEEDS_PROJECTS
        and mean["technical_renovation_investment"] <= ALMOST_NO_RENOVATION
    ):
        found.append(t("warning.subsidy_without_renovation"))
    if mean["smart_manufacturing"] >= MUCH_SMART and mean["industrial_internet"] <= LITTLE_NETWORK:
        found.append(t("warning.smart_without_network"))
    if mean["output_cap"] <= CAP_FAR_BELOW:
        found.append(t("warning.cap_far_below"))
    capacity = now.series(STEEL_CAPACITY)
    low = np.flatnonzero(capacity < LEAST_CAPACITY)
    if low.size:
        found.append(
            t("warning.no_capacity", value=quantity(LEAST_CAPACITY, "Mt", language, digits=0), year=int(low[0]) + START)
        )
    beyond = [slots()[s].name(language) for s, v in settings.moved.items() if _outside(slots()[s], v)]
    if beyond:
        found.append(t("warning.beyond", levers=("、" if language == "zh" else ", ").join(beyond)))
    return found


def _outside(slot: Slot, value: float) -> bool:
    """Whether a slider lies further out than what happened at any time, by more than a step."""
    low, high = slot.observed_range
    return value > high + slot.step or value < low - slot.step
