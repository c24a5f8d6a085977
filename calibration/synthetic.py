"""Test of the calibration on synthetic data: observations are drawn from known numbers, which it then estimates.

Numbers are drawn from their prior, the run they give is spoilt with errors as the likelihood assumes them (measured and
of the model, at the years and grades of the real observations), and the posterior is sampled as for real data. Of all
90 % intervals, 90 % should hold the number that was used.

A set takes about five minutes. Sets are stored one by one; those that are there already are not made again, unless the
data or the settings have changed.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from model.inputs import LAST_OBSERVED

from .estimated import estimated, parts, values_at
from .likelihood import ErrorGrid, error_grids
from .modes import find_modes
from .parameter_ensemble import Ensemble
from .posterior import RESULTS, data_hash
from .sampling import Settings, diagnostics, kept, moves, sample
from .series import LEVEL

FILE = RESULTS / "synthetic.csv"
SETS = 8
SETTINGS = Settings(ensembles=2, walkers=64, steps=2500)
INTERVAL = (0.05, 0.95)
TRIED = 64
"""Points of the prior from which one that gives a complete run is taken."""


def spoilt(grid: ErrorGrid, path: np.ndarray, random: np.random.Generator) -> ErrorGrid:
    """The grid with observations made from a path: one size and correlation of the model's error, drawn from the grid,
    and the error of each figure by its grade."""
    chosen = random.integers(len(grid.sizes))
    apart = np.abs(grid.positions[:, None] - grid.positions[None, :])
    covariance = (
        np.diag(grid.measured**2)
        + grid.common**2
        + grid.sizes[chosen] ** 2 * np.where(apart == 0, 1.0, float(grid.correlations[chosen]) ** apart)
    )
    errors = random.multivariate_normal(np.zeros(len(grid.measured)), covariance)
    true = np.asarray(path)[grid.positions]
    return replace(grid, observed=true * np.exp(errors) if grid.series.kind == LEVEL else true + errors)


def one_set(seed: int, settings: Settings = SETTINGS) -> pd.DataFrame:
    """Make one set of observations and look for the numbers: true value, interval and whether it holds the true one."""
    numbers, random = estimated(LAST_OBSERVED), np.random.default_rng(seed)
    plain = Ensemble(numbers, LAST_OBSERVED)
    tried = random.random((TRIED, len(numbers)))
    indicators = plain.indicators(values_at(numbers, tried))
    possible = np.isfinite(plain.log_likelihoods(values_at(numbers, tried)))
    index = int(np.flatnonzero(possible)[0])
    own = {name: values[index] for name, values in indicators.items()}
    grids = {n: spoilt(g, np.asarray(g.series.simulated(own)), random) for n, g in error_grids(LAST_OBSERVED).items()}
    ensemble = Ensemble(numbers, LAST_OBSERVED, grids=grids)
    modes = find_modes(ensemble, SETTINGS.ensembles, seed, parts=parts())
    with tempfile.TemporaryDirectory() as folder:
        chains = sample(ensemble, modes, replace(settings, seed=1000 * seed), Path(folder))
    draws = kept(chains).reshape(-1, len(numbers))
    low, high = np.quantile(draws, INTERVAL, axis=0)
    return pd.DataFrame(
        {
            "made_of": made_of(settings),
            "set": seed,
            "number": [n.id for n in numbers],
            "true": tried[index],
            "low": low,
            "high": high,
            "r_hat": diagnostics(chains, [n.id for n in numbers])["r_hat"].to_numpy(),
        }
    )


def made_of(settings: Settings = SETTINGS) -> str:
    """Data, model, settings and sampler of a set, in short: sets that differ in them are not put together."""
    sampler = hashlib.sha256(str(moves(1)).encode()).hexdigest()[:6]
    return f"{data_hash()}-{settings.ensembles}x{settings.walkers}x{settings.steps}-{sampler}"


def inside(found: pd.DataFrame) -> pd.Series:
    """Whether an interval holds the number that was used."""
    return (found["true"] >= found["low"]) & (found["true"] <= found["high"])


def stored() -> pd.DataFrame:
    """The stored sets that were made of the present data with the present settings."""
    table = pd.read_csv(FILE) if FILE.exists() else pd.DataFrame({"made_of": [], "set": []})
    return table[table["made_of"] == made_of()]


def missing_sets() -> Iterator[pd.DataFrame]:
    """Makes the sets that are not stored: after each one the table of all sets so far."""
    table = stored()
    for seed in range(1, SETS + 1):
        if seed not in set(table["set"]):
            one = one_set(seed)
            table = pd.concat([table, one]) if len(table) else one
            yield table
