"""What a notebook shows of a choice: its table of policies and sentences, and the boxes of conditions as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from .discovery import Discovered
from .words import name_of

if TYPE_CHECKING:
    from .choice import Robust

COLUMNS = ("about", "box", "number", "zh", "en", "lowest", "highest", "names", "share", "share_before", "coverage")


def boxes_table(found: Robust) -> pd.DataFrame:
    """A row a limit of each box, as `Robust.boxes` describes it."""
    rows: list[Mapping[str, object]] = []
    for order in found.orders:
        often = order.second if order.rare == order.first else order.first
        rows += _limits(f"{order.rare} better than {often}", order.boxes)
    for miss in found.misses:
        rows += _limits(f"{miss.policy} misses {miss.target.id}", miss.boxes)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _limits(about: str, boxes: tuple[Discovered, ...] | None) -> Iterator[Mapping[str, object]]:
    for k, one in enumerate(boxes or (), 1):
        held = one.held_out
        facts = {"share": held.density, "share_before": held.base, "coverage": held.coverage}
        for number, limit in one.box.items():
            name = name_of(number)
            head = {"about": about, "box": k, "number": number, "zh": name.zh, "en": name.en}
            if isinstance(limit, frozenset):
                yield {**head, "names": ", ".join(sorted(limit)), **facts}
            else:
                low, high = (None if math.isinf(value) else value for value in limit)
                yield {**head, "lowest": low, "highest": high, "names": "", **facts}


def robust_html(found: Robust) -> str:
    """The heading, the table of policies, and the sentences in both languages."""
    title = f"{found.indicator} {found.year}, {found.unit}, {found.better} is better; {found.runs:,} runs a policy"
    table = found.policies.to_html(index=False, border=0, float_format=lambda value: f"{value:,.4g}")
    lines = "".join(f"<li>{escape(text.en)}<br>{escape(text.zh)}</li>" for text in found.sentences)
    hint = (
        "<code>policies</code>, <code>targets</code>, <code>boxes</code> and <code>information</code> are tables; "
        "<code>sentences</code> has the sentences."
    )
    return f"<div><strong>{escape(title)}</strong>{table}<ul>{lines}</ul><div>{hint}</div></div>"
