"""Blocks of a report, whatever file it is written to: headings, paragraphs, lists, tables, pictures, code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from views.charts.plot import Plot


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (title of the report) to 3."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `kind` is "" for plain text, "lead", "caution" or "small"."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list; each item has words that come first and in bold (or ""), and the rest."""

    items: Sequence[tuple[str, str]]
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """A table of texts; `figures` are the positions of columns that hold figures, `widths` those of all columns in
    relation to each other (empty: as their words need)."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: Sequence[int] = ()
    widths: Sequence[float] = ()


@dataclass(frozen=True)
class Picture:
    """A chart with its caption and its figures in a small table, which stay together on a page."""

    plot: Plot
    caption: str
    table: Table


@dataclass(frozen=True)
class Code:
    """Preformatted text."""

    text: str


Block = Heading | Paragraph | Bullets | Table | Picture | Code
