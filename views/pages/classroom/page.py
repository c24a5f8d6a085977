"""The Classroom page: lessons that unfold step by step, role cards, debrief sheets, and the budget game."""

from __future__ import annotations

import os
from functools import partial
from html import escape
from urllib.parse import urlencode

import streamlit as st

from cli.app_server import CLASS_FILE, path_of_app
from model.inputs import levers
from views.display_units import quantity
from views.language import Locale
from views.pages.classroom import game, lessons, place
from views.pages.classroom.lesson_view import go_to, show_lesson
from views.pages.classroom.place import GAME, Place
from views.pages.classroom.projector import show_step
from views.shell import session
from views.shell.page_elements import app_name, csv_download, data_table, heading, note

MOST_TEAMS = 30
LONGEST_NAME = 40
LIVE_COMMAND = "hebei2025 app --class-file class.sqlite --host 0.0.0.0"
DECIMALS = 6
"""Of the numbers that sliders take, so that a change of unit leaves no rest behind."""

remember, widget = partial(session.remember, "classroom"), partial(session.page_widget, "classroom")


def choose() -> Place:
    """The sidebar: which lesson, or the game."""
    locale = session.locale()
    app_name()
    titles = {key: locale.text(lesson.title) for key, lesson in lessons.lessons().items()} | {
        GAME: locale.translate("classroom.game")
    }
    first = Place(next(iter(titles)))
    take_lesson_of_link()
    where = place.place_of(remember("place", first.text, place.is_place, place.PART)) or first
    visited = remember("visited", {})
    visited[where.lesson] = where

    def change(key: str) -> None:
        go_to(visited.get(key, Place(key)))

    st.radio(
        locale.translate("classroom.lesson"),
        list(titles),
        format_func=titles.__getitem__,
        **session.widget("classroom_lesson", where.lesson, change, titles),
    )
    note(locale.translate("classroom.about"))
    show_live_class(where.lesson, locale)
    return where


def take_lesson_of_link() -> None:
    """Open the lesson that a link of the first edition names (`classroom.lesson=`)."""
    lesson = st.query_params.get("classroom.lesson")
    if lesson is None or "classroom_lesson_link" in st.session_state:
        return
    st.session_state["classroom_lesson_link"] = True
    if place.is_place(lesson):
        st.session_state["classroom_place"] = lesson
    else:
        st.session_state.setdefault("refused", []).append(f"classroom.lesson={lesson}")


def show_live_class(chosen: str, locale: Locale) -> None:
    """The way to a live class of the lesson, or how to start the app so that it has them."""
    if os.environ.get(CLASS_FILE) is None:
        note(locale.translate("classroom.live_off"))
        st.code(LIVE_COMMAND, language=None, wrap_lines=True)
        return
    lesson = {} if chosen == GAME else {"lesson": chosen}
    address = f"{path_of_app()}/live/new?{urlencode({'lang': locale.language} | lesson)}"
    st.link_button(locale.translate("live_class.open_title"), address, icon=":material/groups:")
    note(locale.translate("classroom.live_on"))


def set_spending(name: str, factor: float, shown: float) -> None:
    """Keep the spending on a programme in 亿元 a year; the slider shows it in the unit of the language."""
    st.session_state[f"classroom_game_{name}"] = round(shown / factor, DECIMALS)


def show_game() -> None:
    """Teams spend a budget on programmes and see what they reach."""
    locale = session.locale()
    heading(locale.translate("classroom.game"))
    note(locale.translate("classroom.game_rules", budget=quantity(game.BUDGET, "亿元", locale)))
    left, right = st.columns([2, 3], gap="large")
    with left:
        spending = {}
        for name in game.PROGRAMMES:
            lever = levers()[name]
            label = locale.text(lever.label)
            unit = game.spending_unit(name, locale)
            low, high, step, now = (
                round(unit.scaled(float(value)), DECIMALS)
                for value in (lever.min, lever.max, lever.step, remember(f"game_{name}", game.level_2015(name)))
            )
            store = partial(set_spending, name, float(unit.factor))
            st.slider(
                f"{label} ({unit.text})",
                low,
                high,
                step=step,
                format="%.0f" if step >= 1 else "%.1f",
                **session.widget(f"classroom_game_{name}", now, store),
            )
            spending[name] = remember(f"game_{name}", game.level_2015(name))
    with right:
        one = game.score_plan(spending)
        money = game.money(locale)
        spent = f"{money.number(one.cost, digits=0)} / {money.number(game.BUDGET, digits=0)}"
        state_of = locale.translate("classroom.within" if one.within else "classroom.over")
        cards = [
            (locale.translate("classroom.spent", unit=money.text), spent, state_of),
            (
                locale.translate("classroom.points"),
                locale.number(one.total, 0),
                locale.translate("classroom.points_note"),
            ),
        ]
        figures = "".join(
            f"<div><h3>{escape(name)}</h3><b>{escape(value)}</b><small>{escape(remark)}</small></div>"
            for name, value, remark in cards
        )
        st.html(f'<div class="game">{figures}</div>')
        team = st.text_input(
            locale.translate("classroom.team"), max_chars=LONGEST_NAME, **widget("team", remember("team", ""))
        )
        plays = remember("plays", {})
        full = len(plays) >= MOST_TEAMS and team not in plays
        if st.button(
            locale.translate("classroom.submit"), key="w_submit", disabled=not team.strip() or not one.within or full
        ):
            plays[team.strip()] = one
        if plays:
            rows = game.ranking(plays, locale)
            numbers = {name: st.column_config.NumberColumn(format="%.0f") for name in rows.columns[1:]}
            data_table(rows, column_config=numbers, height="content", key="ranking")
            csv_download("budget_game", rows, locale.translate("evidence.download"))


def page() -> None:
    """The page, from the state of the session."""
    with st.sidebar:
        where = choose()
    view = remember("view", "", ("", place.PROJECTOR), place.VIEW)
    if where.lesson == GAME:
        show_game()
    elif view == place.PROJECTOR:
        show_step(where)
    else:
        show_lesson(where)


page()
