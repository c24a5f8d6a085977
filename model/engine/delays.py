"""Delays: smooths and material delays of any order, which expand into stocks and flows, and fixed delays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from .declare import Declaration, Over, Variable, axes_of, require_texts
from .errors import DeclarationError

if TYPE_CHECKING:
    from .ops import Value


def smooth(
    unit: str,
    zh: str,
    en: str,
    doc: str,
    *,
    of: str,
    time: str,
    initial: str | float | None = None,
    over: Over = None,
    order: int = 1,
) -> Declaration:
    """Declare a smooth (information delay): a stock that closes its gap to `of` within `time` years.

    Starts at `initial`, or at the value of `of`, and expands into the stock and its net flow. One of a higher order is
    a chain of `order` such stocks, `<name>_level_1` and so on, each of which follows the one before within
    `time / order`; the last is `name` itself.
    """

    def make(name: str, chapter: str) -> list[Variable]:
        require_texts(name, unit=unit, zh=zh, en=en, docstring=doc)
        _require_order(name, order)
        part: Callable[..., Variable] = partial(Variable, chapter=chapter, axes=axes_of(over))
        levels = [*(f"{name}_level_{k + 1}" for k in range(order - 1)), name]
        variables = []
        for k, (target, level) in enumerate(zip((of, *levels), levels, strict=False), start=1):
            hidden = level != name
            labels = {"zh": f"{zh}（第{k}级）", "en": f"{en} (level {k})"} if hidden else {"zh": zh, "en": en}
            text = f"Level {k} of the smooth `{name}`." if hidden else doc
            start = {"initial": of if initial is None else initial, "inflows": (f"{level}_adjustment",)}
            variables.append(part(level, "stock", unit, **labels, doc=text, **start, report="mean", generated=hidden))
            labels = {"zh": f"{labels['zh']}（调整）", "en": f"{labels['en']} (adjustment)"}
            text = f"Gap between `{target}` and `{level}` closed over `{time}`" + (f" / {order}." if order > 1 else ".")
            equation = {"causes": (target, level, time), "function": _adjustment(order), "generated": True}
            variables.append(part(f"{level}_adjustment", "flow", f"{unit}/yr", **labels, doc=text, **equation))
        return variables

    return Declaration(make)


def _adjustment(order: int) -> Callable[..., Value]:
    """The equation by which a level of a smooth follows its target."""

    def adjustment(target: Value, level: Value, delay: Value) -> Value:
        return (target - level) / delay

    def adjustment_of_level(target: Value, level: Value, delay: Value) -> Value:
        return (target - level) * order / delay

    return adjustment if order == 1 else adjustment_of_level


def delay(
    unit: str,
    zh: str,
    en: str,
    doc: str,
    *,
    of: str,
    time: str,
    initial: str | None = None,
    over: Over = None,
    order: int = 1,
) -> Declaration:
    """Declare a material delay of the flow `of`: the inflow leaves after `time` years on average.

    Expands into `order` stocks, `<name>_stage_1` and so on, and the flows between them; the last flow is `name`
    itself. The stages start in balance with the rate `initial` (or with `of`). The unit of the stages is the unit of
    the flow times a year.
    """

    def content(rate: Value, delay: Value) -> Value:
        return rate * delay / order

    def leave(level: Value, delay: Value) -> Value:
        return level * order / delay

    def make(name: str, chapter: str) -> list[Variable]:
        require_texts(name, unit=unit, zh=zh, en=en, docstring=doc)
        _require_order(name, order)
        part: Callable[..., Variable] = partial(Variable, chapter=chapter, axes=axes_of(over))
        stages = [f"{name}_stage_{k + 1}" for k in range(order)]
        flows = [of, *(f"{name}_leaving_{k + 1}" for k in range(order - 1)), name]
        start = f"{name}_initial_content"
        labels = {"zh": f"{zh}（每阶段初值）", "en": f"{en} (initial content per stage)"}
        text = f"Content of one stage when `{initial or of}` flows through steadily."
        equation = {"causes": (initial or of, time), "function": content, "generated": True}
        variables = [part(start, "auxiliary", f"{unit}*yr", **labels, doc=text, **equation)]
        for k, stage in enumerate(stages, start=1):
            labels = {"zh": f"{zh}（第{k}阶段）", "en": f"{en} (stage {k})"}
            text = f"Material in stage {k} of the delay `{name}`."
            held = {"initial": start, "inflows": (flows[k - 1],), "outflows": (flows[k],), "report": "end"}
            variables.append(part(stage, "stock", f"{unit}*yr", **labels, doc=text, **held, generated=True))
            hidden = k < order
            passing = {"zh": f"{zh}（离开第{k}阶段）", "en": f"{en} (leaving stage {k})"}
            labels = passing if hidden else {"zh": zh, "en": en}
            text = f"Flow out of stage {k} of the delay `{name}`." if hidden else doc
            equation = {"causes": (stage, time), "function": leave, "generated": hidden}
            variables.append(part(flows[k], "flow", unit, **labels, doc=text, **equation))
        return variables

    return Declaration(make)


delay3 = partial(delay, order=3)
"""Declare a third-order material delay; see `delay`."""


def fixed_delay(
    unit: str,
    zh: str,
    en: str,
    doc: str,
    *,
    of: str,
    time: str,
    initial: str | float | None = None,
    over: Over = None,
) -> Declaration:
    """Declare a fixed delay (pipeline): the value of `of` exactly `time` years ago.

    `time` is taken at the start of the run, in whole steps, at least one. Before that much time has passed, the value
    is `initial`, or that of `of` at the start. It is constant within a step, and breaks algebraic loops like a stock.
    """

    def make(name: str, chapter: str) -> list[Variable]:
        require_texts(name, unit=unit, zh=zh, en=en, docstring=doc)
        start = of if initial is None else initial
        return [Variable(name, "delayed", unit, zh, en, doc, chapter, (of, time), initial=start, axes=axes_of(over))]

    return Declaration(make)


def _require_order(name: str, order: int) -> None:
    if type(order) is not int or order < 1:
        raise DeclarationError(f"{name}: the order must be a whole number from 1, not {order!r}")
