"""Declarations: each variable of a model is written down once, as a small pure function.

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

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

from .errors import DeclarationError
from .text import Labelled


@dataclass(frozen=True)
class Axis:
    """A named array dimension, such as the branches of industry.

    Axes of one model must differ in size, because the axis of an equation is read off its shape.
    """

    name: str
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    def index(self, label: str) -> int:
        """Position of `label`; a `DeclarationError` lists what exists."""
        try:
            return self.labels.index(label)
        except ValueError:
            known = ", ".join(self.labels)
            raise DeclarationError(f"axis {self.name}: no element {label!r}; it has {known}") from None


@dataclass(frozen=True)
class Variable(Labelled):
    """One variable, fully described.

    `kind` is stock, flow, auxiliary or annual. `causes` are names in the order in which
    `function` takes them. Stocks have `initial`, `inflows` and `outflows` instead of a function.
    `report` says how a year is summed up: its mean (flows, auxiliaries) or its end (stocks).
    `of` names what a scalar belongs to in tables, such as one sector; "all" is the whole.
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
    axis: Axis | None = None
    report: str = "mean"
    of: str = "all"
    generated: bool = False


@dataclass
class Declaration:
    """What a decorator returns: callable like the equation, turned into variables by `bind`."""

    make: Callable[[str, str], list[Variable]]
    function: Callable | None = field(default=None)

    def __call__(self, *args, **kwargs):
        """Evaluate the equation, for example in a test."""
        if self.function is None:
            raise TypeError("a stock has no equation to call; call its flows")
        return self.function(*args, **kwargs)

    def bind(self, name: str, chapter: str) -> list[Variable]:
        """The variables that this declaration stands for, under `name`."""
        return self.make(name, chapter)


def _require(name: str, **texts: str) -> None:
    for what, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise DeclarationError(f"{name}: {what} is missing; give a non-empty {what}")


def _causes(function: Callable) -> tuple[str, ...]:
    for parameter in inspect.signature(function).parameters.values():
        plain = parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        if not plain or parameter.default is not inspect.Parameter.empty:
            raise DeclarationError(
                f"{function.__name__}: argument {parameter.name!r} must be a plain name, without default or star"
            )
    return tuple(inspect.signature(function).parameters)


def _equation(kind: str, unit: str, zh: str, en: str, report: str, of: str) -> Callable[[Callable], Declaration]:
    def decorate(function: Callable) -> Declaration:
        def make(name: str, chapter: str) -> list[Variable]:
            doc = inspect.getdoc(function) or ""
            _require(name, unit=unit, zh=zh, en=en, docstring=doc)
            return [Variable(name, kind, unit, zh, en, doc, chapter, _causes(function), function, report=report, of=of)]

        return Declaration(make, function)

    return decorate


def auxiliary(unit: str, zh: str = "", en: str = "", report: str = "mean", of: str = "all"):
    """Declare an auxiliary: an algebraic function of its causes at the same instant."""
    return _equation("auxiliary", unit, zh, en, report, of)


def flow(unit: str, zh: str = "", en: str = "", of: str = "all"):
    """Declare a flow: an auxiliary that fills or drains stocks (its unit is that of the stock per year)."""
    return _equation("flow", unit, zh, en, "mean", of)


def annual(unit: str, zh: str = "", en: str = "", of: str = "all"):
    """Declare an annual statistic: a function of yearly series such as a growth rate.

    Its causes are arrays over years, with the axis of the variable (if any) in front; constants have
    one year only, which fits all.
    """
    return _equation("annual", unit, zh, en, "mean", of)


def stock(
    unit: str,
    zh: str,
    en: str,
    doc: str,
    *,
    initial: str | float,
    inflows: list[str] = (),
    outflows: list[str] = (),
    over: Axis | None = None,
    of: str = "all",
) -> Declaration:
    """Declare a stock: it changes only through its named flows.

    `initial` names the parameter or auxiliary that gives its value at the start, or is that number.
    """

    def make(name: str, chapter: str) -> list[Variable]:
        _require(name, unit=unit, zh=zh, en=en, docstring=doc, initial=str(initial))
        return [
            Variable(
                name, "stock", unit, zh, en, doc, chapter, initial=initial,
                inflows=tuple(inflows), outflows=tuple(outflows), axis=over, report="end", of=of,
            )
        ]  # fmt: skip

    return Declaration(make)


def smooth(
    unit: str, zh: str, en: str, doc: str, *, of: str, time: str, initial: str | None = None,
    over: Axis | None = None,
) -> Declaration:  # fmt: skip
    """Declare a first-order smooth: a stock that closes its gap to `of` within `time` years.

    Starts at `initial`, or at the value of `of`, and expands into the stock and its net flow.
    """

    def adjustment(target, level, delay):
        return (target - level) / delay

    def make(name: str, chapter: str) -> list[Variable]:
        _require(name, unit=unit, zh=zh, en=en, docstring=doc)
        rate = f"{name}_adjustment"
        return [
            Variable(
                name, "stock", unit, zh, en, doc, chapter, initial=initial or of,
                inflows=(rate,), axis=over, report="mean",
            ),
            Variable(
                rate, "flow", f"{unit}/yr", f"{zh}（调整）", f"{en} (adjustment)",
                f"Gap between `{of}` and `{name}` closed over `{time}`.", chapter,
                (of, name, time), adjustment, generated=True,
            ),
        ]  # fmt: skip

    return Declaration(make)


def delay3(
    unit: str, zh: str, en: str, doc: str, *, of: str, time: str, initial: str | None = None,
    over: Axis | None = None,
) -> Declaration:  # fmt: skip
    """Declare a third-order material delay of the flow `of`: what enters leaves after `time` years on average.

    Expands into three stocks, `<name>_stage_1` to `_3`, and the flows between them; the last
    flow is `name` itself. The stages start in balance with the rate `initial` (or with `of`).
    The unit of the stages is the unit of the flow times a year.
    """

    def content(rate, delay):
        return rate * delay / 3

    def leave(level, delay):
        return level * 3 / delay

    def make(name: str, chapter: str) -> list[Variable]:
        _require(name, unit=unit, zh=zh, en=en, docstring=doc)
        stages = [f"{name}_stage_{k}" for k in (1, 2, 3)]
        flows = [of, f"{name}_leaving_1", f"{name}_leaving_2", name]
        start = f"{name}_initial_content"
        variables = [
            Variable(
                start, "auxiliary", f"{unit}*yr", f"{zh}（每阶段初值）", f"{en} (initial content per stage)",
                f"Content of one stage when `{initial or of}` flows through steadily.", chapter,
                (initial or of, time), content, generated=True,
            )
        ]  # fmt: skip
        for k, stage in enumerate(stages):
            variables.append(
                Variable(
                    stage, "stock", f"{unit}*yr", f"{zh}（第{k + 1}阶段）", f"{en} (stage {k + 1})",
                    f"Material in stage {k + 1} of the delay `{name}`.", chapter, initial=start,
                    inflows=(flows[k],), outflows=(flows[k + 1],), axis=over, report="end", generated=True,
                )
            )  # fmt: skip
            last = k == len(stages) - 1
            variables.append(
                Variable(
                    flows[k + 1], "flow", unit, zh if last else f"{zh}（离开第{k + 1}阶段）",
                    en if last else f"{en} (leaving stage {k + 1})",
                    doc if last else f"Flow out of stage {k + 1} of the delay `{name}`.", chapter,
                    (stage, time), leave, generated=not last,
                )
            )  # fmt: skip
        return variables

    return Declaration(make)
