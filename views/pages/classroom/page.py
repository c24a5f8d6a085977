"""The Classroom page: lessons that unfold step by step, role cards, debrief sheets, and the budget game."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from html import escape
from urllib.parse import urlencode

import streamlit as st

from cli.app_server import CLASS_FILE, path_of_app
from model.inputs import levers
from views.charts.small_multiples import panels_of, small_multiples
from views.charts.text_alternatives import panels_text
from views.display_units import quantity
from views.language import Locale
from views.pages.classroom import game, lessons
from views.results.comparison import Run
from views.results.evidence_badge import line_badge
from views.shell import session, share
from views.shell.page_elements import app_name, csv_download, data_table, heading, note, show_figure
from views.shell.screen import screen

GAME = "game"
MOST_TEAMS = 30
LONGEST_NAME = 40
DECIMALS = 6
"""Of the numbers that sliders take, so that a change of unit leaves no rest behind."""

remember, widget = partial(session.remember, "classroom"), partial(session.page_widget, "classroom")


def choose() -> str:
    """The sidebar: which lesson, or the game."""
    locale = session.locale()
    app_name()
    titles = {key: locale.text(lesson.title) for key, lesson in lessons.lessons().items()} | {
        GAME: locale.translate("classroom.game")
    }
    asked = st.query_params.get("lesson")
    first = asked if asked in titles else next(iter(titles))
    chosen = st.radio(
        locale.translate("classroom.lesson"),
        list(titles),
        format_func=titles.__getitem__,
        **widget("lesson", remember("lesson", first, titles)),
    )
    note(locale.translate("classroom.about"))
    show_live_class(chosen, locale)
    return chosen


def show_live_class(chosen: str, locale: Locale) -> None:
    """The way to a live class of the lesson, or how to start the app so that it has them."""
    if os.environ.get(CLASS_FILE) is None:
        note(locale.translate("classroom.live_off"))
        return
    lesson = {} if chosen == GAME else {"lesson": chosen}
    address = f"{path_of_app()}/live/new?{urlencode({'lang': locale.language} | lesson)}"
    st.link_button(locale.translate("live.open_title"), address, icon=":material/groups:")
    note(locale.translate("classroom.live_on"))


def show_lesson(key: str) -> None:
    """One lesson, as far as the class has come."""
    locale = session.locale()
    lesson = lessons.lessons()[key]
    reached = remember(f"step_{key}", 0)
    st.html(_progress(reached, locale))
    heading(locale.text(lesson.title))
    note(locale.text(lesson.question), "page-note question")
    options = list(range(len(lesson.choices)))
    prediction = st.radio(
        locale.translate("classroom.prediction"),
        options,
        format_func=lambda k: locale.text(lesson.choices[k]),
        index=None,
        **_prediction_widget(key, options),
    )
    if reached < 2:
        go_on(key, 2, locale.translate("classroom.run"), prediction is None)
        return
    runs = lessons.runs_of(lesson, locale)
    panels = panels_of(lesson.charts, runs, locale)
    names = [panel.title for panel in panels]
    figure = small_multiples(runs, panels, screen().columns)
    alternative = panels_text(names, [run.title for run in runs], locale)
    badges = [(panel.title, line_badge(panel.source, locale)) for panel in panels]
    show_figure(figure, "multiples", f"lesson_{key}", alternative, badges)
    with st.expander(locale.translate("explore.data"), key=f"lesson_data_{key}"):
        rows = lessons.table_of(lesson, runs, locale)
        data_table(rows, height="content", key=f"lesson_rows_{key}")
        csv_download(f"lesson_{key}", rows, locale.translate("evidence.download"))
    if reached < 3:
        go_on(key, 3, locale.translate("classroom.reveal"))
        return
    right = locale.text(lesson.choices[lesson.right])
    verdict = locale.translate("classroom.right" if prediction == lesson.right else "classroom.wrong", answer=right)
    note(f"{verdict} {lessons.reveal_text(lesson, runs, locale)}", "page-note caution")
    if reached < 4:
        go_on(key, 4, locale.translate("classroom.to_debrief"))
        return
    show_debrief(key, runs, prediction)


def show_debrief(key: str, runs: Sequence[Run], prediction: int | None) -> None:
    """Points to discuss, role cards, the sheet to print, and the link."""
    locale = session.locale()
    lesson = lessons.lessons()[key]
    heading(locale.translate("classroom.discuss"))
    st.html(f'<ol class="weaknesses">{"".join(f"<li>{escape(locale.text(d))}</li>" for d in lesson.discuss)}</ol>')
    heading(locale.translate("classroom.roles"))
    cards = "".join(
        f"<div><h3>{escape(locale.translate(f'classroom.role_{role}'))}</h3>"
        f"<p>{escape(locale.text(lesson.roles[role]))}</p></div>"
        for role in lessons.ROLES
    )
    st.html(f'<div class="roles">{cards}</div>')
    with st.container(horizontal=True):
        st.download_button(
            locale.translate("classroom.sheet"),
            lessons.debrief_sheet(lesson, runs, prediction, locale).encode(),
            f"hebei2025_{key}.html",
            "text/html",
            key=f"w_sheet_{key}",
            on_click="ignore",
            icon=":material/print:",
        )
        st.button(locale.translate("classroom.again"), key=f"w_again_{key}", on_click=start_again, args=(key,))
    st.markdown(f"**{locale.translate('classroom.link')}**")
    st.code(share.explore_link(lesson.query(locale)), language=None, wrap_lines=True)


def go_on(key: str, step: int, label: str, disabled: bool = False) -> None:
    """The button to the next step."""
    forward = partial(st.session_state.update, {f"classroom_step_{key}": step})
    st.button(label, key=f"w_step_{key}_{step}", type="primary", disabled=disabled, on_click=forward)


def start_again(key: str) -> None:
    """Back to the question."""
    st.session_state[f"classroom_step_{key}"] = 0
    st.session_state[f"classroom_prediction_{key}"] = None


def _prediction_widget(key: str, options: list[int]) -> dict:
    """Key and callback of the prediction; unlike other widgets it may hold nothing."""
    name = f"classroom_prediction_{key}"
    st.session_state[f"w_{name}"] = remember(f"prediction_{key}", None)

    def keep() -> None:
        chosen = st.session_state[f"w_{name}"]
        st.session_state[name] = chosen if chosen in options else None

    return {"key": f"w_{name}", "on_change": keep}


def _progress(reached: int, locale: Locale) -> str:
    now = max(reached, 1)
    steps = "".join(
        f'<li class="{"done" if k < now else "now" if k == now else ""}"'
        f"{' aria-current=step' if k == now else ''}>{escape(locale.translate(f'classroom.step_{step}'))}</li>"
        for k, step in enumerate(lessons.STEPS)
    )
    return f'<ol class="steps">{steps}</ol>'


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
        chosen = choose()
    if chosen == GAME:
        show_game()
    else:
        show_lesson(chosen)


page()
