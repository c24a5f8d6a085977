"""The Trade-offs page: two outcomes against each other, what each lever adds, and which lever matters now."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from analysis.tradeoffs import OUTCOMES, front
from views.charts.mixes import cloud_figure, wedge_figure
from views.charts.text_alternatives import told
from views.language import number
from views.results import mixes
from views.results.settings import scenario_of
from views.shell import session
from views.shell.page_elements import TABLE_HEIGHT, brand, data_below, data_table, heading, note, plotted, save

FIRST = ("energy_per_above_scale_industrial_va_change_cumulative", "vai_above_scale_real")
VIEWS = ("cloud", "wedges", "now")

remember, widget = partial(session.remember, "tradeoffs"), partial(session.page_widget, "tradeoffs")


def choose(view: str) -> tuple[str, str]:
    """The sidebar: one outcome, or two to set against each other."""
    t, language = session.translate(), session.language()
    brand()
    labels = {"format_func": lambda name: mixes.outcome_name(name, t, language)}
    if view != "cloud":
        chosen = st.selectbox(
            t("tradeoffs.outcome"),
            list(OUTCOMES),
            **labels,
            **widget("outcome", remember("outcome", FIRST[0], OUTCOMES)),
        )
        note(t(f"tradeoffs.about_{view}"))
        return chosen, chosen
    across = st.selectbox(
        t("tradeoffs.across"), list(OUTCOMES), **labels, **widget("x", remember("x", FIRST[0], OUTCOMES))
    )
    others = [name for name in OUTCOMES if name != across]
    up = remember("y", FIRST[1], OUTCOMES)
    up = st.selectbox(t("tradeoffs.up"), others, **labels, **widget("y", up if up in others else others[0]))
    note(t("tradeoffs.about_cloud"))
    return across, up


def show_cloud(across: str, up: str, ends: dict[str, float]) -> None:
    """Many random mixes, the best of them, and runs with a name."""
    t, language = session.translate(), session.language()
    found = mixes.ready()
    better = OUTCOMES[across], OUTCOMES[up]
    on_front = np.zeros(len(found.strengths), dtype=bool)
    if 0 not in better:
        on_front = front(found.outcomes[across], found.outcomes[up], *better)
    scales = mixes.scale_of(across, language), mixes.scale_of(up, language)
    named = {t("tradeoffs.present"): ends} | mixes.named_points(session.titles())
    points = {name: (run[across] * scales[0], run[up] * scales[1]) for name, run in named.items()}
    titles = tuple(mixes.outcome_name(name, t, language) for name in (across, up))
    title = t("tradeoffs.cloud_heading", across=titles[0], up=titles[1])
    heading(title)
    drawn = found.outcomes[across] * scales[0], found.outcomes[up] * scales[1]
    figure = cloud_figure(drawn, on_front, points, titles, t)
    ends_of = ((name, f"{number(x)}; {number(y)}") for name, (x, y) in points.items())
    plotted(figure, "tradeoffs_cloud", "tradeoffs_cloud", told(title, "", ends_of, t))
    everything = np.ones(len(found.strengths), dtype=bool)
    data_below("cloud_data", "mixes", lambda: mixes.front_table(found, everything, (across, up), t, language))
    if 0 in better:
        note(t("tradeoffs.no_front"))
        return
    note(t("tradeoffs.front_note", count=int(on_front.sum()), all=len(on_front)))
    rows = mixes.front_table(found, on_front, (across, up), t, language)
    numbers = {name: st.column_config.NumberColumn(format="%.1f") for name in rows.columns[:2]}
    numbers |= {name: st.column_config.NumberColumn(format="%.0f %%") for name in rows.columns[2:]}
    data_table(rows, column_config=numbers, height=TABLE_HEIGHT, key="front_rows")
    save("front", rows, t("evidence.download"))


def show_levers(view: str, outcome: str, split, now: np.ndarray) -> None:
    """What each lever adds to the change since no document, or what a little more of it would change."""
    t, language = session.translate(), session.language()
    scale, name = mixes.scale_of(outcome, language), mixes.outcome_name(outcome, t, language)
    title = t(f"tradeoffs.{view}_heading", outcome=name)
    heading(title)
    if view == "wedges":
        ends = {"start": split.start * scale, "end": split.end * scale, "joint": split.interaction * scale}
        note(t("tradeoffs.wedges_note", **{key: f"{value:,.1f}" for key, value in ends.items()}))
        values = split.added * scale
    else:
        values = now * scale
    labels, shown = mixes.largest(split.levers, values, language, t)
    if view == "now":  # a sum of derivatives says nothing
        labels, shown = labels[: mixes.TOP], shown[: mixes.TOP]
    figure = wedge_figure(labels, shown, name)
    added = ((label, number(float(value))) for label, value in zip(labels, shown, strict=True))
    plotted(figure, f"tradeoffs_{view}", f"tradeoffs_{view}", told(title, "", added, t))
    rows_of = mixes.wedge_table if view == "wedges" else mixes.sensitivity_table
    rows = rows_of(split, now, scale, t, language)
    numbers = {column: st.column_config.NumberColumn(format="%.3g") for column in rows.columns[1:]}
    data_table(rows, column_config=numbers, height="content", key=f"{view}_rows")
    save(view, rows, t("evidence.download"))


def page() -> None:
    """The page, from the state of the session."""
    t = session.translate()
    view = st.segmented_control(
        t("page.tradeoffs"), VIEWS, format_func=lambda v: t(f"tradeoffs.view_{v}"), required=True,
        label_visibility="collapsed", **widget("view", remember("view", VIEWS[0], VIEWS)),
    )  # fmt: skip
    with st.sidebar:
        across, up = choose(view)
    note(session.present())
    with st.spinner(t("tradeoffs.computing"), show_time=True):
        split, now, ends = mixes.of(scenario_of(session.settings(), session.scenarios()))
    if view == "cloud":
        show_cloud(across, up, ends)
    else:
        show_levers(view, across, split[across], now[across])


page()
