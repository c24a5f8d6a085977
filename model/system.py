"""The model as one checked system of declarations."""

from __future__ import annotations

import functools

from model.engine.checked_system import System

from .axes import ACTOR, BELT_AND_ALL, BRANCH, LEVER_AND_ALL, SECTOR, SECTOR_AND_ALL
from .chapters import (
    actors,
    belts,
    capacity,
    closure,
    cost,
    demand,
    emerging,
    enabling,
    energy,
    environment,
    finance,
    indicators,
    innovation,
    labour,
    opening,
    output,
    programmes,
    progress,
    quality,
    renovation,
    smart,
    start,
    steel_market,
    talent,
)
from .engine import units
from .inputs import FOLDER, model_inputs

CHAPTERS = (
    start,
    demand,
    steel_market,
    output,
    capacity,
    closure,
    enabling,
    renovation,
    energy,
    smart,
    innovation,
    talent,
    emerging,
    quality,
    opening,
    labour,
    finance,
    environment,
    cost,
    programmes,
    actors,
    indicators,
    progress,
    belts,
)
"""The chapters of the model in reading order."""


AXES = (BRANCH, SECTOR, SECTOR_AND_ALL, LEVER_AND_ALL, ACTOR, BELT_AND_ALL)
"""Every dimension that variables of the model may have."""


@functools.cache
def system() -> System:
    """All declarations of the model, checked; one object per process."""
    units.load(FOLDER / "units.txt")
    return System.from_chapters(CHAPTERS, model_inputs(), AXES)
