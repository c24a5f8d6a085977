"""Systems as XMILE 1.0 files, for Stella, Vensim, Simlin and PySD."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.engine.checked_system import System
from model.engine.horizon import Horizon

from .contents import CONSTANTS, TABLES, Contents
from .document import Heading, document
from .views import in_chapters, view

__all__ = ["CONSTANTS", "TABLES", "Heading", "xmile_text"]


def xmile_text(
    system: System,
    horizon: Horizon,
    numbers: Mapping[str, np.ndarray],
    heading: Heading,
    docs: Mapping[str, str],
    unit_aliases: Mapping[str, str] | None = None,
) -> str:
    """The system with the numbers of one run as the text of an XMILE file; annual statistics are left out.

    `numbers` holds every parameter, and the yearly tables of levers and drivers (rows as `Horizon.path_years`). `docs`
    are texts for inputs and variables by name. `unit_aliases` are units that XMILE cannot write, with their meaning.
    """
    contents = Contents(system, horizon, numbers, docs, unit_aliases or {})
    entries = in_chapters(contents.entries())
    return document(heading, horizon, system.axes, contents.labels, entries, view(entries, heading.chapters))
