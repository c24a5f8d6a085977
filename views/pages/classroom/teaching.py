"""What stands on the sheets of a lesson: teacher notes, role cards and the debrief, as blocks of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from model.clauses import clauses
from model.engine.text import Text
from model.inputs import levers
from model.system import system
from views.language import Locale
from views.report.blocks import Block, Bullets, Heading, Paragraph, Table
from views.results.comparison import Run

from .lessons import ROLES, VARIANTS, Lesson, figures_of, table_of

PLAN_WIDTHS = (8, 14, 42, 36)
"""Of the columns of the plan, in relation to each other: minutes, step, teacher, class."""
NAMES = 2
"""Columns of the table of a lesson that hold names; the others hold figures."""


@dataclass(frozen=True)
class Pointers(Bullets):
    """A list whose items stand for places of the model; `pages` are those of docs/ that describe them ("" for none)."""

    pages: Sequence[str] = ()


def _filled(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> Callable[[Text], str]:
    """Puts the figures of the runs into the texts of a lesson."""
    figures = figures_of(lesson, runs, locale)
    return lambda text: locale.text(text).format(**figures)


def _items(texts: Iterable[str]) -> Bullets:
    return Bullets([("", text) for text in texts])


def role_name(role: str, locale: Locale) -> str:
    """The name of a role."""
    return locale.translate(f"classroom.role_{role}")


def notes_blocks(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> list[Block]:
    """The teacher notes, without a title."""
    said, fill, notes = _speaker(locale), _filled(lesson, runs, locale), lesson.notes
    answer = locale.text(lesson.choices[lesson.right])
    plan = [
        (str(stage.minutes), said(f"step_{stage.step}"), fill(stage.does), fill(stage.expects)) for stage in notes.plan
    ]
    parts: list[tuple[str, Sequence[Block]]] = [
        ("aim", [Paragraph(fill(notes.aim), "lead")]),
        ("needed", [_items(map(fill, notes.needed))]),
        ("plan", [Table([said(name) for name in ("minutes", "step", "teacher", "pupils")], plan, (0,), PLAN_WIDTHS)]),
        ("answer", [Paragraph(fill(lesson.question)), Paragraph(f"{answer} — {fill(lesson.reveal)}", "caution")]),
        ("answers", [_items(map(fill, notes.answers))]),
        ("mechanism", [_items(map(fill, notes.mechanism))]),
        ("where", [_pointers(lesson, locale)]),
        ("cannot", [_items(map(fill, notes.cannot))]),
        ("variants", [Bullets([(said(f"variant_{name}"), fill(notes.variants[name])) for name in VARIANTS])]),
    ]
    return [block for key, content in parts for block in (Heading(3, said(f"notes_{key}")), *content)]


def _pointers(lesson: Lesson, locale: Locale) -> Pointers:
    """Where the model has the mechanism: variables with their chapters, levers, clauses of the document."""
    items, pages = [], []
    for place in lesson.notes.variables:
        chapter, name = place.split(".")
        kind = locale.translate("classroom.pointer_variable", chapter=locale.translate(f"why.chapter_{chapter}"))
        items.append((locale.text(system().variables[name].label), f"{kind} · {name}"))
        pages.append(f"model/{chapter}.md#{name}")
    for lever in lesson.notes.levers:
        items.append((locale.text(levers()[lever].label), f"{locale.translate('classroom.pointer_lever')} · {lever}"))
        pages.append(f"levers/{lever}.md")
    by_id = {clause.id: clause for clause in clauses()}
    for number in lesson.notes.clauses:
        quoted = locale.translate("classroom.pointer_clause", number=number, quote=by_id[number].quote)
        items.append(("", quoted if locale.is_chinese else f"{quoted} ({by_id[number].en})"))
        pages.append("")
    return Pointers(items, pages=pages)


def card_blocks(lesson: Lesson, role: str, runs: Sequence[Run], locale: Locale) -> list[Block]:
    """The card of one role, headed by its name."""
    said, fill, card = _speaker(locale), _filled(lesson, runs, locale), lesson.cards[role]
    parts: list[tuple[str, Block]] = [
        ("wants", _items(map(fill, card.wants))),
        ("facts", _items(map(fill, card.facts))),
        ("arguments", _items(map(fill, card.arguments))),
        ("concedes", Paragraph(fill(card.concedes))),
        ("asks", Paragraph(fill(card.asks))),
    ]
    headed = [block for key, content in parts for block in (Heading(3, said(f"card_{key}")), content)]
    return [Heading(2, role_name(role, locale)), Paragraph(fill(card.who), "lead"), *headed]


def debrief_blocks(lesson: Lesson, runs: Sequence[Run], prediction: int | None, locale: Locale) -> list[Block]:
    """The debrief, without a title: question, prediction, results with their table, points to discuss, and roles."""
    said, fill = _speaker(locale), _filled(lesson, runs, locale)
    predicted = said("none") if prediction is None else fill(lesson.choices[prediction])
    points = [(f"{number}.", fill(point)) for number, point in enumerate(lesson.discuss, 1)]
    return [
        *(Heading(2, said("step_question")), Paragraph(fill(lesson.question))),
        *(Heading(2, said("step_predict")), Paragraph(predicted)),
        *(Heading(2, said("step_reveal")), Paragraph(fill(lesson.choices[lesson.right]), "answer")),
        *(Paragraph(fill(lesson.reveal)), _results(lesson, runs, locale)),
        *(Heading(2, said("discuss")), Bullets(points, "numbered")),
        *(Heading(2, said("roles")), Bullets([(role_name(role, locale), fill(lesson.roles[role])) for role in ROLES])),
        Paragraph(said("caveat"), "small"),
    ]


def _results(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> Table:
    table = table_of(lesson, runs, locale)
    rows = [[value if isinstance(value, str) else locale.number(value) for value in row] for row in table.to_numpy()]
    return Table([str(column) for column in table.columns], rows, range(NAMES, len(table.columns)))


def _speaker(locale: Locale) -> Callable[[str], str]:
    """Texts of the Classroom page by the last part of their key."""
    return lambda key: locale.translate(f"classroom.{key}")
