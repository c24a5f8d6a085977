"""The Regions page: what the present settings mean for the five belts of the province."""

from __future__ import annotations

from functools import partial

import streamlit as st

from views import engine, regional, state
from views.charts.belts import belt_figure
from views.charts.words import paths_in_words
from views.language import unit as unit_name
from views.parts import TABLE_HEIGHT, brand, data_table, heading, note, plotted, save
from views.settings import ENDS, years_to_show

remember, widget = partial(state.remember, "regions"), partial(state.page_widget, "regions")
COLUMNS = {
    "belt": (None, 300), "value_column": ("%,.0f", 96), "value_happened": ("%,.0f", 98), "delta": ("%+.1f", 102),
    "share": ("%.1f", 78), "share_happened": ("%.1f", 120), "energy_column": ("%.1f", 80),
}  # fmt: skip
"""How the numbers of the table are written, and the widths of its columns in pixels."""


def choices() -> tuple[str, int]:
    """The sidebar: scenario, last year, what is shown, and the year of the table."""
    t, settings = state.translate(), state.settings()
    brand()
    titles = state.titles()
    base = state.widget("base", settings.base, lambda v: state.change(base=v, moved={}), titles)
    st.selectbox(t("explore.scenario"), list(titles), format_func=titles.get, **base)
    ends = state.widget("until", settings.until, lambda v: state.change(until=v), ENDS)
    st.selectbox(t("explore.until"), ENDS, **ends)
    measures = list(regional.MEASURES)
    measure = st.segmented_control(
        t("regions.measure"), measures, format_func=lambda m: t(f"regions.{m}"), required=True,
        **widget("measure", remember("measure", measures[0], measures)),
    )  # fmt: skip
    years = years_to_show(settings.until)
    year = state.widget("year", settings.year, lambda v: state.change(year=v), years)
    chosen = st.segmented_control(t("regions.year"), years, required=True, **year)
    note(t("regions.about"))
    return measure, chosen


def page() -> None:
    """The page, from the state of the session."""
    t, language, settings = state.translate(), state.language(), state.settings()
    with st.sidebar:
        measure, year = choices()
    state.prepare(settings.until)
    now = engine.runner(settings.until).run(state.scenarios()[settings.base], settings.moved)
    ghost = engine.baseline(settings.until)
    note(f"{t('regions.note')}{t('app.then')}{state.present()}", "page-note caution")
    figure = belt_figure(measure, now, ghost, t, language)
    indicator, unit = regional.MEASURES[measure]
    lines = {regional.belt_name(b, language): (now.years, now.series(indicator, b)) for b in regional.BELTS}
    told = paths_in_words(t(f"regions.{measure}"), unit_name(unit, language), lines, t)
    plotted(figure, "belts", "regions", told)
    units = {measure: unit_name(unit, language) for measure, (_, unit) in regional.MEASURES.items()}
    heading(t("regions.table", year=year, **units))
    rows = regional.belt_table(now, ghost, year, t, language)
    columns = {
        t(f"regions.{key}"): st.column_config.NumberColumn(format=form, width=width)
        if form
        else st.column_config.TextColumn(width=width)
        for key, (form, width) in COLUMNS.items()
    }
    data_table(rows, column_config=columns, key="belt_table", height="content")
    everything = regional.long_table(now, ghost, t, language)
    details = st.expander(t("regions.data"), key="belt_data", on_change="rerun")
    if details.open:
        with details:
            shown = everything[everything[t("table.indicator")] == t(f"regions.{measure}")]
            data_table(shown, height=TABLE_HEIGHT, key="belt_rows")
    with st.container(horizontal=True):
        save("belts", regional.with_units(rows, t, language), t("regions.download_table"))
        save("belts_all_years", everything, t("regions.download_csv"))


page()
