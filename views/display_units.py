"""Quantities in the units that readers of a language use: billions of yuan in English, 万吨 and 亿吨 in Chinese.

The model keeps to its own units (亿元, Mt, 10k people). A `DisplayUnit` says by which factor a value is multiplied for
display, how the unit is called, and how many decimals are shown. All functions are pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import overload

import numpy as np

from .language import Locale

PER_YEAR = "/yr"
"""Ending of the model's units for rates; the unit before it decides how the value is scaled."""
YEARLY = {"en": "/yr", "zh": "/年"}
SEPARATORS = {"en": ",", "zh": "\u202f"}
"""Between groups of three digits: a comma in English, a narrow space in Chinese, as GB/T 15835 has it."""
SPACES = {"en": " ", "zh": ""}
"""Between a number and its unit."""
POINTS, PER_CENT = "pp", "%"


@dataclass(frozen=True)
class DisplayUnit:
    """How values in a unit of the model are shown in one language.

    `factor` is kept as a decimal number so that goals can be shown exactly; `digits` None means as many decimals as the
    size of the figure deserves.
    """

    locale: Locale
    factor: Decimal
    text: str
    digits: int | None = None

    @overload
    def scaled(self, value: float) -> float: ...

    @overload
    def scaled(self, value: np.ndarray) -> np.ndarray: ...

    def scaled(self, value: float | np.ndarray) -> float | np.ndarray:
        """A value of the model, or an array of them, in this unit."""
        return value * float(self.factor)

    def digits_of(self, value: float) -> int | None:
        """Decimals for a value of the model: one where whole ten thousands of tonnes would say too little."""
        few = self.digits == 0 and self.factor > 1 and abs(self.scaled(value)) < 10
        return 1 if few else self.digits

    def number(self, value: float, sign: bool = False, digits: int | None = None) -> str:
        """A value of the model as a figure in this unit; `sign` puts a plus before what is positive."""
        return self.figure(self.scaled(value), sign, self.digits_of(value) if digits is None else digits)

    def figure(self, shown: float, sign: bool = False, digits: int | None = None) -> str:
        """A value that is in this unit already as a figure."""
        if digits is None:
            digits = self.digits_of(shown / self.scaled(1.0))
        return self.locale.number(shown, digits, sign).replace(",", SEPARATORS[self.locale.language])

    def exact(self, value: float) -> str:
        """A value of the model in this unit with every decimal that it has, for goals, which are never rounded."""
        shown = f"{(Decimal(repr(float(value))) * self.factor).normalize():,f}"
        return shown.replace("-", "−").replace(",", SEPARATORS[self.locale.language])

    def with_unit(self, figure: str) -> str:
        """A figure followed by the unit."""
        return f"{figure}{SPACES[self.locale.language]}{self.text}" if self.text else figure

    def named(self, name: str) -> str:
        """A name followed by the unit in brackets."""
        return f"{name} ({self.text})" if self.text else name


@dataclass(frozen=True)
class _Step:
    """A display unit for values whose size, in the model's unit, is at least `least`."""

    least: float
    factor: str
    text: str
    digits: int | None = None


def _tonnes(of: str) -> tuple[_Step, ...]:
    """Chinese units for million tonnes: 万吨, and 亿吨 from a hundred million tonnes on."""
    return _Step(0.0, "100", f"万吨{of}", 0), _Step(100.0, "0.01", f"亿吨{of}", 2)


_STEPS: Mapping[str, Mapping[str, tuple[_Step, ...]]] = {
    "en": {
        "亿元": (_Step(0.0, "0.1", "bn yuan"),),
        "亿元/yr": (_Step(0.0, "0.1", "bn yuan/yr"),),
        "10k people": (_Step(0.0, "10", "thousand people"), _Step(100.0, "0.01", "million people", 2)),
        "10k t": (_Step(0.0, "10", "thousand t"), _Step(100.0, "0.01", "Mt", 2)),
        "patent/亿元": (_Step(0.0, "10", "patents per bn yuan"),),
    },
    "zh": {
        "Mt": _tonnes(""),
        "Mtce": _tonnes("标准煤"),
        "Mt CO2": _tonnes("CO₂"),
        "MtCO2": _tonnes("CO₂"),
        "Mt/yr": (_Step(0.0, "100", "万吨/年", 0),),
        "Mtce/yr": (_Step(0.0, "100", "万吨标准煤/年", 0),),
        "M weight cases": (_Step(0.0, "100", "万重量箱", 0),),
        "person": (_Step(0.0, "1", "人", 0), _Step(10_000.0, "0.0001", "万人")),
    },
}
"""Units that are scaled, by language and unit of the model, the smallest step first."""


def unit_steps(unit: str, locale: Locale) -> list[dict[str, float | str | int | None]]:
    """The display units of a unit of the model as plain data, the smallest first, each from a `least` size on."""
    sizes = [step.least for step in _STEPS[locale.language].get(unit.removesuffix(PER_YEAR), (_Step(0.0, "1", ""),))]
    units = [(least, display_unit(unit, locale, least)) for least in sizes]
    return [{"least": least, "factor": float(u.factor), "text": u.text, "digits": u.digits} for least, u in units]


def display_unit(unit: str, locale: Locale, size: float) -> DisplayUnit:
    """How to show values in a unit of the model whose greatest size is `size`, in the model's unit.

    Values that stand side by side (a goal and what is reached, the ticks of an axis) share one display unit.
    """
    base = unit.removesuffix(PER_YEAR)
    steps = _STEPS[locale.language].get(base)
    if steps is None:
        return DisplayUnit(locale, Decimal(1), locale.unit(unit))
    step = next(step for step in reversed(steps) if abs(size) >= step.least)
    ending = YEARLY[locale.language] if base != unit else ""
    return DisplayUnit(locale, Decimal(step.factor), step.text + ending, step.digits)


def quantity(value: float, unit: str, locale: Locale, sign: bool = False, digits: int | None = None) -> str:
    """A value of the model with its unit, such as "120 bn yuan" or "2.49亿吨"; `sign` is for differences."""
    shown = display_unit(unit, locale, value)
    return shown.with_unit(shown.number(value, sign, digits))


def difference(value: float, unit: str, locale: Locale, digits: int | None = None) -> str:
    """A difference with its sign and unit, such as "+13.8 Mt"; that of percentages is in percentage points."""
    return quantity(value, POINTS if unit == PER_CENT else unit, locale, sign=True, digits=digits)


def goal(value: float, unit: str, locale: Locale) -> str:
    """A goal with its unit and every decimal that it has."""
    shown = display_unit(unit, locale, value)
    return shown.with_unit(shown.exact(value))
