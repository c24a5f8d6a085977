"""The Why page: what is connected to what, every variable with its equation and path, and what explains a result."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from views.pages.why import differences, leading_loops, loops, structure
from views.shell import session
from views.shell.page_elements import app_name

VIEWS: dict[str, Callable[[], Callable[[], None]]] = {
    "chapters": structure.view,
    "loops": loops.view,
    "movers": leading_loops.view,
    "differences": differences.view,
}
"""The views in the order of their buttons: each asks in the sidebar for what to show, and returns what shows it."""


def page() -> None:
    """The page, from the state of the session."""
    locale = session.locale()
    chosen = session.remember("why", "view", next(iter(VIEWS)), VIEWS)
    view = st.segmented_control(
        locale.translate("page.why"),
        list(VIEWS),
        format_func=lambda v: locale.translate(f"why.view_{v}"),
        required=True,
        label_visibility="collapsed",
        **session.page_widget("why", "view", chosen),
    )
    with st.sidebar:
        app_name()
        show = VIEWS[view]()
    show()


page()
