"""Orders and boxes of conditions as plain data, as JSON files have them, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from .discovery import Density, Discovered
from .findings import Order
from .prim import Box, Limit
from .words import box_text

Record = Mapping[str, Any]


def order_record(order: Order) -> dict[str, Any]:
    """An order as plain data."""
    return {
        "first": order.first,
        "second": order.second,
        "first_better": order.first_better,
        "second_better": order.second_better,
        "rare": order.rare,
        "boxes": boxes_record(order.boxes),
    }


def order_of(record: Record) -> Order:
    """The order that plain data describe."""
    boxes = record["boxes"]
    return Order(
        record["first"],
        record["second"],
        record["first_better"],
        record["second_better"],
        None if boxes is None else tuple(map(_discovered, boxes)),
    )


def boxes_record(boxes: Sequence[Discovered] | None) -> list[dict[str, Any]] | None:
    """Boxes with their densities and words; None where there were too few runs to look for any."""
    if boxes is None:
        return None
    return [
        {
            "limits": {name: _limit_record(limit) for name, limit in one.box.items()},
            "found": vars(one.found),
            "held_out": vars(one.held_out),
            "text": {language: box_text(one.box)[language] for language in ("zh", "en")},
        }
        for one in boxes
    ]


def _limit_record(limit: Limit) -> list[Any]:
    """Lowest and highest value (None where there is no limit), or the names inside."""
    if isinstance(limit, frozenset):
        return sorted(limit)
    return [None if math.isinf(value) else value for value in limit]


def _discovered(record: Record) -> Discovered:
    box: Box = {name: _limit(limit) for name, limit in record["limits"].items()}
    return Discovered(box, Density(**record["found"]), Density(**record["held_out"]))


def _limit(record: Sequence[Any]) -> Limit:
    if any(isinstance(value, str) for value in record):
        return frozenset(record)
    low, high = record
    return (-math.inf if low is None else low, math.inf if high is None else high)
