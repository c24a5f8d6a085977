"""Runs of the model for the app, a few milliseconds each.

The hot path takes tables of numbers only; labelled datasets are made where a page needs them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.inputs import START, levers
from model.run import STEPS
from model.scenario import BASELINE, Scenario, inputs_of, shipped_scenarios
from model.scenario.lever_paths import lever_array
from model.system import system

from .cache import ResultCache, scenario_key
from .catalogue import indicators_used
from .moves import Move
from .sliders import slots, with_slots

SUM = "sum"
"""In place of an element: all elements of the axis, added up."""
KEPT = 32
"""Scenarios whose inputs are kept ready."""


@dataclass(frozen=True)
class Result:
    """Yearly indicators of one run: arrays (years,) or (years, axis), by indicator."""

    years: np.ndarray
    values: Mapping[str, np.ndarray]

    def series(self, indicator: str, element: str | None = None) -> np.ndarray:
        """One yearly series; `element` picks from an indicator with an axis, "sum" adds over it."""
        array = self.values[indicator]
        if array.ndim == 1:
            return array
        if element == SUM:
            return total(array, axis=1)
        axis = system().variables[indicator].axis
        if axis is None or element is None:
            raise KeyError(f'{indicator}: name an element of its axis, or "sum"')
        return array[:, axis.index(element)]

    def at(self, year: int, indicator: str, element: str | None = None) -> float:
        """The value of a series in one year."""
        return float(self.series(indicator, element)[year - START])


class Runner:
    """Runs scenarios up to one last year; safe to share between sessions, as it keeps inputs only."""

    def __init__(self, until: int):
        self.horizon = Horizon(START, until, STEPS)
        self._function = compiled(system(), self.horizon, indicators_used())
        self._prepared: ResultCache[tuple[dict, dict]] = ResultCache(KEPT)

    def run(self, base: Scenario, moved: Mapping[str, Move] | None = None) -> Result:
        """Run `base` with the moved sliders."""
        constants, tables = self._inputs(base)
        if moved:
            values = with_slots(base.levers, moved)
            changed = {slots()[s].lever.id for s in moved}
            tables = tables | {
                name: lever_array(levers()[name], values[name], self.horizon.path_years) for name in changed
            }
        return Result(self.horizon.years, self._function(constants, tables))

    def _inputs(self, base: Scenario) -> tuple[dict, dict]:
        return self._prepared.get(scenario_key(base), lambda: inputs_of(base, self.horizon.path_years))


def total(values: np.ndarray, axis: int = 0) -> np.ndarray:
    """The sum along an axis, added from the first entry to the last, as the preview in the browser adds."""
    return np.take(np.cumsum(values, axis=axis), -1, axis=axis)


@functools.cache
def runner(until: int) -> Runner:
    """The runner for a last year, shared by all sessions."""
    return Runner(until)


@functools.cache
def baseline(until: int) -> Result:
    """The run "as happened"."""
    return runner(until).run(shipped_scenarios()[BASELINE], {})
