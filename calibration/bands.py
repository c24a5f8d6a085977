"""Credible bands of any run: posterior uncertainty of the parameters, with or without the model error.

The inner band propagates the posterior draws of the estimated parameters and, after the last year of the calibration,
disturbances of national demand (process noise). The outer band adds the model error, whose size is inferred from the
residuals in the observed years; only indicators compared with observations have one. Neither band includes parameters
that were not estimated, other uncertain drivers, or structural error.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr
from scipy.special import logsumexp

from model.indicator_tags import tagged
from model.inputs import LAST_OBSERVED, START
from model.run import STEPS, simulate
from model.scenario import Scenario
from model.system import system

from .likelihood import ErrorGrid, error_grids
from .parameter_ensemble import Ensemble
from .posterior import Posterior
from .series import LEVEL, Series, fitted_series, needed_indicators

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
PARAMETERS, WITH_ERROR = "parameters", "parameters_and_model_error"
"""What a band contains."""
STEPS_OF_BANDS = STEPS // 4
"""Steps a year: a quarter of those of a single run, which takes a quarter of the time. The
integration error of so few steps is corrected by the run with all steps, so that the ends of a band move by a few
hundredths of its width (a test)."""
ERROR_SEED = 1
"""Seed of the draws of the model error; all scenarios have the same draws."""
BANDED = tagged("banded")
"""Indicators that get bands."""


def draws_of(posterior: Posterior, until: int, outputs: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Indicators of the run "as happened" under every posterior draw, with disturbances of national demand after the
    last year of the posterior: arrays with draws first, then years."""
    return Ensemble(posterior.numbers, until, outputs, noise_after=posterior.window).indicators(posterior.draws)


def draws_centred_on(
    exact: Mapping[str, np.ndarray], posterior: Posterior, scenario: Scenario, until: int, outputs: tuple[str, ...]
) -> dict[str, np.ndarray]:
    """Indicators of a scenario under every draw with `STEPS_OF_BANDS` and disturbances of national demand after the
    last year of the posterior, each shifted by the difference between `exact`, the run with default parameters and all
    steps, and the same run with `STEPS_OF_BANDS`."""
    default = np.array([[number.value for number in posterior.numbers]] * 2)  # a batch takes two members at once
    plain = Ensemble(posterior.numbers, until, outputs, scenario, steps=STEPS_OF_BANDS).indicators(default)
    disturbed = Ensemble(
        posterior.numbers, until, outputs, scenario, steps=STEPS_OF_BANDS, noise_after=posterior.window
    )
    drawn = disturbed.indicators(posterior.draws)
    return {name: values + (exact[name] - plain[name][0]) for name, values in drawn.items()}


def sample_error_sizes(grid: ErrorGrid, paths: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A size of the model error for every draw, sampled from its posterior given the residuals of that draw."""
    density = grid.by_grid_point(paths)
    weights = np.exp(density - logsumexp(density, axis=1, keepdims=True))
    chosen = (weights.cumsum(axis=1) < random.random((len(paths), 1))).sum(axis=1)
    return grid.sizes[np.minimum(chosen, len(grid.sizes) - 1)]


def model_errors(posterior: Posterior, seed: int = ERROR_SEED) -> dict[str, np.ndarray]:
    """For every fitted series, one draw of the model error per posterior draw: relative for levels (a logarithm),
    percentage points for shares and growth. The same draw holds in all years."""
    grids, random = error_grids(posterior.window), np.random.default_rng(seed)
    observed = draws_of(posterior, LAST_OBSERVED, needed_indicators(fitted_series()))
    drawn_errors = {}
    for name, grid in grids.items():
        sizes = sample_error_sizes(grid, grid.series.simulated(observed), random)
        drawn_errors[name] = sizes * random.standard_normal(len(sizes))
    return drawn_errors


def with_error(series: Series, paths: np.ndarray, errors: np.ndarray) -> np.ndarray:
    """Paths of a series with the model error added."""
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
    the scenario's run with all steps, by indicator (years first); both are computed where not given.
    """
    outputs = outputs or BANDED
    errors = model_errors(posterior) if errors is None else errors
    exact = yearly(simulate(scenario, until, outputs=outputs), outputs) if exact is None else exact
    return bands_of_draws(draws_centred_on(exact, posterior, scenario, until, outputs), errors, outputs)


def bands_of_draws(
    drawn: Mapping[str, np.ndarray], errors: Mapping[str, np.ndarray], outputs: tuple[str, ...]
) -> pd.DataFrame:
    """The table of `scenario_bands` for `outputs`, from the draws of a run by indicator (draws, years[, axis])."""
    with_errors = series_with_error(errors)
    columns: list[tuple[str, str, str]] = []
    paths: list[np.ndarray] = []
    for name in outputs:
        for sector, position in entries(name):
            columns.append((name, sector, PARAMETERS))
            paths.append(drawn[name] if position is None else drawn[name][:, :, position])
            series = with_errors.get((name, None if position is None else sector))
            if series is not None:
                columns.append((name, sector, WITH_ERROR))
                paths.append(with_error(series, paths[-1], errors[series.id]))
    return _quantiles(columns, paths)


def series_with_error(errors: Mapping[str, np.ndarray]) -> dict[tuple[str, str | None], Series]:
    """The series that have a model error, by indicator and sector (None for an indicator without axis)."""
    return {(s.indicator, s.sector): s for s in fitted_series().values() if s.id in errors}


def yearly(run: xr.Dataset, outputs: tuple[str, ...] = BANDED) -> dict[str, np.ndarray]:
    """Values of a run by indicator, years first."""
    return {name: run[name].to_numpy() for name in outputs}


def entries(name: str) -> list[tuple[str, int | None]]:
    """Labels of an indicator's axis with their positions; what it belongs to and None for a single series."""
    variable = system().variables[name]
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
    percentiles = np.quantile(values[known], QUANTILES, axis=1)
    names, sectors, contents = (np.array(part)[labels[known]] for part in zip(*columns, strict=True))
    quantiles = {f"p{round(100 * q)}": row for q, row in zip(QUANTILES, percentiles, strict=True)}
    table = {"indicator": names, "sector": sectors, "year": years[known], "band": contents}
    return pd.DataFrame({**table, **quantiles})
