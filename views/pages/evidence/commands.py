"""The command of the terminal that gives what a section shows."""

from __future__ import annotations

import streamlit as st

from views.shell import session
from views.shell.page_elements import note


def show_command(command: str) -> None:
    """A command to copy, with what it is for."""
    note(session.locale().translate("answers.command"))
    st.code(command, language=None, wrap_lines=True)
