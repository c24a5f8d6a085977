"""Small parts that several pages use: name of the app, headings, remarks, downloads."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from . import state
from .charts.data import csv_bytes


def brand() -> None:
    """The name of the app, on top of the sidebar."""
    st.html(f'<h1 class="brand">{escape(state.translate()("app.title"))}</h1>')


def heading(text: str) -> None:
    """A heading; titles of scenarios come from people, so nothing in it is read as a mark-up."""
    st.html(f"<h2>{escape(text)}</h2>")


def note(text: str, kind: str = "page-note") -> None:
    """A remark, shown as it is written; `kind` names its looks."""
    st.html(f'<p class="{kind}">{escape(text)}</p>')


def unmarked(text: str) -> str:
    """A text of a person for where Streamlit reads Markdown: every mark stands for itself, so nothing is loaded."""
    return re.sub(f"([{re.escape(string.punctuation)}])", r"\\\1", text)


def save(name: str, table: pd.DataFrame | Callable[[], pd.DataFrame], label: str) -> None:
    """A button that downloads a table as a CSV file, made on demand."""

    def made() -> bytes:
        return csv_bytes(table() if callable(table) else table)

    st.download_button(label, made, f"{name}.csv", "text/csv", key=f"w_{name}", on_click="ignore")
