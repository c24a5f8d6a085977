"""Mounts the Explore component and hands it its data, each part only when it changes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from model.browser import HOST

FOLDER = Path(__file__).parent
CHART_LIBRARY = FOLDER / "vendor" / "echarts.js"
"""The chart library; `vendor/README.md` says how it is built."""
PARTS = (
    "numbers.js",
    "moves.js",
    "lever_tables.js",
    "model.js",
    "move_words.js",
    "link.js",
    "history.js",
    "elements.js",
    "sparkline.js",
    "touch_slider.js",
    "lever_slider.js",
    "lever_editor.js",
    "levers.js",
    "lever_effects.js",
    "strongest.js",
    "assumptions.js",
    "chart_menu.js",
    "one_chart.js",
    "charts.js",
    "figures.js",
    "pins.js",
    "kept_runs.js",
    "top_row.js",
    "server_requests.js",
    "explore.js",
)
"""The component's code, in an order in which every part comes after those that it builds on."""
STYLES = ("explore.css", "levers.css", "editor.css", "phone.css", "one_chart.css")


def code() -> str:
    """The code of the component in one text, with the host of the model; the chart library is apart."""
    return "\n".join([HOST.read_text(encoding="utf-8"), *(_read(name) for name in PARTS)])


def styles() -> str:
    """The style sheets of the component in one text."""
    return "\n".join(map(_read, STYLES))


def _read(name: str) -> str:
    return (FOLDER / "js" / name).read_text(encoding="utf-8")


@functools.cache
def _component() -> Callable[..., Any]:
    html = '<div class="explore"></div>'
    return st.components.v2.component("hebei2025.explore", html=html, css=styles(), js=code())


@functools.cache
def _library() -> Callable[..., Any]:
    js = f"{CHART_LIBRARY.read_text(encoding='utf-8')}\n{_read('library.js')}"
    return st.components.v2.component("hebei2025.chart_library", js=js)


@functools.cache
def _part() -> Callable[..., Any]:
    return st.components.v2.component("hebei2025.explore_part", js=_read("part.js"))


def explore_parts(parts: Mapping[str, object]) -> None:
    """Hand over what seldom changes, by name; each part is sent again only when it changes."""
    _library()(key="chart_library")
    for name, content in parts.items():
        _part()(key=f"explore_{name}", data=content)


def explore(data: Mapping[str, object], key: str, on_event: Mapping[str, Callable[[], None]]) -> None:
    """Show the component with the state of the session and what the server adds to it.

    Its triggers: `settled`, {n, query} of a state that the person has come to; `rest`, the number of a state for which
    bands are wanted; `go`, the name of a page to open; `ask`, that the
    assumptions are wanted; `keep`, {name, query} of a run to keep; `forget`, the key of a kept run.
    """
    callbacks: dict[str, Any] = {f"on_{name}_change": call for name, call in on_event.items()}
    _component()(key=key, data=data, **callbacks)
