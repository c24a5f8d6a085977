"""Likelihood of the observations, given a run.

Errors of levels are relative (differences of logarithms), those of shares and growth rates are percentage points. An
error has two parts: that of the figure, whose size follows from its grade, and that of the model, which is correlated
from year to year (AR(1)). The size and the persistence of the second are unknown, so the likelihood is averaged over a
grid of them (errors.yaml); every covariance matrix is inverted once, before any run.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.inputs import LAST_OBSERVED, START, load_yaml

from .series import FOLDER, LEVEL, Series, fitted_series

YEAR = 12
"""Months."""


@functools.cache
def error_sizes() -> dict:
    """The numbers of errors.yaml."""
    return load_yaml(FOLDER / "errors.yaml")


@dataclass(frozen=True)
class ErrorGrid:
    """The error model of one series: the standard error of each figure (`measured`), that of the base which all share
    (`common`), and for each (size, correlation)
    of the grid the precision matrix of its points and the logarithm of the normalising constant with the weight of the
    grid point."""

    series: Series
    positions: np.ndarray
    observed: np.ndarray
    measured: np.ndarray
    common: float
    sizes: np.ndarray
    correlations: np.ndarray
    precisions: np.ndarray
    constants: np.ndarray

    def errors(self, simulated: np.ndarray) -> np.ndarray:
        """Differences of the simulated series (..., years) from the observed, at the observed years: (..., points)."""
        values = simulated[..., self.positions]
        if self.series.kind == LEVEL:
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.log(values) - np.log(self.observed)
        return values - self.observed

    @functools.cached_property
    def _joined_precisions(self) -> np.ndarray:
        """The precision matrices side by side, (points, grid points x points), for one product with all."""
        return np.concatenate(list(self.precisions), axis=1)

    def by_grid_point(self, simulated: np.ndarray) -> np.ndarray:
        """Log density of the observations at each point of the grid (..., grid points), given the simulated series
        (..., years); not finite where a run has no positive level in an observed year."""
        errors = self.errors(simulated)
        weighted = (errors @ self._joined_precisions).reshape(*errors.shape[:-1], *self.precisions.shape[:2])
        return self.constants - 0.5 * (weighted @ errors[..., None])[..., 0]


def measured_errors(series: Series, points: pd.DataFrame) -> np.ndarray:
    """The standard error of each figure: by grade, and more for a part of a year, by the months that are missing."""
    sizes = error_sizes()
    errors = points["confidence"].map(sizes["measured"][series.kind]).to_numpy(float)
    missing = YEAR - points.get("months", pd.Series(YEAR, points.index)).fillna(YEAR).to_numpy()
    return np.hypot(errors, missing * sizes["part_of_year"].get(series.kind, 0.0))


def error_grid(series: Series, last: int = LAST_OBSERVED, first: int = START) -> ErrorGrid | None:
    """The error model of a series with its observations from `first` to `last`, parts of years where there is no graded
    figure of the year; None where there are none."""
    points = pd.concat([series.points(last), series.part_year_points(last)]).sort_values("year")
    points = points[points["year"] >= first]
    if points.empty:
        return None
    sizes, measured = error_sizes(), measured_errors(series, points)
    common = sizes["measured"][series.kind][series.base_grade] if series.base else 0.0
    years = points["year"].to_numpy()
    apart = np.abs(years[:, None] - years[None, :])
    grid = [(size, rho) for size in sizes["model"][series.kind] for rho in sizes["correlation"]]
    precisions, constants = [], []
    for size, rho in grid:
        covariance = np.diag(measured**2) + common**2 + size**2 * np.where(apart == 0, 1.0, float(rho) ** apart)
        precisions.append(np.linalg.inv(covariance))
        determinant = np.linalg.slogdet(covariance)[1]
        constants.append(-0.5 * (determinant + len(years) * np.log(2 * np.pi)) - np.log(len(grid)))
    return ErrorGrid(
        series,
        years - START,
        points["value"].to_numpy(),
        measured,
        common,
        np.array([g[0] for g in grid]),
        np.array([g[1] for g in grid]),
        np.stack(precisions),
        np.array(constants),
    )


def error_grids(last: int = LAST_OBSERVED) -> dict[str, ErrorGrid]:
    """The error models of all fitted series that have observations up to `last`."""
    grids = {name: error_grid(series, last) for name, series in fitted_series().items()}
    return {name: grid for name, grid in grids.items() if grid is not None}


def log_likelihood(values: Mapping[str, np.ndarray], grids: Mapping[str, ErrorGrid]) -> np.ndarray:
    """Log density of all observations, given indicators (..., years[, axis]) of one run or of members."""
    with np.errstate(invalid="ignore"):
        densities = [grid.by_grid_point(grid.series.simulated(values)) for grid in grids.values()]
        longest = max(density.shape[-1] for density in densities)
        # Grids differ in size; what is added has density 0. One sum over all grids is far cheaper than one for each.
        joint = np.full((*densities[0].shape[:-1], len(densities), longest), -np.inf)
        for position, density in enumerate(densities):
            joint[..., position, : density.shape[-1]] = density
        # Four times as fast as scipy's logsumexp, which guards digits that a density does not need.
        largest = joint.max(axis=-1, keepdims=True)
        by_series = np.log(np.exp(joint - largest).sum(axis=-1)) + largest[..., 0]
    return by_series.sum(axis=-1)
