"""The Trade-offs page: the frontier of outcomes, the cheapest mix for targets, and what each lever adds or changes."""

from __future__ import annotations

import numpy as np
import streamlit as st

from analysis.tradeoffs import Wedges
from views.charts.mixes import wedge_figure
from views.charts.text_alternatives import chart_text
from views.pages.tradeoffs import choices, find, frontier, mix
from views.pages.tradeoffs.choices import remember, widget
from views.results import mixes
from views.results.evidence_badge import indicator_badge
from views.results.settings import scenario_of
from views.shell import session
from views.shell.page_elements import app_name, csv_download, data_table, heading, note, show_figure
from views.shell.screen import screen

VIEWS = ("cloud", "find", "wedges", "now")
"""The frontier keeps the name that links of the first edition have for its view."""


def show_levers(view: str, outcome: str) -> None:
    """What each lever adds to the change since no document, or what a little more of it would change."""
    locale = session.locale()
    note(session.settings_summary())
    with st.spinner(locale.translate("tradeoffs.computing"), show_time=True):
        splits, effects = mixes.tradeoffs_of(scenario_of(session.settings(), session.scenarios()))
    split, now = splits[outcome], effects[outcome]
    scale, name = mixes.scale_of(outcome, locale), mixes.outcome_name(outcome, locale)
    title = locale.translate(f"tradeoffs.{view}_heading", outcome=name)
    heading(title)
    if view == "wedges":
        ends = {"start": split.start * scale, "end": split.end * scale, "joint": split.interaction * scale}
        note(locale.translate("tradeoffs.wedges_note", **{key: locale.number(value, 1) for key, value in ends.items()}))
        values = split.added * scale
    else:
        values = now * scale
    labels, shown = mixes.largest_contributions(split.levers, values, locale)
    if view == "now":  # a sum of derivatives says nothing
        labels, shown = labels[: mixes.TOP], shown[: mixes.TOP]
    figure = wedge_figure(labels, shown, name, screen().columns)
    added = ((label, locale.number(float(value))) for label, value in zip(labels, shown, strict=True))
    badges = [("", indicator_badge(outcome, None, locale))]
    show_figure(figure, f"tradeoffs_{view}", f"tradeoffs_{view}", chart_text(title, "", added, locale), badges)
    show_rows(view, split, now, scale)


def show_rows(view: str, split: Wedges, now: np.ndarray, scale: float) -> None:
    """The table of all levers, with its download."""
    locale = session.locale()
    rows_of = mixes.wedge_table if view == "wedges" else mixes.sensitivity_table
    rows = rows_of(split, now, scale, locale)
    numbers = {column: st.column_config.NumberColumn(format="%.3g") for column in rows.columns[1:]}
    data_table(rows, column_config=numbers, height="content", key=f"{view}_rows")
    csv_download(view, rows, locale.translate("evidence.download"))


def page() -> None:
    """The page, from the state of the session."""
    mix.load_where_asked()
    locale = session.locale()
    view = st.segmented_control(
        locale.translate("page.tradeoffs"),
        VIEWS,
        format_func=lambda v: locale.translate(f"tradeoffs.view_{v}"),
        required=True,
        label_visibility="collapsed",
        **widget("view", remember("view", VIEWS[0], VIEWS)),
    )
    sidebar = st.sidebar
    with sidebar:
        app_name()
    if view == "cloud":
        with sidebar:
            objectives = choices.objectives()
            space, effort = choices.space(), choices.effort()
            note(locale.translate("tradeoffs.about_cloud"))
        frontier.show(space, objectives, effort)
    elif view == "find":
        with sidebar:
            aim, space = choices.aim(), choices.space()
            note(locale.translate("tradeoffs.about_find"))
        find.show(space, aim)
    else:
        with sidebar:
            outcome = choices.outcome()
            note(locale.translate(f"tradeoffs.about_{view}"))
        show_levers(view, outcome)


page()
