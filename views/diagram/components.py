"""The diagram as a component of the page; its layout is computed in the browser."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).parent


def _read(*names: str) -> str:
    """Files of this folder as one text."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)


@functools.cache
def _layout_component() -> Callable[..., Any]:
    js = _read("vendor/dagre.min.js", "layout.js")
    return st.components.v2.component("hebei2025.diagram_layout", js=js)


@functools.cache
def _component() -> Callable[..., Any]:
    js = _read("places.js", "drawing.js", "view.js", "diagram.js")
    html = '<div class="diagram"></div>'
    return st.components.v2.component("hebei2025.diagram", html=html, css=_read("diagram.css"), js=js)


def diagram(data: Mapping, key: str, on_opened: Callable[[], None]) -> None:
    """Show a diagram, as `views.results.diagrams` describes it; its trigger `opened` is the id of a variable."""
    _layout_component()(key="diagram_layout")  # by itself, so that the browser keeps it between runs
    _component()(key=key, data=data, on_opened_change=on_opened)
