"""The Evidence page: forecast and fit against observations, estimates, responses of levers, and weaknesses."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from calibration.forecast import FORECAST, fit_name
from calibration.posterior import WINDOWS
from calibration.series import all_series
from calibration.weaknesses import weaknesses
from views.charts.evidence import evidence_figure
from views.charts.text_alternatives import lines_text
from views.pages.evidence import (
    decisive_numbers,
    lever_responses,
    policy_order,
    policy_share,
    projections,
    validation_tests,
)
from views.pages.evidence.choices import CHOICES, remember, widget
from views.results import evidence_overview, evidence_tables, registered_forecasts
from views.results.evidence_badge import series_badge, tests_text
from views.shell import session
from views.shell.page_elements import (
    app_name,
    csv_download,
    data_expander,
    data_table,
    heading,
    note,
    show_badges,
    show_figure,
)
from views.shell.screen import screen


def show_path(series: str, window: int) -> None:
    """The chart of one series, and what to know before reading it."""
    locale = session.locale()
    one = all_series()[series]
    name = evidence_tables.name_of(one, locale)
    heading(name)
    rows, unit = evidence_tables.shown_path(series, window, locale)
    figure = evidence_figure(rows, unit.text, window, locale, screen().columns)
    lines = {locale.translate(f"evidence.{column}"): (rows["year"], rows[column]) for column in ("median", "observed")}
    alternative = lines_text(name, unit.text, lines, locale, unit.figure)
    show_figure(figure, "evidence_chart", f"evidence_{series}", alternative, [("", series_badge(one, locale))])
    if tests := tests_text(one, locale):
        note(tests)
    if one.note:
        note(locale.text(one.note))
    data_expander(
        "evidence_data", f"evidence_{series}_{window}", lambda: evidence_tables.path_rows(series, window, locale)
    )


def show_scores(table: str) -> None:
    """A table of scores."""
    locale = session.locale()
    rows = evidence_tables.score_rows(table, locale)
    shares = {name: lambda share: evidence_tables.percent_text(share, locale) for name in rows.columns[-2:]}
    shown = rows.style.format({name: "{:.2f}" for name in rows.columns[4:-2]} | shares)
    data_table(shown, key=f"scores_{table}", height="content")
    csv_download(f"scores_{table}", rows, locale.translate("evidence.download"))


def show_table(name: str, rows: pd.DataFrame) -> None:
    """A table with its download."""
    data_table(rows, key=name, height="content")
    csv_download(name, rows, session.locale().translate("evidence.download"))


def show_forecast(series: str) -> None:
    """The forecast of a series from data up to 2015, and the scores of all series."""
    note(evidence_tables.forecast_verdict(session.locale()), "page-note caution")
    show_path(series, WINDOWS[0])
    show_scores(FORECAST)


def show_charts() -> None:
    """How far to trust each line of the app's charts, and the rules behind it."""
    locale = session.locale()
    heading(locale.translate("badge.heading"))
    note(evidence_overview.overview_text(locale), "page-note caution")
    note(evidence_overview.rules_text(locale))
    show_badges(evidence_overview.with_observations(locale))
    heading(locale.translate("badge.without"))
    note(locale.clauses(evidence_overview.without_observations(locale)))
    csv_download("charts", evidence_overview.overview_rows(locale), locale.translate("evidence.download"))


def show_registered() -> None:
    """How the forecast that was registered before the outcomes were opened came out."""
    locale = session.locale()
    note(registered_forecasts.verdict_text(locale), "page-note caution")
    show_table("expectations", registered_forecasts.expectation_rows(locale))
    show_table("registered_scores", registered_forecasts.score_rows(locale))


def show_fit(series: str, window: int) -> None:
    """The fit of a series to the data up to a year, and the scores of all series."""
    show_path(series, window)
    show_scores(fit_name(window))


def show_estimates(window: int) -> None:
    """The estimated parameters, and whether the estimate converged."""
    locale = session.locale()
    note(evidence_tables.convergence_text(window, locale), "page-note caution")
    show_table(f"estimates_{window}", evidence_tables.estimate_rows(window, locale))


def show_weaknesses() -> None:
    """The list of weaknesses, the weightiest first."""
    locale = session.locale()
    items = "".join(
        f"<li><b>{escape(locale.text(entry['title']))}</b><p>{escape(locale.text(entry['what']))}</p>"
        f"<p><i>{escape(locale.translate('evidence.so'))}</i>{escape(locale.text(entry['changes']))}</p></li>"
        for entry in weaknesses()
    )
    st.html(f'<ol class="weaknesses">{items}</ol>')


SECTIONS: dict[str, dict[str, Callable[..., None]]] = {
    "data": {
        "forecast": show_forecast,
        "charts": show_charts,
        "registered": show_registered,
        "fit": show_fit,
        "estimates": show_estimates,
    },
    "sure": {
        "decides": decisive_numbers.show,
        "order": policy_order.show,
        "policy": policy_share.show,
        "projections": projections.show,
    },
    "limits": {
        "responses": lever_responses.show,
        "tests": validation_tests.show,
        "weaknesses": show_weaknesses,
    },
}
"""What draws each section, from what its sidebar gives, by group of sections; the first opens by default."""
ALL = {name: show for group in SECTIONS.values() for name, show in group.items()}


def choose_section() -> str:
    """The group of sections, and the section; the link holds the section alone."""
    locale = session.locale()
    section = remember("section", next(iter(ALL)), ALL)
    st.segmented_control(
        locale.translate("page.evidence"),
        SECTIONS,
        format_func=lambda group: locale.translate(f"evidence.{group}_group"),
        required=True,
        label_visibility="collapsed",
        **session.widget("evidence_group", _group_of(section), _open_group),
    )
    return st.pills(
        locale.translate("evidence.section"),
        SECTIONS[_group_of(section)],
        format_func=lambda one: locale.translate(f"evidence.{one}_section"),
        required=True,
        label_visibility="collapsed",
        **widget("section", section),
    )


def _group_of(section: str) -> str:
    return next(group for group, sections in SECTIONS.items() if section in sections)


def _open_group(group: str) -> None:
    """Go to the first section of a group."""
    if group in SECTIONS:
        st.session_state["evidence_section"] = next(iter(SECTIONS[group]))


def page() -> None:
    """The page, from the state of the session."""
    section = choose_section()
    with st.sidebar:
        app_name()
        chosen = [choose() for choose in CHOICES.get(section, ())]
        note(session.locale().translate(f"evidence.about_{section}"))
    ALL[section](*chosen)


page()
