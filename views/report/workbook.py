"""The data of one chart as an Excel file: a sheet of figures, and a sheet that says what they are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from model.inputs import END
from model.scenario import AS_HAPPENED, Scenario
from views.charts.plot import Plot
from views.language import Locale, printable
from views.results.settings import Settings
from views.results.slider_texts import path_quantity

from .changes import changes, settings_title

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NARROW, WIDE = 16, 60
"""Widths of columns in characters."""


@dataclass(frozen=True)
class Origin:
    """Where figures come from: settings on top of a scenario, the link that opens them, and the moment in words."""

    settings: Settings
    scenario: Scenario
    link: str
    moment: str


def about(plot: Plot, origin: Origin) -> list[tuple[str, str]]:
    """What the figures are: chart, unit, scenario, levers that differ from what happened, link, and moment."""
    settings, locale = origin.settings, plot.locale
    rows = [
        (locale.translate("report.chart"), plot.title),
        (locale.translate("table.unit"), plot.unit),
        (locale.translate("table.scenario"), settings_title(settings, origin.scenario, locale)),
        ("", locale.text(origin.scenario.description)),
        (locale.translate("explore.until"), str(settings.until)),
    ]
    for change in changes(settings, origin.scenario):
        slot = change.slot
        figures = {
            "before": path_quantity(slot, AS_HAPPENED, locale),
            "after": path_quantity(slot, change.value, locale),
            "how": change.how(locale),
        }
        line = locale.translate("report.lever_change", name=slot.name(locale), **figures)
        rows.append((locale.translate("table.lever"), line))
    rows += [("", locale.translate("report.means_short")), ("link", origin.link), ("made", origin.moment)]
    if settings.until > END:
        rows.append(("", locale.translate("explore.extrapolated")))
    return rows


def workbook(figures: pd.DataFrame, notes: Sequence[tuple[str, str]], locale: Locale) -> bytes:
    """Both sheets as an Excel file. Texts stay texts: none is read as a formula, whoever wrote it."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = locale.translate("report.sheet_data")
    _fill(sheet, [tuple(figures.columns), *figures.itertuples(index=False)])
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["B"].width = 2 * NARROW
    sheet.column_dimensions["F"].width = WIDE
    second = book.create_sheet(locale.translate("report.sheet_about"))
    _fill(second, notes)
    second.column_dimensions["B"].width = 2 * WIDE
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Sequence]) -> None:
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, printable(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
    sheet.column_dimensions["A"].width = NARROW
