"""The model as one checked system of declarations."""

from __future__ import annotations

import functools

from . import (
    capacity,
    cost,
    demand,
    energy,
    finance,
    indicators,
    innovation,
    labour,
    output,
    renovation,
    smart,
    start,
    steel_market,
)  # fmt: skip
from .axes import BRANCH, LEVER_AND_ALL, SECTOR, SECTOR_AND_ALL
from .engine import units
from .engine.system import System
from .inputs import FOLDER, model_inputs

CHAPTERS = (
    start,
    demand,
    steel_market,
    output,
    capacity,
    renovation,
    energy,
    smart,
    innovation,
    labour,
    finance,
    cost,
    indicators,
)
"""The chapters of the model in reading order."""


@functools.cache
def system() -> System:
    """All declarations of the model, checked; one object per process."""
    units.load(FOLDER / "units.txt")
    return System.from_chapters(CHAPTERS, model_inputs(), (BRANCH, SECTOR, SECTOR_AND_ALL, LEVER_AND_ALL))
