"""The Evidence page: forecast and fit against observations, what was estimated, and what is wrong with the model."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from calibration.posterior import WINDOWS
from calibration.series import all_series
from calibration.weaknesses import weaknesses
from views.charts.evidence import evidence_figure
from views.charts.text_alternatives import paths_in_words
from views.language import unit as unit_name
from views.results import evidence_tables
from views.shell import session
from views.shell.page_elements import brand, data_below, data_table, heading, note, plotted, save

SECTIONS = ("forecast", "fit", "estimates", "projections", "tests", "weaknesses")

remember, widget = partial(session.remember, "evidence"), partial(session.page_widget, "evidence")


def choices(section: str) -> tuple[str, int]:
    """The sidebar: which series, and up to which year the data behind the run go."""
    t, language = session.translate(), session.language()
    known = all_series()
    series, window = evidence_tables.headline_series()[0], WINDOWS[0]
    if section in ("forecast", "fit"):
        series = st.selectbox(
            t("evidence.series"),
            evidence_tables.headline_series(),
            **widget("series", remember("series", series, evidence_tables.headline_series())),
            format_func=lambda s: evidence_tables.name_of(known[s], language),
        )
    if section in ("fit", "estimates"):
        window = st.segmented_control(
            t("evidence.window"),
            WINDOWS,
            required=True,
            **widget("window", remember("window", WINDOWS[-1], WINDOWS)),
        )
    note(t(f"evidence.about_{section}"))
    return series, window


def show_path(series: str, window: int) -> None:
    """The chart of one series, and what to know before reading it."""
    t, language = session.translate(), session.language()
    one = all_series()[series]
    heading(evidence_tables.name_of(one, language))
    rows = evidence_tables.path(series, window)
    figure = evidence_figure(rows, evidence_tables.unit_of(one), window, t, language)
    lines = {t(f"evidence.{name}"): (rows["year"], rows[name]) for name in ("median", "observed")}
    told = paths_in_words(
        evidence_tables.name_of(one, language), unit_name(evidence_tables.unit_of(one), language), lines, t
    )
    plotted(figure, "evidence_chart", f"evidence_{series}", told)
    if one.note:
        note(one.note[language])
    data_below("evidence_data", f"evidence_{series}_{window}", lambda: evidence_tables.path_rows(series, window, t))


def show_scores(table: str) -> None:
    """A table of scores."""
    t, language = session.translate(), session.language()
    rows = evidence_tables.score_rows(table, t, language)
    formats = {name: "{:.2f}" for name in rows.columns[4:-2]} | {name: "{:.0f} %" for name in rows.columns[-2:]}
    shown = rows.style.format(formats)
    data_table(shown, key=f"scores_{table}", height="content")
    save(f"scores_{table}", rows, t("evidence.download"))


def show_table(name: str, rows) -> None:
    """A table with its download."""
    data_table(rows, key=name, height="content")
    save(name, rows, session.translate()("evidence.download"))


def show_weaknesses() -> None:
    """The list of weaknesses, the weightiest first."""
    language = session.language()
    t = session.translate()
    items = "".join(
        f"<li><b>{escape(entry['title'][language])}</b><p>{escape(entry['what'][language])}</p>"
        f"<p><i>{escape(t('evidence.so'))}</i>{escape(entry['changes'][language])}</p></li>"
        for entry in weaknesses()
    )
    st.html(f'<ol class="weaknesses">{items}</ol>')


def page() -> None:
    """The page, from the state of the session."""
    t, language = session.translate(), session.language()
    section = st.segmented_control(
        t("page.evidence"),
        SECTIONS,
        format_func=lambda s: t(f"evidence.{s}_section"),
        required=True,
        label_visibility="collapsed",
        **widget("section", remember("section", SECTIONS[0], SECTIONS)),
    )
    with st.sidebar:
        brand()
        series, window = choices(section)
    if section == "forecast":
        note(evidence_tables.verdict(t), "page-note caution")
        show_path(series, WINDOWS[0])
        show_scores(evidence_tables.FORECAST)
    elif section == "fit":
        show_path(series, window)
        show_scores(f"fit_{window}")
    elif section == "estimates":
        note(evidence_tables.diagnosis(window, t), "page-note caution")
        rows = evidence_tables.estimate_rows(window, t, language)
        show_table(f"estimates_{window}", rows)
    elif section == "projections":
        show_table(section, evidence_tables.projection_rows(t, language))
    elif section == "tests":
        show_table(section, evidence_tables.matrix_rows(t, language))
    else:
        show_weaknesses()


page()
