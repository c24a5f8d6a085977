"""What the browser needs to run the model and to redraw the charts while a slider is dragged, as plain data."""

from __future__ import annotations

import functools
import gzip
import hashlib
from typing import Any

from model.browser import model_bundle, scenario_data
from model.inputs import POLICY_START, START
from model.scenario import Scenario
from model.system import system
from views.charts.echarts import DIGITS, LINE_ID
from views.display_units import SEPARATORS
from views.language import Locale
from views.results import simulation
from views.results.cache import ResultCache, scenario_key
from views.results.catalogue import CHARTS, HEADLINES, Chart, indicators_used
from views.results.headline import LARGE, SIGNED, WHOLE, headline_value, unit_of
from views.results.settings import Settings
from views.results.simulation import Result
from views.results.slider_tables import slider_tables
from views.results.sliders import slots

_INPUTS: ResultCache[dict[str, Any]] = ResultCache(32)


@functools.cache
def module() -> bytes:
    """The module that the server runs for Explore, compressed with gzip."""
    return gzip.compress(model_bundle(indicators_used()).module, mtime=0)


@functools.cache
def description() -> dict[str, Any]:
    """The description of the module, as far as its host reads it. The caller must not change it."""
    whole = model_bundle(indicators_used()).model
    inputs = {name: {"kind": one["kind"], "size": one["size"]} for name, one in whole["inputs"].items()}
    return {"form": whole["form"], "inputs": inputs, "variables": {}}


def model_inputs(scenario: Scenario, until: int) -> dict[str, Any]:
    """The inputs of a scenario until a last year, and how moved sliders change them.

    `sliders` has for each slider by id what `slider_tables` gives, `moved_from` is the first row of a table that a
    moved slider changes, `stamp` names this content. The caller must not change it.
    """
    return _INPUTS.get((scenario_key(scenario), until), lambda: _model_inputs(scenario, until))


def _model_inputs(scenario: Scenario, until: int) -> dict[str, Any]:
    # Explore runs every scenario without random projects.
    data = scenario_data(scenario.model_copy(update={"until": until, "pipeline": None}))
    years = simulation.runner(until).horizon.path_years
    return {
        "stamp": _stamp(scenario, until),
        "horizon": data["horizon"],
        "parameters": data["parameters"],
        "tables": data["tables"],
        "moved_from": POLICY_START - START,
        "sliders": {slot.id: slider_tables(slot, scenario, years) for slot in slots().values()},
    }


def _stamp(scenario: Scenario, until: int) -> str:
    return hashlib.sha256(f"{until} {scenario_key(scenario)}".encode()).hexdigest()


def drawing(settings: Settings, scenario: Scenario, ghost: Result, text: str, locale: Locale) -> dict[str, Any]:
    """Which results are drawn as which lines of the chosen charts and as which headline figures.

    `inputs` is the stamp of the inputs that these belong to, `text` the mark that charts carry during a preview.
    `ghost` is the run as happened, by which the units of figures are chosen.
    """
    return {
        "inputs": _stamp(scenario, settings.until),
        "text": text,
        "years": [str(year) for year in ghost.years],
        "digits": DIGITS,
        "charts": [_lines(CHARTS[chart_id], locale) for chart_id in settings.charts],
        "figures": [_figure(indicator, settings.year, ghost, locale) for indicator in HEADLINES],
    }


def _lines(chart: Chart, locale: Locale) -> dict[str, dict[str, Any]]:
    scale = chart.scale_in(locale)
    return {LINE_ID.format(line.name): _series(line.indicator, line.element) | {"scale": scale} for line in chart.lines}


def _series(indicator: str, element: str | None) -> dict[str, Any]:
    """Where a yearly series is among the results: `size` numbers a year, of which one is taken or (null) all added."""
    axis = system().variables[indicator].axis
    if axis is None or element is None:
        return {"variable": indicator, "size": 1, "entry": 0}
    entry = None if element == simulation.SUM else axis.index(element)
    return {"variable": indicator, "size": len(axis), "entry": entry}


def _figure(indicator: str, year: int, ghost: Result, locale: Locale) -> dict[str, Any]:
    unit = unit_of(indicator, headline_value(ghost, indicator, year), locale)
    summed = system().variables[indicator].axis is not None
    return {
        "id": indicator,
        **_series(indicator, WHOLE if summed else None),
        "first": (POLICY_START if summed else year) - START,
        "last": year - START,
        "scale": float(unit.factor),
        "digits": unit.digits,
        "large": LARGE,
        "separator": SEPARATORS[locale.language],
        "signed": indicator in SIGNED,
    }
