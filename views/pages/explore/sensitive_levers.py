"""The part of the Explore page that says which levers matter at the present settings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from analysis.tradeoffs import OUTCOMES
from views.language import Translate, number
from views.results import mixes
from views.results.settings import Settings, scenario_of
from views.shell import session

NAMED = 6
"""Levers that are named."""
FIRST = "energy_per_above_scale_industrial_va_change_cumulative"
HUNDRED = 100

remember, widget = partial(session.remember, "explore"), partial(session.page_widget, "explore")


def frame():
    """The expander with the choice of an outcome; returns the place for the list, None while it is closed."""
    t, language = session.translate(), session.language()
    details = st.expander(t("matters.title"), key="matters", on_change="rerun")
    if not details.open:
        return None
    with details:
        st.selectbox(
            t("tradeoffs.outcome"), list(OUTCOMES), format_func=lambda name: mixes.outcome_name(name, t, language),
            **widget("outcome", remember("outcome", FIRST, OUTCOMES)),
        )  # fmt: skip
        return st.container()


def show(place, settings: Settings) -> None:
    """Fill the list for the present settings; the first time the model has to be compiled for it."""
    t, language, outcome = session.translate(), session.language(), remember("outcome", FIRST, OUTCOMES)
    scenario = scenario_of(settings, session.scenarios())
    with place, st.spinner(t("tradeoffs.computing"), show_time=True):
        found = mixes.derivatives(scenario, settings.until)[outcome] * mixes.scale_of(outcome, language)
    names, values = mixes.largest(mixes.lever_ids(), found, language, t)
    name = mixes.outcome_name(outcome, t, language)
    place.html(listed(names[:NAMED], values[:NAMED], name, settings.until, t))


def listed(names: Sequence[str], values: Sequence[float], outcome: str, year: int, t: Translate) -> str:
    """Levers with bars as long as what they change, as HTML."""
    if not names:
        return f'<p class="page-note">{escape(t("matters.nothing"))}</p>'
    longest = max(abs(value) for value in values)
    rows = ""
    for name, value in zip(names, values, strict=True):
        looks, width = "less" if value < 0 else "more", HUNDRED * abs(value) / longest
        told = number(float(value), sign=True)
        rows += f'<li><span>{escape(name)}</span><span class="bar {looks}" style="width:{width:.0f}%"></span>'
        rows += f'<span class="value">{escape(told)}</span></li>'
    heading = escape(t("matters.heading", outcome=outcome, year=year))
    return f'<div class="matters"><p>{heading}</p><ol>{rows}</ol><p>{escape(t("tradeoffs.about_now"))}</p></div>'
