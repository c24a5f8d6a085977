"""Tables of a lever for many runs at once, each of which changes the path that a policy gives it.

A change is what a slider does: a delay, then a factor, then a shift, each clipped to the range of the lever; or one
value in place of the path. `model.scenario` says what one change means for a lever with sectors; here the same is
computed for arrays of changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.axes import BRANCH
from model.inputs import LATEST, POLICY_START, START, Lever, branches_of, lever_table
from model.scenario.lever_merging import merge
from model.scenario.lever_paths import known_paths, lever_array, sector_paths
from model.scenario.lever_values import (
    AS_HAPPENED,
    DERIVED,
    FROZEN_YEAR,
    YEARS,
    BySector,
    LeverPath,
    LeverValue,
    RaisedPath,
    YearTable,
)

from .design import DELAY, FACTOR, SHIFT, VALUE, LeverPart


@dataclass(frozen=True)
class _Piece:
    """A part of a lever with a path of its own: the columns of the table that it fills and their weights, the path that
    is changed, the part of a total change that falls on it, and its range."""

    columns: list[int] | None
    weights: np.ndarray
    path: np.ndarray
    share: float
    low: float
    high: float


class ChangedLever:
    """One lever under a policy, with some of its parts varied (`parts`, all of one sector or of the whole lever).

    `old` is the policy's value of the lever (None: as happened), `years` those of the table.
    """

    def __init__(self, lever: Lever, old: LeverValue | None, parts: Mapping[str, LeverPart], years: np.ndarray):
        self._parts, self._years = parts, years
        self._table = lever_array(lever, AS_HAPPENED if old is None else old, years)
        sector = next(iter(parts.values())).sector
        self._pieces = [_piece(lever, *piece) for piece in _pieces(lever, _resolved(lever, old), sector)]

    def tables(self, changes: Mapping[str, np.ndarray], base: np.ndarray | None = None) -> np.ndarray:
        """Tables (members, years[, branches]) for changes by kind (`CHANGES`), one number a member.

        `base` has tables of which other parts of the lever are changed already.
        """
        members = len(next(iter(changes.values())))
        tables = np.repeat(self._table[None], members, axis=0) if base is None else base
        for piece in self._pieces:
            values = self._changed(piece, changes)[:, self._years - START]
            if piece.columns is None:
                tables = values * piece.weights
            else:
                tables[:, :, piece.columns] = values[:, :, None] * piece.weights
        return tables

    def _changed(self, piece: _Piece, changes: Mapping[str, np.ndarray]) -> np.ndarray:
        """Paths (members, all years) of one piece."""
        paths = np.broadcast_to(piece.path, (len(next(iter(changes.values()))), len(YEARS)))
        if DELAY in changes:
            moved = np.clip(YEARS - changes[DELAY].astype(int)[:, None], FROZEN_YEAR, LATEST) - START
            paths = np.where(YEARS >= POLICY_START, np.take_along_axis(paths, moved, axis=1), paths)
        for kind in (FACTOR, SHIFT, VALUE):
            if kind in changes:
                part, given = self._parts[kind], changes[kind][:, None]
                inside = (part.first <= YEARS) & (part.last >= YEARS)
                if kind == VALUE:
                    paths = np.where(inside, given * piece.share, paths)
                    continue
                new = paths * given if kind == FACTOR else paths + given * piece.share
                paths = np.clip(np.where(inside, new, paths), piece.low, piece.high)
        return paths


def _pieces(lever: Lever, old: LeverValue | None, sector: str | None) -> list[tuple[str | None, RaisedPath]]:
    """The paths of which a change of a lever consists, found by merging a change by 1."""
    probe = RaisedPath(1.0)
    merged = merge(lever, old, probe if sector is None else BySector(((sector, probe),)))
    return [(place, path) for place, path in sector_paths(lever, merged).items() if isinstance(path, RaisedPath)]


def _resolved(lever: Lever, value: LeverValue | None) -> LeverValue | None:
    """The value with the yearly numbers of its changed paths in their place."""

    def plain(sector: str | None, path: LeverPath) -> LeverPath:
        if not isinstance(path, DERIVED):
            return path
        values = path.resolve(known_paths(lever, sector))
        return YearTable(tuple((int(year), float(number)) for year, number in zip(YEARS, values, strict=True)))

    if value is None:
        return None
    parts = {sector: plain(sector, path) for sector, path in sector_paths(lever, value).items()}
    if None in parts:
        return parts[None]
    return BySector(tuple((sector, path) for sector, path in parts.items() if sector is not None))


def _piece(lever: Lever, sector: str | None, probe: RaisedPath) -> _Piece:
    known = known_paths(lever, sector)
    path = (AS_HAPPENED if probe.of is None else probe.of).resolve(known)
    one = {START: 1.0}
    if lever.spread == "scalar":
        return _Piece(None, np.ones(()), path, probe.change, known.low, known.high)
    inside = lever.sectors if sector is None else (sector,)
    columns = [BRANCH.index(branch) for s in inside for branch in branches_of(s)]
    row = lever_table(lever, one if sector is None else {sector: one}, np.array([START]))[0]
    return _Piece(columns, row[columns], path, probe.change, known.low, known.high)
