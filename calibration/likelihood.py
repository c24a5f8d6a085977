"""Likelihood of the observations, given a run.

Errors of levels are relative (differences of logarithms), those of shares and growth rates are percentage points. An
error has two parts: that of the figure, whose size follows from its grade, and that of the model, which is correlated
from year to year (AR(1)). The sizes of the second are unknown and hierarchical. A scale belongs to each kind of series
(levels, shares, growth); the sizes of the series of the kind are lognormal about it:

    log scale(kind)  ~ N(log median(kind), spread(kind))
    log size(series) ~ N(log (scale(kind) * factor(grade)), between_series)
    errors(series)   ~ N(0, measured + size^2 * AR(1) with correlation rho),  rho uniform on a grid

A series that is missed by far more than the others of its kind therefore costs probability: either its size lies far
from the scale, or the scale rises and all other series are predicted less sharply than they are met. Scale, sizes and
correlations are integrated out on grids (errors.yaml). Given the scale, series are independent, so that the integral is
a sum over scales of products of sums over sizes. Every covariance matrix is inverted once, before any run.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.inputs import LAST_OBSERVED, START, load_yaml

from .observations import GRADES
from .series import FOLDER, LEVEL, Series, fitted_series

YEAR = 12
"""Months."""
SMALLEST_LEVEL = 0.02
"""Part of the observed level below which a simulated one counts as that part: profits may be negative, which has no
logarithm, and an error of 98 % is as improbable as needed."""


@functools.cache
def error_sizes() -> dict:
    """The numbers of errors.yaml."""
    return load_yaml(FOLDER / "errors.yaml")


@functools.cache
def size_grid(kind: str) -> np.ndarray:
    """The sizes of model errors on which series of a kind are integrated; the scale has the same grid."""
    smallest, largest, count = error_sizes()["model"]["grid"][kind]
    return np.geomspace(smallest, largest, count)


@functools.cache
def scale_weights(kind: str) -> np.ndarray:
    """Prior probability of each scale of a kind."""
    scale = error_sizes()["model"]["scale"][kind]
    return _normal_weights(np.log(size_grid(kind) / scale["median"]) / scale["spread"])


@functools.cache
def size_weights(kind: str, grade: str, detail: float = 1.0) -> np.ndarray:
    """Probability of each size of a series with this typical grade, given each scale: (scales, sizes). `detail` is the
    factor of series that the model describes in more detail than others."""
    model, sizes = error_sizes()["model"], size_grid(kind)
    centres = sizes * model["grade_factor"][grade] * detail
    return _normal_weights(np.log(sizes[None, :] / centres[:, None]) / model["between_series"])


def _normal_weights(standardised: np.ndarray) -> np.ndarray:
    """Weights of an evenly spaced grid in proportion to a normal density; they sum to 1 over the last axis."""
    weights = np.exp(-0.5 * standardised**2)
    return weights / weights.sum(axis=-1, keepdims=True)


@dataclass(frozen=True)
class ErrorGrid:
    """The error model of one series: the standard error of each figure (`measured`), that of the base which all share
    (`common`), the typical `grade` of its figures, and for each (size, correlation) of the grid, sizes in the outer
    order, the precision matrix of its points and the logarithm of the normalising constant."""

    series: Series
    positions: np.ndarray
    observed: np.ndarray
    measured: np.ndarray
    common: float
    grade: str
    sizes: np.ndarray
    correlations: np.ndarray
    precisions: np.ndarray
    constants: np.ndarray

    def errors(self, simulated: np.ndarray) -> np.ndarray:
        """Differences of the simulated series (..., years) from the observed, at the observed years: (..., points)."""
        values = simulated[..., self.positions]
        if self.series.kind == LEVEL:
            return np.log(np.maximum(values / self.observed, SMALLEST_LEVEL))
        return values - self.observed

    @functools.cached_property
    def _joined_precisions(self) -> np.ndarray:
        """The precision matrices side by side, (points, grid points x points), for one product with all."""
        return np.concatenate(list(self.precisions), axis=1)

    @property
    def detail(self) -> float:
        """Factor on the size of the model error of this series (errors.yaml, `detail`)."""
        return error_sizes()["model"]["detail"].get(self.series.id, 1.0)

    @functools.cached_property
    def log_weights(self) -> np.ndarray:
        """Logarithm of the prior probability of each grid point, where the series is alone (the scale integrated)."""
        kind = self.series.kind
        sizes = scale_weights(kind) @ size_weights(kind, self.grade, self.detail)
        return np.log(np.repeat(sizes, self._correlation_count) / self._correlation_count)

    @property
    def _correlation_count(self) -> int:
        return len(self.sizes) // len(size_grid(self.series.kind))

    def densities(self, errors: np.ndarray) -> np.ndarray:
        """Log density of errors (..., points) given each point of the grid: (..., grid points); NaN where a run has
        no value in an observed year."""
        weighted = (errors @ self._joined_precisions).reshape(*errors.shape[:-1], *self.precisions.shape[:2])
        return self.constants - 0.5 * (weighted @ errors[..., None])[..., 0]

    def by_grid_point(self, simulated: np.ndarray) -> np.ndarray:
        """Log density of the observations with each point of the grid, its prior probability included, for the series
        alone: (..., grid points), given the simulated series (..., years)."""
        return self.densities(self.errors(simulated)) + self.log_weights

    def by_size(self, densities: np.ndarray) -> np.ndarray:
        """Log densities by size (..., sizes): `densities` averaged over the correlations."""
        by_correlation = densities.reshape(*densities.shape[:-1], -1, self._correlation_count)
        return _log_sum(by_correlation) - np.log(self._correlation_count)


def _log_sum(logarithms: np.ndarray) -> np.ndarray:
    """Logarithm of the sum over the last axis. Four times as fast as scipy's logsumexp, which guards digits that a
    density does not need; NaN where the largest is not finite."""
    largest = logarithms.max(axis=-1, keepdims=True)
    return np.log(np.exp(logarithms - largest).sum(axis=-1)) + largest[..., 0]


def measured_errors(series: Series, points: pd.DataFrame) -> np.ndarray:
    """The standard error of each figure: by grade, and more for a part of a year, by the months that are missing."""
    sizes = error_sizes()
    errors = points["confidence"].map(sizes["measured"][series.kind]).to_numpy(float)
    missing = YEAR - points.get("months", pd.Series(YEAR, points.index)).fillna(YEAR).to_numpy()
    return np.hypot(errors, missing * sizes["part_of_year"].get(series.kind, 0.0))


def typical_grade(points: pd.DataFrame) -> str:
    """The median grade of figures, the worse of two in the middle."""
    ranks = sorted(GRADES.index(grade) for grade in points["confidence"])
    return GRADES[ranks[len(ranks) // 2]]


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
    precisions, constants = [], []
    grid = [(size, rho) for size in size_grid(series.kind) for rho in sizes["correlation"]]
    for size, rho in grid:
        covariance = error_covariance(years, measured, common, size, rho)
        precisions.append(np.linalg.inv(covariance))
        constants.append(-0.5 * (np.linalg.slogdet(covariance)[1] + len(years) * np.log(2 * np.pi)))
    return ErrorGrid(
        series,
        years - START,
        points["value"].to_numpy(),
        measured,
        common,
        typical_grade(points),
        np.array([size for size, _ in grid]),
        np.array([rho for _, rho in grid]),
        np.stack(precisions),
        np.array(constants),
    )


def error_covariance(years: np.ndarray, measured: np.ndarray, common: float, size: float, rho: float) -> np.ndarray:
    """Covariance of the errors of a series at `years`: each figure's, that of the base, and the AR(1) of the model."""
    apart = np.abs(years[:, None] - years[None, :])
    return np.diag(measured**2) + common**2 + size**2 * np.where(apart == 0, 1.0, float(rho) ** apart)


def error_grids(last: int = LAST_OBSERVED) -> dict[str, ErrorGrid]:
    """The error models of all fitted series that have observations up to `last`."""
    grids = {name: error_grid(series, last) for name, series in fitted_series().items()}
    return {name: grid for name, grid in grids.items() if grid is not None}


def errors_of(values: Mapping[str, np.ndarray], grids: Mapping[str, ErrorGrid]) -> dict[str, np.ndarray]:
    """Errors by series (..., points), given indicators (..., years[, axis]) of one run or of members."""
    return {name: grid.errors(grid.series.simulated(values)) for name, grid in grids.items()}


def log_likelihood(values: Mapping[str, np.ndarray], grids: Mapping[str, ErrorGrid]) -> np.ndarray:
    """Log density of all observations, given indicators (..., years[, axis]) of one run or of members."""
    return log_density(errors_of(values, grids), grids)


def log_density(errors: Mapping[str, np.ndarray], grids: Mapping[str, ErrorGrid]) -> np.ndarray:
    """Log density of the errors (..., points) of all series, with scales, sizes and correlations integrated out."""
    with np.errstate(invalid="ignore", over="ignore"):
        by_kind = [_log_sum(_by_scale(errors, of_kind)) for of_kind in _kinds(grids).values()]
    return np.sum(by_kind, axis=0)


def _kinds(grids: Mapping[str, ErrorGrid]) -> dict[str, dict[str, ErrorGrid]]:
    """The grids by kind of series."""
    kinds: dict[str, dict[str, ErrorGrid]] = {}
    for name, grid in grids.items():
        kinds.setdefault(grid.series.kind, {})[name] = grid
    return kinds


def _by_scale(errors: Mapping[str, np.ndarray], grids: Mapping[str, ErrorGrid]) -> np.ndarray:
    """Log density of series of one kind with each scale, its prior probability included: (..., scales)."""
    kind = next(iter(grids.values())).series.kind
    total = np.log(scale_weights(kind))
    for name, grid in grids.items():
        total = total + _given_scale(grid, grid.densities(errors[name]))
    return total


def _given_scale(grid: ErrorGrid, densities: np.ndarray) -> np.ndarray:
    """Log density of one series given each scale of its kind: (..., scales)."""
    by_size = grid.by_size(densities)
    largest = by_size.max(axis=-1, keepdims=True)
    return np.log(np.exp(by_size - largest) @ size_weights(grid.series.kind, grid.grade, grid.detail).T) + largest


def grid_probabilities(errors: Mapping[str, np.ndarray], grids: Mapping[str, ErrorGrid]) -> dict[str, np.ndarray]:
    """Posterior probabilities of the points of each grid (..., grid points), given the errors of all series: how large
    and how correlated the errors of the model are."""
    probabilities = {}
    for of_kind in _kinds(grids).values():
        by_scale = _by_scale(errors, of_kind)
        scales = np.exp(by_scale - _log_sum(by_scale)[..., None])
        for name, grid in of_kind.items():
            densities = grid.densities(errors[name])
            given_scale = np.exp(_given_scale(grid, densities) - densities.max(axis=-1, keepdims=True))
            sizes = (scales / given_scale) @ size_weights(grid.series.kind, grid.grade, grid.detail)
            count = len(grid.sizes) // sizes.shape[-1]
            joint = np.repeat(sizes / count, count, axis=-1) * np.exp(densities - densities.max(axis=-1, keepdims=True))
            probabilities[name] = joint
    return probabilities
