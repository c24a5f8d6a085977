"""Paths that people write in scenarios, turned into yearly values: numbers, tables of years, ramps, known paths."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.inputs import LATEST, POLICY_START, START, Lever, branches_of, lever_table, path_values

NAMED_PATHS = ("baseline", "document", "frozen_2015")
"""Known paths of a lever: as happened, as the document asks, and frozen at its value of 2015."""
FROZEN_YEAR = POLICY_START - 1
YEARS = np.arange(START, LATEST + 1)


def lever_sectors(lever: Lever) -> tuple[str, ...]:
    """Sector and branch names for which the lever may be set apart."""
    if lever.spread == "scalar":
        return ()
    return tuple(dict.fromkeys([*lever.sectors, *(b for s in lever.sectors for b in branches_of(s))]))


def is_by_sector(value: object) -> bool:
    """Whether a lever value or parameter value is a mapping of sectors, rather than a path for all of them."""
    return isinstance(value, Mapping) and "ramp" not in value and any(isinstance(key, str) for key in value)


def joined(lever: Lever, old: object, new: object) -> object:
    """The lever value `new` on top of `old` (None: not set); sectors that `new` does not name keep their `old` path."""
    if old is None or not is_by_sector(new):
        return new
    parts = old if is_by_sector(old) else {sector: _part(lever, old, sector) for sector in lever.sectors}
    renewed = {branch for sector in new for branch in branches_of(sector)}
    return {**{s: part for s, part in parts.items() if not renewed.issuperset(branches_of(s))}, **new}


def _part(lever: Lever, value: object, sector: str) -> object:
    """What a lever value for all sectors means for one of them."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and "ramp" in value:
        ramp = value["ramp"]
        return {"ramp": ramp | _scaled({k: ramp[k] for k in ("start", "end") if k in ramp}, _share(lever, sector))}
    return _scaled(value, _share(lever, sector))


def resolved(value: object, baseline: object, document: object) -> np.ndarray:
    """A checked path as one value for each of `YEARS`.

    A number or ramp applies from 2016 (or the ramp's first year) on and leaves the baseline before;
    a table applies from its first year on. "document" is the baseline until 2015.
    """
    base = path_values(baseline, YEARS)
    if value == "baseline":
        return base
    if value == "frozen_2015":
        return np.where(YEARS > FROZEN_YEAR, base[FROZEN_YEAR - START], base)
    if value == "document":
        value = document
    if not isinstance(value, Mapping):
        return np.where(YEARS >= POLICY_START, float(value), base)
    if "ramp" in value:
        return _ramp(value["ramp"], base)
    return np.where(min(value) <= YEARS, path_values(value, YEARS), base)


def _ramp(ramp: Mapping, base: np.ndarray) -> np.ndarray:
    start = float(ramp.get("start", base[ramp["from"] - START]))
    values = np.interp(YEARS, [ramp["from"], ramp["to"]], [start, float(ramp["end"])])
    return np.where(ramp["from"] <= YEARS, values, base)


def lever_paths(lever: Lever, value: object) -> np.ndarray | dict[str, np.ndarray]:
    """A checked lever value as yearly values over `YEARS`: one path, or one per sector."""
    by_sector = is_by_sector(value)
    if lever.spread == "own":
        return {
            sector: resolved(
                value.get(sector, "baseline") if by_sector else value, lever.baseline[sector], lever.document[sector]
            )
            for sector in lever.sectors
        }
    if by_sector:
        share = {s: _share(lever, s) for s in value}
        whole = {s: resolved("baseline", lever.baseline, lever.document) * share[s] for s in value}
        return {
            s: resolved(part, dict(zip(YEARS, whole[s], strict=True)), _scaled(lever.document, share[s]))
            for s, part in value.items()
        }
    return resolved(value, lever.baseline, lever.document)


def _share(lever: Lever, sector: str) -> float:
    """Part of a provincial total that goes to `sector`; 1 for levers that are not shared out."""
    if lever.spread != "allocate":
        return 1.0
    return sum(lever.allocation.get(branch, 0.0) for branch in branches_of(sector))


def _scaled(path: object, factor: float) -> object:
    return {y: v * factor for y, v in path.items()} if isinstance(path, Mapping) else path * factor


def lever_array(lever: Lever, value: object, years: np.ndarray) -> np.ndarray:
    """A checked lever value as the table that the model takes: one row per year, branches in columns."""
    paths = lever_paths(lever, value)
    if lever.spread == "scalar":
        return lever_table(lever, _as_table(paths), years)
    if not isinstance(paths, Mapping):
        return lever_table(lever, _as_table(paths), years)
    if lever.spread == "own":
        return lever_table(lever, {s: _as_table(p) for s, p in paths.items()}, years)
    table = lever_table(lever, _as_table(resolved("baseline", lever.baseline, lever.document)), years)
    for sector in sorted(paths, key=lambda s: -len(branches_of(s))):
        part = lever_table(lever, {sector: _as_table(paths[sector])}, years)
        columns = [lever.axis.index(branch) for branch in branches_of(sector)]
        table[:, columns] = part[:, columns]
    return table


def _as_table(values: np.ndarray) -> dict[int, float]:
    return {int(year): float(value) for year, value in zip(YEARS, values, strict=True)}
