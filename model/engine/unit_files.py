"""Files of units that models add to those of pint.

They are read when a unit is first needed, which runs never do: pint and its units take a third of a second to load.
"""

from __future__ import annotations

from pathlib import Path

ADDED: list[Path] = []
"""The files, in the order in which they were added."""


def add_units(definitions: Path) -> None:
    """Make the units in a file known, once; see `units.load` for its syntax."""
    if definitions not in ADDED:
        ADDED.append(definitions)
