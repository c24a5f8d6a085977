"""The part of the Why page that shows one feedback loop, and what happens without it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from analysis.diagram import loop_diagram
from analysis.knockouts import knockouts
from analysis.structure import NamedLoop, named_loops
from views.charts.text_alternatives import table_text
from views.charts.year_lines import paths_figure
from views.pages.why import opening, variables
from views.results.diagrams import DOWN, Look
from views.results.evidence_badge import indicator_badge
from views.shell import session
from views.shell.page_elements import data_expander, heading, note, show_figure

KINDS = {"R": "R", "B": "B", "link": "→"}


def shown_loops() -> dict[str, NamedLoop]:
    """Loops that can be drawn and switched off, by id."""
    return {loop.knockout.id: loop for loop in named_loops() if loop.shown and loop.knockout.switchable}


def view() -> Callable[[], None]:
    """Asks for a loop in the sidebar; returns what shows it."""
    locale, known = session.locale(), list(shown_loops())
    chosen = st.radio(
        locale.translate("why.loop"),
        known,
        format_func=lambda k: f"{KINDS[knockouts()[k].kind]} · {locale.text(knockouts()[k].name)}",
        **session.page_widget("why", "loop", session.remember("why", "loop", known[0], known)),
    )
    note(locale.translate("why.about_loops"))
    return partial(show, chosen)


def show(name: str) -> None:
    """One loop: its links, what it is said to explain, and what happens without it."""
    locale = session.locale()
    knockout, shown = knockouts()[name], shown_loops()[name].shown
    assert shown is not None
    title = locale.text(knockout.name)
    heading(f"{title} ({name})")
    note(locale.text(knockout.behaviour or ""), "page-note question")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        opening.show_diagram("why_loop", loop_diagram(shown.variables), title, Look(direction=DOWN, ring=True))
    with right:
        one = variables.describe(knockout.shows[0].indicator, locale)
        rows, unit = variables.shown_in(variables.paths_without_loop(name, locale), one.unit, locale)
        note(unit and f"{one.title} ({unit})" or one.title, "page-note label")
        alternative = table_text(one.title, unit, rows, locale)
        badge = indicator_badge(knockout.shows[0].indicator, knockout.shows[0].sector or None, locale)
        show_figure(paths_figure(rows, unit), "why_without", f"loop_{name}", alternative, [("", badge)])
        note(locale.translate("why.switched_off", names=locale.enumeration(knockout.switches)))
        data_expander("why_loop_data", f"loop_{name}", lambda: rows)
