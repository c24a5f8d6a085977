"""Posterior draws: several independent ensembles of walkers (emcee), saved at intervals and resumed.

The prior is flat in the ranges, so positions from 0 to 1 are sampled with the likelihood alone. Ensembles start around
different modes; the first half of each is discarded as burn-in.
"""

from __future__ import annotations

import hashlib
import logging
import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from model.engine.progress import Progress, ignored

from .estimated import values_at
from .modes import Mode
from .parameter_ensemble import Ensemble

# emcee and arviz-stats belong to the extra [calibrate]: only functions that sample import them, so that stored results
# can be read without them.
if TYPE_CHECKING:
    import emcee

# It warns of chains that are short for their autocorrelation, which `diagnostics` reports for every parameter.
logging.getLogger("emcee.autocorr").setLevel(logging.ERROR)

BLOCK = 25
"""Steps between two saves."""
SPREAD = 0.05
"""Standard deviation of the walkers around their mode at the start, as a part of the ranges."""
SHORTER = ((0.45, 0.6), (0.45, 0.3))
"""Parts of the moves of differential evolution whose step is this much of the usual 2.38 / sqrt(2 n): with the usual
one 2 in 100 proposals are accepted, because the posterior has edges, and single walkers stand still for a whole run."""
FULL = (0.1, 1.0)
"""The rest of the moves, with a full step, which changes between modes. The snooker move of emcee 3.1 is left out: its
acceptance probability is wrong, and intervals of a known distribution were 15 % too narrow, which R-hat does not show
(a test compares the sampler with such a distribution)."""


@dataclass(frozen=True)
class Settings:
    """How long and wide to sample: ensembles, walkers in each, steps, and the seed of the first ensemble."""

    ensembles: int = 4
    walkers: int = 64
    steps: int = 5000
    seed: int = 1


def sample(
    ensemble: Ensemble,
    modes: Sequence[Mode],
    settings: Settings,
    folder: Path,
    progress: Progress = ignored,
) -> np.ndarray:
    """Chains of positions: (ensembles, steps, walkers, numbers). Steps already stored in `folder` are not run again.
    `progress` counts the steps of all chains.
    """
    done = [0] * settings.ensembles
    folder.mkdir(parents=True, exist_ok=True)

    def one(number: int) -> np.ndarray:
        file = folder / f"ensemble_{number}_{_fingerprint(ensemble, settings)}.npz"
        mode = modes[number % len(modes)]
        return _run(ensemble, mode, settings, settings.seed + number, file, lambda steps, _: stepped(number, steps))

    def stepped(number: int, steps: int) -> None:
        done[number] = steps
        progress(sum(done), settings.ensembles * settings.steps)

    with ThreadPoolExecutor(settings.ensembles) as pool:
        return np.stack(list(pool.map(one, range(settings.ensembles))))


def _run(ensemble: Ensemble, mode: Mode, settings: Settings, seed: int, file: Path, progress: Progress) -> np.ndarray:
    import emcee

    dimensions = len(ensemble.numbers)

    def log_density(places: np.ndarray) -> np.ndarray:
        inside = ((places > 0) & (places < 1)).all(axis=1)
        densities = np.full(len(places), -np.inf)
        if inside.any():
            densities[inside] = ensemble.log_likelihoods(values_at(ensemble.numbers, places[inside]))
        return densities

    mixture = [(emcee.moves.DEMove(gamma0=step), part) for part, step in moves(dimensions)]
    sampler = emcee.EnsembleSampler(settings.walkers, dimensions, log_density, vectorize=True, moves=mixture)
    chain, state = _resumed(file)
    if state is None:
        random = np.random.RandomState(seed)
        start = np.clip(mode.places + SPREAD * random.normal(size=(settings.walkers, dimensions)), 0.01, 0.99)
        state = emcee.State(start, random_state=random.get_state())
    if len(chain):
        progress(len(chain), settings.steps)
    while len(chain) < settings.steps:
        count = min(BLOCK, settings.steps - len(chain))
        with np.errstate(invalid="ignore"):  # a walker that starts where runs break down compares -inf with -inf
            state = sampler.run_mcmc(state, count, store=True, skip_initial_state_check=True)
        chain = np.concatenate([chain.reshape(-1, settings.walkers, dimensions), sampler.get_chain()])
        sampler.reset()
        _save(file, chain, state)
        progress(len(chain), settings.steps)
    return chain


def moves(dimensions: int) -> list[tuple[float, float]]:
    """The parts of the moves and their steps, for that many numbers."""
    usual = 2.38 / math.sqrt(2 * dimensions)
    return [*((part, share * usual) for part, share in SHORTER), FULL]


def _resumed(file: Path) -> tuple[np.ndarray, emcee.State | None]:
    import emcee

    if not file.exists():
        return np.empty(0), None
    saved = np.load(file)
    random = ("MT19937", saved["keys"], int(saved["position"]), int(saved["has_gauss"]), float(saved["gauss"]))
    return saved["chain"], emcee.State(saved["places"], log_prob=saved["log_density"], random_state=random)


def _save(file: Path, chain: np.ndarray, state: emcee.State) -> None:
    _, keys, position, has_gauss, gauss = state.random_state
    part = file.with_suffix(".part.npz")
    np.savez(
        part,
        chain=chain,
        places=state.coords,
        log_density=state.log_prob,
        keys=keys,
        position=position,
        has_gauss=has_gauss,
        gauss=gauss,
    )
    part.replace(file)


def _fingerprint(ensemble: Ensemble, settings: Settings) -> str:
    """Hash of all that chains must share to be continued."""
    numbers = [(n.id, n.low, n.high) for n in ensemble.numbers]
    key = f"{numbers} {ensemble.last} {settings.walkers} {settings.seed} {moves(len(numbers))}"
    return hashlib.sha256(key.encode()).hexdigest()[:10]


def without_burn_in(chains: np.ndarray) -> np.ndarray:
    """The second half of every chain: the first is burn-in."""
    return chains[:, chains.shape[1] // 2 :]


def diagnostics(chains: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """Per number: R-hat between the ensembles (rank-normalised, split), effective sample size, and how much narrower
    the posterior is than the prior (1 - ratio of standard deviations; a flat prior has 0.289 of its range)."""
    from arviz_stats.base import array_stats

    draws = without_burn_in(chains)
    ensembles, steps, walkers, _ = draws.shape
    by_ensemble = draws.reshape(ensembles, steps * walkers, -1)
    rows = []
    for position, name in enumerate(names):
        chain = draws[..., position]
        # Walkers of an ensemble depend on each other, so an ensemble counts as one chain, in the order of its steps.
        time = np.mean([_autocorrelation_time(chain[e]) for e in range(ensembles)])
        spread = by_ensemble[..., position].std()
        rows.append(
            {
                "number": name,
                "r_hat": float(array_stats.rhat(by_ensemble[..., position], chain_axis=0, draw_axis=1)),
                "ess": ensembles * steps * walkers / time,
                "autocorrelation_time": time,
                "contraction": 1 - spread * np.sqrt(12),
            }
        )
    return pd.DataFrame(rows).set_index("number")


def _autocorrelation_time(chain: np.ndarray) -> float:
    """Autocorrelation time of the walkers that moved (steps, walkers); the length of the chain where none moved."""
    import emcee

    moving = chain[:, np.ptp(chain, axis=0) > 0]
    return float(emcee.autocorr.integrated_time(moving, quiet=True)[0]) if moving.size else float(len(chain))


def stuck_walkers(chains: np.ndarray) -> int:
    """Walkers that stand still after the burn-in: no proposal was accepted."""
    return int((np.ptp(without_burn_in(chains), axis=1) == 0).all(axis=-1).sum())


def thinned(chains: np.ndarray, count: int, seed: int) -> np.ndarray:
    """`count` positions drawn at random from all chains, without burn-in."""
    draws = without_burn_in(chains).reshape(-1, chains.shape[-1])
    return draws[np.sort(np.random.default_rng(seed).choice(len(draws), count, replace=False))]
