"""The section of the Evidence page about projections to 2035."""

from __future__ import annotations

import streamlit as st

from views.charts.projections import fan_figure
from views.charts.text_alternatives import lines_text
from views.results import evidence_tables, projection_fans
from views.results.evidence_badge import indicator_badge
from views.shell import session
from views.shell.page_elements import csv_download, data_table, heading, note, show_figure
from views.shell.screen import screen

TEXT_YEARS = (2020, 2025, 2030, 2035)


def show(indicator: str, path: str) -> None:
    """The fan of an indicator under a path of the drivers, what its bands leave out, and the tables."""
    locale = session.locale()
    with st.spinner(locale.translate("fan.computing"), show_time=True):
        fan = projection_fans.fan_of(indicator, path, locale)
    name = projection_fans.indicator_name(indicator, locale)
    heading(locale.translate("fan.heading", name=name, path=locale.translate(f"evidence.path_{path}")))
    names = {
        "p50": locale.translate("fan.median"),
        "p5": evidence_tables.percent_text(5, locale),
        "p95": evidence_tables.percent_text(95, locale),
        "observed": locale.translate("evidence.observed"),
    }
    lines = {name: (fan.rows["year"], fan.rows[column]) for column, name in names.items()}
    alternative = lines_text(name, fan.unit.text, lines, locale, fan.unit.figure, TEXT_YEARS)
    badges = [("", indicator_badge(indicator, projection_fans.INDICATORS[indicator], locale))]
    show_figure(fan_figure(fan, locale, screen().columns), "fan", f"projection_{indicator}", alternative, badges)
    note(projection_fans.bands_text(fan, locale), "page-note caution")
    rows = projection_fans.fan_rows(fan, locale)
    figures = rows.select_dtypes("float").columns
    data_table(rows.style.format(fan.unit.figure, subset=figures), key="fan_rows", height="content")
    csv_download(f"projection_{indicator}_{path}", rows, locale.translate("evidence.download"))
    with st.expander(locale.translate("fan.all_rows"), key="all_projections"):
        everything = evidence_tables.projection_rows(locale)
        data_table(everything, key="projections", height="content")
        csv_download("projections", everything, locale.translate("evidence.download"))
