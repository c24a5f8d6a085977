"""Values and paths of sliders as figures in the unit that is shown."""

from __future__ import annotations

import numpy as np

from model.inputs import END, POLICY_START
from model.scenario import LeverValue
from model.scenario.lever_values import YEARS
from views.display_units import DisplayUnit, display_unit
from views.language import Locale

from .sliders import Slot


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
