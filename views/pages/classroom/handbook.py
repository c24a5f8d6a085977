"""Teacher notes and role cards of all lessons as pages of the documentation: `python -m views.pages.classroom.handbook`
prints them as JSON, by language.

The command `documents` starts this as a process of its own, since nothing below the app may build on the app.
"""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Iterator, Sequence

from documents.markdown import table
from views.language import LANGUAGES, Locale
from views.report.blocks import Block, Bullets, Heading, Paragraph, Table

from .lessons import ROLES, Lesson, lessons, runs_of
from .teaching import Pointers, card_blocks, notes_blocks

HEADING = "####"
"""Mark of a heading in the text of a lesson, which itself stands under one of level two."""
MARKS = re.compile(r"([\\`*_<>\[\]])")
"""What Markdown would take for a mark-up."""
ADDRESS = "classroom?lesson={lesson}"


def page(locale: Locale) -> str:
    """The page in one language."""
    said = locale.translate
    rows = [(f"`{name}`", _words(locale.text(one.title)), _words(locale.text(one.question))) for name, one in _all()]
    header = (said("classroom.handbook_id"), said("classroom.lesson"), said("classroom.step_question"))
    intro = [f"# {said('classroom.handbook')}", said("classroom.handbook_about"), table(header, rows)]
    return "\n\n".join([*intro, *(part for _, lesson in _all() for part in _lesson(lesson, locale))]) + "\n"


def _all() -> Sequence[tuple[str, Lesson]]:
    return list(lessons().items())


def _lesson(lesson: Lesson, locale: Locale) -> Iterator[str]:
    """The parts of the page about one lesson."""
    said, runs = locale.translate, runs_of(lesson, locale)
    yield f"## {_words(locale.text(lesson.title))}"
    yield said("classroom.handbook_place", address=f"`{ADDRESS.format(lesson=lesson.id)}`")
    yield said("classroom.handbook_runs", runs=locale.clauses(_words(run.title) for run in runs))
    yield f"### {said('classroom.notes')}"
    yield from map(_markdown, notes_blocks(lesson, runs, locale))
    yield f"### {said('classroom.cards')}"
    for role in ROLES:
        for block in card_blocks(lesson, role, runs, locale):
            if isinstance(block, Heading) and block.level > 2:
                yield f"**{_words(block.text)}**"
            else:
                yield _markdown(block)


@functools.singledispatch
def _markdown(block: Block) -> str:
    raise TypeError(f"there is no Markdown for blocks of type {type(block).__name__}")


@_markdown.register(Heading)
def _heading(block: Heading) -> str:
    return f"{HEADING} {_words(block.text)}"


@_markdown.register(Paragraph)
def _paragraph(block: Paragraph) -> str:
    return f"> {_words(block.text)}" if block.kind == "caution" else _words(block.text)


@_markdown.register(Bullets)
def _bullets(block: Bullets) -> str:
    return "\n".join(f"- {f'**{_words(lead)}** ' if lead else ''}{_words(rest)}" for lead, rest in block.items)


@_markdown.register(Pointers)
def _pointers(block: Pointers) -> str:
    items = []
    for (lead, rest), place in zip(block.items, block.pages, strict=True):
        name = f"[{_words(lead)}]({place})" if place else _words(lead)
        items.append(f"- {name} {_words(rest)}".replace("-  ", "- "))
    return "\n".join(items)


@_markdown.register(Table)
def _table(block: Table) -> str:
    return table(list(map(_words, block.columns)), [list(map(_words, row)) for row in block.rows])


def _words(text: str) -> str:
    """Words for Markdown: nothing in them is read as a mark-up."""
    return MARKS.sub(r"\\\1", text)


if __name__ == "__main__":
    json.dump({language: page(Locale(language)) for language in LANGUAGES}, sys.stdout)
