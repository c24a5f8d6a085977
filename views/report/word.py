"""A report as a Word file on A4, charts as pictures with their text alternative."""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

from views.charts.pictures import drawn_locale, png
from views.language import Locale, printable

from .blocks import Block, Bullets, Code, Heading, Paragraph, Picture, Table
from .contents import Report

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as DocxTable
    from docx.text.paragraph import Paragraph as DocxParagraph
    from docx.text.run import Run

PAGE, MARGIN, PICTURE = (210, 297), 18, 174
"""Millimetres."""
LATIN, CHINESE, FIXED = "Arial", "Microsoft YaHei", "Consolas"
"""Fonts by name; where one is missing, Word takes another with the same characters."""
PLAIN, SMALL, TINY = 10.5, 9.0, 8.0
"""Sizes of letters in points."""
SIZES = {"Heading 1": 20.0, "Heading 2": 14.0, "Heading 3": 11.5, "Normal": PLAIN, "List Bullet": PLAIN}
TAGS = {"zh": "zh-CN", "en": "en-US"}
INK, QUIET, CAUTION, LINES = "1C2733", "5B6875", "7A4B00", "B8C2CC"
COLOURS = {"small": QUIET, "caution": CAUTION}


def word_file(report: Report) -> bytes:
    """The report as a file."""
    from docx import Document

    document = Document()
    _prepare(document, report)
    for block in report.blocks:
        _write(block, document, report.locale)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _prepare(document: Document, report: Report) -> None:
    """Paper, fonts for both scripts, locale, properties, and page numbers."""
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(size) for size in PAGE)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(INK)
        _set_fonts(style.element.get_or_add_rPr())
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    properties = document.core_properties
    properties.title, properties.author = printable(report.title), report.locale.translate("app.title")
    properties.comments, properties.language = "", TAGS[report.locale.language]
    _number_pages(section.footer.paragraphs[0])


def _set_fonts(properties: Any) -> None:
    """A font for each script in the properties of a style, in place of those of the theme, and the language."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", CHINESE)):
        fonts.set(qn(f"w:{script}"), font)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), TAGS["en"])
    spoken.set(qn("w:eastAsia"), TAGS["zh"])
    properties.append(spoken)


def _number_pages(paragraph: DocxParagraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


@functools.singledispatch
def _write(block: Block, document: Document, locale: Locale) -> None:
    raise TypeError(f"a report has no blocks of type {type(block).__name__}")


@_write.register(Heading)
def _heading(block: Heading, document: Document, locale: Locale) -> None:
    document.add_heading(printable(block.text), block.level)


@_write.register(Paragraph)
def _paragraph(block: Paragraph, document: Document, locale: Locale) -> None:
    run = document.add_paragraph().add_run(printable(block.text))
    _apply_kind(run, block.kind)


@_write.register(Bullets)
def _bullets(block: Bullets, document: Document, locale: Locale) -> None:
    for lead, rest in block.items:
        paragraph = document.add_paragraph(style="List Bullet")
        for words, bold in ((lead, True), (f" {rest}", False)):
            run = paragraph.add_run(printable(words))
            run.bold = bold
            _apply_kind(run, block.kind)


def _apply_kind(run: Run, kind: str) -> None:
    from docx.shared import Pt, RGBColor

    if kind == "small":
        run.font.size = Pt(SMALL)
    if kind in COLOURS:
        run.font.color.rgb = RGBColor.from_string(COLOURS[kind])


@_write.register(Table)
def _table(block: Table, document: Document, locale: Locale, together: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    table = document.add_table(0, len(block.columns), style="Table Grid")
    for position, cells in enumerate([block.columns, *block.rows]):
        row = table.add_row()
        if position == 0:
            heading = OxmlElement("w:tblHeader")
            row._tr.get_or_add_trPr().append(heading)
        for place, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.keep_with_next = together and position < len(block.rows)
            run = paragraph.add_run(printable(words))
            run.font.size, run.bold = Pt(TINY), position == 0
            if place in block.figures:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _draw_lines(table)
    if block.widths:
        table.autofit = False
        for column, width in zip(table.columns, block.widths, strict=True):
            column.width = Mm(PICTURE * width / sum(block.widths))
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _draw_lines(table: DocxTable) -> None:
    """Thin grey lines between rows in place of a grid."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        seen = side in ("bottom", "insideH")
        line.set(qn("w:val"), "single" if seen else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), LINES)
        borders.append(line)
    table._tbl.tblPr.append(borders)


@_write.register(Picture)
def _picture(block: Picture, document: Document, locale: Locale) -> None:
    from docx.shared import Mm

    document.add_picture(io.BytesIO(png(block.plot)), width=Mm(PICTURE))
    paragraph = document.paragraphs[-1]
    paragraph.paragraph_format.keep_with_next = True
    drawn = document.inline_shapes[-1]._inline.docPr
    drawn.set("descr", printable(block.plot.alternative))
    caption = document.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    _apply_kind(caption.add_run(printable(block.caption)), "small")
    if drawn_locale(block.plot) != locale:
        _apply_kind(document.add_paragraph().add_run(locale.translate("report.no_font")), "small")
    _table(block.table, document, locale, together=True)


@_write.register(Code)
def _code(block: Code, document: Document, locale: Locale) -> None:
    from docx.shared import Pt

    for line in block.text.rstrip().splitlines():
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(printable(line))
        run.font.name, run.font.size = FIXED, Pt(SMALL)
