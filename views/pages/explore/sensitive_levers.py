"""The part of the Explore page that says which levers matter at the present settings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import numpy as np
import streamlit as st

from analysis.tradeoffs import OUTCOMES
from views.language import Locale
from views.results import mixes
from views.results.settings import scenario_of
from views.shell import session

NAMED = 6
"""Levers that are named."""
FIRST = "energy_per_above_scale_industrial_va_change_cumulative"
HUNDRED = 100

remember, widget = partial(session.remember, "explore"), partial(session.page_widget, "explore")


def show() -> None:
    """The expander with the choice of an outcome and the levers that matter most for it at the present settings."""
    locale = session.locale()
    details = st.expander(locale.translate("matters.title"), key="matters", on_change="rerun")
    st.session_state["matters_open"] = details.open
    if not details.open:
        return
    settings, outcome = session.settings(), remember("outcome", FIRST, OUTCOMES)
    with details:
        st.selectbox(
            locale.translate("tradeoffs.outcome"),
            list(OUTCOMES),
            format_func=lambda name: mixes.outcome_name(name, locale),
            **widget("outcome", outcome),
        )
        outcome = remember("outcome", FIRST, OUTCOMES)
        scenario = scenario_of(settings, session.scenarios())
        found = mixes.derivatives(scenario, settings.until)[outcome] * mixes.scale_of(outcome, locale)
        names, values = mixes.largest_contributions(mixes.lever_ids(), found, locale)
        name = mixes.outcome_name(outcome, locale)
        st.html(list_html(names[:NAMED], values[:NAMED], name, settings.until, locale))


def list_html(
    names: Sequence[str], values: Sequence[float] | np.ndarray, outcome: str, year: int, locale: Locale
) -> str:
    """Levers with bars as long as what they change, as HTML."""
    if not names:
        return f'<p class="page-note">{escape(locale.translate("matters.nothing"))}</p>'
    longest = max(abs(value) for value in values)
    rows = ""
    for name, value in zip(names, values, strict=True):
        kind, width = "less" if value < 0 else "more", HUNDRED * abs(value) / longest
        change = locale.number(float(value), sign=True)
        rows += f'<li><span>{escape(name)}</span><span class="bar {kind}" style="width:{width:.0f}%"></span>'
        rows += f'<span class="value">{escape(change)}</span></li>'
    heading = escape(locale.translate("matters.heading", outcome=outcome, year=year))
    note = escape(locale.translate("tradeoffs.about_now"))
    return f'<div class="matters"><p>{heading}</p><ol>{rows}</ol><p>{note}</p></div>'
