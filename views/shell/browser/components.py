"""The page's language, its address, its screen and its sidebar in the browser."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).parent


@functools.cache
def _component(name: str) -> Callable[..., Any]:
    js = (FOLDER / f"{name}.js").read_text(encoding="utf-8")
    return st.components.v2.component(f"hebei2025.{name}", js=js)


def page_language(language: str, tag: str) -> None:
    """Tell browsers and screen readers the language of the page by its tag, and keep it in the address."""
    _component("language")(key="page_language", data={"language": language, "tag": tag})


def page_address(page: str, query: str, answered: int, on_back: Callable[[], None]) -> None:
    """Keep the address of a page such that it opens the present state, each choice as a step of the browser's history.

    The trigger `back` has the `query` that the person has come back to and the `number` of the way back; `answered` is
    the last number whose state the page shows.
    """
    data = {"page": page, "query": query, "answered": answered}
    _component("address")(key="page_address", data=data, on_back_change=on_back)


def tab_storage(content: str, fresh: bool, on_restored: Callable[[], None]) -> None:
    """Keep `content` in the tab of the browser; a `fresh` session gets back what an earlier one in the tab has left."""
    _component("storage")(key="tab_storage", data={"content": content, "fresh": fresh}, on_restored_change=on_restored)


def page_screen(known: Mapping[str, object], on_told: Callable[[], None]) -> None:
    """Compare the screen with what is `known` of it, `columns` and `touch`; the trigger `told` has both where they are
    others."""
    _component("screen")(key="page_screen", data=dict(known), on_told_change=on_told)


def sidebar() -> None:
    """Close the sidebar on phones where it would cover what has been chosen in it."""
    _component("sidebar")(key="sidebar")
