"""The model as one checked system of declarations."""

from __future__ import annotations

import functools
from importlib import import_module

from model.engine.checked_system import System

from . import chapters
from .axes import AXES
from .engine.unit_files import add_units
from .inputs import FOLDER, model_inputs
from .reading_order import READING_ORDER

CHAPTERS = tuple(import_module(f"{chapters.__name__}.{name}") for name in READING_ORDER)
"""The chapters of the model in reading order."""


@functools.cache
def system() -> System:
    """All declarations of the model, checked; one object per process."""
    add_units(FOLDER / "units.txt")
    return System.from_chapters(CHAPTERS, model_inputs(), AXES)
