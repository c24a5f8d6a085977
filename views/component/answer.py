"""What the server adds to a state of the Explore component: words, warnings, bands, and how sure the figures are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from model.scenario import Scenario
from views.charts.echarts import BAND_ID, points
from views.charts.plot import plot_of
from views.language import Locale
from views.results import headline, simulation, summary
from views.results.catalogue import CHARTS
from views.results.settings import Settings
from views.results.uncertainty import Uncertainty, baseline_uncertainty


def words(settings: Settings, scenarios: Mapping[str, Scenario], whole: Scenario, locale: Locale) -> dict[str, Any]:
    """The sentence about the settings and the warnings; `whole` is the scenario that the settings describe."""
    scenario = scenarios[settings.base]
    now = simulation.runner(settings.until).run(whole)
    ghost = simulation.baseline(settings.until)
    return {
        "sentence": summary.sentence(settings, scenario, now, ghost, locale),
        "warnings": summary.warnings(settings, scenario, now, locale),
    }


def bands(settings: Settings, uncertain: Uncertainty, locale: Locale) -> dict[str, dict[str, list]]:
    """The bands of the chosen charts: by the id of their series, the lower end and the distance to the upper one."""
    ghost = simulation.baseline(settings.until)
    found = {}
    for chart_id in settings.charts:
        plot = plot_of(CHARTS[chart_id], ghost, ghost, uncertain.bands, locale)
        series: dict[str, list] = {}
        for line in plot.lines:
            for band in line.bands:
                name = BAND_ID.format(f"{line.id} {'band_outer' if band.with_error else 'band_inner'}")
                series[f"{name} low"] = points(band.years, band.low)
                series[name] = points(band.years, np.subtract(band.high, band.low))
        found[chart_id] = series
    return found


def certainties(settings: Settings, uncertain: Uncertainty, locale: Locale) -> dict[str, dict[str, str]]:
    """How sure the headline figures are, in words, by indicator."""
    found = headline.certainties(uncertain, baseline_uncertainty(settings.until), settings.year, locale)
    return {
        name: {
            "interval": locale.translate("uncertainty.difference", value=one.interval) if one.interval else "",
            "chance": locale.translate("uncertainty.chance", value=one.chance) if one.chance else "",
        }
        for name, one in found.items()
    }
