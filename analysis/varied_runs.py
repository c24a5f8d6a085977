"""Runs of one scenario in each of which a part of its inputs is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.inputs import START
from model.run import horizon_of
from model.scenario import Scenario, inputs_of
from model.system import system

from .knockouts import knockouts

Run = Mapping[str, np.ndarray]
"""Yearly values of all variables, years first."""


@dataclass(frozen=True)
class VariedRuns:
    """The inputs of a scenario: parameters (`constants`) and yearly paths of levers and drivers (`tables`)."""

    horizon: Horizon
    constants: Mapping[str, np.ndarray]
    tables: Mapping[str, np.ndarray]

    @staticmethod
    def of(scenario: Scenario, until: int | None = None) -> VariedRuns:
        """The inputs of a scenario, up to its last year or to `until`."""
        horizon = horizon_of(scenario, until)
        return VariedRuns(horizon, *inputs_of(scenario, horizon.path_years))

    def run(self, constants: Run | None = None, tables: Run | None = None) -> Run:
        """The run with these parameters and paths in place of the scenario's."""
        run = compiled(system(), self.horizon)  # all outputs, as in knock-outs, so that both share a function
        return run({**self.constants, **(constants or {})}, {**self.tables, **(tables or {})})

    def without_loops(self, names: Iterable[str]) -> Run:
        """The run with feedback loops switched off."""
        constants = dict(self.constants)
        for name in names:
            constants = knockouts()[name].switched(constants)
        return self.run(constants)

    def held_from(self, year: int, names: Iterable[str]) -> Run:
        """The run in which levers or drivers keep their values of `year` for good."""
        return self.run(tables={name: held(self.tables[name], year) for name in names})

    def moves_after(self, year: int, name: str) -> bool:
        """Whether a lever or driver changes after a year."""
        return not np.array_equal(self.tables[name], held(self.tables[name], year))


def held(path: np.ndarray, year: int) -> np.ndarray:
    """A path that keeps its value of `year` from then on."""
    changed = np.array(path, dtype=float)
    changed[year + 1 - START :] = changed[year - START]
    return changed


def whole(values: np.ndarray) -> np.ndarray:
    """The path of an indicator; of those with sectors the element "all", which is last."""
    return values if values.ndim == 1 else values[:, -1]
