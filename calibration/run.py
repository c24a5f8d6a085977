"""The whole calibration of one window: modes from several starts, then draws, then small files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .estimated import estimated
from .modes import find_modes
from .results import Posterior, summarise
from .sampling import Settings, sample
from .simulation import Ensemble

STARTS = 4
QUICK = Settings(ensembles=2, walkers=64, steps=40)
"""Too few steps to trust: shows that everything runs."""
QUICK_ITERATIONS = 15


def calibrate(
    window: int,
    chains: Path,
    settings: Settings | None = None,
    quick: bool = False,
    tell: Callable[[str, float], None] | None = None,
) -> Posterior:
    """Calibrate to the observations up to `window`. Chains are saved in the folder `chains` as they go, and continued
    when they are there. `tell` hears the stage and the part of it that is done."""
    settings = settings or (QUICK if quick else Settings())
    tell = tell or (lambda stage, part: None)
    ensemble = Ensemble(estimated(), window)
    starts = 1 if quick else STARTS
    modes = find_modes(
        ensemble, starts, settings.seed, QUICK_ITERATIONS if quick else 60,
        lambda count, mode: tell("modes", count / starts),
    )  # fmt: skip
    done, total = 0, settings.ensembles * settings.steps

    def stepped(count: int) -> None:
        nonlocal done
        done += count
        tell("draws", done / total)

    drawn = sample(ensemble, modes, settings, chains, stepped)
    return summarise(window, ensemble.numbers, modes, drawn, settings)
