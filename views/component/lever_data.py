"""How the table of a lever consists of paths by sector, as plain data from which a browser computes moved levers.

The browser multiplies in the order in which `lever_array` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from model.axes import BRANCH
from model.inputs import POLICY_START, START, Lever, branches_of, lever_table, levers
from model.scenario import AS_HAPPENED, LeverValue, Scenario
from model.scenario.lever_merging import covering_paths
from model.scenario.lever_paths import known_paths, share_of
from model.scenario.lever_values import BySector, LeverPath


def lever_data(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """The parts of every lever by its id.

    `pieces` cover the lever: each has its `sector` (null for the whole), the yearly `path` from 2010 to 2035 in the
    unit of the sliders, the values as happened `before` the policy, its `share` of a provincial total, and `columns`,
    pairs of a column of the table and the weight by which the path is multiplied in it. `sectors` has share and columns
    of every sector that can be moved alone; `low` and `high` bound every path.
    """
    return {name: _lever(lever, scenario.levers.get(name, AS_HAPPENED)) for name, lever in levers().items()}


def _lever(lever: Lever, value: LeverValue) -> dict[str, Any]:
    return {
        "pieces": [_piece(lever, sector, path) for sector, path in _paths(lever, value)],
        "sectors": {sector: _place(lever, sector) for sector in _sectors(lever)},
        "low": lever.min,
        "high": lever.max,
    }


def _sectors(lever: Lever) -> tuple[str, ...]:
    return () if lever.spread == "scalar" else tuple(lever.sectors)


def _paths(lever: Lever, value: LeverValue) -> list[tuple[str | None, LeverPath]]:
    if isinstance(value, BySector):
        return list(covering_paths(lever, value))
    return [(sector, value) for sector in lever.sectors] if lever.spread == "own" else [(None, value)]


def _piece(lever: Lever, sector: str | None, path: LeverPath) -> dict[str, Any]:
    known = known_paths(lever, sector)
    values, before = path.resolve(known), known.baseline[: POLICY_START - START]
    return {"sector": sector, "path": values.tolist(), "before": before.tolist(), **_place(lever, sector)}


def _place(lever: Lever, sector: str | None) -> dict[str, Any]:
    return {"share": share_of(lever, sector), "columns": list(_columns(lever, sector))}


def _columns(lever: Lever, sector: str | None) -> Iterator[tuple[int, float]]:
    """The columns of a lever or of one of its sectors, each with its weight."""
    weights = np.atleast_2d(lever_table(lever, 1.0 if sector is None else {sector: 1.0}, np.array([START])))[0]
    if lever.spread == "scalar":
        yield 0, float(weights[0])
        return
    branches = dict.fromkeys(b for s in (lever.sectors if sector is None else (sector,)) for b in branches_of(s))
    for branch in branches:
        column = BRANCH.index(branch)
        yield column, float(weights[column])
