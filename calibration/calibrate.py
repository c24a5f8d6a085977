"""The whole calibration of one window: prior predictive check, mode, draws, small files."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pandas as pd

from model.engine.progress import Progress, ignored

from . import smoother, tempered
from .draws import SMOOTHER, Draws, smoothed_draws, tempered_draws
from .estimated import estimated
from .mode import find_modes
from .plausible import limits, refused_shares
from .posterior import Posterior, data_hash, summarise
from .target import Target

STARTS = 2
PRIOR_DRAWS = 1000
RUNS = 2
"""Independent runs, whose agreement is the test of convergence."""
TEMPERED = tempered.Settings(runs=RUNS)
QUICK_TEMPERED = tempered.Settings(runs=RUNS, particles=60, least_moves=1, most_moves=1, last_moves=2)
SMOOTHED = smoother.Settings()
QUICK_SMOOTHED = smoother.Settings(members=60, most_steps=4, moves=2)
"""Too few draws to trust: shows that everything runs."""


def calibrate(
    window: int,
    folder: Path,
    method: str,
    quick: bool = False,
    modes_progress: Progress = ignored,
    draws_progress: Progress = ignored,
) -> Posterior:
    """Calibrate to the observations up to `window` by `method` (see draws.METHODS). Tempered runs are saved in `folder`
    after every temperature, and continued when they are there. `modes_progress` counts searches for modes,
    `draws_progress` parts of all runs."""
    target = Target(estimated(), window)
    modes = find_modes(target, 1 if quick else STARTS, seed=1, progress=modes_progress)
    if method == SMOOTHER:
        smoothing = QUICK_SMOOTHED if quick else SMOOTHED
        draws, settings = _smoothed(target, smoothing, draws_progress), asdict(smoothing)
    else:
        tempering = QUICK_TEMPERED if quick else TEMPERED
        draws, settings = _tempered(target, tempering, folder, draws_progress), asdict(tempering)
    refused = prior_predictive(target, PRIOR_DRAWS if not quick else 100)
    return summarise(window, target.numbers, modes, draws, refused, settings)


def _smoothed(target: Target, settings: smoother.Settings, progress: Progress) -> Draws:
    results = []
    for run in range(RUNS):
        results.append(smoother.smooth(target, replace(settings, seed=settings.seed + run)))
        progress(run + 1, RUNS)
    return smoothed_draws(results)


def _tempered(target: Target, settings: tempered.Settings, folder: Path, progress: Progress) -> Draws:
    states = tempered.sample(
        lambda scores: target.assess(scores).log_likelihood,
        len(target),
        settings,
        folder,
        f"{target.window} {data_hash(target.window)} {model_key(target)}",
        progress,
    )
    return tempered_draws(states)


def model_key(target: Target) -> str:
    """The log likelihood at the prior medians: it differs where equations or other parameters have changed, so that
    stored temperatures of another model are not continued."""
    return f"{target.assess(np.zeros((1, len(target)))).errors.sum():.9g}"


def prior_predictive(target: Target, draws: int = PRIOR_DRAWS, seed: int = 1) -> pd.DataFrame:
    """Shares of prior draws that are refused, by reason."""
    assessed = target.assess(np.random.default_rng(seed).standard_normal((draws, len(target))))
    return refused_shares(assessed.refused, assessed.failed, limits())
