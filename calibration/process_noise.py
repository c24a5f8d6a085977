"""Yearly disturbances of national demand after the last observed year, so that forecasts are predictive.

Every draw of the parameters gets a path of disturbances for each driver of process_noise.yaml: AR(1) from zero in the
last observed year, with a standard deviation that is drawn too. The same draws and the same seed give the same
disturbances in all scenarios, so that differences between policies are taken under equal conditions.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.inputs import START, drivers, load_yaml

from .series import FOLDER

FILE = FOLDER / "process_noise.yaml"
RATE, LEVEL = "rate", "level"
FORMS = (RATE, LEVEL)


@dataclass(frozen=True)
class Noise:
    """Disturbances of one driver (see process_noise.yaml)."""

    driver: str
    form: str
    spread: float
    persistence: float
    common: float

    @property
    def width(self) -> int | None:
        """Number of branches of the driver; None for a single path."""
        axis = drivers()[self.driver].axis
        return None if axis is None else len(axis)


@functools.cache
def noises() -> tuple[Noise, ...]:
    """All disturbances. Raises ValueError for an unknown driver or form, or a number outside its limits."""
    entries = []
    for name, entry in load_yaml(FILE).items():
        noise = Noise(driver=name, **entry)
        if name not in drivers():
            raise ValueError(f"process_noise.yaml: {name}: no driver has this name")
        if noise.form not in FORMS:
            raise ValueError(f"process_noise.yaml: {name}: form {noise.form!r} is unknown; allowed: {', '.join(FORMS)}")
        if noise.spread < 0 or not 0 <= noise.persistence < 1 or not 0 <= noise.common <= 1:
            raise ValueError(
                f"process_noise.yaml: {name}: spread is at least 0, persistence from 0 to below 1, common from 0 to 1"
            )
        entries.append(noise)
    return tuple(entries)


def disturbances(noise: Noise, draws: int, known_until: int, until: int, seed: int = 1) -> np.ndarray:
    """Disturbances (draws, years from the start to `until`[, branches]): 0 up to the year `known_until`, then AR(1).

    The first years do not depend on `until`, nor the first draws on the number of draws of other drivers.
    """
    random = np.random.default_rng([seed, zlib.crc32(noise.driver.encode())])
    width, years = noise.width or 1, max(until - known_until, 0)
    sizes = noise.spread * np.abs(random.standard_normal((draws, width)))
    innovation = np.sqrt(1 - noise.persistence**2)
    result = np.zeros((draws, until - START + 1, width))
    state = np.zeros((draws, width))
    for year in range(years):
        together = random.standard_normal((draws, 1))
        alone = random.standard_normal((draws, width))
        shock = np.sqrt(noise.common) * together + np.sqrt(1 - noise.common) * alone
        state = noise.persistence * state + innovation * shock
        result[:, known_until + 1 - START + year] = sizes * state
    return result if noise.width else result[..., 0]


def disturbed_tables(
    tables: Mapping[str, np.ndarray], draws: int, known_until: int, seed: int = 1
) -> dict[str, np.ndarray]:
    """The tables of the disturbed drivers for every draw (draws, years[, branches]), from yearly tables that begin with
    the start of the run."""
    disturbed = {}
    for noise in noises():
        table = tables[noise.driver]
        disturbed[noise.driver] = with_disturbances(
            noise, table, disturbances(noise, draws, known_until, START + len(table) - 1, seed)
        )
    return disturbed


def with_disturbances(noise: Noise, table: np.ndarray, moves: np.ndarray) -> np.ndarray:
    """Tables of a driver with disturbances of `disturbances` added to rates, or as exponents of factors on levels."""
    return table + moves if noise.form == RATE else table * np.exp(moves)
