"""Bands of the present run from the stored calibration: computed on demand, cached for the settings used last."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calibration.bands import BANDED, PARAMETERS, WITH_ERROR, model_errors, scenario_bands
from calibration.posterior import WINDOWS, Posterior, load
from model.scenario import Scenario

from . import simulation
from .cache import ResultCache, scenario_key
from .catalogue import indicators_used

MOST = 16
"""Bands that are cached; each holds the quantiles of a few indicators."""
CONTENTS = (WITH_ERROR, PARAMETERS)
"""What bands contain, the wider first."""


@dataclass(frozen=True)
class Band:
    """One band of one line: years, lower and upper end (5 and 95 %); with the model's own error, or without."""

    with_error: bool
    years: np.ndarray
    low: np.ndarray
    high: np.ndarray


@functools.cache
def _calibrated() -> tuple[Posterior, Mapping[str, np.ndarray]]:
    posterior = load(WINDOWS[-1])
    return posterior, model_errors(posterior)


Bands = Mapping[tuple[str, str], list[Band]]
_bands: ResultCache[Bands] = ResultCache(MOST)


@functools.cache
def banded_indicators() -> tuple[str, ...]:
    """Indicators of the charts that have bands."""
    return tuple(name for name in BANDED if name in indicators_used())


def bands_of(scenario: Scenario, until: int) -> Bands:
    """Bands by indicator and sector, the wider first, for a scenario as the sliders have it."""
    return _bands.get((scenario_key(scenario), until), lambda: _compute(scenario, until))


def cached_bands(scenario: Scenario, until: int) -> Bands | None:
    """The same, where it has been computed already."""
    return _bands.cached((scenario_key(scenario), until))


def bands_if_free(scenario: Scenario, until: int) -> Bands | None:
    """The same, computed where need be; None while the bands of another session are computed.

    So bands never hold up the runs of other sessions; who comes meanwhile tries again later.
    """
    return _bands.get_if_free((scenario_key(scenario), until), lambda: _compute(scenario, until))


def _compute(scenario: Scenario, until: int) -> Bands:
    posterior, errors = _calibrated()
    exact = simulation.runner(until).run(scenario, {}).values
    table = scenario_bands(posterior, scenario, until, banded_indicators(), errors, exact)
    found: dict[tuple[str, str], list[Band]] = {}
    for content in CONTENTS:
        for key, rows in table[table["band"] == content].groupby(["indicator", "sector"], sort=False):
            band = Band(content == WITH_ERROR, rows["year"].to_numpy(), rows["p5"].to_numpy(), rows["p95"].to_numpy())
            found.setdefault(key, []).append(band)
    return found
