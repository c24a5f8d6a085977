"""Coverage of the credible intervals on synthetic data: the calibration estimates known parameters.

Parameters are drawn from their prior (plausible runs only), observation and model errors as the likelihood assumes them
are added to the run (at the years and grades of the real observations), and the posterior is sampled as for real data.
The coverage of the 90 % credible intervals should be 90 %.

A set takes some minutes. Sets are stored one by one; sets already stored are not computed again, unless the data or the
settings have changed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import ndtr

from .draws import diagnostics, tempered_draws
from .estimated import Estimated, estimated, values_of_scores
from .likelihood import ErrorGrid, error_covariance, error_grids, scale_weights, size_grid, size_weights
from .parameter_ensemble import Ensemble
from .posterior import RESULTS, WINDOWS, data_hash
from .series import LEVEL
from .smoother import plausible_draws
from .target import Target
from .tempered import Settings, sample

FILE = RESULTS / "synthetic.csv"
SETS = 8
SETTINGS = Settings(particles=400, runs=2, last_moves=60)
INTERVAL = (0.05, 0.95)
TRIED = 64
"""Draws of the prior from which a plausible one is taken."""


def synthetic_grids(
    grids: Mapping[str, ErrorGrid], run: Mapping[str, np.ndarray], random: np.random.Generator
) -> dict[str, ErrorGrid]:
    """The grids with synthetic observations from a run (indicators by year): for every kind of series a scale of the
    model error, for every series a size and a correlation given the scale, and errors of figures by grade."""
    kinds = dict.fromkeys(grid.series.kind for grid in grids.values())
    scales = {kind: int(random.choice(len(size_grid(kind)), p=scale_weights(kind))) for kind in kinds}
    return {
        name: _synthetic_grid(grid, grid.series.simulated(run), scales[grid.series.kind], random)
        for name, grid in grids.items()
    }


def _synthetic_grid(grid: ErrorGrid, path: np.ndarray, scale: int, random: np.random.Generator) -> ErrorGrid:
    kind = grid.series.kind
    size = random.choice(size_grid(kind), p=size_weights(kind, grid.grade, grid.detail)[scale])
    rho = random.choice(np.unique(grid.correlations))
    covariance = error_covariance(grid.positions, grid.measured, grid.common, size, rho)
    errors = random.multivariate_normal(np.zeros(len(grid.measured)), covariance)
    true = path[grid.positions]
    return replace(grid, observed=true * np.exp(errors) if kind == LEVEL else true + errors)


def one_set(seed: int, settings: Settings = SETTINGS, numbers: tuple[Estimated, ...] | None = None) -> pd.DataFrame:
    """Generate one set of observations and estimate the parameters: true value and credible interval of each number, as
    quantiles of its prior."""
    chosen, window, random = numbers or estimated(), WINDOWS[-1], np.random.default_rng(seed)
    real = Target(chosen, window)
    true = plausible_draws(real.assess, len(chosen), TRIED, random)[0][0]
    indicators = Ensemble(chosen, window).indicators(values_of_scores(chosen, true))
    run = {name: values[0] for name, values in indicators.items()}
    target = Target(chosen, window, synthetic_grids(error_grids(window), run, random))
    with tempfile.TemporaryDirectory() as folder:
        states = sample(
            lambda scores: target.assess(scores).log_likelihood,
            len(target),
            replace(settings, seed=1000 * seed),
            Path(folder),
        )
    draws = tempered_draws(states)
    low, high = np.quantile(draws.joined, INTERVAL, axis=0)
    names = [n.id for n in chosen]
    return pd.DataFrame(
        {
            "configuration": configuration(settings),
            "set": seed,
            "number": names,
            "true": ndtr(true),
            "low": ndtr(low),
            "high": ndtr(high),
            "r_hat": diagnostics(draws, names)["r_hat"].to_numpy(),
        }
    )


def configuration(settings: Settings = SETTINGS) -> str:
    """Data, priors and settings of a set, in short: sets that differ in them are not combined."""
    moves = f"{settings.most_moves}+{settings.last_moves}"
    return f"{data_hash(WINDOWS[-1])}-{settings.runs}x{settings.particles}x{moves}"


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
