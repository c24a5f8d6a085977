"""The lever panel: all sliders as one component, so that moving one costs one small message."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from model.browser import HOST

FOLDER = Path(__file__).parent


def _read(*names: str) -> str:
    """Files of this folder as one text."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)


@functools.cache
def _component() -> Callable[..., Any]:
    css, js = _read("levers.css"), _read("shown_address.js", "levers.js")
    return st.components.v2.component("hebei2025.levers", html='<div class="panel"></div>', css=css, js=js)


@functools.cache
def _texts_component() -> Callable[..., Any]:
    return st.components.v2.component("hebei2025.lever_texts", js=_read("texts.js"))


def lever_texts(texts: Mapping) -> None:
    """Hand the panel its groups, levers and texts; they are sent again only when they change."""
    _texts_component()(key="lever_texts", data=texts)


def lever_panel(
    data: Mapping, key: str, on_moved: Callable[[], None], on_reset: Callable[[], None], on_settled: Callable[[], None]
) -> None:
    """Show the panel with what changes: where the sliders stand, the address, whether more is `pending`, and the
    `drawing` that says what the preview draws.

    Its triggers are `moved` (on release, [{slot, value, scales}] of all moves that are not answered yet), `reset` (a
    slot id), and `settled` where something is pending and no slider has been moved for a moment.
    """
    callbacks = {"on_moved_change": on_moved, "on_reset_change": on_reset, "on_settled_change": on_settled}
    _component()(key=key, data=data, **callbacks)


@functools.cache
def _language_component() -> Callable[..., Any]:
    return st.components.v2.component("hebei2025.language", js=_read("language.js"))


def page_language(language: str, tag: str) -> None:
    """Tell browsers and screen readers the language of the page by its tag, and keep it in the address."""
    _language_component()(key="page_language", data={"language": language, "tag": tag})


@functools.cache
def _preview_data_component() -> Callable[..., Any]:
    return st.components.v2.component("hebei2025.preview_data", js=_read("preview_data.js"))


@functools.cache
def _preview_component() -> Callable[..., Any]:
    js = "\n".join((HOST.read_text(encoding="utf-8"), _read("preview_model.js", "preview_numbers.js", "preview.js")))
    return st.components.v2.component("hebei2025.preview", js=js)


def chart_preview(module: bytes, description: Mapping, inputs: Mapping) -> None:
    """Hand the browser the model, from whose runs it redraws the charts while a slider is dragged.

    Each part is sent again only when it changes.
    """
    _preview_component()(key="preview", data=description)
    _preview_data_component()(key="preview_module", data=module)
    _preview_data_component()(key="preview_inputs", data=inputs)


@functools.cache
def _address_component() -> Callable[..., Any]:
    return st.components.v2.component("hebei2025.address", js=_read("shown_address.js", "address.js"))


def page_address(query: str) -> None:
    """Keep the address of the page such that it opens the present state."""
    _address_component()(key="page_address", data={"query": query})
