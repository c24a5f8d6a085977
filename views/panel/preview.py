"""What the browser needs to redraw the charts while a slider is dragged: runs over the whole range of that slider."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np

from model.scenario import BASELINE, Scenario, shipped_scenarios
from views.charts.echarts import LINE_ID, rounded
from views.display_units import SEPARATORS
from views.results import simulation
from views.results.catalogue import CHARTS, HEADLINES, Line
from views.results.headline import LARGE, SIGNED, read, unit_of
from views.results.preparation import Preparation
from views.results.settings import Settings
from views.results.simulation import Result
from views.results.sliders import slots

LEVELS = 22
"""Places of a slider at which the model is run; between them the browser interpolates."""


@functools.cache
def preparation(until: int) -> Preparation:
    """The compiling of sweeps up to a last year."""

    first = next(iter(slots()))
    return Preparation(lambda: sweep_runs(Settings(until=until), shipped_scenarios()[BASELINE], first))


def levels_of(slot_id: str) -> np.ndarray:
    """The places of a slider at which the model is run."""
    return np.linspace(slots()[slot_id].low, slots()[slot_id].high, LEVELS)


def sweep_runs(settings: Settings, scenario: Scenario, slot_id: str) -> list[Result]:
    """One run for each level of a slider, with everything else as set."""
    found = simulation.runner(settings.until).sweep(scenario, settings.moved, slot_id, levels_of(slot_id))
    years = simulation.runner(settings.until).horizon.years
    return [Result(years, {name: array[k] for name, array in found.items()}) for k in range(LEVELS)]


def sweep(
    settings: Settings, scenario: Scenario, slot_id: str, query: str, text: str, language: str
) -> Mapping[str, object]:
    """Lines of the chosen charts and headline figures at each level of a slider, as plain data for the browser.

    `query` names the state that the sweep belongs to, `text` is the mark that charts carry meanwhile.
    """
    runs = sweep_runs(settings, scenario, slot_id)
    return {
        "slot": slot_id, "query": query, "text": text,
        "levels": levels_of(slot_id).tolist(),
        "years": [str(year) for year in runs[0].years],
        "charts": [_lines(chart_id, runs) for chart_id in settings.charts],
        "figures": [_figure(indicator, runs, settings, language) for indicator in HEADLINES],
    }  # fmt: skip


def _lines(chart_id: str, runs: list[Result]) -> dict[str, list[list[float | None]]]:
    chart = CHARTS[chart_id]

    def row(line: Line, run: Result) -> list[float | None]:
        values = run.series(line.indicator, line.element) * chart.scale
        return [rounded(value) if np.isfinite(value) else None for value in values]

    return {LINE_ID.format(line.name): [row(line, run) for run in runs] for line in chart.lines}


def _figure(indicator: str, runs: list[Result], settings: Settings, language: str) -> dict[str, object]:
    unit = unit_of(indicator, read(simulation.baseline(settings.until), indicator, settings.year), language)
    values = [unit.scaled(read(run, indicator, settings.year)) for run in runs]
    return {
        "id": indicator,
        "values": values,
        "digits": unit.digits,
        "large": LARGE,
        "separator": SEPARATORS[language],
        "signed": indicator in SIGNED,
    }
