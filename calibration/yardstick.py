"""One yardstick for the fit of all editions: the log density of the same figures under the same error model.

The figures with their errors are those of the likelihood of the first edition, stored when its forecast was registered;
the present likelihood may use others. An error is that of the figure, that of a common base, and an AR(1) error of the
model whose size and correlation are averaged over a grid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import yaml
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

from model.inputs import START

from .registered_forecast import REGISTERED, RegistrationError
from .series import LEVEL

POINTS = REGISTERED / "likelihood_points.csv"
"""Figures: series, kind, year, value, measured (standard error), common (standard error of the base)."""
ERROR_SIZES = REGISTERED / "likelihood_errors.yaml"
"""Sizes of the model error by kind, and correlations."""
SMALLEST_LEVEL = 0.02
"""Part of the observed level below which a simulated one counts as that part: profits may be negative, which has no
logarithm."""


@dataclass(frozen=True)
class Yardstick:
    """Figures with their errors, and the grid of sizes (by kind) and correlations of the model error."""

    points: pd.DataFrame
    sizes: Mapping[str, list[float]]
    correlations: list[float]

    def log_densities(self, paths: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Log density of the figures of every series, given its simulated paths (draws, years from the start): arrays
        of one value a draw. Raises RegistrationError for a series without a path."""
        groups = list(self.points.groupby("series", sort=False))
        missing = [str(name) for name, _ in groups if name not in paths]
        if missing:
            raise RegistrationError(f"the model has no series {', '.join(missing)}, whose figures editions share")
        return {str(name): self._log_density(points, paths[str(name)]) for name, points in groups}

    def _log_density(self, points: pd.DataFrame, paths: np.ndarray) -> np.ndarray:
        years, kind = points["year"].to_numpy(), points["kind"].iloc[0]
        simulated, observed = paths[:, years - START], points["value"].to_numpy()
        errors = simulated - observed
        if kind == LEVEL:
            errors = np.log(np.maximum(simulated / observed, SMALLEST_LEVEL))
        fixed = np.diag(points["measured"].to_numpy() ** 2) + points["common"].iloc[0] ** 2
        apart = np.abs(years[:, None] - years[None, :])
        densities = [
            multivariate_normal(cov=fixed + size**2 * np.where(apart == 0, 1.0, float(rho) ** apart)).logpdf(errors)
            for size in self.sizes[kind]
            for rho in self.correlations
        ]
        return logsumexp(np.reshape(densities, (len(densities), -1)), axis=0) - np.log(len(densities))


def stored_yardstick() -> Yardstick:
    """The yardstick stored with the first registered forecast."""
    sizes = yaml.safe_load(ERROR_SIZES.read_text(encoding="utf-8"))
    return Yardstick(pd.read_csv(POINTS), sizes["model"], sizes["correlation"])
