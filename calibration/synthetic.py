"""Coverage of the credible intervals on synthetic data: the calibration estimates known parameters.

Parameters are drawn from their prior, observation and model errors as the likelihood assumes them are added to the run
(at the years and grades of the real observations), and the posterior is sampled as for real data. The coverage of the
90 % credible intervals should be 90 %.

A set takes about five minutes. Sets are stored one by one; sets already stored are not computed again, unless the data
or the settings have changed.
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
from .sampling import Settings, diagnostics, moves, sample, without_burn_in
from .series import LEVEL

FILE = RESULTS / "synthetic.csv"
SETS = 8
SETTINGS = Settings(ensembles=2, walkers=64, steps=2500)
INTERVAL = (0.05, 0.95)
TRIED = 64
"""Points of the prior from which one that gives a complete run is taken."""


def synthetic_observations(grid: ErrorGrid, path: np.ndarray, random: np.random.Generator) -> ErrorGrid:
    """The grid with synthetic observations from a path: one size and correlation of the model error, sampled from the
    grid, and the error of each figure by its grade."""
    chosen = random.integers(len(grid.sizes))
    apart = np.abs(grid.positions[:, None] - grid.positions[None, :])
    covariance = (
        np.diag(grid.measured**2)
        + grid.common**2
        + grid.sizes[chosen] ** 2 * np.where(apart == 0, 1.0, float(grid.correlations[chosen]) ** apart)
    )
    errors = random.multivariate_normal(np.zeros(len(grid.measured)), covariance)
    true = path[grid.positions]
    return replace(grid, observed=true * np.exp(errors) if grid.series.kind == LEVEL else true + errors)


def one_set(seed: int, settings: Settings = SETTINGS) -> pd.DataFrame:
    """Generate one set of observations and estimate the parameters: true value and credible interval of each."""
    numbers, random = estimated(LAST_OBSERVED), np.random.default_rng(seed)
    plain = Ensemble(numbers, LAST_OBSERVED)
    tried = random.random((TRIED, len(numbers)))
    indicators = plain.indicators(values_at(numbers, tried))
    possible = np.isfinite(plain.log_likelihoods(values_at(numbers, tried)))
    index = int(np.flatnonzero(possible)[0])
    true_run = {name: values[index] for name, values in indicators.items()}
    grids = {
        n: synthetic_observations(g, g.series.simulated(true_run), random)
        for n, g in error_grids(LAST_OBSERVED).items()
    }
    ensemble = Ensemble(numbers, LAST_OBSERVED, grids=grids)
    modes = find_modes(ensemble, SETTINGS.ensembles, seed, parts=parts())
    with tempfile.TemporaryDirectory() as folder:
        chains = sample(ensemble, modes, replace(settings, seed=1000 * seed), Path(folder))
    draws = without_burn_in(chains).reshape(-1, len(numbers))
    low, high = np.quantile(draws, INTERVAL, axis=0)
    return pd.DataFrame(
        {
            "configuration": configuration(settings),
            "set": seed,
            "number": [n.id for n in numbers],
            "true": tried[index],
            "low": low,
            "high": high,
            "r_hat": diagnostics(chains, [n.id for n in numbers])["r_hat"].to_numpy(),
        }
    )


def configuration(settings: Settings = SETTINGS) -> str:
    """Data, model, settings and sampler of a set, in short: sets that differ in them are not combined."""
    sampler = hashlib.sha256(str(moves(1)).encode()).hexdigest()[:6]
    return f"{data_hash()}-{settings.ensembles}x{settings.walkers}x{settings.steps}-{sampler}"


def covers_true_value(intervals: pd.DataFrame) -> pd.Series:
    """Whether a credible interval contains the true value."""
    return (intervals["true"] >= intervals["low"]) & (intervals["true"] <= intervals["high"])


def stored() -> pd.DataFrame:
    """The stored sets of the present data and settings."""
    table = pd.read_csv(FILE) if FILE.exists() else pd.DataFrame({"configuration": [], "set": []})
    return table[table["configuration"] == configuration()]


def missing_sets() -> Iterator[pd.DataFrame]:
    """Compute the sets that are not stored; yields the table of all sets so far after each one."""
    table = stored()
    for seed in range(1, SETS + 1):
        if seed not in set(table["set"]):
            one = one_set(seed)
            table = pd.concat([table, one]) if len(table) else one
            yield table
