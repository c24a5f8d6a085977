"""The posterior mode by Gauss-Newton steps in standard normal scores, for a quick fit.

The gradient of the hierarchical log likelihood is exactly that of a sum of squares weighted by the precision matrix of
each series averaged over the posterior probabilities of the sizes and correlations of its errors. So each iteration
takes these averaged precisions at the present errors, and solves the least-squares problem with the prior N(0, I) as a
ridge. Derivatives are central differences in one batch of runs; steps of several lengths are tried in another one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from model.engine.progress import Progress, ignored

from .likelihood import ErrorGrid, grid_probabilities
from .target import Assessment, Target

STEP = 0.05
"""Half width of the central differences, in standard deviations of the prior: wide enough to see over the small kinks
of limits in the model."""
DAMPINGS = (0.0, 0.3, 1.0, 4.0, 20.0)
"""Levenberg-Marquardt dampings tried in each iteration, in units of the prior precision."""
LENGTHS = (0.1, 0.3, 0.6, 1.0)
"""Parts of a step that are tried with each damping."""
LARGEST_STEP = 1.5
"""Largest change of a score in one iteration."""
ENOUGH = 0.01
"""Gain of log density below which the search ends."""
TRIED = 200
"""Draws of the prior among which a start is the best."""


@dataclass(frozen=True)
class Mode:
    """The end of one search: scores, log posterior density there (of the scores, without constants of the prior),
    log likelihood, errors side by side, standard deviations of the scores by the curvature (Laplace), name of the
    start, and number of runs."""

    scores: np.ndarray
    log_density: float
    log_likelihood: float
    errors: np.ndarray
    spreads: np.ndarray
    start: str
    runs: int


def averaged_precision(errors: Mapping[str, np.ndarray], grids: Mapping[str, ErrorGrid]) -> np.ndarray:
    """Precision matrix of all errors side by side (points, points), averaged over the posterior of sizes and
    correlations given the errors of one run: blocks by series."""
    probabilities = grid_probabilities(errors, grids)
    size = sum(len(grid.positions) for grid in grids.values())
    precision, at = np.zeros((size, size)), 0
    for name, grid in grids.items():
        here = slice(at, at + len(grid.positions))
        precision[here, here] = np.tensordot(probabilities[name], grid.precisions, axes=1)
        at = here.stop
    return precision


def log_posterior(scores: np.ndarray, assessment: Assessment) -> np.ndarray:
    """Log posterior density at scores (members, numbers), up to a constant."""
    return assessment.log_likelihood - 0.5 * (scores**2).sum(axis=-1)


def find_mode(
    target: Target, start: np.ndarray, name: str, most_iterations: int = 30, progress: Progress = ignored
) -> Mode:
    """Climb from the scores `start`; `progress` counts iterations."""
    scores = np.array(start, dtype=float)
    assessment = target.assess(scores)
    density, runs = float(log_posterior(scores[None], assessment)[0]), 1
    information = np.eye(len(scores))
    for iteration in range(most_iterations):
        jacobian, taken = _jacobian(target, scores)
        errors = assessment.errors[0]
        precision = averaged_precision(target.by_series(errors), target.grids)
        information = jacobian.T @ precision @ jacobian + np.eye(len(scores))
        tried = _candidates(scores, information, -(jacobian.T @ (precision @ errors) + scores))
        results = target.assess(tried)
        densities = log_posterior(tried, results)
        runs += taken + len(tried)
        best = int(np.argmax(densities))
        gain = densities[best] - density
        progress(iteration + 1, most_iterations)
        if not gain > 0:
            break
        scores, density, assessment = tried[best], float(densities[best]), _one(results, best)
        if gain < ENOUGH:
            break
    spreads = np.sqrt(np.diag(np.linalg.inv(information)))
    likelihood = float(assessment.log_likelihood[0])
    return Mode(scores, density, likelihood, assessment.errors[0], spreads, name, runs)


def find_modes(
    target: Target,
    starts: int,
    seed: int,
    most_iterations: int = 30,
    progress: Callable[[int, int], object] = ignored,
) -> list[Mode]:
    """Modes from the median of the prior and from `starts` - 1 good draws of the prior, best first; `progress` counts
    starts."""
    random, count = np.random.default_rng(seed), len(target)
    modes = []
    for number in range(starts):
        tried = 0.3 * random.standard_normal((TRIED, count)) if number == 0 else random.standard_normal((TRIED, count))
        if number == 0:
            tried[0] = 0.0
        best = int(np.argmax(log_posterior(tried, target.assess(tried))))
        name = "near the prior medians" if number == 0 else f"random {number}"
        modes.append(find_mode(target, tried[best], name, most_iterations))
        progress(number + 1, starts)
    return sorted(modes, key=lambda mode: -mode.log_density)


def _jacobian(target: Target, scores: np.ndarray) -> tuple[np.ndarray, int]:
    """Derivatives of the errors (points, numbers) by central differences, and the number of runs; 0 where a run on
    either side fails."""
    moves = STEP * np.eye(len(scores))
    errors = target.assess(np.concatenate([scores + moves, scores - moves])).errors
    derivatives = (errors[: len(scores)] - errors[len(scores) :]) / (2 * STEP)
    return np.nan_to_num(derivatives, nan=0.0).T, 2 * len(scores)


def _candidates(scores: np.ndarray, information: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """Points to try: damped steps of several lengths."""
    steps = [np.linalg.solve(information + damping * np.eye(len(scores)), gradient) for damping in DAMPINGS]
    steps = [step * min(1.0, LARGEST_STEP / np.abs(step).max()) for step in steps]
    return np.array([scores + length * step for step in steps for length in LENGTHS])


def _one(assessment: Assessment, member: int) -> Assessment:
    here = slice(member, member + 1)
    return Assessment(
        assessment.log_likelihood[here], assessment.errors[here], assessment.refused[here], assessment.failed[here]
    )
