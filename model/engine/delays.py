"""Declarations that expand into several variables: first-order smooths and third-order material delays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .declare import Declaration, Over, Variable, axes_of, require_texts

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
    initial: str | None = None,
    over: Over = None,
) -> Declaration:
    """Declare a first-order smooth: a stock that closes its gap to `of` within `time` years.

    Starts at `initial`, or at the value of `of`, and expands into the stock and its net flow.
    """

    def adjustment(target: Value, level: Value, delay: Value) -> Value:
        return (target - level) / delay

    def make(name: str, chapter: str) -> list[Variable]:
        require_texts(name, unit=unit, zh=zh, en=en, docstring=doc)
        rate = f"{name}_adjustment"
        return [
            Variable(
                name,
                "stock",
                unit,
                zh,
                en,
                doc,
                chapter,
                initial=initial or of,
                inflows=(rate,),
                axes=axes_of(over),
                report="mean",
            ),
            Variable(
                rate,
                "flow",
                f"{unit}/yr",
                f"{zh}（调整）",
                f"{en} (adjustment)",
                f"Gap between `{of}` and `{name}` closed over `{time}`.",
                chapter,
                (of, name, time),
                adjustment,
                axes=axes_of(over),
                generated=True,
            ),
        ]

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
    """Declare a third-order material delay of the flow `of`: the inflow leaves after `time` years on average.

    Expands into three stocks, `<name>_stage_1` to `_3`, and the flows between them; the last
    flow is `name` itself. The stages start in balance with the rate `initial` (or with `of`).
    The unit of the stages is the unit of the flow times a year.
    """

    def content(rate: Value, delay: Value) -> Value:
        return rate * delay / 3

    def leave(level: Value, delay: Value) -> Value:
        return level * 3 / delay

    def make(name: str, chapter: str) -> list[Variable]:
        require_texts(name, unit=unit, zh=zh, en=en, docstring=doc)
        stages = [f"{name}_stage_{k}" for k in (1, 2, 3)]
        flows = [of, f"{name}_leaving_1", f"{name}_leaving_2", name]
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
