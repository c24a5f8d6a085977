"""The section of the Evidence page about the dose responses of the levers."""

from __future__ import annotations

from views.charts.dose_responses import dose_figure
from views.charts.text_alternatives import chart_text
from views.results import dose_responses
from views.shell import session
from views.shell.page_elements import csv_download, data_expander, data_table, heading, note, show_figure
from views.shell.screen import screen


def show(entry: str) -> None:
    """Summary of all levers; chart, requirements and effects of one of them."""
    locale = session.locale()
    note(dose_responses.summary(locale), "page-note caution")
    heading(dose_responses.entry_name(entry, locale))
    panels = dose_responses.panels(entry, locale)
    figure = dose_figure(panels, dose_responses.doses(), dose_responses.dose_values(entry, locale), screen().columns)
    badges = dose_responses.panel_badges(entry, locale)
    show_figure(figure, "multiples", f"dose_{entry}", _alternative(entry), badges)
    note(locale.translate("badge.limits"))
    rows = dose_responses.verdict_rows(entry, locale)
    data_table(rows, key="dose_verdicts", height="content")
    csv_download(f"dose_verdicts_{entry}", rows, locale.translate("evidence.download"))
    data_expander("dose_data", f"dose_{entry}", lambda: dose_responses.effect_rows(entry, locale))


def _alternative(entry: str) -> str:
    """The chart in words: the effect of the whole range on each outcome in each year."""
    locale = session.locale()
    parts = []
    for panel in dose_responses.panels(entry, locale):
        values = (
            f"{year} {panel.unit.with_unit(panel.unit.figure(float(effects[-1]), sign=True))}"
            for year, effects in panel.effects.items()
        )
        parts.append((panel.title, ", ".join(values)))
    title = locale.translate("evidence.response_alternative", lever=dose_responses.entry_name(entry, locale))
    return chart_text(title, "", parts, locale)
