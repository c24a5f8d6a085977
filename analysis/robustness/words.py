"""Names of conditions and what was found about an order or a target, in sentences of both languages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from calibration.estimated import candidates
from model.axes import BRANCH_LABELS
from model.engine.text import Text
from model.inputs import drivers, levers, parameters
from model.scenario import shipped_scenarios

from .conditions import DISTURBANCE
from .discovery import Discovered
from .prim import Box, Limit

if TYPE_CHECKING:
    from .choice import Miss, Order

CHANGES = {
    "factor": Text("倍数", "times its path"),
    "shift": Text("加减", "added"),
    "delay": Text("推迟年数", "years later"),
    "multiply": Text("倍数", "times its path"),
    "add": Text("加减", "added"),
}
SHOWN_PART = 0.0005
"""Smallest share that a percentage with one digit shows."""
DRIVERS = Text("外部环境", "drivers")


def name_of(number: str) -> Text:
    """The name of a dimension or condition in both languages."""
    if number == "drivers":
        return DRIVERS
    if number.startswith(DISTURBANCE):
        base = _with_rest(number.removeprefix(DISTURBANCE))
        return Text(zh=f"{base.zh}的扰动", en=f"disturbance of {base.en}")
    return _with_rest(number)


def _with_rest(number: str) -> Text:
    """The name of what is before the first point, and of the branches and kinds of change after it."""
    base, *rest = number.split(".")
    owner = levers().get(base) or drivers().get(base) or parameters().get(base)
    zh, en = (owner.zh, owner.en) if owner else (base, base)
    for part in rest:
        label = CHANGES.get(part) or Text(*_branch(part))
        zh, en = f"{zh}（{label.zh}）", f"{en} ({label.en})"
    return Text(zh=zh, en=en)


def _branch(label: str) -> tuple[str, str]:
    zh, en = (*BRANCH_LABELS.get(label, (label, label)),)[:2]
    return zh, en


def limit_text(number: str, limit: Limit) -> Text:
    """A limit as part of a sentence."""
    name = name_of(number)
    if isinstance(limit, frozenset):
        shipped = shipped_scenarios()
        titles = [shipped[one].title if one in shipped else one for one in sorted(limit)]
        zh, en = ([getattr(one, language, one) for one in titles] for language in ("zh", "en"))
        return Text(zh=f"{name.zh}为{'或'.join(map(str, zh))}", en=f"{name.en}: {' or '.join(map(str, en))}")
    low, high = limit
    unit = _unit(number)
    if math.isinf(low):
        return Text(zh=f"{name.zh}不高于{high:.3g}{unit}", en=f"{name.en} at most {high:.3g}{unit}")
    if math.isinf(high):
        return Text(zh=f"{name.zh}不低于{low:.3g}{unit}", en=f"{name.en} at least {low:.3g}{unit}")
    return Text(zh=f"{name.zh}在{low:.3g}至{high:.3g}{unit}之间", en=f"{name.en} from {low:.3g} to {high:.3g}{unit}")


def _unit(number: str) -> str:
    if number not in candidates():
        return ""
    unit = parameters()[candidates()[number].parameter].unit
    return "" if unit == "1" else f" {unit}"


def box_text(box: Box) -> Text:
    """All limits of a box."""
    texts = [limit_text(number, limit) for number, limit in box.items()]
    return Text(zh="，且".join(text.zh for text in texts), en=" and ".join(text.en for text in texts))


def order_text(order: Order) -> Text:
    """How often each of two policies is better, and when the one that rarely is."""
    first, second = order.first, order.second
    if not order.first_better and not order.second_better:
        return Text(zh=f"{first} 与 {second} 在所有运行中相同。", en=f"{first} and {second} are equal in all runs.")
    often = second if order.rare == first else first
    share = max(order.first_better, order.second_better)
    zh = f"在{_part(share)}的运行中 {often} 优于 {order.rare}。"
    en = f"{often} is better than {order.rare} in {_part(share)} of the runs."
    rest = 1 - order.first_better - order.second_better
    if rest >= SHOWN_PART:
        zh, en = f"{zh}{rest:.1%}的运行中两者相同。", f"{en} They are equal in {rest:.1%}."
    return _with_boxes(Text(zh=zh, en=en), order.boxes, Text(f"{order.rare} 更优", f"{order.rare} is better"))


def _part(share: float) -> str:
    """A share in per cent; only what holds in all runs is 100 %."""
    return ">99.9%" if 1 - SHOWN_PART < share < 1 else f"{share:.1%}"


def miss_text(miss: Miss) -> Text:
    """How often a policy misses a target, and when it does."""
    target = miss.target
    zh = f"{miss.policy} 在{miss.probability:.1%}的运行中未达到目标“{target.zh}”（{target.year}年）。"
    en = f"{miss.policy} misses the target {target.en} ({target.year}) in {miss.probability:.1%} of the runs."
    return _with_boxes(Text(zh=zh, en=en), miss.boxes, Text("未达到目标", "it is missed"))


def _with_boxes(head: Text, boxes: Sequence[Discovered] | None, what: Text) -> Text:
    if boxes is None:
        return Text(
            zh=f"{head.zh}与多数不同的运行过少，无从寻找条件。",
            en=f"{head.en} Too few runs differ from the rest to look for conditions.",
        )
    if not boxes:
        return Text(
            zh=f"{head.zh}没有哪个条件框在留出的一半运行中优于偶然。",
            en=f"{head.en} No box of conditions is better than chance in the held-out half.",
        )
    texts = [head, *(_box_sentence(one, what) for one in boxes)]
    return Text(zh="".join(text.zh for text in texts), en=" ".join(text.en for text in texts))


def _box_sentence(one: Discovered, what: Text) -> Text:
    where, held = box_text(one.box), one.held_out
    return Text(
        zh=f"当{where.zh}时，在留出的运行中{what.zh}的占{held.density:.0%}（先前各框之外的全部运行为{held.base:.0%}；"
        f"找到该框的一半运行中为{one.found.density:.0%}）；该框包含此类运行的{held.coverage:.0%}。",
        en=f"Where {where.en}, {what.en} in {held.density:.0%} of the held-out runs ({held.base:.0%} of all that "
        f"earlier boxes leave; {one.found.density:.0%} in the half in which the box was found); the box holds "
        f"{held.coverage:.0%} of such runs.",
    )
