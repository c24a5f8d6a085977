"""The Regions page: what the present settings mean for the five belts of the province."""

from __future__ import annotations

from functools import partial

import streamlit as st

from views.charts.belts import belt_figure
from views.charts.text_alternatives import lines_text
from views.results import belts, simulation
from views.results.evidence_badge import badge_of
from views.results.settings import ENDS, scenario_of, years_to_show
from views.shell import session
from views.shell.page_elements import (
    TABLE_HEIGHT,
    app_name,
    csv_download,
    data_table,
    heading,
    note,
    show_figure,
)
from views.shell.screen import screen

remember, widget = partial(session.remember, "regions"), partial(session.page_widget, "regions")
COLUMNS = {
    "belt": (None, 300),
    "value_column": ("%,.0f", 96),
    "value_happened": ("%,.0f", 98),
    "delta": ("%+.1f", 102),
    "share": ("%.1f", 78),
    "share_happened": ("%.1f", 120),
    "energy_column": ("%,.1f", 84),
}
"""How the numbers of the table are written, and the widths of its columns in pixels."""


def choices() -> tuple[str, int]:
    """The sidebar: scenario, last year, what is shown, and the year of the table."""
    locale, settings = session.locale(), session.settings()
    app_name()
    titles = session.titles()
    base = session.widget("base", settings.base, session.start_from, titles)
    st.selectbox(locale.translate("explore.scenario"), list(titles), format_func=titles.__getitem__, **base)
    ends = session.widget("until", settings.until, lambda v: session.change(until=v), ENDS)
    st.selectbox(locale.translate("explore.until"), ENDS, **ends)
    measures = list(belts.MEASURES)
    measure = st.segmented_control(
        locale.translate("regions.measure"),
        measures,
        format_func=lambda m: locale.translate(f"regions.{m}"),
        required=True,
        **widget("measure", remember("measure", measures[0], measures)),
    )
    years = years_to_show(settings.until)
    year = session.widget("year", settings.year, lambda v: session.change(year=v), years)
    chosen = st.segmented_control(locale.translate("regions.year"), years, required=True, **year)
    note(locale.translate("regions.about"))
    return measure, chosen


def page() -> None:
    """The page, from the state of the session."""
    locale, settings = session.locale(), session.settings()
    with st.sidebar:
        measure, year = choices()
    now = simulation.runner(settings.until).run(scenario_of(settings, session.scenarios()))
    ghost = simulation.baseline(settings.until)
    note(
        f"{locale.translate('regions.note')}{locale.translate('app.then')}{session.settings_summary()}",
        "page-note caution",
    )
    figure = belt_figure(measure, now, ghost, locale, screen().columns)
    indicator, unit = belts.MEASURES[measure][0], belts.unit_of(measure, locale)
    lines = {belts.belt_name(b, locale): (now.years, unit.scaled(now.series(indicator, b))) for b in belts.BELTS}
    alternative = lines_text(locale.translate(f"regions.{measure}"), unit.text, lines, locale, unit.figure)
    show_figure(figure, "belts", "regions", alternative, [("", badge_of(indicator, None, locale))])
    units = {measure: belts.unit_of(measure, locale).text for measure in belts.MEASURES}
    heading(locale.translate("regions.table", year=year, **units))
    rows = belts.belt_table(now, ghost, year, locale)
    columns = {
        locale.translate(f"regions.{key}"): st.column_config.NumberColumn(format=form, width=width)
        if form
        else st.column_config.TextColumn(width=width)
        for key, (form, width) in COLUMNS.items()
    }
    data_table(rows, column_config=columns, key="belt_table", height="content")
    everything = belts.long_table(now, ghost, locale)
    details = st.expander(locale.translate("regions.data"), key="belt_data", on_change="rerun")
    if details.open:
        with details:
            shown = everything[
                everything[locale.translate("table.indicator")] == locale.translate(f"regions.{measure}")
            ]
            data_table(shown, height=TABLE_HEIGHT, key="belt_rows")
    with st.container(horizontal=True):
        csv_download("belts", belts.with_units(rows, locale), locale.translate("regions.download_table"))
        csv_download("belts_all_years", everything, locale.translate("regions.download_csv"))


page()
