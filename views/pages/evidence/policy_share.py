"""The section of the Evidence page about what of a change was policy."""

from __future__ import annotations

import streamlit as st

from views.charts.answers import attribution_figure, attribution_text
from views.results import attributions
from views.results.answer_texts import indicator_badges
from views.shell import session
from views.shell.page_elements import csv_download, data_table, heading, note, show_figure

from .commands import show_command


def show(indicator: str, year: int) -> None:
    """The answer in words, the waterfall, where its shares are conventions, and the table."""
    locale = session.locale()
    shown = attributions.attribution(indicator, year, locale)
    title = attributions.title(shown, locale)
    heading(title)
    note(attributions.sentence(shown, locale), "page-note answer")
    name = f"policy_{indicator}_{year}"
    alternative = attribution_text(shown, title, locale)
    show_figure(attribution_figure(shown, locale), "policy", name, alternative, indicator_badges(indicator, locale))
    note(attributions.convention_text(shown, locale), "page-note caution")
    note(locale.translate("answers.caveat_policy", draws=shown.draws, first=shown.first))
    note(locale.translate("badge.limits"))
    rows = attributions.rows(shown, locale)
    numbers = {column: st.column_config.NumberColumn(format="%+.3g") for column in rows.columns[1:]}
    data_table(rows, column_config=numbers, height="content", key="policy_rows")
    csv_download(name, rows, locale.translate("evidence.download"))
    show_command(attributions.command(shown))
