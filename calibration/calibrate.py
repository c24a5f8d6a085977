"""The whole calibration of one window: modes from several starts, then draws, then small files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from model.engine.progress import Progress, ignored

from .estimated import estimated, parts
from .modes import find_modes
from .parameter_ensemble import Ensemble
from .posterior import Posterior, summarise
from .sampling import Settings, sample

STARTS = 4
ITERATIONS, QUICK_ITERATIONS = 120, 12
"""Most iterations of a joint search for a mode."""
SETTINGS = {2015: Settings(walkers=128, steps=8000), 2020: Settings(walkers=64, steps=6000)}
"""By window: about two walkers for each number or more."""
QUICK = {window: replace(settings, ensembles=2, steps=40) for window, settings in SETTINGS.items()}
"""Too few steps to trust: shows that everything runs."""


def calibrate(
    window: int,
    chains: Path,
    settings: Settings | None = None,
    quick: bool = False,
    modes_progress: Progress = ignored,
    draws_progress: Progress = ignored,
) -> Posterior:
    """Calibrate to the observations up to `window`. Chains are saved in the folder `chains` as they go, and continued
    when they are there. `modes_progress` counts starts of the search
    for modes, `draws_progress` steps of all chains."""
    settings = settings or (QUICK if quick else SETTINGS)[window]
    ensemble = Ensemble(estimated(window), window)
    starts = 1 if quick else STARTS
    modes = find_modes(
        ensemble,
        starts,
        settings.seed,
        QUICK_ITERATIONS if quick else ITERATIONS,
        parts(),
        modes_progress,
    )
    drawn = sample(ensemble, modes, settings, chains, draws_progress)
    return summarise(window, ensemble.numbers, modes, drawn, settings)
