"""The section of the Evidence page about how sure the order of policies is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from views.charts.answers import choice_figure, choice_text
from views.results import policy_choices
from views.results.answer_texts import indicator_badges
from views.shell import session
from views.shell.page_elements import csv_download, data_table, heading, note, show_figure

from .commands import show_command

TABLE_HEIGHT = 420


def show(policies: str, under: str, indicator: str, year: int, better: str) -> None:
    """The answer in words, the chart, every pair, the goals, and what knowing more would be worth."""
    locale = session.locale()
    shown = policy_choices.choice(policies, under, indicator, year, better, locale)
    title = policy_choices.title(shown, locale)
    heading(title)
    note(policy_choices.sentence(shown, locale), "page-note answer")
    name = f"order_{policies}_{under}_{indicator}_{year}_{better}"
    alternative = choice_text(shown, title, locale)
    show_figure(choice_figure(shown, locale), "order", name, alternative, indicator_badges(indicator, locale))
    note(locale.translate(f"answers.caveat_{under}"), "page-note caution")
    note(locale.translate("answers.caveat_order"))
    note(locale.translate("badge.limits"))
    _table("order_policies", name, policy_choices.policy_rows(shown, locale), slice(4, 5))
    heading(locale.translate("answers.pairs"))
    note(locale.translate("answers.about_pairs"))
    with_best, others = policy_choices.order_texts(shown, locale)
    st.html(_list(with_best))
    with st.expander(locale.translate("answers.other_pairs"), key="other_pairs"):
        st.html(_list(others))
        pairs = policy_choices.order_rows(shown, locale)
        csv_download(f"{name}_pairs", pairs, locale.translate("evidence.download"))
    heading(locale.translate("answers.worth_heading"))
    note(locale.translate("answers.about_worth"))
    information = policy_choices.information_rows(shown, locale)
    if information.empty:
        note(locale.translate("answers.none_would_change"))
    else:
        _table("order_information", f"{name}_worth", information, slice(5, 6))
    heading(locale.translate("answers.targets_heading"))
    note(locale.translate("answers.about_targets"))
    targets = policy_choices.target_rows(policies, under, locale)
    _table("order_targets", f"targets_{policies}_{under}", targets, slice(0), TABLE_HEIGHT)
    show_command(policy_choices.command(shown))


def _table(key: str, name: str, rows: pd.DataFrame, shares: slice, height: int | str = "content") -> None:
    """A table with its download; `shares` are the columns in per cent, other numbers have three digits."""
    locale = session.locale()
    percent = st.column_config.NumberColumn(format="%.1f%%" if locale.is_chinese else "%.1f %%")
    columns: dict[str, object] = {column: percent for column in rows.columns[shares]}
    data_table(rows, column_config=columns, height=height, key=key)
    csv_download(name, rows, locale.translate("evidence.download"))


def _list(told: Sequence[tuple[str, str]]) -> str:
    items = "".join(f"<li><b>{escape(often)}</b> {escape(conditions)}</li>" for often, conditions in told)
    return f'<ul class="pairs">{items}</ul>'
