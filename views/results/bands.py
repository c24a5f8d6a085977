"""Bands of a run for the charts, from draws of the stored calibration."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calibration.bands import BANDED, PARAMETERS, WITH_ERROR, bands_of_draws

from .catalogue import indicators_used

CONTENTS = (WITH_ERROR, PARAMETERS)
"""What bands contain, the wider first."""


@dataclass(frozen=True)
class Band:
    """One band of one line: years, lower and upper end (5 and 95 %); with the model's own error, or without."""

    with_error: bool
    years: np.ndarray
    low: np.ndarray
    high: np.ndarray


Bands = Mapping[tuple[str, str], list[Band]]
"""Bands by indicator and sector, the wider first."""


@functools.cache
def banded_indicators() -> tuple[str, ...]:
    """Indicators of the charts that have bands."""
    return tuple(name for name in BANDED if name in indicators_used())


def bands_from(drawn: Mapping[str, np.ndarray], errors: Mapping[str, np.ndarray]) -> Bands:
    """Bands of a run from its draws by indicator and the draws of the model error."""
    table = bands_of_draws(drawn, errors, banded_indicators())
    by_line: dict[tuple[str, str], list[Band]] = {}
    for content in CONTENTS:
        for key, rows in table[table["band"] == content].groupby(["indicator", "sector"], sort=False):
            band = Band(content == WITH_ERROR, rows["year"].to_numpy(), rows["p5"].to_numpy(), rows["p95"].to_numpy())
            by_line.setdefault(key, []).append(band)
    return by_line
