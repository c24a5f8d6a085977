"""What tables of charts hold beside the runs, in one language: names of columns, observed points and targets."""

from __future__ import annotations

from typing import Any

from model.inputs import END
from views.charts.plot import plot_of
from views.charts.tables import columns_of, fixed_rows
from views.language import Locale
from views.results import simulation
from views.results.catalogue import CHARTS, Chart


def table_texts(locale: Locale) -> dict[str, Any]:
    """For every chart the rows of each of its lines that no run changes: kind, year, value, source."""
    return {
        "columns": columns_of(locale),
        "kinds": {kind: locale.translate(f"table.{kind}") for kind in ("now", "ghost")},
        "charts": {chart.id: _fixed(chart, locale) for chart in CHARTS.values()},
    }


def _fixed(chart: Chart, locale: Locale) -> list[list[Any]]:
    plot = plot_of(chart, simulation.baseline(END), None, {}, locale)
    return [[row[1:] for row in fixed_rows(plot, line)] for line in plot.lines]
