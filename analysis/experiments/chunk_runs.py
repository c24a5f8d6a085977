"""The runs of one chunk of an experiment: every policy at every point of the chunk."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.engine.ensemble import compiled_batch
from model.inputs import POLICY_START, START
from model.projects import horizon_of_projects, trace_inputs
from model.system import system

from .design import Design, Kept
from .policy_inputs import Columns, PolicyInputs

Results = Mapping[str, np.ndarray]
"""Kept numbers by name: arrays (points, policies, replications, years)."""
TOGETHER = 64
"""Members of an ensemble that run at a time: enough that calls cost little, few enough for the cache of a core."""


class ChunkRuns:
    """Runs chunks of one design; made once, used for all of them and by several threads."""

    def __init__(self, design: Design):
        self.design = design
        self._inputs = [PolicyInputs(design, policy) for policy in design.policies]
        self._outputs = tuple(dict.fromkeys(kept.indicator for kept in design.kept))

    def run(self, chunk: int, columns: Columns) -> Results:
        """Results of the points of a chunk, given their values by dimension."""
        points = len(next(iter(columns.values())))
        shape = (points, len(self.design.policies), self.design.replications, len(self.design.years))
        results = {kept.name: np.empty(shape) for kept in self.design.kept}
        seeds = self._seeds(chunk, points)
        for place, inputs in enumerate(self._inputs):
            for first in range(0, points, TOGETHER):
                rows = slice(first, min(first + TOGETHER, points))
                changes = inputs.at({name: values[rows] for name, values in columns.items()})
                values = (
                    self._ensemble(inputs, changes) if seeds is None else self._projects(inputs, changes, seeds[rows])
                )
                for kept in self.design.kept:
                    results[kept.name][rows, place] = self._kept(kept, values[kept.indicator])
        return results

    def _seeds(self, chunk: int, points: int) -> np.ndarray | None:
        """Seeds of single projects (points, replications), the same for all policies; None without projects."""
        if self.design.projects is None:
            return None
        sequence = np.random.SeedSequence(self.design.sample.seed, spawn_key=(chunk,))
        return sequence.generate_state(points * self.design.replications).reshape(points, -1)

    def _ensemble(self, inputs: PolicyInputs, changes: Results) -> Results:
        """Yearly values (points, 1, years[, axis])."""
        run = compiled_batch(system(), inputs.horizon, inputs.varied, self._outputs)
        found = run(changes, inputs.constants, inputs.tables)
        return {name: values[:, None] for name, values in found.items()}

    def _projects(self, inputs: PolicyInputs, changes: Results, seeds: np.ndarray) -> Results:
        """Yearly values (points, replications, years[, axis]) with single projects."""
        horizon = horizon_of_projects(self.design.last)
        found: dict[str, list[list[np.ndarray]]] = {name: [] for name in self._outputs}
        for point, row in enumerate(seeds):
            own = {name: values[point] for name, values in changes.items()}
            constants = {name: own.get(name, value) for name, value in inputs.constants.items()}
            tables = {name: own.get(name, value) for name, value in inputs.tables.items()}
            runs = [trace_inputs(horizon, constants, tables, int(seed)).run.results(self._outputs) for seed in row]
            for name in self._outputs:
                found[name].append([run[name] for run in runs])
        return {name: np.array(values) for name, values in found.items()}

    def _kept(self, kept: Kept, values: np.ndarray) -> np.ndarray:
        """A kept number (points, replications, years kept) of yearly values (points, replications, years[, axis])."""
        if values.ndim == 4:
            values = values.sum(axis=3) if kept.entry is None else values[..., kept.entry]
        if kept.total:
            values = np.cumsum(values[..., POLICY_START - START :], axis=2)
            return values[..., [year - POLICY_START for year in self.design.years]]
        return values[..., [year - START for year in self.design.years]]
