"""Posterior modes: gradient search from several random starts, in positions from 0 to 1 of the ranges.

Each search climbs part by part first (partial models: the parameters of a part, fitted to the series of that part),
then with all parameters and all series. No search starts from the default values, so that the result does not depend
on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize

from model.engine.progress import Progress, ignored

from .estimated import Part, values_at
from .likelihood import ErrorGrid
from .parameter_ensemble import Ensemble

STEP = 0.004
"""Half width of the central differences, as a part of a range."""
EDGE = 2 * STEP
"""Search keeps this far from the ends of ranges, so that differences stay inside."""
TRIED = 256
"""Random points from which a start is the best."""
PARTIAL_ITERATIONS = 25


@dataclass(frozen=True)
class Mode:
    """The end of one search: positions in the ranges, log density there, name of the start, number of runs, and the
    positions after the partial searches."""

    places: np.ndarray
    log_density: float
    start: str
    runs: int
    partial: np.ndarray = field(default_factory=lambda: np.empty(0))


def climb(
    ensemble: Ensemble,
    places: np.ndarray,
    most_iterations: int,
    free: Sequence[int] | None = None,
    grids: Mapping[str, ErrorGrid] | None = None,
) -> tuple[np.ndarray, float, int]:
    """Climb from `places` by L-BFGS-B, moving the positions `free` (default: all) to raise the density of the
    observations `grids` (default: all); the gradient is taken by central differences in one batch of runs. Gives the
    end, the log density there, and the number of runs."""
    moved = np.arange(len(places)) if free is None else np.asarray(free)
    whole, runs, count = np.array(places), 0, len(moved)

    def falling(point: np.ndarray) -> tuple[float, np.ndarray]:
        nonlocal runs
        around = np.repeat(whole[None], 2 * count + 1, axis=0)
        around[:, moved] = point + STEP * np.concatenate([np.zeros((1, count)), np.eye(count), -np.eye(count)])
        density = ensemble.log_likelihoods(values_at(ensemble.numbers, around), grids)
        runs += len(around)
        if not np.isfinite(density).all():
            return 1e6, np.zeros(count)
        gradient = (density[1 : count + 1] - density[count + 1 :]) / (2 * STEP)
        return -density[0], -gradient

    optimum = minimize(
        falling,
        np.clip(whole[moved], EDGE, 1 - EDGE),
        jac=True,
        method="L-BFGS-B",
        bounds=[(EDGE, 1 - EDGE)] * count,
        options={"maxiter": most_iterations, "ftol": 1e-7, "maxls": 12},
    )
    whole[moved] = optimum.x
    return whole, -float(optimum.fun), runs


def find_mode(
    ensemble: Ensemble, places: np.ndarray, start: str, most_iterations: int = 60, parts: Sequence[Part] = ()
) -> Mode:
    """Climb from `places`: part by part, then all numbers together."""
    names = [number.id for number in ensemble.numbers]
    partial, runs = np.array(places), 0
    for part in parts:
        part_grids = {name: grid for name, grid in ensemble.grids.items() if name in part.series}
        free = [names.index(name) for name in part.of(ensemble.last) if name in names]
        if part_grids and free:
            partial, _, taken = climb(ensemble, partial, min(PARTIAL_ITERATIONS, most_iterations), free, part_grids)
            runs += taken
    top, density, taken = climb(ensemble, partial, most_iterations)
    return Mode(top, density, start, runs + taken, partial)


def find_modes(
    ensemble: Ensemble,
    starts: int,
    seed: int,
    most_iterations: int = 60,
    parts: Sequence[Part] = (),
    progress: Progress = ignored,
) -> list[Mode]:
    """Modes from random starts, best first; `progress` counts starts."""
    random, modes = np.random.default_rng(seed), []
    for count in range(1, starts + 1):
        tried = random.random((TRIED, len(ensemble.numbers)))
        density = ensemble.log_likelihoods(values_at(ensemble.numbers, tried))
        modes.append(find_mode(ensemble, tried[np.argmax(density)], f"random {count}", most_iterations, parts))
        progress(count, starts)
    return sorted(modes, key=lambda mode: -mode.log_density)
