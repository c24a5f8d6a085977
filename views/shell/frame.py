"""The frame of every page: page settings, style sheet, language switch, sharing, navigation."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from views.language import LANGUAGES
from views.shell.browser.components import page_address, page_language, sidebar, tab_storage

from . import own_scenarios, screen, session, share
from .failures import guard

FOLDER = Path(__file__).parent
STYLE, ICON = FOLDER / "style.css", str(FOLDER / "icon.svg")
PAGES_FOLDER = FOLDER.parent / "pages"
PAGES = {
    "explore": ":material/tune:",
    "plan": ":material/flag:",
    "compare": ":material/stacked_line_chart:",
    "tradeoffs": ":material/balance:",
    "why": ":material/account_tree:",
    "regions": ":material/map:",
    "evidence": ":material/fact_check:",
    "document": ":material/menu_book:",
    "classroom": ":material/school:",
    "batch": ":material/playlist_play:",
}
"""Pages in the order of the navigation, with their icons; the first opens by default."""
ANSWERED = "answered_back"
"""The key of the number of the last way back in the browser whose state the page shows."""
SIDEBAR_WIDTH = 348
LATIN_QUOTES = """<style>@font-face {
  font-family: "Latin quotes"; unicode-range: U+2018-201D;
  src: local("Segoe UI"), local("Noto Sans"), local("Arial"), local("Liberation Sans"), local("DejaVu Sans");
}</style>"""
"""The first font of the theme: a Chinese font, where it is the only one, sets English quotes as wide as a letter."""
LOST = "base=upload_"
"""How the part of a link begins that names an uploaded scenario, which a link cannot bring back."""
MOST_PARTS, LONGEST_PART = 6, 60
"""Refused parts of a link that are named, and characters of each."""


def run() -> None:
    """Draw the frame, then the chosen page."""
    locale = session.locale()
    left = st.session_state.pop("restore", None)
    if isinstance(left, str):
        session.restore(left)
    st.set_page_config(locale.translate("app.title"), ICON, layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
    st.html(STYLE)
    if not locale.is_chinese:
        st.html(LATIN_QUOTES)
    page_language(locale.language, locale.tag)
    sidebar()
    pages = [
        st.Page(
            PAGES_FOLDER / name / "page.py",
            title=locale.translate(f"page.{name}"),
            icon=icon,
            url_path=name,
            default=name == "explore",
        )
        for name, icon in PAGES.items()
    ]
    st.session_state["pages"] = dict(zip(PAGES, pages, strict=True))
    chosen = st.navigation(pages, position="top")
    st.session_state["page"] = name = chosen.url_path or next(iter(PAGES))
    st.set_page_config(f"{chosen.title} · {locale.translate('app.title')}")
    with st.container(horizontal=True, key="toolbar", vertical_alignment="center"):
        with guard():
            share.show_popover()
        st.segmented_control(
            locale.translate("app.language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            label_visibility="collapsed",
            required=True,
            **session.widget("language", locale.language, lambda v: st.session_state.update(language=v), LANGUAGES),
        )
    is_explore = name == next(iter(PAGES))
    if not is_explore:
        screen.watch()
    tab_storage(own_scenarios.stored_text(), not own_scenarios.has_any(), on_restored)
    notice = st.empty()
    with guard():
        chosen.run()
    show_refused(notice)
    if not is_explore:  # the panel of the first page keeps the address by itself
        page_address(name, session.query(), st.session_state.get(ANSWERED, 0), on_back)


def on_back() -> None:
    """Show the state of the page that the person has come back to in the browser."""
    asked = getattr(st.session_state["page_address"], "back", None)
    if asked:
        session.come_back(str(asked["query"]))
        st.session_state[ANSWERED] = int(asked["number"])


def on_restored() -> None:
    """Take back what an earlier session of the tab has left, in the run that follows."""
    st.session_state["restore"] = getattr(st.session_state["tab_storage"], "restored", None)


def show_refused(notice: DeltaGenerator) -> None:
    """Say which parts of the link that opened the page could not be used."""
    locale, refused = session.locale(), st.session_state.pop("refused", [])
    lost = [part.removeprefix(LOST) for part in refused if part.startswith(LOST)]
    refused = [part for part in refused if not part.startswith(LOST)]
    messages = [locale.translate("share.lost", name=name[:LONGEST_PART]) for name in lost[:1]]
    if refused:
        parts = [part if len(part) <= LONGEST_PART else f"{part[:LONGEST_PART]}…" for part in refused[:MOST_PARTS]]
        parts += ["…"] if len(refused) > MOST_PARTS else []
        messages.append(locale.translate("explore.link_refused", parts=locale.clauses(parts)))
    if messages:
        notice.html(f'<div class="problems" role="alert">{"<br>".join(map(escape, messages))}</div>')
