"""The section of the Evidence page about the numbers that decide a result."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from analysis.answers.asked import DIFFERENCE
from views.charts.answers import numbers_figure, numbers_text
from views.results import decisive_numbers
from views.results.answer_texts import indicator_badges
from views.results.decisive_numbers import SHARES
from views.results.evidence_links import EvidenceLink
from views.shell import session
from views.shell.page_elements import csv_download, data_table, heading, note, show_figure

from .commands import show_command

TABLE_HEIGHT = 420


def show(indicator: str, year: int, measure: str, method: str) -> None:
    """The answer in words, the chart, what it leaves out, and every number."""
    locale = session.locale()
    shown = decisive_numbers.decisive(indicator, year, measure, method, locale)
    title = decisive_numbers.title(shown, locale)
    heading(title)
    note(decisive_numbers.sentence(shown, locale), "page-note answer")
    name = f"decides_{indicator}_{year}_{measure}_{method}"
    alternative = numbers_text(shown, title, locale)
    show_figure(numbers_figure(shown, locale), "decides", name, alternative, indicator_badges(indicator, locale))
    note(decisive_numbers.spread_text(shown, locale), "page-note caution")
    note(locale.translate(f"answers.caveat_{method}"))
    if measure == DIFFERENCE:
        note(locale.translate("badge.limits"))
    rows = decisive_numbers.rows(shown, locale)
    format_ = "%.1f%%" if locale.is_chinese else "%.1f %%"
    shares = {name: st.column_config.NumberColumn(format=format_) for name in rows.columns[2:6]}
    moves = {name: st.column_config.NumberColumn(format="%.3g") for name in rows.columns[2:6]}
    columns = shares if method == SHARES else moves
    # Sources are told in English only; a Chinese page leaves them to the file.
    seen = rows.iloc[:, :-1] if locale.is_chinese else rows
    data_table(seen, column_config=columns, height="content" if method == SHARES else TABLE_HEIGHT, key="decides_rows")
    csv_download(name, rows, locale.translate("evidence.download"))
    st.html(_where_explained())
    show_command(decisive_numbers.command(shown))


def _where_explained() -> str:
    """What the table has of each number, and a link to what observations say; a new tab keeps what was chosen here."""
    locale = session.locale()
    link = EvidenceLink("evidence", urlencode({"lang": locale.language, "evidence.section": "estimates"}))
    name, hint = locale.translate("evidence.estimates_section"), locale.translate("badge.new_tab")
    words = f'<a href="{escape(link.address)}" target="_blank" title="{escape(hint)}">{escape(name)}</a>'
    return f'<p class="page-note">{escape(locale.translate("answers.explained"))} {words}</p>'
