"""Sheets of a lesson that people print: pages of HTML that stand alone, without scripts and other files."""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

from views.charts.fonts import FILE_FONTS
from views.language import Locale
from views.report.block_html import block_html, words
from views.report.blocks import Block, Heading
from views.results.comparison import Run

from .lessons import ROLES, Lesson
from .teaching import card_blocks, debrief_blocks, notes_blocks, role_name


def notes_body(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> str:
    """The teacher notes as HTML, without a title."""
    return _html(notes_blocks(lesson, runs, locale))


def card_bodies(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> dict[str, str]:
    """The role cards as HTML, by the name of the role."""
    return {role_name(role, locale): _html(card_blocks(lesson, role, runs, locale)) for role in ROLES}


def notes_sheet(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> str:
    """The teacher notes as a page."""
    title = locale.text(lesson.title)
    return sheet(title, f"{_headed(title, 'notes', locale)}\n{notes_body(lesson, runs, locale)}", locale)


def cards_sheet(lesson: Lesson, runs: Sequence[Run], locale: Locale) -> str:
    """The role cards, each on a page of its own, which names the lesson and its question."""
    title = locale.text(lesson.title)
    head = f'<p class="small">{words(title)}</p><p class="small">{words(locale.text(lesson.question))}</p>'
    foot = f'<p class="small">{words(locale.translate("classroom.caveat"))}</p>'
    cards = [
        f'<section class="role">{head}{body}{foot}</section>' for body in card_bodies(lesson, runs, locale).values()
    ]
    return sheet(title, "\n".join(cards), locale)


def debrief_sheet(lesson: Lesson, runs: Sequence[Run], prediction: int | None, locale: Locale) -> str:
    """The debrief as a page."""
    title = locale.text(lesson.title)
    return sheet(title, _html([Heading(1, title), *debrief_blocks(lesson, runs, prediction, locale)]), locale)


def sheet(title: str, body: str, locale: Locale) -> str:
    """A page with a body of HTML."""
    fonts = FILE_FONTS[locale.language]
    return Template(PAGE).substitute(language=locale.tag, fonts=fonts, title=words(title), body=body)


def _headed(title: str, kind: str, locale: Locale) -> str:
    return f'<p class="small">{words(locale.translate(f"classroom.{kind}"))}</p><h1>{words(title)}</h1>'


def _html(blocks: Sequence[Block]) -> str:
    return "\n".join(map(block_html, blocks))


PAGE = """<!doctype html>
<html lang="$language"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>$title</title><style>
@page { size: A4; margin: 15mm; }
body { font: 11pt/1.5 $fonts; color: #1C2733; max-width: 180mm; margin: 10mm auto; padding: 0 5mm; }
h1 { font-size: 19pt; line-height: 1.3; margin: 0 0 3mm; }
h2 { font-size: 13pt; margin: 5mm 0 1mm; break-after: avoid; }
h3 { font-size: 11.5pt; margin: 4mm 0 1mm; color: #005A8C; break-after: avoid; }
p, ul { margin: 0 0 2mm; orphans: 3; widows: 3; } ul { padding-left: 5mm; } li { margin-bottom: 1mm; }
.lead { font-size: 12pt; } .small { font-size: 9.5pt; color: #5B6875; } .answer { font-weight: 600; }
.numbered { list-style: none; padding-left: 0; }
.caution { border-left: 3pt solid #0072B2; padding: 1mm 0 1mm 4mm; }
.table { overflow-x: auto; margin: 0 0 3mm; }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; line-height: 1.4; } table.fixed { table-layout: fixed; font-size: 10pt; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { border-bottom: 1px solid #B8C2CC; padding: 1mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: break-word; }
.figure { text-align: right; font-variant-numeric: tabular-nums; }
.role { font-size: 14pt; border-bottom: 1px solid #B8C2CC; padding-bottom: 6mm; margin-bottom: 10mm; }
.role h2 { font-size: 22pt; margin: 5mm 0 2mm; } .role h3 { font-size: 15pt; margin-top: 6mm; } .role .lead { font-size: 16pt; }
@media print {
  body { max-width: none; margin: 0; padding: 0; } .table { overflow: visible; }
  .role { border: 0; margin: 0; padding: 0; break-inside: avoid; break-after: page; } .role:last-child { break-after: auto; }
}
</style></head><body>
$body
</body></html>
"""  # noqa: E501
