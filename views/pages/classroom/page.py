"""The Classroom page: lessons that unfold step by step, role cards, debrief sheets, and the budget game."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from model.inputs import levers
from views.charts.small_multiples import panels_of, small_multiples
from views.charts.text_alternatives import panels_in_words
from views.display_units import quantity
from views.language import number
from views.pages.classroom import lessons
from views.results.comparison import line_title
from views.results.settings import ENDS
from views.shell import session, share
from views.shell.page_elements import brand, data_table, heading, note, plotted, save

GAME = "game"
MOST_TEAMS = 30
LONGEST_NAME = 40
DECIMALS = 6
"""Of the numbers that sliders take, so that a change of unit leaves no rest behind."""

remember, widget = partial(session.remember, "classroom"), partial(session.page_widget, "classroom")


def choose() -> str:
    """The sidebar: which lesson, or the game."""
    t, language = session.translate(), session.language()
    brand()
    titles = {key: lesson.title[language] for key, lesson in lessons.lessons().items()} | {GAME: t("classroom.game")}
    asked = st.query_params.get("lesson")
    first = asked if asked in titles else next(iter(titles))
    chosen = st.radio(
        t("classroom.lesson"),
        list(titles),
        format_func=titles.get,
        **widget("lesson", remember("lesson", first, titles)),
    )
    note(t("classroom.about"))
    return chosen


def show_lesson(key: str) -> None:
    """One lesson, as far as the class has come."""
    t, language = session.translate(), session.language()
    lesson = lessons.lessons()[key]
    reached = remember(f"step_{key}", 0)
    st.html(_progress(reached, t))
    heading(lesson.title[language])
    note(lesson.question[language], "page-note question")
    options = list(range(len(lesson.choices)))
    prediction = st.radio(
        t("classroom.prediction"), options, format_func=lambda k: lesson.choices[k][language], index=None,
        **_kept_choice(key, options),
    )  # fmt: skip
    if reached < 2:
        go_on(key, 2, t("classroom.run"), prediction is None)
        return
    made = lessons.runs_of(lesson, language)
    panels = panels_of(lesson.charts)
    names = [line_title(line, t) for _, line in panels]
    figure = small_multiples(made, panels, names, t, language)
    plotted(figure, f"lesson_{key}", f"lesson_{key}", panels_in_words(names, [run.title for run in made], t))
    with st.expander(t("explore.data"), key=f"lesson_data_{key}"):
        rows = lessons.table_of(lesson, made, t, language)
        data_table(rows, height="content", key=f"lesson_rows_{key}")
        save(f"lesson_{key}", rows, t("evidence.download"))
    if reached < 3:
        go_on(key, 3, t("classroom.reveal"))
        return
    right = lesson.choices[lesson.right][language]
    verdict = t("classroom.right" if prediction == lesson.right else "classroom.wrong", answer=right)
    note(f"{verdict} {lessons.revealed(lesson, made, language)}", "page-note caution")
    if reached < 4:
        go_on(key, 4, t("classroom.to_debrief"))
        return
    show_debrief(key, made, prediction)


def show_debrief(key: str, made, prediction: int | None) -> None:
    """Points to discuss, role cards, the sheet to print, and the link."""
    t, language = session.translate(), session.language()
    lesson = lessons.lessons()[key]
    heading(t("classroom.discuss"))
    st.html(f'<ol class="weaknesses">{"".join(f"<li>{escape(d[language])}</li>" for d in lesson.discuss)}</ol>')
    heading(t("classroom.roles"))
    cards = "".join(
        f'<div class="card role"><div class="card-name">{escape(t(f"classroom.role_{role}"))}</div>'
        f"<p>{escape(lesson.roles[role][language])}</p></div>"
        for role in lessons.ROLES
    )
    st.html(f'<div class="cards roles">{cards}</div>')
    with st.container(horizontal=True):
        st.download_button(
            t("classroom.sheet"), lessons.debrief(lesson, made, prediction, t, language).encode(),
            f"hebei2025_{key}.html", "text/html", key=f"w_sheet_{key}", on_click="ignore", icon=":material/print:",
        )  # fmt: skip
        st.button(t("classroom.again"), key=f"w_again_{key}", on_click=start_again, args=(key,))
    st.markdown(f"**{t('classroom.link')}**")
    st.code(share.address(lesson.query(language)), language=None, wrap_lines=True)


def go_on(key: str, step: int, label: str, disabled: bool = False) -> None:
    """The button to the next step."""
    forward = partial(st.session_state.update, {f"classroom_step_{key}": step})
    st.button(label, key=f"w_step_{key}_{step}", type="primary", disabled=disabled, on_click=forward)


def start_again(key: str) -> None:
    """Back to the question."""
    st.session_state[f"classroom_step_{key}"] = 0
    st.session_state[f"classroom_prediction_{key}"] = None


def _kept_choice(key: str, options: list[int]) -> dict:
    """Key and callback of the prediction; unlike other widgets it may hold nothing."""
    name = f"classroom_prediction_{key}"
    st.session_state[f"w_{name}"] = remember(f"prediction_{key}", None)

    def keep() -> None:
        chosen = st.session_state[f"w_{name}"]
        st.session_state[name] = chosen if chosen in options else None

    return {"key": f"w_{name}", "on_change": keep}


def _progress(reached: int, t) -> str:
    now = max(reached, 1)
    steps = "".join(
        f'<li class="{"done" if k < now else "now" if k == now else ""}"'
        f"{' aria-current=step' if k == now else ''}>{escape(t(f'classroom.step_{step}'))}</li>"
        for k, step in enumerate(lessons.STEPS)
    )
    return f'<ol class="steps">{steps}</ol>'


def set_spending(name: str, factor: float, shown: float) -> None:
    """Keep the spending on a programme in 亿元 a year; the slider shows it in the unit of the language."""
    st.session_state[f"classroom_game_{name}"] = round(shown / factor, DECIMALS)


def show_game() -> None:
    """Teams spend a budget on programmes and see what they reach."""
    t, language = session.translate(), session.language()
    heading(t("classroom.game"))
    note(t("classroom.game_rules", budget=quantity(lessons.BUDGET, "亿元", language)))
    left, right = st.columns([2, 3], gap="large")
    with left:
        spending = {}
        for name in lessons.PROGRAMMES:
            lever = levers()[name]
            label = lever.zh if language == "zh" else lever.en
            unit = lessons.spending_unit(name, language)
            low, high, step, now = (
                round(unit.scaled(float(value)), DECIMALS)
                for value in (lever.min, lever.max, lever.step, remember(f"game_{name}", lessons.level_2015(name)))
            )
            store = partial(set_spending, name, float(unit.factor))
            st.slider(
                f"{label} ({unit.text})", low, high, step=step, format="%.0f" if step >= 1 else "%.1f",
                **session.widget(f"classroom_game_{name}", now, store),
            )  # fmt: skip
            spending[name] = remember(f"game_{name}", lessons.level_2015(name))
    with right:
        one = lessons.play(spending)
        money = lessons.money(language)
        spent = f"{money.number(one.cost, digits=0)} / {money.number(lessons.BUDGET, digits=0)}"
        state_of = t("classroom.within" if one.within else "classroom.over")
        cards = [
            (t("classroom.spent", unit=money.text), spent, state_of),
            (t("classroom.points"), number(one.total, 0), t("classroom.points_note")),
        ]
        st.html(
            '<div class="cards game">'
            + "".join(
                f'<div class="card"><div class="card-name">{escape(name)}</div><div class="card-value">{escape(value)}'
                f'</div><div class="card-delta">{escape(told)}</div></div>'
                for name, value, told in cards
            )
            + "</div>"
        )
        team = st.text_input(t("classroom.team"), max_chars=LONGEST_NAME, **widget("team", remember("team", "")))
        plays = remember("plays", {})
        full = len(plays) >= MOST_TEAMS and team not in plays
        if st.button(t("classroom.submit"), key="w_submit", disabled=not team.strip() or not one.within or full):
            plays[team.strip()] = one
        if plays:
            rows = lessons.ranking(plays, t, language)
            numbers = {name: st.column_config.NumberColumn(format="%.0f") for name in rows.columns[1:]}
            data_table(rows, column_config=numbers, height="content", key="ranking")
            save("budget_game", rows, t("evidence.download"))


def page() -> None:
    """The page, from the state of the session."""
    session.prepare(ENDS[0])
    with st.sidebar:
        chosen = choose()
    if chosen == GAME:
        show_game()
    else:
        show_lesson(chosen)


page()
