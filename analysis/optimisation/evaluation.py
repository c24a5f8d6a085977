"""Runs of many mixes at once: what they cost, and the numbers that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from model.engine.chunks import Arrays, in_chunks, stacked
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.engine.progress import Progress, ignored
from model.inputs import END, POLICY_START, START
from model.run import STEPS
from model.scenario import Scenario, inputs_of
from model.system import system
from model.targets import Target

from .lever_space import LeverSpace, Points

COST = "public_cost"


class Evaluator:
    """Runs mixes of a `space` to 2025 and returns the indicators `names` of every year.

    Results do not depend on the number of threads (default: one a core). `evaluations` counts the runs.
    """

    def __init__(self, space: LeverSpace, names: Sequence[str], threads: int | None = None):
        self.space, self._threads = space, threads
        self.horizon = Horizon(START, END, STEPS)
        self._years = self.horizon.path_years
        self._parameters, self._tables = inputs_of(space.base, self._years)
        outputs = tuple(dict.fromkeys([*names, COST]))
        self._batch = compiled_batch(system(), self.horizon, space.names, outputs)
        self.evaluations = 0

    def run(self, points: Points, progress: Progress = ignored) -> dict[str, np.ndarray]:
        """Yearly indicators (members, years[, axis]) of mixes."""
        return self._run(len(points), lambda rows: self.space.tables(points[rows], self._years), progress)

    def run_scenarios(self, scenarios: Sequence[Scenario]) -> dict[str, np.ndarray]:
        """The same for the levers of scenarios, as far as the levers may move."""
        tables = {
            name: np.stack([self.space.table_of(name, scenario, self._years) for scenario in scenarios])
            for name in self.space.names
        }
        return self._run(len(scenarios), lambda rows: {name: table[rows] for name, table in tables.items()}, ignored)

    def _run(self, members: int, inputs: Callable[[slice], Arrays], progress: Progress) -> dict[str, np.ndarray]:
        def run(changes: Arrays) -> Mapping[str, np.ndarray]:
            return self._batch(changes, self._parameters, self._tables)

        self.evaluations += members
        return stacked(in_chunks(run, inputs, members, threads=self._threads, progress=progress))


def costs(results: Mapping[str, np.ndarray]) -> np.ndarray:
    """Public cost from 2016 to 2025 in total, 亿元 a member."""
    return results[COST][:, POLICY_START - START :, -1].sum(axis=1)


def reached(results: Mapping[str, np.ndarray], target: Target) -> np.ndarray:
    """The number of each member that a target is held against."""
    if target.indicator is None:
        raise ValueError(f"target {target.id} has no indicator in the model")
    values = results[target.indicator][:, target.year - START]
    if values.ndim == 1:
        return values
    axis = system().variables[target.indicator].axes[0]
    return values[:, axis.index(target.sector)]
