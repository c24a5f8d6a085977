"""The Evidence page: forecast and fit against observations, estimates, responses of levers, and weaknesses."""

from __future__ import annotations

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from calibration.forecast import FORECAST
from calibration.posterior import WINDOWS
from calibration.series import all_series
from calibration.weaknesses import weaknesses
from views.charts.evidence import evidence_figure
from views.charts.text_alternatives import lines_text
from views.pages.evidence import lever_responses
from views.results import dose_responses, evidence_tables, registered_forecasts
from views.shell import session
from views.shell.page_elements import app_name, csv_download, data_expander, data_table, heading, note, show_figure

SECTIONS = ("forecast", "registered", "fit", "estimates", "projections", "responses", "tests", "weaknesses")

remember, widget = partial(session.remember, "evidence"), partial(session.page_widget, "evidence")


def choices(section: str) -> tuple[str, int, str]:
    """The sidebar: which series, up to which year the data behind the run go, and which lever."""
    locale = session.locale()
    known = all_series()
    series, window, lever = evidence_tables.series_with_paths()[0], WINDOWS[0], dose_responses.entry_ids()[0]
    if section in ("forecast", "fit"):
        series = st.selectbox(
            locale.translate("evidence.series"),
            evidence_tables.series_with_paths(),
            **widget("series", remember("series", series, evidence_tables.series_with_paths())),
            format_func=lambda s: evidence_tables.name_of(known[s], locale),
        )
    if section in ("fit", "estimates"):
        window = st.segmented_control(
            locale.translate("evidence.window"),
            WINDOWS,
            required=True,
            **widget("window", remember("window", WINDOWS[-1], WINDOWS)),
        )
    if section == "responses":
        lever = st.selectbox(
            locale.translate("evidence.response_lever"),
            dose_responses.entry_ids(),
            **widget("lever", remember("lever", lever, dose_responses.entry_ids())),
            format_func=lambda entry: dose_responses.entry_name(entry, locale),
        )
    note(locale.translate(f"evidence.about_{section}"))
    return series, window, lever


def show_path(series: str, window: int) -> None:
    """The chart of one series, and what to know before reading it."""
    locale = session.locale()
    one = all_series()[series]
    name = evidence_tables.name_of(one, locale)
    heading(name)
    rows, unit = evidence_tables.shown_path(series, window, locale)
    figure = evidence_figure(rows, unit.text, window, locale)
    lines = {locale.translate(f"evidence.{column}"): (rows["year"], rows[column]) for column in ("median", "observed")}
    show_figure(figure, "evidence_chart", f"evidence_{series}", lines_text(name, unit.text, lines, locale, unit.figure))
    if one.note:
        note(locale.text(one.note))
    data_expander(
        "evidence_data", f"evidence_{series}_{window}", lambda: evidence_tables.path_rows(series, window, locale)
    )


def show_scores(table: str) -> None:
    """A table of scores."""
    locale = session.locale()
    rows = evidence_tables.score_rows(table, locale)
    formats = {name: "{:.2f}" for name in rows.columns[4:-2]} | {name: "{:.0f} %" for name in rows.columns[-2:]}
    shown = rows.style.format(formats)
    data_table(shown, key=f"scores_{table}", height="content")
    csv_download(f"scores_{table}", rows, locale.translate("evidence.download"))


def show_table(name: str, rows: pd.DataFrame) -> None:
    """A table with its download."""
    data_table(rows, key=name, height="content")
    csv_download(name, rows, session.locale().translate("evidence.download"))


def show_registered() -> None:
    """How the forecast that was registered before the outcomes were opened came out."""
    locale = session.locale()
    note(registered_forecasts.verdict_text(locale), "page-note caution")
    show_table("expectations", registered_forecasts.expectation_rows(locale))
    show_table("registered_scores", registered_forecasts.score_rows(locale))


def show_weaknesses() -> None:
    """The list of weaknesses, the weightiest first."""
    locale = session.locale()
    items = "".join(
        f"<li><b>{escape(locale.text(entry['title']))}</b><p>{escape(locale.text(entry['what']))}</p>"
        f"<p><i>{escape(locale.translate('evidence.so'))}</i>{escape(locale.text(entry['changes']))}</p></li>"
        for entry in weaknesses()
    )
    st.html(f'<ol class="weaknesses">{items}</ol>')


def page() -> None:
    """The page, from the state of the session."""
    locale = session.locale()
    section = st.segmented_control(
        locale.translate("page.evidence"),
        SECTIONS,
        format_func=lambda s: locale.translate(f"evidence.{s}_section"),
        required=True,
        label_visibility="collapsed",
        **widget("section", remember("section", SECTIONS[0], SECTIONS)),
    )
    with st.sidebar:
        app_name()
        series, window, lever = choices(section)
    if section == "forecast":
        note(evidence_tables.forecast_verdict(locale), "page-note caution")
        show_path(series, WINDOWS[0])
        show_scores(FORECAST)
    elif section == "registered":
        show_registered()
    elif section == "fit":
        show_path(series, window)
        show_scores(f"fit_{window}")
    elif section == "estimates":
        note(evidence_tables.convergence_text(window, locale), "page-note caution")
        rows = evidence_tables.estimate_rows(window, locale)
        show_table(f"estimates_{window}", rows)
    elif section == "projections":
        show_table(section, evidence_tables.projection_rows(locale))
    elif section == "responses":
        lever_responses.show(lever)
    elif section == "tests":
        show_table(section, evidence_tables.validation_test_rows(locale))
    else:
        show_weaknesses()


page()
