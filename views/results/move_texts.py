"""Moved sliders and changed assumptions in words.

The Explore component writes the same words beside its sliders (views/component/js/move_words.js) from the same texts.
"""

from __future__ import annotations

from collections.abc import Mapping

from model.inputs import LATEST, POLICY_START, drivers
from model.scenario import AS_HAPPENED
from views.language import Locale

from .assumptions import is_shifted, parameter_slots
from .moves import Move
from .slider_texts import no_rule, path_text, slider_digits, slider_quantity, slider_unit
from .sliders import Slot, slots

FACTOR_DIGITS = 2
PERCENT = 100


def move_words(slot: Slot, move: Move, locale: Locale) -> str:
    """What a move does to the path, such as "× 1.2, 2 years later, from 2018"."""
    if move.points:
        return locale.translate("move.points")
    parts = []
    if move.hold is not None:
        value = no_rule(slot, move.hold, locale) or slider_quantity(slot, move.hold, locale)
        parts.append(locale.translate("move.held", value=value))
    if move.factor != 1.0:
        parts.append(locale.translate("move.scaled", factor=locale.number(move.factor, FACTOR_DIGITS)))
    if move.shift:
        parts.append(shift_text(slot, move.shift, locale))
    if move.delay:
        key = ("move.later" if move.delay > 0 else "move.earlier") + ("_one" if abs(move.delay) == 1 else "")
        parts.append(locale.translate(key, years=abs(move.delay)))
    return locale.enumeration([*parts, *period_words(move, locale)])


def shift_text(slot: Slot, shift: float, locale: Locale) -> str:
    """What is added to a path, with its sign and unit."""
    unit = slider_unit(slot, locale)
    return unit.with_unit(unit.number(shift, sign=True, digits=slider_digits(slot, locale)))


def period_words(move: Move, locale: Locale) -> list[str]:
    """The years in which a move applies; nothing where it is from 2016 on."""
    if move.last == LATEST:
        return [] if move.first == POLICY_START else [locale.translate("move.from", first=move.first)]
    return [locale.translate("move.period", first=move.first, last=move.last)]


def slot_text(slot: Slot, move: Move, locale: Locale) -> str:
    """A moved slider in words, with its name and, for one value, what happened."""
    name = slot.name(locale)
    if move.hold is not None and move.whole_period:
        key = "summary.held" if slot.varies(AS_HAPPENED) else "summary.lever"
        value = no_rule(slot, move.hold, locale) or slider_quantity(slot, move.hold, locale)
        return locale.translate(key, name=name, before=path_text(slot, AS_HAPPENED, locale), value=value)
    return locale.translate("summary.changed", name=name, words=move_words(slot, move, locale))


def assumption_texts(parameters: Mapping[str, float], changed: Mapping[str, float], locale: Locale) -> list[str]:
    """Changed assumptions in words, each with its name."""
    found = []
    for name, value in parameters.items():
        slot = parameter_slots()[name]
        found.append(
            locale.translate(
                "assume.parameter_set",
                name=slot.name(locale),
                before=f"{slot.value:g}",
                value=f"{value:g}",
                unit=locale.unit(slot.parameter.unit),
            )
        )
    for name, value in changed.items():
        driver = drivers()[name]
        change = f"{value * PERCENT:+g}".replace("-", "−") if is_shifted(driver) else f"{value:g}"
        key = "assume.driver_shifted" if is_shifted(driver) else "assume.driver_scaled"
        found.append(locale.translate(key, name=locale.text(driver.label), change=change))
    return found


def moved_texts(moved: Mapping[str, Move], locale: Locale) -> list[str]:
    """All moved sliders in words."""
    return [slot_text(slots()[name], move, locale) for name, move in moved.items()]
