"""The part of the Why page that shows a variable with its neighbours, or a whole chapter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from analysis.diagram import Diagram, chapter_diagram, name_of, neighbourhood
from analysis.structure import chapter_of, chapters, variables_of
from model.definitions import chapter_summary
from views.charts.text_alternatives import table_text
from views.charts.year_lines import paths_figure
from views.pages.why import opening, variables
from views.results.diagrams import Look
from views.results.settings import scenario_of
from views.shell import session
from views.shell.page_elements import data_expander, heading, note, show_figure

SCOPES = ("near", "far", "chapter")
"""What the diagram shows: direct causes and uses, causes of causes as well, or the whole chapter."""


def view() -> Callable[[], None]:
    """Asks for a chapter and a variable in the sidebar; returns what shows them."""
    return partial(show, choose())


def choose() -> str:
    """The sidebar: a chapter and one of its variables."""
    locale = session.locale()
    variable = opening.asked_variable()
    chapter = st.selectbox(
        locale.translate("why.chapter"),
        list(chapters()),
        format_func=lambda c: locale.translate(f"why.chapter_{c}"),
        **session.widget("why_chapter", chapter_of(variable), open_chapter, chapters()),
    )
    st.selectbox(
        locale.translate("why.variable"),
        [v.name for v in variables_of(chapter) if not v.generated],
        format_func=lambda n: f"{name_of(n, locale.language)} · {n}",
        **session.page_widget("why", "variable", variable),
    )
    note(locale.translate("why.about_chapters"))
    return variable


def open_chapter(chapter: str) -> None:
    """Show the first variable of a chapter."""
    opening.open_variable(opening.first_variable(chapter))


def show(variable: str) -> None:
    """The diagram beside the path of the variable, and below them all that is declared of it."""
    locale, chapter = session.locale(), chapter_of(variable) or opening.FIRST_CHAPTER
    one = variables.describe(variable, locale)
    heading(f"{one.title} · {variable}")
    note(chapter_summary(chapter, locale.language))
    scope = st.segmented_control(
        locale.translate("why.scope"),
        SCOPES,
        format_func=lambda s: locale.translate(f"why.scope_{s}"),
        required=True,
        **session.page_widget("why", "scope", session.remember("why", "scope", SCOPES[0], SCOPES)),
    )
    left, right = st.columns([3, 2], gap="medium")
    with left:
        look = Look(selected=variable)
        opening.show_diagram("why_diagram", scope_diagram(scope, variable, chapter), one.title, look)
        show_facts(one)
    with right:
        show_path(variable, one)
        show_links("causes", one.causes)
        show_links("uses", one.uses)
        show_inputs(one)


def scope_diagram(scope: str, variable: str, chapter: str) -> Diagram:
    """The diagram of a scope."""
    if scope == "chapter":
        return chapter_diagram(chapter)
    return neighbourhood(variable, steps=2 if scope == "far" else 1)


def show_path(name: str, one: variables.Description) -> None:
    """The path of a variable under the present settings."""
    locale = session.locale()
    note(session.settings_summary())
    scenario = scenario_of(session.settings(), session.scenarios())
    rows, unit = variables.shown_in(variables.paths(name, scenario, locale), one.unit, locale)
    alternative = table_text(one.title, unit, rows, locale)
    badges = variables.path_badges(name, scenario, locale)
    show_figure(paths_figure(rows, unit), "why_path", name, alternative, badges)
    data_expander("why_path_data", name, lambda: rows)


def show_facts(one: variables.Description) -> None:
    """Kind, unit, definition and equation of a variable."""
    locale = session.locale()
    facts = "".join(
        f"<dt>{escape(locale.translate(f'why.{key}'))}</dt><dd>{escape(value)}</dd>"
        for key, value in one.facts(locale).items()
    )
    st.html(f'<dl class="facts">{facts}</dl>')
    st.code(one.equation, language="python", wrap_lines=True)


def show_inputs(one: variables.Description) -> None:
    """The parameters, levers and drivers that a variable depends on."""
    locale = session.locale()
    inputs = [name for name in one.causes if not chapter_of(name)]
    if inputs:
        names = locale.enumeration(f"{name_of(name, locale.language)} ({name})" for name in inputs)
        note(locale.translate("why.inputs", names=names))


def show_links(key: str, names: tuple[str, ...]) -> None:
    """Buttons that open the causes or uses of a variable."""
    locale = session.locale()
    linked = [name for name in names if chapter_of(name)]
    if not linked:
        return
    note(locale.translate(f"why.{key}"), "page-note label")
    with st.container(horizontal=True, key=f"links_{key}"):
        for name in linked:
            st.button(
                name_of(name, locale.language), key=f"w_go_{key}_{name}", on_click=opening.open_variable, args=(name,)
            )
