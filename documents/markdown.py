"""Pieces of Markdown that the pages share; every table of every page comes from here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_PIPE = re.compile(r"(\\*)\|")
"""A pipe with the backslashes before it, which would undo its escape if they stayed single."""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, without a line break at its end; the text of cells is escaped, other Markdown in it stays in force.

    Raises ValueError for a row that has not as many cells as the header.
    """
    lines = [_row(header), _row(["---"] * len(header))]
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a table of {len(header)} columns has a row of {len(row)} cells: {list(row)}")
        lines.append(_row(row))
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    """Text that stays inside its cell: pipes escaped, line breaks as `<br>`."""
    return "<br>".join(_PIPE.sub(lambda match: match[1] * 2 + r"\|", text).splitlines())


def unit_text(unit: str) -> str:
    """A unit as pages show it."""
    return "无量纲 / dimensionless" if unit == "1" else unit


def number_text(value: float, digits: int = 3) -> str:
    """A number with significant digits, "0" for what rounding leaves of 0, and nothing for NaN."""
    if value != value:
        return ""
    return "0" if abs(value) < ROUNDING else f"{value:.{digits}g}"


ROUNDING = 1e-9
"""Numbers below this are 0 but for rounding."""
