"""The data of one chart as an Excel file: a sheet of figures, and a sheet that says what they are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from model.inputs import END
from model.scenario import Scenario
from views.charts.plot import Plot
from views.charts.tables import DIGITS, table
from views.language import printable, translator
from views.language import unit as unit_name
from views.results.bands import Band
from views.results.catalogue import Chart
from views.results.settings import Settings
from views.results.simulation import Result
from views.results.summary import slider_number, slider_quantity

from .changes import changes, title_of

NARROW, WIDE = 16, 60
"""Widths of columns in characters."""


@dataclass(frozen=True)
class Origin:
    """Where figures come from: settings on top of a scenario, the link that opens them, and the moment in words."""

    settings: Settings
    scenario: Scenario
    link: str
    moment: str


def figures_of(chart: Chart, plot: Plot, now: Result, ghost: Result, language: str) -> pd.DataFrame:
    """All points of a chart in long form, as its CSV file has them, and the ends of its bands where it has any."""
    t = translator(language)
    rows = table(chart, now, ghost, t, language)
    ends = []
    for line in plot.lines:
        for band in line.bands:
            ends += _ends(line.name, band, plot.unit, t)
    return pd.concat([rows, pd.DataFrame(ends, columns=rows.columns)], ignore_index=True) if ends else rows


def _ends(name: str, band: Band, unit: str, t) -> list[tuple]:
    kind = t("evidence.band_outer" if band.with_error else "evidence.band_inner")
    return [
        (name, f"{kind}: {t(f'report.{end}')}", int(year), float(f"{value:.{DIGITS}g}"), unit, "")
        for end, values in (("low", band.low), ("high", band.high))
        for year, value in zip(band.years, values, strict=True)
    ]


def about(chart: Chart, origin: Origin, language: str) -> list[tuple[str, str]]:
    """What the figures are: chart, unit, scenario, levers that differ from what happened, link, and moment."""
    t, settings = translator(language), origin.settings
    rows = [
        (t("report.chart"), t(f"chart.{chart.id}")),
        (t("table.unit"), unit_name(chart.unit, language)),
        (t("table.scenario"), title_of(settings, origin.scenario, language)),
        ("", origin.scenario.text("description", language)),
        (t("explore.until"), str(settings.until)),
    ]
    for change in changes(settings, origin.scenario):
        slot = change.slot
        means = f"{slider_number(slot, slot.mean('baseline'), language)} → "
        means += slider_quantity(slot, slot.mean(change.value), language)
        rows.append((t("table.lever"), f"{slot.name(language)}: {means}"))
    rows += [("", t("report.means_short")), ("link", origin.link), ("made", origin.moment)]
    if settings.until > END:
        rows.append(("", t("explore.extrapolated")))
    return rows


def workbook(figures: pd.DataFrame, told: Sequence[tuple[str, str]], language: str) -> bytes:
    """Both sheets as an Excel file. Texts stay texts: none is read as a formula, whoever wrote it."""
    from openpyxl import Workbook

    t = translator(language)
    book = Workbook()
    sheet = book.active
    sheet.title = t("report.sheet_data")
    _fill(sheet, [tuple(figures.columns), *figures.itertuples(index=False)])
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["B"].width = 2 * NARROW
    sheet.column_dimensions["F"].width = WIDE
    notes = book.create_sheet(t("report.sheet_about"))
    _fill(notes, told)
    notes.column_dimensions["B"].width = 2 * WIDE
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet, rows: Sequence[Sequence]) -> None:
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, printable(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
    sheet.column_dimensions["A"].width = NARROW
