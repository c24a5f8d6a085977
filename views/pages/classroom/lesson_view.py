"""A lesson on the Classroom page: it unfolds step by step, and what the teacher needs is folded below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from views.charts.small_multiples import panels_of, small_multiples
from views.charts.text_alternatives import panels_text
from views.language import Locale
from views.pages.classroom import lessons, place, sheets
from views.pages.classroom.place import DEBRIEF, PROJECTOR, REVEAL, RUN, Place
from views.results.comparison import Run
from views.results.evidence_badge import line_badge
from views.shell import session, share
from views.shell.page_elements import csv_download, data_table, heading, note, show_figure
from views.shell.screen import screen

FORWARD = {RUN: "run", REVEAL: "reveal", DEBRIEF: "to_debrief"}
"""The words on the button that leads to a step."""


def go_to(where: Place) -> None:
    """Show another place."""
    st.session_state["classroom_place"] = where.text


def show_projector(on: bool) -> None:
    """Show the page as a projector needs it, or as usual."""
    st.session_state["classroom_view"] = PROJECTOR if on else ""


def show_lesson(where: Place) -> None:
    """One lesson, as far as the class has come."""
    locale, lesson = session.locale(), where.of
    st.html(progress(where, locale))
    heading(locale.text(lesson.title))
    note(locale.text(lesson.question), "page-note question")
    show_choices(where)
    if where.step < RUN:
        go_on(where)
    else:
        runs = lessons.runs_of(lesson, locale)
        show_runs(where, runs)
        if where.step >= REVEAL:
            note(verdict(where, runs, locale), "page-note caution")
        if where.step < DEBRIEF:
            go_on(where)
        else:
            show_debrief(where, runs)
    show_tools(where)
    show_teacher(where)


def show_choices(where: Place) -> None:
    """The prediction of the class; unlike other widgets it may hold nothing."""
    locale, lesson = session.locale(), where.of
    options, key = list(range(len(lesson.choices))), f"w_classroom_prediction_{where.lesson}"
    st.session_state[key] = where.prediction

    def keep() -> None:
        chosen = st.session_state[key]
        go_to(replace(where, prediction=chosen if chosen in options else None))

    st.radio(
        locale.translate("classroom.prediction"),
        options,
        format_func=lambda k: locale.text(lesson.choices[k]),
        index=None,
        key=key,
        on_change=keep,
    )


def go_on(where: Place, shortcut: str | None = None) -> None:
    """The button to the next step."""
    after = where.after()
    st.button(
        session.locale().translate(f"classroom.{FORWARD[after.step]}"),
        key=f"w_step_{where.lesson}_{after.step}",
        type="primary",
        disabled=where.step < RUN and where.prediction is None,
        on_click=go_to,
        args=(after,),
        shortcut=shortcut,
    )


def show_runs(where: Place, runs: Sequence[Run]) -> None:
    """The charts of the runs with their evidence and their data."""
    locale, lesson = session.locale(), where.of
    panels = panels_of(lesson.charts, runs, locale)
    alternative = panels_text([panel.title for panel in panels], [run.title for run in runs], locale)
    badges = [(panel.title, line_badge(panel.source, locale)) for panel in panels]
    show_figure(
        small_multiples(runs, panels, screen().columns), "multiples", f"lesson_{lesson.id}", alternative, badges
    )
    with st.expander(locale.translate("explore.data"), key=f"lesson_data_{lesson.id}"):
        rows = lessons.table_of(lesson, runs, locale)
        data_table(rows, height="content", key=f"lesson_rows_{lesson.id}")
        csv_download(f"lesson_{lesson.id}", rows, locale.translate("evidence.download"))


def verdict(where: Place, runs: Sequence[Run], locale: Locale) -> str:
    """Whether the class was right, and what the runs show."""
    lesson = where.of
    kind = "right" if where.prediction == lesson.right else "wrong"
    answer = locale.translate(f"classroom.{kind}", answer=locale.text(lesson.choices[lesson.right]))
    return f"{answer} {lessons.reveal_text(lesson, runs, locale)}"


def points_html(where: Place, locale: Locale) -> str:
    """Points to discuss."""
    points = "".join(f"<li>{escape(locale.text(point))}</li>" for point in where.of.discuss)
    return f'<ol class="weaknesses">{points}</ol>'


def roles_html(where: Place, locale: Locale) -> str:
    """What each role says, in a sentence."""
    cards = "".join(
        f"<div><h3>{escape(locale.translate(f'classroom.role_{role}'))}</h3>"
        f"<p>{escape(locale.text(where.of.roles[role]))}</p></div>"
        for role in lessons.ROLES
    )
    return f'<div class="roles">{cards}</div>'


def show_debrief(where: Place, runs: Sequence[Run]) -> None:
    """Points to discuss, roles, the sheet to print, and the link."""
    locale, lesson = session.locale(), where.of
    heading(locale.translate("classroom.discuss"))
    st.html(points_html(where, locale))
    heading(locale.translate("classroom.roles"))
    st.html(roles_html(where, locale))
    with st.container(horizontal=True):
        sheet_download("sheet", lesson.id, sheets.debrief_sheet(lesson, runs, where.prediction, locale))
        st.button(
            locale.translate("classroom.again"), key=f"w_again_{lesson.id}", on_click=go_to, args=(Place(lesson.id),)
        )
    st.markdown(f"**{locale.translate('classroom.link')}**")
    st.code(share.page_link(lesson.query(locale)), language=None, wrap_lines=True)


def show_tools(where: Place) -> None:
    """The link to this step, and the way to the projector view."""
    locale = session.locale()
    with st.container(horizontal=True, key="lesson_tools"):
        st.button(
            locale.translate("classroom.projector"),
            key="w_projector",
            icon=":material/present_to_all:",
            on_click=show_projector,
            args=(True,),
        )
        box = st.popover(
            locale.translate("classroom.step_link"), icon=":material/link:", key="step_link", on_change="rerun"
        )
        if box.open:
            with box:
                note(locale.translate("classroom.step_link_about"))
                st.code(share.page_link(place.link_query(where, locale), "classroom"), language=None, wrap_lines=True)


def show_teacher(where: Place) -> None:
    """Teacher notes and role cards, folded, so that the class does not see them."""
    locale, lesson = session.locale(), where.of

    def notes() -> None:
        runs = lessons.runs_of(lesson, locale)
        sheet_download("notes_sheet", lesson.id, sheets.notes_sheet(lesson, runs, locale))
        st.html(f'<div class="lesson-sheet">{sheets.notes_body(lesson, runs, locale)}</div>')

    def cards() -> None:
        runs = lessons.runs_of(lesson, locale)
        sheet_download("cards_sheet", lesson.id, sheets.cards_sheet(lesson, runs, locale))
        bodies = sheets.card_bodies(lesson, runs, locale)
        for tab, body in zip(st.tabs(list(bodies)), bodies.values(), strict=True):
            tab.html(f'<div class="lesson-sheet">{body}</div>')

    folded("notes", lesson.id, notes)
    folded("cards", lesson.id, cards)


def folded(kind: str, lesson: str, fill: Callable[[], None]) -> None:
    """An expander with a word on what is in it, filled when it has been opened."""
    locale = session.locale()
    box = st.expander(locale.translate(f"classroom.{kind}"), key=f"lesson_{kind}_{lesson}", on_change="rerun")
    if box.open:
        with box:
            note(locale.translate(f"classroom.{kind}_about"))
            fill()


def sheet_download(kind: str, lesson: str, page: str) -> None:
    """A button that downloads a sheet to print."""
    st.download_button(
        session.locale().translate(f"classroom.{kind}"),
        page.encode(),
        f"hebei2025_{lesson}_{kind}.html",
        "text/html",
        key=f"w_{kind}_{lesson}",
        on_click="ignore",
        icon=":material/print:",
    )


def progress(where: Place, locale: Locale) -> str:
    """The steps of a lesson, with the present one marked."""
    now = max(where.step, 1)
    steps = "".join(
        f'<li class="{"done" if k < now else "now" if k == now else ""}"'
        f"{' aria-current=step' if k == now else ''}>{escape(locale.translate(f'classroom.step_{step}'))}</li>"
        for k, step in enumerate(lessons.STEPS)
    )
    return f'<ol class="steps">{steps}</ol>'
