"""Small parts that several pages use: name of the app, headings, remarks, charts with their data, downloads."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st

from views.charts.plotly_layout import letters
from views.charts.tables import csv_bytes
from views.results.evidence_badge import FEW, MODERATE, NONE, STRONG, WEAK, Badge

from . import session
from .screen import screen

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from pandas.io.formats.style import Styler

PICTURE_SCALE = 2
"""Pixels of a saved picture for each of the screen's."""
TABLE_HEIGHT = 260
"""Pixels of a table below a chart."""
NAMES_WIDTH, NAMES_LETTERS, BROKEN_ROW = 168, 22, 62
"""Pixels of the names of a table on a phone, letters that fit into a line of them, and pixels of a row of two lines."""
NOTHING = "–"
"""What tables show where there is no value."""
MARKS = {NONE: "–", FEW: "?", WEAK: "●○○", MODERATE: "●●○", STRONG: "●●●"}
"""Marks before the words of a level of evidence."""


def app_name() -> None:
    """The name of the app, on top of the sidebar."""
    st.html(f'<h1 class="brand">{escape(session.locale().translate("app.title"))}</h1>')


def heading(text: str) -> None:
    """A heading; titles of scenarios come from people, so nothing in it is read as a mark-up."""
    st.html(f"<h2>{escape(text)}</h2>")


def note(text: str, kind: str = "page-note") -> None:
    """A remark, shown as it is written; `kind` is its class in the style sheet."""
    st.html(f'<p class="{kind}">{escape(text)}</p>')


def show_figure(
    figure: go.Figure,
    key: str,
    name: str,
    alternative: str,
    badges: Sequence[tuple[str, Badge]],
    on_click: Callable[[], None] | None = None,
    height: Literal["content", "stretch"] = "content",
) -> None:
    """A plotly chart that can be saved as a picture `name`, with its text alternative, and how far to trust it: names
    and badges of its lines, as in `show_badges`. `on_click` is called when a point has been chosen, which the state of
    `key` tells. A chart is as high as it says, or as what it stands in."""
    picture = {"format": "png", "scale": PICTURE_SCALE, "filename": f"hebei2025_{name}"}
    config = {"displaylogo": False, "toImageButtonOptions": picture, "modeBarButtons": [["toImage"]]}
    if screen().touch:
        figure.update_layout(dragmode=False)  # a finger on the chart scrolls the page
    selecting: dict[str, Any] = {"on_select": on_click, "selection_mode": "points"} if on_click else {}
    st.plotly_chart(figure, theme=None, key=key, config=config, alt=alternative, height=height, **selecting)
    if badges:
        show_badges(badges)


def show_badges(badges: Sequence[tuple[str, Badge]]) -> None:
    """How far to trust a chart: a line of text for each of its lines, with the name of the line ("" where there is one
    only), linked to its evidence where there is any. The link opens a new tab, so that what has been chosen on the page
    stays."""
    items = "".join(
        f'<li><span class="mark" aria-hidden="true">{MARKS[badge.level]}</span>{_badge_html(name, badge)}</li>'
        for name, badge in badges
    )
    st.html(f'<ul class="badges">{items}</ul>')


def _badge_html(name: str, badge: Badge) -> str:
    words = f"{f'<b>{escape(name)}</b> ' if name else ''}{escape(badge.text)}"
    if badge.link is None:
        return f"<span>{words}</span>"
    hint = escape(session.locale().translate("badge.new_tab"))
    return f'<a href="{escape(badge.link.address)}" target="_blank" title="{hint}">{words}</a>'


def data_table(rows: pd.DataFrame | Styler, **options: Any) -> Any:
    """A table without its index, with a dash where there is no value; `options` are those of `st.dataframe`."""
    if screen().columns == 1:
        options = _with_narrow_names(rows, options)
    return st.dataframe(rows, hide_index=True, placeholder=NOTHING, **options)


def _with_narrow_names(rows: pd.DataFrame | Styler, options: dict[str, Any]) -> dict[str, Any]:
    """The options of a table whose names, in its first column, are broken into lines, so that numbers show beside
    them on a phone. Where the page has set widths or heights, these stay."""
    table = rows if isinstance(rows, pd.DataFrame) else rows.data
    first, config = table.columns[0], options.get("column_config", {})
    names = table[first]
    if first in config or "row_height" in options or len(table.columns) == 1 or pd.api.types.is_numeric_dtype(names):
        return options
    config = {**config, first: st.column_config.TextColumn(width=NAMES_WIDTH)}
    longest = max(map(letters, names.astype(str)), default=0)
    height = {"row_height": BROKEN_ROW} if longest > NAMES_LETTERS else {}
    return {**options, "column_config": config, **height}


def data_expander(key: str, name: str, table: Callable[[], pd.DataFrame]) -> None:
    """The data of a chart, as a table that opens below it and as a CSV file; `table` is called when it is opened."""
    locale = session.locale()
    details = st.expander(locale.translate("explore.data"), key=key, on_change="rerun")
    if details.open:
        with details:
            rows = table()
            data_table(rows, height=TABLE_HEIGHT, key=f"{key}_rows")
            csv_download(f"{name}_data", rows, locale.translate("explore.download_csv"))


def escape_markdown(text: str) -> str:
    """A text of a person for where Streamlit reads Markdown: every mark stands for itself, so nothing is loaded."""
    return re.sub(f"([{re.escape(string.punctuation)}])", r"\\\1", text)


def csv_download(name: str, table: pd.DataFrame | Callable[[], pd.DataFrame], label: str) -> None:
    """A button that downloads a table as a CSV file, written on demand."""

    def content() -> bytes:
        return csv_bytes(table() if callable(table) else table)

    st.download_button(label, content, f"{name}.csv", "text/csv", key=f"w_{name}", on_click="ignore")
