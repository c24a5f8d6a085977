"""Units of the bare numbers in equations, such as the 100 between a fraction and a percentage.

Equations convert units with plain factors. Programs that check units would take these for pure numbers, so the factors
become constants with the unit that makes the equation consistent.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from model.engine.expression import (
    BROADCAST,
    CONSTANT,
    ELEMENT,
    INPUT,
    MASKS,
    STACK,
    SUM,
    WHERE,
    Expression,
    numbers,
)

from .names import Unit, times

PURE: Unit = {}
NOTHING = 1e-100
"""Numbers up to it, such as limits below which a divisor counts as 0, fit every unit."""
_ALIKE = frozenset(("add", "subtract", "minimum", "maximum", "negative", "absolute", "floor", "ceil", "trunc", "rint"))
_ALIKE |= {STACK, BROADCAST, ELEMENT, SUM}
"""Operations whose operands have the unit of the result."""
Places = dict[tuple[int, int], Unit]
"""Units of constants, by the expression that they are in and their position there."""


def units_of_numbers(root: Expression, unit: Unit, units: Mapping[str, Unit]) -> Places:
    """Units of the numbers in an equation that are no pure numbers; `unit` is that of `root`, `units` of its causes."""
    places: Places = {}
    _assign(root, unit, _Known(units), places)
    return places


class _Known(dict):
    """Units that follow from below, by id; None where numbers leave them open."""

    def __init__(self, units: Mapping[str, Unit]):
        super().__init__()
        self.units = units

    def of(self, e: Expression) -> Unit | None:
        if e.id not in self:
            self[e.id] = self._unit(e)
        return self[e.id]

    def _unit(self, e: Expression) -> Unit | None:
        if e.operation == CONSTANT or e.operation in MASKS:
            return None
        if e.operation == INPUT:
            return self.units[e.attribute[1]]
        arguments = e.arguments[1:] if e.operation == WHERE else e.arguments
        if e.operation == WHERE or e.operation in _ALIKE:
            return next((u for a in arguments if (u := self.of(a)) is not None), None)
        if e.operation in ("multiply", "divide"):
            first, second = (self.of(a) for a in arguments)
            if first is None or second is None:
                return None
            return times(first, second, 1 if e.operation == "multiply" else -1)
        if e.operation in ("sqrt", "power"):
            base, exponent = self.of(arguments[0]), _exponent(e)
            return None if base is None or exponent is None else times({}, base, exponent)
        return PURE


def _exponent(e: Expression) -> Fraction | None:
    """The power to which an expression raises its base, None where it is no constant; the base is then a number."""
    if e.operation == "sqrt":
        return Fraction(1, 2)
    exponent = e.arguments[1]
    known = exponent.operation == CONSTANT and not exponent.shape
    return Fraction(float(numbers(exponent))).limit_denominator(64) if known else None


def _assign(e: Expression, unit: Unit, known: _Known, places: Places) -> None:
    """Give the numbers below `e` the units with which `e` has `unit`."""
    for position, (argument, its_unit) in enumerate(zip(e.arguments, _wanted(e, unit, known), strict=True)):
        if argument.operation != CONSTANT:
            _assign(argument, its_unit, known, places)
        elif its_unit and not argument.shape and abs(float(numbers(argument))) > NOTHING:
            places[e.id, position] = its_unit


def _wanted(e: Expression, unit: Unit, known: _Known) -> list[Unit]:
    """The units that the arguments of `e` should have."""
    if e.operation == WHERE:
        return [PURE, unit, unit]
    if e.operation in _ALIKE:
        return [unit] * len(e.arguments)
    if e.operation in MASKS:
        return [next((u for a in e.arguments if (u := known.of(a)) is not None), PURE)] * len(e.arguments)
    if e.operation in ("multiply", "divide"):
        return _factors(e, unit, known)
    if e.operation in ("sqrt", "power"):
        exponent = _exponent(e)
        base = PURE if exponent is None else times({}, unit, 1 / exponent) if exponent else PURE
        return [base, PURE][: len(e.arguments)]
    return [PURE] * len(e.arguments)


def _factors(e: Expression, unit: Unit, known: _Known) -> list[Unit]:
    """The units of two factors, or of dividend and divisor: what is not known makes up for the rest."""
    first, second = (known.of(a) for a in e.arguments)
    sign = 1 if e.operation == "multiply" else -1
    if first is None and second is None:
        # A number beside something that also holds numbers is taken for a pure one.
        first, second = (PURE, None) if e.arguments[0].operation == CONSTANT else (None, PURE)
    if first is None:
        return [times(unit, second or PURE, -sign), second or PURE]
    if second is None:
        return [first, times(unit, first, -1) if sign == 1 else times(first, unit, -1)]
    return [first, second]
