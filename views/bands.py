"""Bands of the present run from the stored calibration: computed when asked for, kept for the settings used last."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calibration.bands import PARAMETERS, WITH_ERROR, model_errors, scenario_bands
from calibration.results import WINDOWS, Posterior, load
from model.scenario import Scenario

KEPT = 16
"""Bands that are kept; each holds the quantiles of a few indicators."""
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


_kept: dict[tuple[str, int], Mapping] = {}
_computing = threading.Lock()


def bands_of(scenario: Scenario, until: int) -> Mapping[tuple[str, str], list[Band]]:
    """Bands by indicator and sector, the wider first, for a scenario as the sliders have it."""
    key = (scenario.model_dump_json(exclude={"title", "description"}), until)
    with _computing:
        if key not in _kept:
            while len(_kept) >= KEPT:
                _kept.pop(next(iter(_kept)))
            _kept[key] = _computed(scenario, until)
        return _kept[key]


def _computed(scenario: Scenario, until: int) -> Mapping[tuple[str, str], list[Band]]:
    posterior, errors = _calibrated()
    table = scenario_bands(posterior, scenario, until, errors=errors)
    found: dict[tuple[str, str], list[Band]] = {}
    for content in CONTENTS:
        for key, rows in table[table["band"] == content].groupby(["indicator", "sector"], sort=False):
            band = Band(content == WITH_ERROR, rows["year"].to_numpy(), rows["p5"].to_numpy(), rows["p95"].to_numpy())
            found.setdefault(key, []).append(band)
    return found
