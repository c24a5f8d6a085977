"""The most probable parameters: gradient search from several starts, in positions from 0 to 1 of the ranges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from .estimated import positions, values_at
from .simulation import Ensemble

STEP = 0.004
"""Half width of the central differences, as a part of a range."""
EDGE = 2 * STEP
"""Search keeps this far from the ends of ranges, so that differences stay inside."""
TRIED = 128
"""Random points from which a start is the best."""


@dataclass(frozen=True)
class Mode:
    """Where one search ended: positions in the ranges, log density there, where from, and how many runs it took."""

    places: np.ndarray
    log_density: float
    start: str
    runs: int


def find_mode(ensemble: Ensemble, places: np.ndarray, start: str, most_iterations: int = 60) -> Mode:
    """Climb from `places` by L-BFGS-B; the gradient is taken by central differences in one batch of runs."""
    dimensions, runs = len(places), 0

    def falling(point: np.ndarray) -> tuple[float, np.ndarray]:
        nonlocal runs
        around = point + STEP * np.concatenate([np.zeros((1, dimensions)), np.eye(dimensions), -np.eye(dimensions)])
        density = ensemble.log_likelihoods(values_at(ensemble.numbers, around))
        runs += len(around)
        if not np.isfinite(density).all():
            return 1e6, np.zeros(dimensions)
        gradient = (density[1 : dimensions + 1] - density[dimensions + 1 :]) / (2 * STEP)
        return -density[0], -gradient

    found = minimize(
        falling, np.clip(places, EDGE, 1 - EDGE), jac=True, method="L-BFGS-B", bounds=[(EDGE, 1 - EDGE)] * dimensions,
        options={"maxiter": most_iterations, "ftol": 1e-7, "maxls": 12},
    )  # fmt: skip
    return Mode(found.x, -float(found.fun), start, runs)


def find_modes(
    ensemble: Ensemble,
    starts: int,
    seed: int,
    most_iterations: int = 60,
    progress: Callable[[int, Mode], None] | None = None,
) -> list[Mode]:
    """Modes from the values of the model and from `starts` - 1 random starts, best first."""
    random, found = np.random.default_rng(seed), []
    for count in range(starts):
        if count == 0:
            place, origin = positions(ensemble.numbers, np.array([n.value for n in ensemble.numbers])), "model"
        else:
            tried = random.random((TRIED, len(ensemble.numbers)))
            density = ensemble.log_likelihoods(values_at(ensemble.numbers, tried))
            place, origin = tried[np.argmax(density)], f"random {count}"
        found.append(find_mode(ensemble, place, origin, most_iterations))
        if progress:
            progress(count + 1, found[-1])
    return sorted(found, key=lambda mode: -mode.log_density)
