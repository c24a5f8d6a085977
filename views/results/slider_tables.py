"""How the table of a lever follows from the place of its slider, as plain data from which a browser computes it.

The browser multiplies in the order in which `lever_array` does, so that its tables have the same bits as those here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from model.axes import BRANCH
from model.inputs import LATEST, START, Lever, branches_of, lever_table
from model.scenario import Scenario
from model.scenario.lever_paths import known_paths, sector_paths
from model.scenario.lever_values import Constant, KnownPaths, LeverPath, ScaledPath

from .sliders import Factor, Move, Slot, with_slots


def slider_tables(slot: Slot, scenario: Scenario, years: np.ndarray) -> dict[str, Any] | None:
    """What the table of the slider's lever consists of when the slider is moved, one row for each of `years`.

    `held` are parts for a slider that gives one value from 2016 on, `scaled` for one that gives a factor on the path of
    the scenario. A part has the `path` that is held before 2016 or scaled, `low` and `high`, to which a scaled path is
    limited, and `columns`: pairs of a column and the weight by which the values in it are multiplied; later parts
    replace earlier ones. None where the values of the scenario do not have this form.
    """
    held, scaled = (_parts(slot, scenario, move, years) for move in (slot.low, Factor(1.0)))
    return None if held is None or scaled is None else {"lever": slot.lever.id, "held": held, "scaled": scaled}


def _parts(slot: Slot, scenario: Scenario, move: Move, years: np.ndarray) -> list[dict[str, Any]] | None:
    lever = slot.lever
    paths = sector_paths(lever, with_slots(scenario.levers, {slot.id: move})[lever.id])
    if slot.sector is not None:
        paths = {slot.sector: paths[slot.sector]}
    elif None not in paths:
        paths = dict(sorted(paths.items(), key=lambda part: -len(branches_of(str(part[0])))))
    rows = np.minimum(years, LATEST) - START
    parts = []
    for sector, path in paths.items():
        known = known_paths(lever, sector)
        unmoved = _unmoved(path, known, move)
        if unmoved is None:
            return None
        columns = list(_columns(lever, sector))
        parts.append({"path": unmoved[rows].tolist(), "low": known.low, "high": known.high, "columns": columns})
    return parts


def _unmoved(path: LeverPath, known: KnownPaths, move: Move) -> np.ndarray | None:
    """The values that a moved slider replaces or scales; None where the path is not that of the slider alone.

    A scaled path becomes a table where the path below it is nested deeply.
    """
    if not isinstance(move, Factor):
        return known.baseline if path == Constant(move) else None
    if not isinstance(path, ScaledPath) or path.of is None or path != ScaledPath(move.value, path.of, clip=True):
        return None
    return path.of.resolve(known)


def _columns(lever: Lever, sector: str | None) -> Iterator[tuple[int, float]]:
    """The columns of a lever or of one of its sectors, each with its weight."""
    weights = np.atleast_2d(lever_table(lever, 1.0 if sector is None else {sector: 1.0}, np.array([START])))[0]
    if lever.spread == "scalar":
        yield 0, float(weights[0])
        return
    for one in lever.sectors if sector is None else (sector,):
        for branch in branches_of(one):
            column = BRANCH.index(branch)
            yield column, float(weights[column])
