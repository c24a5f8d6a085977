"""The Trade-offs page: two outcomes against each other, what each lever adds, and which lever matters now."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from analysis.tradeoffs import OUTCOMES, Wedges, front
from views.charts.mixes import cloud_figure, wedge_figure
from views.charts.text_alternatives import chart_text
from views.results import mixes
from views.results.evidence_badge import indicator_badge
from views.results.settings import scenario_of
from views.shell import session
from views.shell.page_elements import (
    TABLE_HEIGHT,
    app_name,
    csv_download,
    data_expander,
    data_table,
    heading,
    note,
    show_figure,
)

FIRST = ("energy_per_above_scale_industrial_va_change_cumulative", "vai_above_scale_real")
VIEWS = ("cloud", "wedges", "now")

remember, widget = partial(session.remember, "tradeoffs"), partial(session.page_widget, "tradeoffs")


def choose(view: str) -> tuple[str, str]:
    """The sidebar: one outcome, or two to set against each other."""
    locale = session.locale()
    app_name()
    labels: dict[str, Any] = {"format_func": lambda name: mixes.outcome_name(name, locale)}
    if view != "cloud":
        chosen = st.selectbox(
            locale.translate("tradeoffs.outcome"),
            list(OUTCOMES),
            **labels,
            **widget("outcome", remember("outcome", FIRST[0], OUTCOMES)),
        )
        note(locale.translate(f"tradeoffs.about_{view}"))
        return chosen, chosen
    across = st.selectbox(
        locale.translate("tradeoffs.across"), list(OUTCOMES), **labels, **widget("x", remember("x", FIRST[0], OUTCOMES))
    )
    others = [name for name in OUTCOMES if name != across]
    up = remember("y", FIRST[1], OUTCOMES)
    up = st.selectbox(
        locale.translate("tradeoffs.up"), others, **labels, **widget("y", up if up in others else others[0])
    )
    note(locale.translate("tradeoffs.about_cloud"))
    return across, up


def show_cloud(across: str, up: str, ends: dict[str, float]) -> None:
    """Many random mixes, the best of them, and runs with a name."""
    locale = session.locale()
    found = mixes.shared_mixes()
    better = OUTCOMES[across], OUTCOMES[up]
    on_front = np.zeros(len(found.strengths), dtype=bool)
    if 0 not in better:
        on_front = front(found.outcomes[across], found.outcomes[up], *better)
    scales = mixes.scale_of(across, locale), mixes.scale_of(up, locale)
    named = {locale.translate("tradeoffs.present"): ends} | mixes.named_points(session.titles())
    points = {name: (run[across] * scales[0], run[up] * scales[1]) for name, run in named.items()}
    titles = mixes.outcome_name(across, locale), mixes.outcome_name(up, locale)
    title = locale.translate("tradeoffs.cloud_heading", across=titles[0], up=titles[1])
    heading(title)
    drawn = found.outcomes[across] * scales[0], found.outcomes[up] * scales[1]
    figure = cloud_figure(drawn, on_front, points, titles, locale)
    ends_of = ((name, f"{locale.number(x)}; {locale.number(y)}") for name, (x, y) in points.items())
    badges = [(mixes.outcome_name(name, locale), indicator_badge(name, None, locale)) for name in (across, up)]
    show_figure(figure, "tradeoffs_cloud", "tradeoffs_cloud", chart_text(title, "", ends_of, locale), badges)
    everything = np.ones(len(found.strengths), dtype=bool)
    data_expander("cloud_data", "mixes", lambda: mixes.front_table(found, everything, (across, up), locale))
    if 0 in better:
        note(locale.translate("tradeoffs.no_front"))
        return
    note(locale.translate("tradeoffs.front_note", count=int(on_front.sum()), all=len(on_front)))
    rows = mixes.front_table(found, on_front, (across, up), locale)
    numbers = {name: st.column_config.NumberColumn(format="%.1f") for name in rows.columns[:2]}
    numbers |= {name: st.column_config.NumberColumn(format="%.0f %%") for name in rows.columns[2:]}
    data_table(rows, column_config=numbers, height=TABLE_HEIGHT, key="front_rows")
    csv_download("front", rows, locale.translate("evidence.download"))


def show_levers(view: str, outcome: str, split: Wedges, now: np.ndarray) -> None:
    """What each lever adds to the change since no document, or what a little more of it would change."""
    locale = session.locale()
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
    figure = wedge_figure(labels, shown, name)
    added = ((label, locale.number(float(value))) for label, value in zip(labels, shown, strict=True))
    badges = [("", indicator_badge(outcome, None, locale))]
    show_figure(figure, f"tradeoffs_{view}", f"tradeoffs_{view}", chart_text(title, "", added, locale), badges)
    rows_of = mixes.wedge_table if view == "wedges" else mixes.sensitivity_table
    rows = rows_of(split, now, scale, locale)
    numbers = {column: st.column_config.NumberColumn(format="%.3g") for column in rows.columns[1:]}
    data_table(rows, column_config=numbers, height="content", key=f"{view}_rows")
    csv_download(view, rows, locale.translate("evidence.download"))


def page() -> None:
    """The page, from the state of the session."""
    locale = session.locale()
    view = st.segmented_control(
        locale.translate("page.tradeoffs"),
        VIEWS,
        format_func=lambda v: locale.translate(f"tradeoffs.view_{v}"),
        required=True,
        label_visibility="collapsed",
        **widget("view", remember("view", VIEWS[0], VIEWS)),
    )
    with st.sidebar:
        across, up = choose(view)
    note(session.settings_summary())
    with st.spinner(locale.translate("tradeoffs.computing"), show_time=True):
        split, now, ends = mixes.tradeoffs_of(scenario_of(session.settings(), session.scenarios()))
    if view == "cloud":
        show_cloud(across, up, ends)
    else:
        show_levers(view, across, split[across], now[across])


page()
