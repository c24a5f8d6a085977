"""Declarations: each variable of a model is declared once, as a small pure function.

The name of the function is the variable, the names of its arguments are its causes, the
decorator carries unit and labels, the docstring is the definition and its source::

    @auxiliary("1", zh="产能利用率", en="Capacity utilisation")
    def utilisation(output, capacity):
        \"\"\"Output per unit of usable capacity.\"\"\"
        return ratio(output, capacity)

A declaration stays callable, so an equation can be tested with plain numbers. `Declaration.bind`
turns it into one or more `Variable` records once its name is known (the attribute it is bound to).
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .errors import DeclarationError
from .text import Labelled

if TYPE_CHECKING:
    from .ops import Value


@dataclass(frozen=True)
class Axis:
    """A named array dimension, such as the branches of industry.

    `labels` are its entries, `zh` and `en` its name in Chinese and English. Arrays follow numpy's rules: those over
    axes of one size combine element by element, whatever the axes are called, and an array over one axis combines with
    the last axis of an array over two.
    """

    name: str
    labels: tuple[str, ...]
    zh: str = ""
    en: str = ""

    def __len__(self) -> int:
        return len(self.labels)

    def index(self, label: str) -> int:
        """Position of `label`; a `DeclarationError` lists the labels of the axis for an unknown one."""
        try:
            return self.labels.index(label)
        except ValueError:
            known = ", ".join(self.labels)
            raise DeclarationError(f"axis {self.name}: no element {label!r}; it has {known}") from None


Over = Axis | tuple[Axis, ...] | None
"""What a variable extends over: an axis, several (the first varies slowest), or none for a scalar."""


@dataclass(frozen=True)
class Variable(Labelled):
    """One variable, fully described.

    `kind` is stock, flow, auxiliary, delayed or annual. `causes` are names in the order in which
    `function` takes them. Stocks have `initial`, `inflows` and `outflows` instead of a function, fixed delays
    (delayed) `initial`, and as causes what they delay and the time.
    `report` is how a year is aggregated: the mean (flows, auxiliaries) or the value at its end (stocks).
    `axes` are what its arrays extend over, none for a scalar. `belongs_to` is the label of a scalar in
    tables, such as one sector; "all" is the total.
    """

    name: str
    kind: str
    unit: str
    zh: str
    en: str
    doc: str
    chapter: str
    causes: tuple[str, ...] = ()
    function: Callable | None = None
    initial: str | float | None = None
    inflows: tuple[str, ...] = ()
    outflows: tuple[str, ...] = ()
    axes: tuple[Axis, ...] = ()
    report: str = "mean"
    belongs_to: str = "all"
    generated: bool = False

    @property
    def equation(self) -> Callable[..., Value]:
        """The function of a variable that has one; a `DeclarationError` for a stock or a fixed delay."""
        if self.function is None:
            raise DeclarationError(f"{self.name}: a variable of kind {self.kind} has no equation")
        return self.function

    @property
    def of(self) -> str:
        """What a fixed delay delays."""
        return self.causes[0]

    @property
    def time(self) -> str:
        """The delay time of a fixed delay, evaluated at the start of the run."""
        return self.causes[1]

    @functools.cached_property
    def shape(self) -> tuple[int, ...]:
        """The shape of its value at one moment."""
        return tuple(len(axis) for axis in self.axes)

    @property
    def axis(self) -> Axis | None:
        """The axis of a variable over one, None for a scalar; a `DeclarationError` where there are several."""
        if len(self.axes) > 1:
            raise DeclarationError(f"{self.name}: over {' and '.join(a.name for a in self.axes)}, not over one axis")
        return self.axes[0] if self.axes else None


@dataclass
class Declaration:
    """What a decorator returns: callable like the equation, turned into variables by `bind`."""

    make: Callable[[str, str], list[Variable]]
    function: Callable | None = field(default=None)

    def __call__(self, *args: Value, **kwargs: Value) -> Value:
        """Evaluate the equation, for example in a test."""
        if self.function is None:
            raise TypeError("a stock or delay has no equation to call; call its flows")
        return self.function(*args, **kwargs)

    def bind(self, name: str, chapter: str) -> list[Variable]:
        """The variables into which this declaration expands, under `name`."""
        return self.make(name, chapter)


def axes_of(over: Over) -> tuple[Axis, ...]:
    """The axes of `over` as a tuple, empty for a scalar."""
    if over is None:
        return ()
    return (over,) if isinstance(over, Axis) else tuple(over)


def require_texts(name: str, **texts: str) -> None:
    """Raise a `DeclarationError` for the variable `name` unless every text is there."""
    for field_name, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise DeclarationError(f"{name}: {field_name} is missing; give a non-empty {field_name}")


def _causes(function: Callable) -> tuple[str, ...]:
    parameters = inspect.signature(function).parameters
    for parameter in parameters.values():
        plain = parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        if not plain or parameter.default is not inspect.Parameter.empty:
            raise DeclarationError(
                f"{function.__name__}: argument {parameter.name!r} must be a plain name, without default or star"
            )
    return tuple(parameters)


def _equation(
    kind: str, unit: str, zh: str, en: str, report: str, over: Over, belongs_to: str
) -> Callable[[Callable], Declaration]:
    def decorate(function: Callable) -> Declaration:
        def make(name: str, chapter: str) -> list[Variable]:
            doc = inspect.getdoc(function) or ""
            require_texts(name, unit=unit, zh=zh, en=en, docstring=doc)
            return [
                Variable(
                    name,
                    kind,
                    unit,
                    zh,
                    en,
                    doc,
                    chapter,
                    _causes(function),
                    function,
                    axes=axes_of(over),
                    report=report,
                    belongs_to=belongs_to,
                )
            ]

        return Declaration(make, function)

    return decorate


def auxiliary(
    unit: str, zh: str = "", en: str = "", report: str = "mean", over: Over = None, belongs_to: str = "all"
) -> Callable[[Callable], Declaration]:
    """Declare an auxiliary: an algebraic function of its causes at the same instant, with values over `over`."""
    return _equation("auxiliary", unit, zh, en, report, over, belongs_to)


def flow(
    unit: str, zh: str = "", en: str = "", over: Over = None, belongs_to: str = "all"
) -> Callable[[Callable], Declaration]:
    """Declare a flow: an auxiliary that fills or drains stocks (its unit is that of the stock per year)."""
    return _equation("flow", unit, zh, en, "mean", over, belongs_to)


def annual(
    unit: str, zh: str = "", en: str = "", over: Over = None, belongs_to: str = "all"
) -> Callable[[Callable], Declaration]:
    """Declare an annual statistic: a function of yearly series such as a growth rate.

    Its causes are arrays over years, with their axes (if any) in front; constants have one year only, which fits all.
    """
    return _equation("annual", unit, zh, en, "mean", over, belongs_to)


def stock(
    unit: str,
    zh: str,
    en: str,
    doc: str,
    *,
    initial: str | float,
    inflows: Sequence[str] = (),
    outflows: Sequence[str] = (),
    over: Over = None,
    belongs_to: str = "all",
) -> Declaration:
    """Declare a stock: it changes only through its named flows.

    `initial` names the parameter or auxiliary that gives its value at the start, or is that number.
    """

    def make(name: str, chapter: str) -> list[Variable]:
        require_texts(name, unit=unit, zh=zh, en=en, docstring=doc, initial=str(initial))
        return [
            Variable(
                name,
                "stock",
                unit,
                zh,
                en,
                doc,
                chapter,
                initial=initial,
                inflows=tuple(inflows),
                outflows=tuple(outflows),
                axes=axes_of(over),
                report="end",
                belongs_to=belongs_to,
            )
        ]

    return Declaration(make)
