"""Bands: what the observations leave open, carried into any run.

The inner band comes from the posterior of the estimated numbers alone. The outer one adds what the model misses even
with the best numbers (its own error, whose size is learnt from the misses in the years observed); only indicators that
are held against observations have one. Neither knows of numbers that were not estimated, of drivers that turn out
otherwise, or of structure that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr
from scipy.special import logsumexp

from model.indicator_tags import tagged
from model.inputs import LAST_OBSERVED, START
from model.run import STEPS, prepared_system, simulate
from model.scenario import Scenario

from .likelihood import ErrorGrid, error_grids
from .parameter_ensemble import Ensemble
from .posterior import Posterior
from .series import LEVEL, Series, fitted_series, needed_indicators

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
PARAMETERS, WITH_ERROR = "parameters", "parameters_and_model_error"
"""What a band contains."""
STEPS_OF_BANDS = STEPS // 4
"""Steps a year: a quarter of those of a single run, which takes a quarter of the time. What so few steps get wrong is
taken from the run with all steps, so that the ends of a band move by a few hundredths of its width (a test)."""
BANDED = tagged("banded")
"""Indicators that get bands."""


def draws_of(posterior: Posterior, until: int, outputs: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Indicators of the run as happened under every draw: arrays with draws first, then years."""
    return Ensemble(posterior.numbers, until, outputs).indicators(posterior.draws)


def draws_round(
    exact: Mapping[str, np.ndarray], posterior: Posterior, scenario: Scenario, until: int, outputs: tuple[str, ...]
) -> dict[str, np.ndarray]:
    """Indicators of a scenario under every draw with `STEPS_OF_BANDS`, each moved by as much as the run with the values
    of the model differs from `exact`, the same run with all steps."""
    own = np.array([[number.value for number in posterior.numbers]])
    ensemble = Ensemble(posterior.numbers, until, outputs, scenario, steps=STEPS_OF_BANDS)
    found = ensemble.indicators(np.concatenate([posterior.draws, own]))
    return {name: values[:-1] + (np.asarray(exact[name]) - values[-1]) for name, values in found.items()}


def series_draws(series: Series, indicators: Mapping[str, np.ndarray]) -> np.ndarray:
    """One series under every draw: (draws, years)."""
    count = len(next(iter(indicators.values())))
    return np.stack([np.asarray(series.simulated({n: v[k] for n, v in indicators.items()})) for k in range(count)])


def error_sizes_of(grid: ErrorGrid, paths: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A size of the model's own error for every draw, drawn from its posterior given the misses of that draw."""
    misses = np.asarray(grid.errors(paths))
    density = grid.constants - 0.5 * np.einsum("ni,gij,nj->ng", misses, grid.precisions, misses)
    weights = np.exp(density - logsumexp(density, axis=1, keepdims=True))
    chosen = (weights.cumsum(axis=1) < random.random((len(paths), 1))).sum(axis=1)
    return grid.sizes[np.minimum(chosen, len(grid.sizes) - 1)]


def model_errors(posterior: Posterior, seed: int = 1) -> dict[str, np.ndarray]:
    """For every fitted series, one draw of the model's own error per posterior draw: relative for levels (a logarithm),
    percentage points for shares and growth. The same draw holds in all years."""
    grids, random = error_grids(posterior.window), np.random.default_rng(seed)
    observed = draws_of(posterior, LAST_OBSERVED, needed_indicators(fitted_series()))
    found = {}
    for name, grid in grids.items():
        sizes = error_sizes_of(grid, series_draws(grid.series, observed), random)
        found[name] = sizes * random.standard_normal(len(sizes))
    return found


def with_error(series: Series, paths: np.ndarray, errors: np.ndarray) -> np.ndarray:
    """Paths of a series with the model's own error on top."""
    return paths * np.exp(errors)[:, None] if series.kind == LEVEL else paths + errors[:, None]


def scenario_bands(
    posterior: Posterior,
    scenario: Scenario,
    until: int,
    outputs: tuple[str, ...] = (),
    errors: Mapping[str, np.ndarray] | None = None,
    exact: Mapping[str, np.ndarray] | None = None,
) -> pd.DataFrame:
    """Bands of a scenario by year: indicator, sector, year, band (what it contains), p5, p25, p50, p75, p95.

    `outputs` are indicators (default: `BANDED`); `errors` are those of `model_errors`, and `exact` the yearly values of
    the scenario's run with all steps, by indicator (years first); both are made where not given.
    """
    outputs = outputs or BANDED
    errors = model_errors(posterior) if errors is None else errors
    exact = yearly(simulate(scenario, until, outputs=outputs), outputs) if exact is None else exact
    drawn = draws_round(exact, posterior, scenario, until, outputs)
    held = {(s.indicator, s.sector): s for s in fitted_series().values() if s.id in errors}
    columns: list[tuple[str, str, str]] = []
    paths: list[np.ndarray] = []
    for name in outputs:
        for sector, position in entries(name):
            columns.append((name, sector, PARAMETERS))
            paths.append(drawn[name] if position is None else drawn[name][:, :, position])
            series = held.get((name, None if position is None else sector))
            if series is not None:
                columns.append((name, sector, WITH_ERROR))
                paths.append(with_error(series, paths[-1], errors[series.id]))
    return _quantiles(columns, paths)


def yearly(run: xr.Dataset, outputs: tuple[str, ...] = BANDED) -> dict[str, np.ndarray]:
    """Values of a run by indicator, years first."""
    return {name: run[name].to_numpy() for name in outputs}


def entries(name: str) -> list[tuple[str, int | None]]:
    """Labels of an indicator's axis with their positions; what it belongs to and None for a single series."""
    variable = prepared_system().variables[name]
    if variable.axis is None:
        return [(variable.belongs_to, None)]
    return [(label, position) for position, label in enumerate(variable.axis.labels)]


def _quantiles(columns: list[tuple[str, str, str]], paths: list[np.ndarray]) -> pd.DataFrame:
    """Bands of all paths (draws, years) at once, years without a value left out."""
    # One sort over rows that lie together in memory, instead of one for each indicator.
    values = np.concatenate([path.T for path in paths])
    years = np.concatenate([START + np.arange(path.shape[1]) for path in paths])
    labels = np.repeat(np.arange(len(columns)), [path.shape[1] for path in paths])
    known = ~np.isnan(values).any(axis=1)
    found = np.quantile(values[known], QUANTILES, axis=1)
    names, sectors, contents = (np.array(part)[labels[known]] for part in zip(*columns, strict=True))
    quantiles = {f"p{round(100 * q)}": row for q, row in zip(QUANTILES, found, strict=True)}
    table = {"indicator": names, "sector": sectors, "year": years[known], "band": contents}
    return pd.DataFrame({**table, **quantiles})
