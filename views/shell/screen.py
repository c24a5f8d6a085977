"""What is known of the screen on which the page is shown: how many panels of a chart fit beside each other, and whether
fingers are used.

At first it is taken from the kind of browser. The browser tells where that is not so, which draws the page once more.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import streamlit as st

from .browser.components import page_screen

KEY = "screen"
MOST = 3
"""Panels beside each other."""
PHONE = "Mobi"
"""What browsers of phones have in their names."""


@dataclass(frozen=True)
class Screen:
    """How many panels fit beside each other, and whether fingers are used."""

    columns: int
    touch: bool


def screen() -> Screen:
    """The screen of this session."""
    if KEY not in st.session_state:
        is_phone = PHONE in st.context.headers.get("User-Agent", "")
        st.session_state[KEY] = Screen(1 if is_phone else MOST, is_phone)
    return st.session_state[KEY]


def watch() -> None:
    """Let the browser tell when the screen is another than is known."""
    page_screen(asdict(screen()), on_told)


def on_told() -> None:
    """Take over what the browser has told; the page is drawn accordingly in the run that follows."""
    told = getattr(st.session_state["page_screen"], "told", None)
    if isinstance(told, dict) and told.get("columns") in range(1, MOST + 1):
        st.session_state[KEY] = Screen(int(told["columns"]), told.get("touch") is True)
