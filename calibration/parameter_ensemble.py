"""The run "as happened" for many sets of parameters at once, and how probable the observations are under each."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from model.engine.backend import jax
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.inputs import START
from model.run import STEPS, prepared_system
from model.scenario import BASELINE, Scenario, inputs_of, shipped_scenarios

from .estimated import Estimated, varied, with_values
from .likelihood import ErrorGrid, error_grids, log_likelihood
from .series import fitted_series, needed_indicators

CHUNK = 32
"""Members that are integrated together: small enough for the cache of one core."""


class Ensemble:
    """Runs of a scenario (default: as happened) up to the end of year `last`, with the given numbers moved.

    `grids` are observations with their errors (default: the project's, up to `last`); `steps` a year.
    """

    def __init__(
        self, numbers: Sequence[Estimated], last: int, outputs: tuple[str, ...] | None = None,
        scenario: Scenario | None = None, grids: Mapping[str, ErrorGrid] | None = None, steps: int = STEPS,
    ):  # fmt: skip
        self.numbers, self.last = tuple(numbers), last
        self.outputs = outputs or needed_indicators(fitted_series())
        horizon = Horizon(START, last, steps)
        scenario = scenario or shipped_scenarios()[BASELINE]
        self._parameters, self._tables = inputs_of(scenario, horizon.path_years)
        self._batch = compiled_batch(prepared_system(), horizon, varied(self.numbers), self.outputs)
        self._grids = grids
        self._scores = {}
        self._workers = os.cpu_count() or 1

    @functools.cached_property
    def grids(self) -> Mapping[str, ErrorGrid]:
        """Observations with their errors; made when a likelihood is asked for, as bands need none."""
        return error_grids(self.last) if self._grids is None else self._grids

    def indicators(self, values: np.ndarray) -> dict[str, np.ndarray]:
        """Indicators for each row of `values` (members, numbers): arrays with members first, then years."""
        values = np.atleast_2d(values)
        parts = self._map(self._batch, values)
        return {name: np.concatenate([np.asarray(part[name]) for part in parts])[: len(values)] for name in parts[0]}

    def log_likelihoods(self, values: np.ndarray, grids: Mapping[str, ErrorGrid] | None = None) -> np.ndarray:
        """Log density of the observations (`grids`, default: all up to `last`) for each row of `values`; -inf where a
        run fails."""
        values = np.atleast_2d(values)
        parts = self._map(self._likelihood(self.grids if grids is None else grids), values)
        found = np.concatenate([np.asarray(part) for part in parts])[: len(values)]
        return np.where(np.isfinite(found), found, -np.inf)

    def _likelihood(self, grids: Mapping[str, ErrorGrid]):
        key = tuple(grids)
        if key not in self._scores:
            self._scores[key] = jax.jit(jax.vmap(lambda indicators: log_likelihood(indicators, grids)))
        scored = self._scores[key]
        return lambda changes, parameters, tables: scored(self._batch(changes, parameters, tables))

    def _map(self, function, values: np.ndarray) -> list:
        # The last chunk is filled up with its own last row, so that one compiled size serves all.
        missing = -len(values) % CHUNK
        filled = np.concatenate([values, np.repeat(values[-1:], missing, axis=0)])
        chunks = [with_values(self.numbers, part) for part in np.split(filled, len(filled) // CHUNK)]

        def run(changes: Mapping):
            return jax.block_until_ready(function(changes, self._parameters, self._tables))

        if len(chunks) == 1:
            return [run(chunks[0])]
        with ThreadPoolExecutor(self._workers) as pool:
            return list(pool.map(run, chunks))
