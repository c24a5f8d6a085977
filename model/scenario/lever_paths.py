"""From values of levers to yearly numbers: the known paths of each lever, and the tables that the model takes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.axes import BRANCH
from model.inputs import (
    POLICY_START,
    Lever,
    Path_,
    SectorPaths,
    branches_of,
    is_by_sector,
    lever_table,
    path_values,
)

from .lever_values import AS_HAPPENED, YEARS, BySector, KnownPaths, LeverPath, LeverValue


def lever_sectors(lever: Lever) -> tuple[str, ...]:
    """Sector and branch names for which the lever may have separate values."""
    if lever.spread == "scalar":
        return ()
    return tuple(dict.fromkeys([*lever.sectors, *(b for s in lever.sectors for b in branches_of(s))]))


def share_of(lever: Lever, sector: str | None) -> float:
    """Part of a provincial total that goes to `sector` (None: all); 1 for levers that are not allocated."""
    if lever.spread != "allocate" or sector is None:
        return 1.0
    return sum(lever.allocation.get(branch, 0.0) for branch in branches_of(sector))


def known_paths(lever: Lever, sector: str | None = None) -> KnownPaths:
    """Baseline and document of a lever, or of one of `lever_sectors`, in the unit in which scenarios write them.

    The document is the baseline until 2015, or until its first year.
    """
    baseline, document = (_path_of(path, sector) for path in (lever.baseline, lever.document))
    share = share_of(lever, sector)
    base = path_values(baseline, YEARS) * share
    first = min(document) if isinstance(document, Mapping) else POLICY_START
    required = np.where(first <= YEARS, path_values(_times(document, share), YEARS), base)
    return KnownPaths(base, required, lever.min, lever.max)


def _path_of(path: Path_ | SectorPaths, sector: str | None) -> Path_:
    """The path of a sector; levers without separate paths for sectors have one path for all."""
    if not is_by_sector(path):
        return path
    if sector is None:
        raise ValueError(f"a sector is needed; there are {', '.join(path)}")
    return path[sector]


def _times(path: Path_, factor: float) -> Path_:
    return {year: value * factor for year, value in path.items()} if isinstance(path, Mapping) else path * factor


def sector_paths(lever: Lever, value: LeverValue) -> dict[str | None, LeverPath]:
    """The paths of which a value consists, by sector; under None where one path is for the whole lever."""
    if isinstance(value, BySector):
        return dict(value.parts)
    return dict.fromkeys(lever.sectors, value) if lever.spread == "own" else {None: value}


def lever_array(lever: Lever, value: LeverValue, years: np.ndarray) -> np.ndarray:
    """A lever value as the table that the model takes: one row per year, branches in columns."""
    paths = sector_paths(lever, value)
    if None in paths:
        return lever_table(lever, _year_values(lever, paths[None], None), years)
    by_sector = {sector: _year_values(lever, path, sector) for sector, path in paths.items() if sector is not None}
    default: Path_ | SectorPaths
    if lever.spread == "own":
        default = {sector: _year_values(lever, AS_HAPPENED, sector) for sector in lever.sectors}
    else:
        default = _year_values(lever, AS_HAPPENED, None)
    table = lever_table(lever, default, years)
    for sector in sorted(by_sector, key=lambda s: -len(branches_of(s))):
        part = lever_table(lever, {sector: by_sector[sector]}, years)
        columns = [BRANCH.index(branch) for branch in branches_of(sector)]
        table[:, columns] = part[:, columns]
    return table


def _year_values(lever: Lever, path: LeverPath, sector: str | None) -> dict[int, float]:
    """The values of a path by year."""
    values = path.resolve(known_paths(lever, sector))
    return {int(year): float(value) for year, value in zip(YEARS, values, strict=True)}
