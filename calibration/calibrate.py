"""The whole calibration of one window: modes from several starts, then draws, then small files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

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
    tell: Callable[[str, float], None] | None = None,
) -> Posterior:
    """Calibrate to the observations up to `window`. Chains are saved in the folder `chains` as they go, and continued
    when they are there. `tell` hears the stage and the part of it that is done."""
    settings = settings or (QUICK if quick else SETTINGS)[window]
    tell = tell or (lambda stage, part: None)
    ensemble = Ensemble(estimated(window), window)
    starts = 1 if quick else STARTS
    modes = find_modes(
        ensemble, starts, settings.seed, QUICK_ITERATIONS if quick else ITERATIONS, parts(),
        lambda count, mode: tell("modes", count / starts),
    )  # fmt: skip
    done, total = 0, settings.ensembles * settings.steps

    def stepped(count: int) -> None:
        nonlocal done
        done += count
        tell("draws", done / total)

    drawn = sample(ensemble, modes, settings, chains, stepped)
    return summarise(window, ensemble.numbers, modes, drawn, settings)
