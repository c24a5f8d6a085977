"""Symbolic expressions as equations of XMILE: one text for all elements of an array, or one for each."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from model.engine.checked_system import TIME, System
from model.engine.declare import Axis, Variable
from model.engine.errors import DeclarationError
from model.engine.expression import (
    BROADCAST,
    CONSTANT,
    ELEMENT,
    INPUT,
    STACK,
    SUM,
    WHERE,
    Expression,
    Pool,
    below,
    is_constant,
    numbers,
)

Place = int | tuple[Axis, ...] | None
"""Which entry of an array is written: one (its flat index), each of these axes in one text, or that of a scalar."""
Substitute = Callable[[Expression, int], str | None]
"""A name to write instead of a constant (argument so-and-so of an expression), or None to write the number."""
LOWEST, COMPARED, ADDED, MULTIPLIED, RAISED, ATOM = range(6)
"""How strongly the parts of a text hold together."""
_INFIX = {
    "add": ("+", ADDED),
    "subtract": ("-", ADDED),
    "multiply": ("*", MULTIPLIED),
    "divide": ("/", MULTIPLIED),
    "greater": (">", COMPARED),
    "less": ("<", COMPARED),
    "greater_equal": (">=", COMPARED),
    "less_equal": ("<=", COMPARED),
    "equal": ("=", COMPARED),
    "not_equal": ("<>", COMPARED),
    "logical_and": ("AND", LOWEST),
    "logical_or": ("OR", LOWEST),
}
_CALLS = {"minimum": "MIN", "maximum": "MAX", "exp": "EXP", "log": "LN", "sqrt": "SQRT", "absolute": "ABS"}
_CALLS |= {"floor": "INT"}  # INT of XMILE is the largest whole number below
_PATTERNS = {
    "log1p": "LN(1 + {0})",
    "tanh": "1 - 2/(EXP(2*{0}) + 1)",
    "ceil": "-INT(-{0})",
    "trunc": "IF {0} < 0 THEN -INT(-{0}) ELSE INT({0})",
    # Halves go to the even neighbour.
    "rint": "IF {0} - INT({0}) = 0.5 THEN 2*INT(0.5*{0} + 0.5) ELSE INT({0} + 0.5)",
    "logical_not": "NOT {0}",
}
"""Functions that XMILE lacks, from an operand that is an atom."""


class NotUniformError(Exception):
    """The entries of an array differ in form, so one text cannot describe all."""


@dataclass(frozen=True)
class Equation:
    """The right-hand side of a variable: a text for all entries, or one for each; and the names that it uses."""

    texts: tuple[str, ...]
    uses: tuple[str, ...] = ()


@dataclass
class Printer:
    """Writes expressions; `names` are those of XMILE by name in the system, `axes` and `labels` those of inputs."""

    names: Mapping[str, str]
    axes: Mapping[str, tuple[Axis, ...]]
    labels: Mapping[str, tuple[str, ...]]
    substitute: Substitute = lambda parent, position: None
    used: dict[str, None] = field(default_factory=dict)

    def equation(self, expression: Expression, axes: tuple[Axis, ...]) -> Equation:
        """The equation of a variable over `axes`."""
        self.used = {}
        try:
            texts: tuple[str, ...] = (self.text(expression, axes or None),)
        except NotUniformError:
            self.used = {}
            texts = tuple(self.text(expression, k) for k in range(expression.size))
        return Equation(texts, tuple(self.used))

    def text(self, expression: Expression, place: Place = None) -> str:
        """The whole text of an expression."""
        text = self._term(expression, place)[0]
        is_group = expression.operation == WHERE and text.startswith("(") and text.endswith(")")
        return text[1:-1] if is_group else text

    def reference(self, name: str, place: Place) -> str:
        """A variable, or an entry of it."""
        self.used[name] = None
        axes = self.axes[name]
        if not axes:
            return self.names[name]
        if isinstance(place, tuple):
            if place[len(place) - len(axes) :] != axes:
                raise NotUniformError
            return f"{self.names[name]}[{', '.join(a.name for a in axes)}]"
        index = np.unravel_index(place or 0, tuple(len(a) for a in axes))
        return f"{self.names[name]}[{', '.join(self.labels[a.name][k] for a, k in zip(axes, index, strict=True))}]"

    def _term(self, e: Expression, place: Place) -> tuple[str, int]:
        """Text and strength of an expression."""
        place = place if e.shape else None
        if e.operation == CONSTANT:
            return _constant(e, place)
        if e.operation == INPUT:
            return self.reference(e.attribute[1], place), ATOM
        if e.operation == ELEMENT:
            return self._term(e.arguments[0], e.attribute)
        if e.operation == BROADCAST:
            return self._term(e.arguments[0], None)
        if e.operation == STACK:
            return self._stacked(e, place)
        if e.operation == SUM:
            return self._sum(e.arguments[0])
        if e.operation == WHERE:
            return self._choice(e, place)
        return self._operation(e, place)

    def _stacked(self, e: Expression, place: Place) -> tuple[str, int]:
        if isinstance(place, int):
            return self._term(e.arguments[place], None)
        first = e.arguments[0]
        array = first.arguments[0] if first.operation == ELEMENT else None
        if array is None or e.shape[e.ndim - array.ndim :] != array.shape:
            raise NotUniformError
        if any(a.operation != ELEMENT or a.arguments[0] is not array for a in e.arguments):
            raise NotUniformError
        along = np.broadcast_to(np.arange(array.size).reshape(array.shape), e.shape).ravel()
        if [a.attribute for a in e.arguments] != along.tolist():
            raise NotUniformError
        return self._term(array, place)

    def _sum(self, array: Expression) -> tuple[str, int]:
        # Written out, because the programs differ in how they write a sum over an axis.
        return " + ".join(self._inside(array, k, ADDED) for k in range(array.size)), ADDED

    def _choice(self, e: Expression, place: Place) -> tuple[str, int]:
        parts = [self._argument(e, k, part, place) for k, part in enumerate(e.arguments)]
        return "(IF {} THEN {} ELSE {})".format(*parts), ATOM

    def _operation(self, e: Expression, place: Place) -> tuple[str, int]:
        name, arguments = e.operation, e.arguments
        if (inner := _logistic(e)) is not None:
            return f"1/(1 + EXP(-{self._inside(inner, place, ATOM)}))", MULTIPLIED
        if name in _CALLS:
            return f"{_CALLS[name]}({', '.join(self._argument(e, k, a, place) for k, a in enumerate(arguments))})", ATOM
        if name in _PATTERNS:
            return f"({_PATTERNS[name].format(self._inside(arguments[0], place, ATOM))})", ATOM
        if name == "negative":
            return f"-{self._inside(arguments[0], place, ATOM)}", ADDED
        if name == "power" or (name == "multiply" and arguments[0] is arguments[1]):
            exponent = self._inside(arguments[1], place, ATOM) if name == "power" else "2"
            return f"{self._inside(arguments[0], place, ATOM)}^{exponent}", RAISED
        if name not in _INFIX:
            raise DeclarationError(f"{name} cannot be written as XMILE")
        sign, strength = _INFIX[name]
        # What follows a sign is grouped unless it holds together more strongly, so that rounding stays the same.
        left = self._inside(arguments[0], place, strength + (strength <= COMPARED), e, 0)
        right = self._inside(arguments[1], place, strength + 1, e, 1)
        gap = "" if strength == MULTIPLIED else " "
        return f"{left}{gap}{sign}{gap}{right}", strength

    def _argument(self, parent: Expression, position: int, e: Expression, place: Place) -> str:
        name = self.substitute(parent, position) if e.operation == CONSTANT else None
        return name or self.text(e, place)

    def _inside(
        self, e: Expression, place: Place, strength: int, parent: Expression | None = None, position: int = 0
    ) -> str:
        """An operand, in brackets unless it is at least as strong as `strength`."""
        if parent is not None and e.operation == CONSTANT and (name := self.substitute(parent, position)):
            return name
        text, its_strength = self._term(e, place)
        return text if its_strength >= strength else f"({text})"


def number_text(value: float) -> str:
    """A number as XMILE reads it, with all its digits."""
    if not math.isfinite(value):
        raise DeclarationError(f"{value} cannot be written as XMILE")
    return repr(float(value)).removesuffix(".0")


def _constant(e: Expression, place: Place) -> tuple[str, int]:
    values = numbers(e).ravel()
    if isinstance(place, tuple) and len(set(values)) > 1:
        raise NotUniformError
    value = float(values[place if isinstance(place, int) else 0])
    return number_text(value), ADDED if value < 0 else ATOM


def _without_repeated_guards(root: Expression) -> Expression:
    """`root` without choices inside a branch of a choice by the same mask, where their outcome is known."""
    known: dict[int, Expression] = {}
    for e in below([root]):
        arguments = tuple(known[a.id] for a in e.arguments)
        if e.operation == WHERE:
            mask, chosen, other = arguments
            arguments = mask, _resolved(chosen, mask, 1), _resolved(other, mask, 2)
        known[e.id] = _with_arguments(e, arguments)
    return known[root.id]


def _resolved(e: Expression, mask: Expression, branch: int) -> Expression:
    """`e` with every choice by `mask` in it replaced by the branch that is taken."""
    if e.operation == WHERE and e.arguments[0] is mask:
        return e.arguments[branch]
    if e.operation in (ELEMENT, SUM):
        return e
    return _with_arguments(e, tuple(_resolved(a, mask, branch) for a in e.arguments))


def _with_arguments(e: Expression, arguments: tuple[Expression, ...]) -> Expression:
    if all(new is old for new, old in zip(arguments, e.arguments, strict=True)):
        return e
    return e.pool.make(e.operation, arguments, e.attribute, e.shape)


def _logistic(e: Expression) -> Expression | None:
    """The argument where `e` is 0.5 * (1 + tanh(0.5 * argument)), else None."""
    if e.operation != "multiply" or not is_constant(e.arguments[0], 0.5) or e.arguments[1].operation != "add":
        return None
    one, tanh = e.arguments[1].arguments
    if not is_constant(one, 1.0) or tanh.operation != "tanh" or tanh.arguments[0].operation != "multiply":
        return None
    half, inner = tanh.arguments[0].arguments
    return inner if is_constant(half, 0.5) else None


def traced(system: System, variable: Variable) -> Expression:
    """The equation of a variable as an expression of its causes. A `DeclarationError` names the variable."""
    pool = Pool(reciprocals=False)
    arguments = [pool.input(("cause", c), system.shape_of(c), 1) for c in variable.causes]
    try:
        result = pool.lifted(variable.equation(*arguments))
        return _without_repeated_guards(pool.broadcast(result, variable.shape))
    except (TypeError, ValueError) as error:
        raise DeclarationError(f"{variable.name} ({variable.chapter}): {error}") from error


def axes_of_all(system: System) -> dict[str, tuple[Axis, ...]]:
    """The axes of every variable and input, and of the time."""
    axes = {name: v.axes for name, v in system.variables.items()}
    axes |= {name: () if i.axis is None else (i.axis,) for name, i in system.inputs.items()}
    return {**axes, TIME: ()}
