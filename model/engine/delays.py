"""Delays: smooths and material delays of any order, which expand into stocks and flows, and fixed delays."""

from __future__ import annotations

from collections.abc import Callable
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
        targets = [of, *(f"{name}_level_{k}" for k in range(1, order)), name]
        variables = []
        for k, (target, level) in enumerate(zip(targets[:-1], targets[1:], strict=True), start=1):
            last = level == name
            label = ("", "") if last else (f"（第{k}级）", f" (level {k})")
            labels = f"{zh}{label[0]}", f"{en}{label[1]}"
            rate = f"{level}_adjustment"
            variables += [
                Variable(
                    level,
                    "stock",
                    unit,
                    *labels,
                    doc if last else f"Level {k} of the smooth `{name}`.",
                    chapter,
                    initial=of if initial is None else initial,
                    inflows=(rate,),
                    axes=axes_of(over),
                    report="mean",
                    generated=not last,
                ),
                Variable(
                    rate,
                    "flow",
                    f"{unit}/yr",
                    f"{labels[0]}（调整）",
                    f"{labels[1]} (adjustment)",
                    f"Gap between `{target}` and `{level}` closed over `{time}`"
                    + ("." if order == 1 else f" / {order}."),
                    chapter,
                    (target, level, time),
                    _adjustment(order),
                    axes=axes_of(over),
                    generated=True,
                ),
            ]
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
        stages = [f"{name}_stage_{k + 1}" for k in range(order)]
        flows = [of, *(f"{name}_leaving_{k + 1}" for k in range(order - 1)), name]
        start = f"{name}_initial_content"
        variables = [
            Variable(
                start,
                "auxiliary",
                f"{unit}*yr",
                f"{zh}（每阶段初值）",
                f"{en} (initial content per stage)",
                f"Content of one stage when `{initial or of}` flows through steadily.",
                chapter,
                (initial or of, time),
                content,
                axes=axes_of(over),
                generated=True,
            )
        ]
        for k, stage in enumerate(stages):
            variables.append(
                Variable(
                    stage,
                    "stock",
                    f"{unit}*yr",
                    f"{zh}（第{k + 1}阶段）",
                    f"{en} (stage {k + 1})",
                    f"Material in stage {k + 1} of the delay `{name}`.",
                    chapter,
                    initial=start,
                    inflows=(flows[k],),
                    outflows=(flows[k + 1],),
                    axes=axes_of(over),
                    report="end",
                    generated=True,
                )
            )
            last = k == len(stages) - 1
            variables.append(
                Variable(
                    flows[k + 1],
                    "flow",
                    unit,
                    zh if last else f"{zh}（离开第{k + 1}阶段）",
                    en if last else f"{en} (leaving stage {k + 1})",
                    doc if last else f"Flow out of stage {k + 1} of the delay `{name}`.",
                    chapter,
                    (stage, time),
                    leave,
                    axes=axes_of(over),
                    generated=not last,
                )
            )
        return variables

    return Declaration(make)


def delay3(
    unit: str,
    zh: str,
    en: str,
    doc: str,
    *,
    of: str,
    time: str,
    initial: str | None = None,
    over: Over = None,
) -> Declaration:
    """Declare a third-order material delay; see `delay`."""
    return delay(unit, zh, en, doc, of=of, time=time, initial=initial, over=over, order=3)


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
