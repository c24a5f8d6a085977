"""The run "as happened" for many sets of parameters at once, and the likelihood of the observations under each."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from model.engine.chunks import Arrays, in_chunks, stacked
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.inputs import START
from model.run import STEPS
from model.scenario import BASELINE, Scenario, inputs_of, shipped_scenarios
from model.system import system

from .estimated import Estimated, varied, with_values
from .likelihood import ErrorGrid, error_grids, log_likelihood
from .series import fitted_series, needed_indicators


class Ensemble:
    """Runs of a scenario (default: as happened) up to the end of year `last`, with the given parameters varied.

    `grids` are observations with their errors (default: the project's, up to `last`); `steps` a year.
    """

    def __init__(
        self,
        numbers: Sequence[Estimated],
        last: int,
        outputs: tuple[str, ...] | None = None,
        scenario: Scenario | None = None,
        grids: Mapping[str, ErrorGrid] | None = None,
        steps: int = STEPS,
    ):
        self.numbers, self.last = tuple(numbers), last
        self.outputs = outputs or needed_indicators(fitted_series())
        horizon = Horizon(START, last, steps)
        scenario = scenario or shipped_scenarios()[BASELINE]
        self._parameters, self._tables = inputs_of(scenario, horizon.path_years)
        self._batch = compiled_batch(system(), horizon, varied(self.numbers), self.outputs)
        self._grids = grids

    @functools.cached_property
    def grids(self) -> Mapping[str, ErrorGrid]:
        """Observations with their errors; computed at the first likelihood, as bands need none."""
        return error_grids(self.last) if self._grids is None else self._grids

    def indicators(self, values: np.ndarray) -> dict[str, np.ndarray]:
        """Indicators for each row of `values` (members, numbers): arrays with members first, then years."""
        return self._runs(self._indicators, values)

    def log_likelihoods(self, values: np.ndarray, grids: Mapping[str, ErrorGrid] | None = None) -> np.ndarray:
        """Log density of the observations (`grids`, default: all up to `last`) for each row of `values`; -inf where a
        run fails."""
        chosen = self.grids if grids is None else grids
        runs = self._runs(lambda changes: {"density": log_likelihood(self._indicators(changes), chosen)}, values)
        return np.where(np.isfinite(runs["density"]), runs["density"], -np.inf)

    def _indicators(self, changes: Arrays) -> Arrays:
        return self._batch(changes, self._parameters, self._tables)

    def _runs(self, run: Callable[[Arrays], Arrays], values: np.ndarray) -> dict[str, np.ndarray]:
        values = np.atleast_2d(values)
        return stacked(in_chunks(run, lambda rows: with_values(self.numbers, values[rows]), len(values)))
