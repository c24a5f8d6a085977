"""The lever panel: all sliders as one component, so that moving one costs one small message."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent


@functools.cache
def _component():
    css, js = ((FOLDER / name).read_text(encoding="utf-8") for name in ("levers.css", "levers.js"))
    return st.components.v2.component("hebei2025.levers", html='<div class="panel"></div>', css=css, js=js)


@functools.cache
def _texts_component():
    js = (FOLDER / "texts.js").read_text(encoding="utf-8")
    return st.components.v2.component("hebei2025.lever_texts", js=js)


def lever_texts(texts: Mapping) -> None:
    """Hand the panel its groups, levers and texts; they are sent again only when they change."""
    _texts_component()(key="lever_texts", data=texts)


def lever_panel(data: Mapping, key: str, on_moved: Callable[[], None], on_reset: Callable[[], None]) -> None:
    """Show the panel with what changes: where the sliders stand, and the address.

    Its triggers are `moved` ({slot, value}, on release) and `reset` (a slot id).
    """
    _component()(key=key, data=data, on_moved_change=on_moved, on_reset_change=on_reset)


@functools.cache
def _language_component():
    js = (FOLDER / "language.js").read_text(encoding="utf-8")
    return st.components.v2.component("hebei2025.language", js=js)


def page_language(language: str, tag: str) -> None:
    """Tell browsers and screen readers the language of the page by its tag, and keep it in the address."""
    _language_component()(key="page_language", data={"language": language, "tag": tag})
