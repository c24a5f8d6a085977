"""The posterior density of the estimated numbers, in standard normal scores (see normal_scores)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.engine.chunks import Arrays

from .estimated import Estimated, values_of_scores
from .likelihood import ErrorGrid, error_grids, errors_of, log_density
from .parameter_ensemble import Ensemble
from .plausible import last_year, limits, refusals
from .series import fitted_series, needed_indicators


@dataclass(frozen=True)
class Assessment:
    """What runs of members are worth: the log likelihood of the observations (-inf where a run fails or leaves the
    plausible limits), the errors of all series side by side (members, points), whether each limit refuses each run
    (members, limits), and whether runs fail (no finite error)."""

    log_likelihood: np.ndarray
    errors: np.ndarray
    refused: np.ndarray
    failed: np.ndarray


class Target:
    """Prior N(0, I) of scores, conditional on plausible runs, times the likelihood of the observations up to `window`.

    `grids` are observations with their errors (default: the project's).
    """

    def __init__(self, numbers: Sequence[Estimated], window: int, grids: Mapping[str, ErrorGrid] | None = None):
        self.numbers, self.window = tuple(numbers), window
        self.grids = error_grids(window) if grids is None else grids
        outputs = (*needed_indicators(fitted_series()), *(limit.indicator for limit in limits()))
        last = max(window, last_year(limits()))
        self._ensemble = Ensemble(self.numbers, last, tuple(dict.fromkeys(outputs)))

    def __len__(self) -> int:
        return len(self.numbers)

    def assess(self, scores: np.ndarray) -> Assessment:
        """Run the model at each row of scores (members, numbers)."""
        results = self._ensemble.summaries(values_of_scores(self.numbers, np.atleast_2d(scores)), self._summary)
        return Assessment(results["log_likelihood"], results["errors"], results["refused"], results["failed"])

    def by_series(self, errors: np.ndarray) -> dict[str, np.ndarray]:
        """Errors side by side (..., points), by series."""
        ends = np.cumsum([len(grid.positions) for grid in self.grids.values()])
        return dict(zip(self.grids, np.split(errors, ends[:-1], axis=-1), strict=True))

    def _summary(self, indicators: Arrays) -> Arrays:
        errors = errors_of(indicators, self.grids)
        density, refused = log_density(errors, self.grids), refusals(indicators, limits())
        joined = np.concatenate(list(errors.values()), axis=-1)
        failed = ~np.isfinite(joined).all(axis=-1)
        density = np.where(failed | refused.any(axis=-1), -np.inf, density)
        return {"log_likelihood": density, "errors": joined, "refused": refused, "failed": failed}
