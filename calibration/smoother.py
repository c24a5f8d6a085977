"""Approximate posterior draws in under a minute: ensemble smoother with multiple data assimilation (ES-MDA).

An ensemble of prior draws is moved towards the observations in several steps (Emerick and Reynolds 2013), each with
the observation errors inflated by a factor whose inverses add up to 1; factors follow from the misfit of the ensemble
(data misfit controller of Iglesias and Yang 2021). A step regresses the scores on the simulated observations over the
ensemble and moves every member by its difference from perturbed observations. Correlations that are no larger than
those of a finite ensemble by chance are damped. Error covariances are those averaged over the sizes and correlations
of model errors at the present errors of the ensemble. That is exact for linear models with normal errors only; so the
members then take some Markov steps under the exact posterior. Use `tempered` for results that are stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.engine.progress import Progress, ignored

from .mode import averaged_precision
from .target import Assessment, Target
from .tempered import moved, state_of

CHANCE = 3.0
"""Squared correlations up to this many times 1 / members are taken for chance."""
TRIES = 20
"""Rounds of prior draws from which plausible members are taken."""


@dataclass(frozen=True)
class Settings:
    """Members, most steps, Markov steps after them, and the seed."""

    members: int = 600
    most_steps: int = 16
    moves: int = 24
    seed: int = 1


@dataclass(frozen=True)
class Smoothed:
    """The ensemble after the last step: scores and log likelihoods of the plausible members, the inflation factor of
    each step, mean log likelihood before the first and after each step and after the Markov steps, the share of these
    that were accepted, and the share of members that were refused before them."""

    scores: np.ndarray
    log_likelihood: np.ndarray
    inflations: tuple[float, ...]
    mean_log_likelihood: tuple[float, ...]
    acceptance: float
    refused: float


def smooth(target: Target, settings: Settings = Settings(), progress: Progress = ignored) -> Smoothed:
    """Draw from the posterior approximately; `progress` counts steps."""
    random = np.random.default_rng(settings.seed)
    scores, assessment = plausible_draws(target.assess, len(target), settings.members, random)
    done = 0.0
    inflations: list[float] = []
    levels = [_mean(assessment.log_likelihood)]
    while done < 1:
        precision = typical_precision(target, assessment.errors)
        step = 1 - done
        if len(inflations) + 1 < settings.most_steps:
            step = min(step, controlled_step(assessment.errors, precision))
        scores = assimilated(scores, assessment.errors, np.linalg.inv(precision), 1 / step, random)
        assessment = target.assess(scores)
        done = 1.0 if step >= 1 - done else done + step
        inflations.append(1 / step)
        levels.append(_mean(assessment.log_likelihood))
        progress(len(inflations), settings.most_steps)
    plausible = np.isfinite(assessment.log_likelihood)
    state = state_of(scores[plausible], assessment.log_likelihood[plausible], 1.0)
    state = moved(lambda tried: target.assess(tried).log_likelihood, state, settings.moves, 0.0, random)
    levels.append(_mean(state.log_likelihood))
    return Smoothed(
        state.scores,
        state.log_likelihood,
        tuple(inflations),
        tuple(levels),
        state.acceptance[-1],
        float(1 - plausible.mean()),
    )


def plausible_draws(
    assess: Callable[[np.ndarray], Assessment], dimensions: int, members: int, random: np.random.Generator
) -> tuple[np.ndarray, Assessment]:
    """Plausible draws of the prior with their assessment. Raises ValueError where hardly any is plausible."""
    scores = np.empty((0, dimensions))
    for _ in range(TRIES):
        tried = random.standard_normal((members, dimensions))
        scores = np.concatenate([scores, tried[np.isfinite(assess(tried).log_likelihood)]])
        if len(scores) >= members:
            return scores[:members], assess(scores[:members])
    raise ValueError(
        f"of {TRIES * members} draws of the prior {len(scores)} are plausible; narrow the priors or widen the limits "
        "in plausible.yaml"
    )


def controlled_step(errors: np.ndarray, precision: np.ndarray) -> float:
    """Inverse of the inflation by which a step changes the ensemble moderately: from mean and variance of the misfits
    0.5 e' P e over the ensemble, whose mean is half the number of points where the ensemble fits."""
    misfits = 0.5 * np.einsum("ni,ij,nj->n", errors, precision, errors)
    misfits = misfits[np.isfinite(misfits)]
    half = errors.shape[1] / 2
    return float(max(half / misfits.mean(), np.sqrt(half / misfits.var())))


def typical_precision(target: Target, errors: np.ndarray) -> np.ndarray:
    """Precision of the errors at their median over the ensemble: the present estimate of sizes and correlations."""
    return averaged_precision(target.by_series(np.nanmedian(errors, axis=0)), target.grids)


def assimilated(
    scores: np.ndarray, errors: np.ndarray, covariance: np.ndarray, inflation: float, random: np.random.Generator
) -> np.ndarray:
    """Scores after one step: members whose errors are not finite stay where they are."""
    fine = np.isfinite(errors).all(axis=1)
    here, apart = scores[fine], errors[fine]
    members = len(here)
    moves, spread = here - here.mean(axis=0), apart - apart.mean(axis=0)
    cross = moves.T @ spread / (members - 1) * localisation(moves, spread)
    inflated = inflation * covariance
    noise = random.multivariate_normal(np.zeros(len(covariance)), inflated, size=members)
    weights = np.linalg.solve(spread.T @ spread / (members - 1) + inflated, (apart + noise).T)
    result = scores.copy()
    result[fine] = here - (cross @ weights).T
    return result


def localisation(moves: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Factors from 0 to 1 (numbers, points) by which covariances are damped: small where a correlation may be chance.

    Of a squared correlation r2 over n members, about 1 / n is expected by chance; what exceeds it counts.
    """
    scale = np.sqrt((moves**2).sum(axis=0)[:, None] * (spread**2).sum(axis=0)[None, :])
    squared = (moves.T @ spread / np.where(scale > 0, scale, 1.0)) ** 2
    with np.errstate(divide="ignore"):
        return np.where(squared > 0, np.maximum(0.0, 1 - CHANCE / (len(moves) * squared)), 0.0)


def _mean(log_likelihood: np.ndarray) -> float:
    return float(log_likelihood[np.isfinite(log_likelihood)].mean())
