"""From values of levers to yearly numbers: the known paths of each lever, and the tables that the model takes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.inputs import POLICY_START, Lever, Path_, branches_of, lever_table, path_values

from .lever_values import AS_HAPPENED, YEARS, BySector, KnownPaths, LeverPath, LeverValue


def lever_sectors(lever: Lever) -> tuple[str, ...]:
    """Sector and branch names for which the lever may be set apart."""
    if lever.spread == "scalar":
        return ()
    return tuple(dict.fromkeys([*lever.sectors, *(b for s in lever.sectors for b in branches_of(s))]))


def share_of(lever: Lever, sector: str | None) -> float:
    """Part of a provincial total that goes to `sector` (None: all); 1 for levers that are not shared out."""
    if lever.spread != "allocate" or sector is None:
        return 1.0
    return sum(lever.allocation.get(branch, 0.0) for branch in branches_of(sector))


def known_paths(lever: Lever, sector: str | None = None) -> KnownPaths:
    """Baseline and document of a lever, or of one of `lever_sectors`, in the unit in which scenarios write them.

    The document is the baseline until 2015, or until its first year.
    """
    own = lever.spread == "own" and sector is not None
    baseline, document = (path[sector] if own else path for path in (lever.baseline, lever.document))
    share = share_of(lever, sector)
    base = path_values(baseline, YEARS) * share
    first = min(document) if isinstance(document, Mapping) else POLICY_START
    asked = np.where(first <= YEARS, path_values(_times(document, share), YEARS), base)
    return KnownPaths(base, asked, lever.min, lever.max)


def _times(path: Path_, factor: float) -> Path_:
    return {year: value * factor for year, value in path.items()} if isinstance(path, Mapping) else path * factor


def sector_paths(lever: Lever, value: LeverValue) -> dict[str | None, LeverPath]:
    """The paths of which a value consists, by sector; under None where one path is for the whole lever."""
    if isinstance(value, BySector):
        return dict(value.parts)
    return dict.fromkeys(lever.sectors, value) if lever.spread == "own" else {None: value}


def lever_array(lever: Lever, value: LeverValue, years: np.ndarray) -> np.ndarray:
    """A lever value as the table that the model takes: one row per year, branches in columns."""
    paths = {s: _as_table(p.resolve(known_paths(lever, s))) for s, p in sector_paths(lever, value).items()}
    if None in paths:
        return lever_table(lever, paths[None], years)
    if lever.spread == "own":
        whole = {s: _as_table(AS_HAPPENED.resolve(known_paths(lever, s))) for s in lever.sectors}
    else:
        whole = _as_table(AS_HAPPENED.resolve(known_paths(lever)))
    table = lever_table(lever, whole, years)
    for sector in sorted(paths, key=lambda s: -len(branches_of(s))):
        part = lever_table(lever, {sector: paths[sector]}, years)
        columns = [lever.axis.index(branch) for branch in branches_of(sector)]
        table[:, columns] = part[:, columns]
    return table


def _as_table(values: np.ndarray) -> dict[int, float]:
    return {int(year): float(value) for year, value in zip(YEARS, values, strict=True)}
