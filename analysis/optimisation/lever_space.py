"""The space that the searches move in: of each lever a strength and a first year.

Strength 0 is the path of the base scenario, 1 that of the document, 2 the strongest value of the lever's range; between
them the values are in proportion. Where the document changes nothing, strengths from 0 to 2 go from the base to the
strongest value directly. Before its first year a lever keeps the path of the base. Strengths have three decimals and
values of levers six, so that a scenario file holds a mix exactly.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.axes import BRANCH
from model.inputs import END, POLICY_START, START, Lever, branches_of, lever_table, levers
from model.scenario import AS_HAPPENED, Scenario
from model.scenario.lever_paths import known_paths, lever_array, sector_paths, share_of
from model.scenario.lever_values import YEARS, BySector, LeverPath, LeverValue, YearTable

DOCUMENT, STRONGEST = 1.0, 2.0
"""Strengths of the document and of the end of a lever's range."""
LATEST_FIRST = END - 1
"""The latest first year: a lever that moves later has no time to act."""
STRENGTH_DECIMALS, VALUE_DECIMALS = 3, 6


@dataclass(frozen=True)
class Points:
    """Mixes: strengths (members, levers) and first years (members, levers), of the levers that may move."""

    strengths: np.ndarray
    first_years: np.ndarray

    def __len__(self) -> int:
        return len(self.strengths)

    def __getitem__(self, rows: slice | np.ndarray | Sequence[int]) -> Points:
        return Points(self.strengths[rows], self.first_years[rows])


def joined(parts: Sequence[Points]) -> Points:
    """All mixes of several sets, in order."""
    return Points(np.concatenate([p.strengths for p in parts]), np.concatenate([p.first_years for p in parts]))


@dataclass(frozen=True)
class _Piece:
    """A part of a lever with a path of its own: its columns in the table (None: no columns) and their weights, and the
    paths of base, document and strongest value over `YEARS`."""

    sector: str | None
    columns: list[int] | None
    weights: np.ndarray
    base: np.ndarray
    document: np.ndarray
    strongest: np.ndarray

    def paths(self, strengths: np.ndarray, first_years: np.ndarray) -> np.ndarray:
        """Paths (members, all years)."""
        part = strengths[:, None]
        if np.array_equal(self.base[YEARS <= END], self.document[YEARS <= END]):
            moved = self.base + part / STRONGEST * (self.strongest - self.base)
        else:
            weak = self.base + part * (self.document - self.base)
            strong = self.document + (part - DOCUMENT) * (self.strongest - self.document)
            moved = np.where(part <= DOCUMENT, weak, strong)
        return np.where(first_years[:, None] <= YEARS, np.round(moved, VALUE_DECIMALS), self.base)


class LeverSpace:
    """Mixes of the levers `names` (default: all) on top of `base`, with strengths up to `most`; none moves before the
    year `earliest`. Runs go to 2025, without single projects, whatever the base says.

    Of a lever that the base sets for some sectors only, these sectors move.
    Raises ValueError for an unknown lever, for none, for a year outside 2016 to 2024, and for a strength outside 0
    to 2.
    """

    def __init__(
        self,
        base: Scenario,
        names: Sequence[str] | None = None,
        earliest: int = POLICY_START,
        most: float = STRONGEST,
    ):
        self.base = base.model_copy(update={"until": None, "pipeline": None})
        self.names = tuple(levers()) if names is None else tuple(dict.fromkeys(names))
        unknown = [name for name in self.names if name not in levers()]
        if unknown:
            raise ValueError(f"{', '.join(unknown)}: no lever; allowed: {', '.join(levers())}")
        if not self.names:
            raise ValueError(f"no lever may move; choose some of {', '.join(levers())}")
        if not POLICY_START <= earliest <= LATEST_FIRST:
            raise ValueError(f"{earliest} is no first year of a lever; allowed: {POLICY_START} to {LATEST_FIRST}")
        if not 0 < most <= STRONGEST:
            raise ValueError(
                f"{most:g} is no largest strength; allowed: above 0, up to {STRONGEST:g} (1: the document)"
            )
        self.earliest, self.most = earliest, round(most, STRENGTH_DECIMALS)

    def point(self, strength: float) -> Points:
        """One mix with all levers at a strength from the earliest year on."""
        shape = (1, len(self.names))
        return Points(np.full(shape, strength), np.full(shape, self.earliest))

    def random(self, members: int, generator: np.random.Generator, most: float | None = None) -> Points:
        """Mixes drawn at random, with strengths up to `most` (default: the most that is allowed)."""
        shape = (members, len(self.names))
        strengths = np.round(generator.random(shape) * (self.most if most is None else most), STRENGTH_DECIMALS)
        return Points(strengths, generator.integers(self.earliest, LATEST_FIRST + 1, shape))

    def tables(self, points: Points, years: np.ndarray) -> dict[str, np.ndarray]:
        """Tables (members, years[, branches]) of the levers that may move."""
        return {
            name: self._table(name, points.strengths[:, k], points.first_years[:, k], years)
            for k, name in enumerate(self.names)
        }

    def table_of(self, name: str, scenario: Scenario, years: np.ndarray) -> np.ndarray:
        """The table of a lever in another scenario, with the path of the base before the earliest year."""
        lever = levers()[name]
        other, own = (lever_array(lever, each.levers.get(name, AS_HAPPENED), years) for each in (scenario, self.base))
        return np.where((years >= self.earliest).reshape(-1, *(1,) * (other.ndim - 1)), other, own)

    def nearest(self, scenario: Scenario) -> Points:
        """The mix whose levers are, from the earliest year on, nearest to those of another scenario."""
        grid = np.linspace(0.0, self.most, 41)
        years = np.arange(START, END + 1)
        first = np.full(len(grid), self.earliest)
        strengths = []
        for name in self.names:
            tried, wanted = self._table(name, grid, first, years), self.table_of(name, scenario, years)
            distances = np.abs(tried - wanted).reshape(len(grid), -1).sum(axis=1)
            strengths.append(grid[int(distances.argmin())])
        return Points(np.round([strengths], STRENGTH_DECIMALS), np.full((1, len(self.names)), self.earliest))

    def scenario_levers(self, point: Points) -> dict[str, LeverValue]:
        """Values of the levers of one mix, in the forms of a scenario."""
        values = dict(self.base.levers)
        for k, name in enumerate(self.names):
            strength = point.strengths[0, k]
            if strength > 0:
                parts = [
                    (piece.sector, _year_table(piece.paths(point.strengths[:1, k], point.first_years[:1, k])[0]))
                    for piece in self._pieces[name]
                ]
                if parts[0][0] is None:
                    values[name] = parts[0][1]
                else:
                    values[name] = BySector(tuple((sector, path) for sector, path in parts if sector is not None))
        return values

    def levers_of(self, scenario: Scenario) -> dict[str, LeverValue]:
        """Values of the levers that may move, as in another scenario from the earliest year on and the base before."""
        if self.earliest == POLICY_START:
            return {name: scenario.levers.get(name, AS_HAPPENED) for name in self.names}
        return {name: self._later(name, scenario) for name in self.names}

    def _later(self, name: str, scenario: Scenario) -> LeverValue:
        lever, parts = levers()[name], []
        other, own = (dict(_parts(lever, each.levers.get(name))) for each in (scenario, self.base))
        for sector in dict.fromkeys([*other, *own]) if None not in {**other, **own} else [None]:
            known = known_paths(lever, sector)
            late, early = (paths.get(sector, AS_HAPPENED).resolve(known) for paths in (other, own))
            parts.append((sector, _year_table(np.where(self.earliest <= YEARS, late, early))))
        return parts[0][1] if parts[0][0] is None else BySector(tuple((str(s), path) for s, path in parts))

    @functools.cached_property
    def _pieces(self) -> dict[str, list[_Piece]]:
        return {
            name: [_piece(levers()[name], *each) for each in _parts(levers()[name], self.base.levers.get(name))]
            for name in self.names
        }

    def _table(self, name: str, strengths: np.ndarray, first_years: np.ndarray, years: np.ndarray) -> np.ndarray:
        base = lever_array(levers()[name], self.base.levers.get(name, AS_HAPPENED), years)
        table = np.repeat(base[None], len(strengths), axis=0)
        for piece in self._pieces[name]:
            values = piece.paths(np.round(strengths, STRENGTH_DECIMALS), first_years)[:, years - START]
            if piece.columns is None:
                table = values
            else:
                table[:, :, piece.columns] = values[:, :, None] * piece.weights
        return table


def _parts(lever: Lever, value: LeverValue | None) -> list[tuple[str | None, LeverPath]]:
    """The paths of which a lever consists in the base, by sector."""
    paths = sector_paths(lever, AS_HAPPENED if value is None else value)
    if lever.spread == "own":
        paths = {**dict.fromkeys(lever.sectors, AS_HAPPENED), **paths}
    return list(paths.items())


def _piece(lever: Lever, sector: str | None, path: LeverPath) -> _Piece:
    known = known_paths(lever, sector)
    strongest = lever.max if lever.off == lever.min else lever.min
    base, most = path.resolve(known), np.full(len(YEARS), strongest * share_of(lever, sector))
    if lever.spread == "scalar":
        return _Piece(None, None, np.ones(()), base, known.document, most)
    columns = [BRANCH.index(branch) for s in ((sector,) if sector else lever.sectors) for branch in branches_of(s)]
    one: Mapping = {START: 1.0} if sector is None else {sector: {START: 1.0}}
    weights = lever_table(lever, one, np.array([START]))[0][columns]
    return _Piece(sector, columns, weights, base, known.document, most)


def _year_table(path: np.ndarray) -> YearTable:
    """A path from 2016 on as a table of the years in which it changes."""
    shown = [(int(year), float(value)) for year, value in zip(YEARS, path, strict=True) if year >= POLICY_START]
    kept = [shown[0]] + [new for old, new in zip(shown, shown[1:], strict=False) if new[1] != old[1]]
    return YearTable(tuple(kept))
