"""Blocks as HTML: those with words only, of which more than the reports are made."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from html import escape

from views.language import printable

from .blocks import Block, Bullets, Code, Heading, Paragraph, Table


def words(text: str) -> str:
    """Words for HTML: nothing in them is read as a mark-up."""
    return escape(printable(text))


@functools.singledispatch
def block_html(block: Block) -> str:
    """A block as HTML."""
    raise TypeError(f"there is no HTML for blocks of type {type(block).__name__}")


@block_html.register(Heading)
def _heading(block: Heading) -> str:
    return f"<h{block.level}>{words(block.text)}</h{block.level}>"


@block_html.register(Paragraph)
def _paragraph(block: Paragraph) -> str:
    return f'<p class="{block.kind or "plain"}">{words(block.text)}</p>'


@block_html.register(Bullets)
def _bullets(block: Bullets) -> str:
    items = "".join(f"<li><b>{words(lead)}</b> {words(rest)}</li>" for lead, rest in block.items)
    return f'<ul class="{block.kind or "plain"}">{items}</ul>'


@block_html.register(Table)
def _table(block: Table) -> str:
    def row(cells: Sequence[str], tag: str) -> str:
        content = "".join(
            f'<{tag} class="{"figure" if k in block.figures else "word"}">{words(cell)}</{tag}>'
            for k, cell in enumerate(cells)
        )
        return f"<tr>{content}</tr>"

    head, body = row(block.columns, "th"), "".join(row(cells, "td") for cells in block.rows)
    shares = [100 * width / sum(block.widths) for width in block.widths]
    columns = "".join(f'<col style="width: {share:.1f}%" />' for share in shares)
    columns = f"<colgroup>{columns}</colgroup>" if shares else ""
    kind = ' class="fixed"' if shares else ""
    parts = f"{columns}<thead>{head}</thead><tbody>{body}</tbody>"
    return f'<div class="table" tabindex="0"><table{kind}>{parts}</table></div>'


@block_html.register(Code)
def _code(block: Code) -> str:
    return f"<pre>{words(block.text)}</pre>"
