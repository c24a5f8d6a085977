"""The Why page: what is connected to what, every variable with its equation and path, and what each loop explains."""

from __future__ import annotations

import functools
from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from analysis.diagram import chapter_diagram, loop_diagram, name_of
from analysis.knockouts import knockouts
from analysis.structure import chapters, named_loops, variables_of
from model.definitions import chapter_summary
from views.charts.text_alternatives import table_text
from views.charts.year_lines import paths_figure
from views.pages.why import leading_loops, variables
from views.results.settings import scenario_of
from views.shell import session
from views.shell.page_elements import app_name, data_expander, heading, note, show_figure

FIRST_CHAPTER = "capacity"
"""Shown to a visitor who asks for none: the one that most of the others hang on."""
KINDS = {"R": "R", "B": "B", "link": "→"}

remember, widget = partial(session.remember, "why"), partial(session.page_widget, "why")


@functools.cache
def loops() -> dict:
    """Loops with a name, by id."""
    return {loop.knockout.id: loop for loop in named_loops()}


def chapter_choices() -> tuple[str, str]:
    """The sidebar: a chapter and one of its variables; a variable asked for in the address comes first."""
    locale = session.locale()
    known = list(chapters())
    asked = variables.chapter_of(st.query_params.get("variable", ""))
    chapter = st.selectbox(
        locale.translate("why.chapter"),
        known,
        format_func=lambda c: locale.translate(f"why.chapter_{c}"),
        **widget("chapter", remember("chapter", asked or FIRST_CHAPTER, known)),
    )
    names = [v.name for v in variables_of(chapter) if not v.generated]
    asked = remember("variable", st.query_params.get("variable", names[0]), variables.has_chapter)
    variable = st.selectbox(
        locale.translate("why.variable"),
        names,
        format_func=lambda n: f"{name_of(n, locale.language)} · {n}",
        **widget("variable", asked if asked in names else names[0]),
    )
    note(locale.translate("why.about_chapters"))
    return chapter, variable


def jump(name: str) -> None:
    """Go to a variable, in whichever chapter it stands."""
    st.session_state["why_chapter"], st.session_state["why_variable"] = variables.chapter_of(name), name


def show_chapter(chapter: str, variable: str) -> None:
    """The diagram of a chapter, and one variable of it."""
    locale = session.locale()
    heading(locale.translate(f"why.chapter_{chapter}"))
    note(chapter_summary(chapter, locale.language))
    whole = st.toggle(locale.translate("why.only_around"), **widget("around", remember("around", False, (True, False))))
    dot = chapter_diagram(chapter, locale.language, variable if whole else None)
    st.graphviz_chart(
        dot, width="stretch", alt=locale.translate("why.diagram", name=locale.translate(f"why.chapter_{chapter}"))
    )
    show_variable(variable)


def show_variable(name: str) -> None:
    """Equation, unit, definition, causes and uses of a variable, and its path under the present settings."""
    locale = session.locale()
    one = variables.describe(name, locale)
    heading(f"{one.title} · {name}")
    left, right = st.columns([2, 3], gap="large")
    with left:
        facts = "".join(
            f"<dt>{escape(locale.translate(f'why.{key}'))}</dt><dd>{escape(value)}</dd>"
            for key, value in one.facts(locale).items()
            if value
        )
        st.html(f'<dl class="facts">{facts}</dl>')
        st.code(one.equation, language="python", wrap_lines=True)
        for key, names in (("causes", one.causes), ("uses", one.uses)):
            linked = [n for n in names if variables.chapter_of(n)]
            if linked:
                st.markdown(f"**{locale.translate(f'why.{key}')}**")
                with st.container(horizontal=True, key=f"links_{key}"):
                    for cause in linked:
                        st.button(
                            name_of(cause, locale.language), key=f"w_go_{key}_{cause}", on_click=jump, args=(cause,)
                        )
        inputs = [n for n in one.causes if not variables.chapter_of(n)]
        if inputs:
            note(
                locale.translate("why.inputs", names=", ".join(f"{name_of(n, locale.language)} ({n})" for n in inputs))
            )
    with right:
        note(session.settings_summary())
        rows = variables.paths(name, scenario_of(session.settings(), session.scenarios()), locale)
        show_figure(paths_figure(rows, one.unit), "why_path", name, table_text(one.title, one.unit, rows, locale))
        data_expander("why_path_data", name, lambda: rows)


def loop_choice() -> str:
    """The sidebar: one of the loops with a name."""
    locale = session.locale()
    known = [k for k in loops() if loops()[k].shown and knockouts()[k].switchable]
    chosen = st.radio(
        locale.translate("why.loop"),
        known,
        format_func=lambda k: f"{KINDS[knockouts()[k].kind]} · {locale.text(knockouts()[k].name)}",
        **widget("loop", remember("loop", known[0], known)),
    )
    note(locale.translate("why.about_loops"))
    return chosen


def show_loop(name: str) -> None:
    """One loop: its links, what it is said to explain, and what happens without it."""
    locale = session.locale()
    knockout, loop = knockouts()[name], loops()[name]
    heading(f"{locale.text(knockout.name)} ({name})")
    note(locale.text(knockout.behaviour or ""), "page-note question")
    path = " → ".join(name_of(v, locale.language) for v in loop.shown.variables)
    st.graphviz_chart(loop_diagram(loop.shown.variables, locale.language), width="stretch", alt=path)
    rows = variables.paths_without_loop(name, locale)
    unit = variables.describe(knockout.shows[0].indicator, locale).unit
    alternative = table_text(locale.text(knockout.name), unit, rows, locale)
    show_figure(paths_figure(rows, unit), "why_without", f"loop_{name}", alternative)
    note(locale.translate("why.switched_off", names=", ".join(knockout.switches)))
    data_expander("why_loop_data", f"loop_{name}", lambda: rows)


def chapters_view() -> Callable[[], None]:
    """Asks for a chapter and a variable in the sidebar; returns what shows them."""
    return partial(show_chapter, *chapter_choices())


def loops_view() -> Callable[[], None]:
    """Asks for a loop in the sidebar; returns what shows it."""
    return partial(show_loop, loop_choice())


def leading_loops_view() -> Callable[[], None]:
    """Asks for an indicator in the sidebar; returns what shows the loops that lead it."""
    return partial(leading_loops.show, leading_loops.choose_indicator())


VIEWS = {"chapters": chapters_view, "loops": loops_view, "movers": leading_loops_view}
"""The views in the order of their buttons."""


def page() -> None:
    """The page, from the state of the session."""
    locale = session.locale()
    view = st.segmented_control(
        locale.translate("page.why"),
        list(VIEWS),
        format_func=lambda v: locale.translate(f"why.view_{v}"),
        required=True,
        label_visibility="collapsed",
        **widget("view", remember("view", next(iter(VIEWS)), VIEWS)),
    )
    with st.sidebar:
        app_name()
        show = VIEWS[view]()
    show()


page()
