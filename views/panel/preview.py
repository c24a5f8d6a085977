"""What the browser needs to redraw the charts while a slider is dragged: runs over the whole range of that slider."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.scenario import Scenario
from views.charts.echarts import LINE_ID, rounded
from views.display_units import SEPARATORS
from views.language import Locale
from views.results import simulation
from views.results.catalogue import CHARTS, HEADLINES, Line
from views.results.headline import LARGE, SIGNED, headline_value, unit_of
from views.results.settings import Settings
from views.results.simulation import Result
from views.results.sliders import Factor, Move, slots

from .state import slider_state

LEVELS = 22
"""Places of a slider at which the model is run; between them the browser interpolates."""


def levels_of(settings: Settings, scenario: Scenario, slot_id: str) -> list[Move]:
    """The places of a slider at which the model is run: values, or factors where the slider scales a path."""
    slot = slots()[slot_id]
    state = slider_state(settings, scenario, slot)
    places = np.linspace(state["low"], state["high"], LEVELS).tolist()
    return [Factor(place) if state["scales"] else place for place in places]


def sweep_runs(settings: Settings, scenario: Scenario, slot_id: str) -> list[Result]:
    """One run for each level of a slider, with everything else as set."""
    levels = levels_of(settings, scenario, slot_id)
    found = simulation.runner(settings.until).sweep(scenario, settings.moved, slot_id, levels)
    years = simulation.runner(settings.until).horizon.years
    return [Result(years, {name: array[k] for name, array in found.items()}) for k in range(LEVELS)]


def sweep(
    settings: Settings, scenario: Scenario, slot_id: str, query: str, text: str, locale: Locale
) -> Mapping[str, object]:
    """Lines of the chosen charts and headline figures at each level of a slider, as plain data for the browser.

    `query` names the state that the sweep belongs to, `text` is the mark that charts carry meanwhile.
    """
    runs, levels = sweep_runs(settings, scenario, slot_id), levels_of(settings, scenario, slot_id)
    return {
        "slot": slot_id,
        "query": query,
        "text": text,
        "levels": [level.value if isinstance(level, Factor) else level for level in levels],
        "scales": isinstance(levels[0], Factor),
        "years": [str(year) for year in runs[0].years],
        "charts": [_lines(chart_id, runs, locale) for chart_id in settings.charts],
        "figures": [_figure(indicator, runs, settings, locale) for indicator in HEADLINES],
    }


def _lines(chart_id: str, runs: list[Result], locale: Locale) -> dict[str, list[list[float | None]]]:
    chart = CHARTS[chart_id]
    scale = chart.scale_in(locale)

    def row(line: Line, run: Result) -> list[float | None]:
        values = run.series(line.indicator, line.element) * scale
        return [rounded(value) if np.isfinite(value) else None for value in values]

    return {LINE_ID.format(line.name): [row(line, run) for run in runs] for line in chart.lines}


def _figure(indicator: str, runs: list[Result], settings: Settings, locale: Locale) -> dict[str, object]:
    before = headline_value(simulation.baseline(settings.until), indicator, settings.year)
    unit = unit_of(indicator, before, locale)
    return {
        "id": indicator,
        "values": [unit.scaled(headline_value(run, indicator, settings.year)) for run in runs],
        "digits": unit.digits,
        "large": LARGE,
        "separator": SEPARATORS[locale.language],
        "signed": indicator in SIGNED,
    }
