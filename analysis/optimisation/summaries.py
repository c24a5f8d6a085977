"""What a screen or a notebook says of findings and frontiers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .tables import chosen_table, lever_table, score_table

if TYPE_CHECKING:
    import pandas as pd

    from .findings import Finding
    from .frontier import Frontier


def remarks(found: Finding) -> list[str]:
    """What the mix costs, whether it does what was asked, and what is in the way, in sentences."""
    extra = found.answer.cost - found.base_cost
    lines = [f"Public cost 2016-2025: {found.answer.cost:,.1f} 亿元, of which {extra:,.1f} on top of the base"]
    if not found.within_budget:
        lines.append(f"No mix keeps the budget of {found.budget:,.1f}: the cheapest that was found is shown")
    elif found.needs_money:
        lines.append(f"The budget binds; without it the best mix costs {found.without_budget:,.1f} 亿元")
    lines += [
        f"{each.wanted.target.id} is out of reach: {each.best:,.6g} at best, wanted {each.wanted.target.requirement()}"
        for each in found.out_of_reach
    ]
    lines += [
        f"{each.first.target.id} and {each.second.target.id} exclude each other: with the first kept the second "
        f"reaches {each.best:,.6g} at best"
        for each in found.conflicts
    ]
    lines += [f"{name} is aimed at with a reserve: {aim:,.6g}" for name, aim in found.aims.items()]
    lines += [f"{name} holds in {chance:.0%} of the draws" for name, chance in found.chances.items()]
    lines += [
        f"Alternative {k}: {other.cost:,.1f} 亿元, {other.distance:.0%} away from the answer"
        for k, other in enumerate(found.alternatives, 1)
    ]
    return lines


def finding_html(found: Finding) -> str:
    """What a notebook shows of a finding: its remarks, scoreboard and levers."""
    head = "".join(f"<div>{escape(line)}</div>" for line in remarks(found))
    parts = (score_table(found.answer).drop(columns=["zh", "hard", "weight"]), lever_table(found.answer))
    hint = "<code>scoreboard</code>, <code>levers</code>, <code>mixes</code> and <code>obstacles</code> are tables."
    return f"<div>{head}{''.join(map(_html, parts))}<div>{hint}</div></div>"


def front_remarks(found: Frontier) -> list[str]:
    """How many mixes are on a front, and which shipped scenarios are."""
    on_it = [point.name for point in found.points if point.name]
    return [
        f"{len(found.points):,} of {found.evaluations:,} mixes are on the frontier",
        f"Shipped scenarios on it: {', '.join(on_it) or 'none'}",
    ]


def front_html(found: Frontier) -> str:
    """What a notebook shows of a front: how large it is, and its chosen points beside shipped scenarios."""
    head = "".join(f"<div>{escape(line)}</div>" for line in front_remarks(found))
    hint = "<code>table</code> has all points with their levers; <code>chosen()</code> the points shown here."
    return f"<div>{head}{_html(chosen_table(found))}<div>{hint}</div></div>"


def _html(table: pd.DataFrame) -> str:
    return table.to_html(index=False, border=0, float_format=lambda value: f"{value:,.6g}")
