"""Names of conditions and what was found about an order or a target, in sentences of both languages."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from analysis.varying_numbers import name_of, unit_of
from model.engine.text import Text
from model.scenario import shipped_scenarios

from .discovery import Discovered
from .findings import Miss, Order
from .prim import Box, Limit

SHOWN_PART = 0.0005
"""Smallest share that a percentage with one digit shows."""
Naming = Callable[[str], Text]
"""Gives the name of a policy as it stands in a sentence."""


def by_id(policy: str) -> Text:
    """A policy by its id, set off by spaces."""
    return Text(zh=f" {policy} ", en=policy)


def limit_text(number: str, limit: Limit) -> Text:
    """A limit as part of a sentence."""
    name = name_of(number)
    if isinstance(limit, frozenset):
        shipped = shipped_scenarios()
        titles = [shipped[one].title if one in shipped else one for one in sorted(limit)]
        zh, en = ([getattr(one, language, one) for one in titles] for language in ("zh", "en"))
        return Text(zh=f"{name.zh}为{'或'.join(map(str, zh))}", en=f"{name.en}: {' or '.join(map(str, en))}")
    low, high = limit
    unit = f" {unit}" if (unit := unit_of(number)) else ""
    if math.isinf(low):
        return Text(zh=f"{name.zh}不高于{high:.3g}{unit}", en=f"{name.en} at most {high:.3g}{unit}")
    if math.isinf(high):
        return Text(zh=f"{name.zh}不低于{low:.3g}{unit}", en=f"{name.en} at least {low:.3g}{unit}")
    return Text(zh=f"{name.zh}在{low:.3g}至{high:.3g}{unit}之间", en=f"{name.en} from {low:.3g} to {high:.3g}{unit}")


def box_text(box: Box) -> Text:
    """All limits of a box."""
    texts = [limit_text(number, limit) for number, limit in box.items()]
    return Text(zh="，且".join(text.zh for text in texts), en=" and ".join(text.en for text in texts))


def order_text(order: Order, named: Naming = by_id) -> Text:
    """How often each of two policies is better, and when the one that rarely is."""
    head, rest = frequency_text(order, named), conditions_text(order, named)
    return head if rest is None else Text(zh=f"{head.zh}{rest.zh}", en=f"{head.en} {rest.en}")


def frequency_text(order: Order, named: Naming = by_id) -> Text:
    """How often each of two policies is better."""
    if order.always_equal:
        one, other = named(order.first), named(order.second)
        return Text(
            zh=f"{one.zh}与{other.zh}在所有运行中相同。".strip(), en=f"{one.en} and {other.en} are equal in all runs."
        )
    often, rare = named(order.often), named(order.rare)
    where = _where(max(order.first_better, order.second_better))
    zh = f"{where.zh}{often.zh}优于{rare.zh}".rstrip() + "。"
    en = f"{often.en} is better than {rare.en} {where.en}."
    if order.equal >= SHOWN_PART:
        equal = _percent(order.equal, 1)
        zh, en = f"{zh}{equal.zh}的运行中两者相同。", f"{en} They are equal in {equal.en}."
    return Text(zh=zh, en=en)


def conditions_text(order: Order, named: Naming = by_id) -> Text | None:
    """When the policy that is rarely better is; None where both are equal in all runs."""
    if order.always_equal:
        return None
    rare = named(order.rare)
    return _boxes_text(order.boxes, Text(f"{rare.zh}更优".lstrip(), f"{rare.en} is better"))


def _where(share: float) -> Text:
    """In which part of the runs something holds; only what holds in all is said to do so."""
    if share == 1:
        return Text(zh="在所有运行中", en="in all runs")
    part = Text(zh=">99.9%", en=">99.9 %") if share > 1 - SHOWN_PART else _percent(share, 1)
    return Text(zh=f"在{part.zh}的运行中", en=f"in {part.en} of the runs")


def _percent(share: float, digits: int = 0) -> Text:
    figure = f"{100 * share:.{digits}f}"
    return Text(zh=f"{figure}%", en=f"{figure} %")


def miss_text(miss: Miss) -> Text:
    """How often a policy misses a target, and when it does."""
    target, boxes = miss.target, _boxes_text(miss.boxes, Text("未达到目标", "it is missed"))
    part, year = _percent(miss.probability, 1), target.year
    return Text(
        zh=f"{miss.policy} 在{part.zh}的运行中未达到目标“{target.zh}”（{year}年）。{boxes.zh}",
        en=f"{miss.policy} misses the target {target.en} ({year}) in {part.en} of the runs. {boxes.en}",
    )


def _boxes_text(boxes: Sequence[Discovered] | None, what: Text) -> Text:
    if boxes is None:
        return Text(
            zh="与多数不同的运行过少，无从寻找条件。", en="Too few runs differ from the rest to look for conditions."
        )
    if not boxes:
        return Text(
            zh="没有哪个条件框在留出的一半运行中优于偶然。",
            en="No box of conditions is better than chance in the held-out half.",
        )
    texts = [_box_sentence(one, what) for one in boxes]
    return Text(zh="".join(text.zh for text in texts), en=" ".join(text.en for text in texts))


def _box_sentence(one: Discovered, what: Text) -> Text:
    where, held = box_text(one.box), one.held_out
    here, base, found = _percent(held.density), _percent(held.base), _percent(one.found.density)
    coverage = _percent(held.coverage)
    return Text(
        zh=f"当{where.zh}时，在留出的运行中{what.zh}的占{here.zh}（先前各框之外的全部运行为{base.zh}；"
        f"找到该框的一半运行中为{found.zh}）；该框包含此类运行的{coverage.zh}。",
        en=f"Where {where.en}, {what.en} in {here.en} of the held-out runs ({base.en} of all that earlier boxes leave; "
        f"{found.en} in the half in which the box was found); the box holds {coverage.en} of such runs.",
    )
