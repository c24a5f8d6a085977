"""A lesson on a projector: one step and one chart at a time in large letters, and nothing around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from itertools import cycle

import streamlit as st

from views.charts.projected import projected
from views.charts.small_multiples import Panel, panels_of
from views.charts.text_alternatives import panels_text
from views.language import Locale
from views.pages.classroom import lessons
from views.pages.classroom.lesson_view import (
    go_on,
    go_to,
    points_html,
    progress,
    roles_html,
    show_choices,
    show_projector,
    verdict,
)
from views.pages.classroom.place import DEBRIEF, REVEAL, RUN, Place
from views.palette import STYLES
from views.results.comparison import Run
from views.shell import session
from views.shell.page_elements import heading, note, show_figure

LOWEST = 400
"""Pixels of the chart where the style sheet is missing; it gives the chart what the window has."""
MARKS = {"observed": "●", "target": "◆"}
"""Of observed values and targets, in the legend."""
FORWARD, BACK, LEAVE = "PageDown", "PageUp", "Esc"
"""Keys of the buttons; the first two are those that presenters for slides send."""


def show_step(where: Place) -> None:
    """The present step, and the buttons below it."""
    locale, lesson = session.locale(), where.of
    st.html(f'<div class="projector">{progress(where, locale)}</div>')
    heading(locale.text(lesson.title))
    if where.step < RUN:
        note(locale.text(lesson.question), "page-note question")
        show_choices(where)
        show_bar(where)
        return
    runs = lessons.runs_of(lesson, locale)
    if where.step == RUN:
        show_charts(where, runs)
        return
    if where.step == REVEAL:
        note(verdict(where, runs, locale), "page-note caution")
    else:
        heading(locale.translate("classroom.discuss"))
        st.html(points_html(where, locale))
        st.html(roles_html(where, locale))
    show_bar(where, partial(go_to, where.before()))


def show_charts(where: Place, runs: Sequence[Run]) -> None:
    """One of the charts of the runs, as large as the window allows; the buttons lead through all of them."""
    panels = panels_of(where.of.charts, runs, session.locale())
    shown = session.remember("classroom", f"panel_{where.lesson}", 0)
    turn = partial(st.session_state.__setitem__, f"classroom_panel_{where.lesson}")
    titles = [panel.title for panel in panels]
    st.segmented_control(
        session.locale().translate("classroom.charts"),
        list(range(len(panels))),
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        required=True,
        **session.widget("classroom_panel", shown, turn, range(len(panels))),
    )
    show_chart(where, runs, panels[shown])
    back = partial(turn, shown - 1) if shown else partial(go_to, where.before())
    show_bar(where, back, partial(turn, shown + 1) if shown + 1 < len(panels) else None)


def show_chart(where: Place, runs: Sequence[Run], panel: Panel) -> None:
    """One chart, with its legend above it, where long names find room."""
    locale = session.locale()
    st.html(legend(runs, panel, locale))
    alternative = panels_text([panel.title], [run.title for run in runs], locale)
    with st.container(key="projector_chart", height=LOWEST, border=False):
        key = f"projected_{where.lesson}_{panel.source.indicator}_{panel.source.element}"
        show_figure(projected(runs, panel), key, f"lesson_{where.lesson}", alternative, [], height="stretch")


def legend(runs: Sequence[Run], panel: Panel, locale: Locale) -> str:
    """The names of lines and marks as HTML."""
    lines = [
        f'<li style="--colour: {colour}; --style: {style}">{escape(run.title)}</li>'
        for run, (colour, style) in zip(runs, cycle(STYLES), strict=False)
    ]
    known = {"observed": bool(panel.line.points), "target": bool(panel.plots[0].due(panel.line))}
    marks = [
        f'<li class="mark" data-mark="{MARKS[kind]}">{escape(locale.translate(f"chart.{kind}"))}</li>'
        for kind, there in known.items()
        if there
    ]
    return f'<ul class="runs">{"".join([*lines, *marks])}</ul>'


def show_bar(where: Place, back: Callable[[], None] | None = None, forward: Callable[[], None] | None = None) -> None:
    """The buttons: back, forward (to the next step, where nothing else is given), and out of the projector view."""
    said = session.locale().translate
    with st.container(horizontal=True, key="projector_bar"):
        if back is not None:
            st.button(said("classroom.back"), key="w_back", on_click=back, shortcut=BACK)
        if forward is not None:
            st.button(
                said("classroom.next_chart"), key="w_next_chart", type="primary", on_click=forward, shortcut=FORWARD
            )
        elif where.step < DEBRIEF:
            go_on(where, FORWARD)
        st.button(
            said("classroom.leave_projector"), key="w_leave", on_click=show_projector, args=(False,), shortcut=LEAVE
        )
