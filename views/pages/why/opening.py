"""How a variable is opened: by its name in the address, in a list, or in a diagram."""

from __future__ import annotations

import streamlit as st

from analysis.diagram import Diagram
from analysis.structure import chapter_of, chapters, variables_of
from views.diagram.components import diagram
from views.pages.why import variables
from views.results.diagrams import Look, described, links_table
from views.shell import session
from views.shell.page_elements import data_expander

FIRST_CHAPTER = "capacity"
"""Shown to a visitor who asks for none: the one that most of the others hang on."""


def first_variable(chapter: str) -> str:
    """The variable of a chapter that is shown where none is asked for."""
    return next(v.name for v in variables_of(chapter) if not v.generated)


def asked_variable() -> str:
    """The variable of this session; at first that of the address, `why.variable=` or the shorter `variable=`."""
    default = first_variable(FIRST_CHAPTER)
    take_chapter_of_link()
    name = session.remember("why", "variable", default, variables.has_chapter)
    short = st.query_params.get("variable")
    if short is not None and "why_short_link" not in st.session_state:
        st.session_state["why_short_link"] = True
        if variables.has_chapter(short):
            st.session_state["why_variable"] = name = short
    return name


def take_chapter_of_link() -> None:
    """Open what a link of the first edition names: a chapter (`why.chapter=`), drawn whole unless `why.around=1`."""
    chapter = st.query_params.get("why.chapter")
    if chapter is None or "why_chapter_link" in st.session_state:
        return
    st.session_state["why_chapter_link"] = True
    if chapter not in chapters():
        st.session_state.setdefault("refused", []).append(f"why.chapter={chapter}")
        return
    if chapter_of(st.query_params.get("why.variable", "")) != chapter:
        st.session_state["why_variable"] = first_variable(chapter)
    if st.query_params.get("why.around") != "1":
        st.session_state["why_scope"] = "chapter"


def open_variable(name: object) -> None:
    """Show a variable with its neighbours, whichever view is shown now; names that are none are passed over."""
    if variables.has_chapter(name):
        st.session_state["why_variable"], st.session_state["why_view"] = name, "chapters"


def show_diagram(key: str, picture: Diagram, title: str, look: Look) -> None:
    """A diagram in which a click opens a variable, and its links as a table."""
    locale = session.locale()

    def opened() -> None:
        open_variable(st.session_state[key].opened)

    diagram(described(picture, title, look, locale), key, opened)
    if not look.notes:
        data_expander(f"{key}_links", "links", lambda: links_table(picture.links, locale))
