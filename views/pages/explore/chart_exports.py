"""Taking a chart of the Explore page away: its data as CSV and Excel, and itself as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from model.scenario import Scenario
from views.charts.plot import BandsByLine, Plot, plot_for_files
from views.charts.tables import csv_bytes, plot_table
from views.language import Locale
from views.results import simulation
from views.results.catalogue import CHARTS, Chart
from views.results.settings import Settings, scenario_of
from views.shell import session, share

MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
}
"""Media types of the files, in the order of the buttons."""


@dataclass(frozen=True)
class ChartExport:
    """A chart as it is shown: settings on top of scenarios, with bands or without, and the link to this state."""

    chart: Chart
    settings: Settings
    scenario: Scenario
    with_bands: bool
    locale: Locale
    link: str

    def plot(self) -> Plot:
        """The chart as plain data, with bands where they are shown."""
        from views.results.uncertainty import uncertainty_of

        bands: BandsByLine = {}
        if self.with_bands:
            scenario = scenario_of(self.settings, {self.settings.base: self.scenario})
            bands = uncertainty_of(scenario, self.settings.until).bands
        return plot_for_files(self.chart, *self.runs(), bands, self.locale)

    def runs(self) -> tuple[simulation.Result, simulation.Result]:
        """The present run and the run as happened."""
        until = self.settings.until
        whole = scenario_of(self.settings, {self.settings.base: self.scenario})
        return simulation.runner(until).run(whole), simulation.baseline(until)

    def excel(self) -> bytes:
        """The data, bands with them where they are shown, and what they are."""
        from views.report.contents import TIME
        from views.report.workbook import Origin, about, workbook

        origin, plot = Origin(self.settings, self.scenario, self.link, datetime.now(UTC).strftime(TIME)), self.plot()
        return workbook(plot_table(plot, with_bands=True), about(plot, origin), self.locale)

    def picture(self, form: str) -> bytes:
        """The chart as PNG or SVG, with its title and the scenario above it."""
        from views.charts.pictures import drawn_locale, png, svg
        from views.report.changes import settings_title

        plot = self.plot()
        scenario = settings_title(self.settings, self.scenario, drawn_locale(plot) if form == "png" else self.locale)
        return png(plot, scenario) if form == "png" else svg(plot, scenario).encode()


def download_buttons(position: int, chart_id: str, settings: Settings, rows: pd.DataFrame) -> None:
    """The buttons below the data of a chart; every file is written when it is asked for."""
    locale = session.locale()
    shown = ChartExport(
        CHARTS[chart_id],
        settings,
        session.scenarios()[settings.base],
        session.remember("explore", "bands", False),
        locale,
        share.link(),
    )
    contents: dict[str, Callable[[], bytes]] = {
        "csv": lambda: csv_bytes(rows),
        "xlsx": shown.excel,
        "png": lambda: shown.picture("png"),
        "svg": lambda: shown.picture("svg"),
    }
    with st.container(horizontal=True, key=f"take_{position}"):
        for form, media in MEDIA.items():
            st.download_button(
                locale.translate(f"explore.download_{form}"),
                contents[form],
                f"{chart_id}.{form}",
                media,
                key=f"{form}_{position}",
                on_click="ignore",
            )
