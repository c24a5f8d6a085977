"""Merging of lever values: a scenario overrides what it extends, a slider overrides a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

import numpy as np

from model.engine.text import Text
from model.inputs import Lever, branches_of

from .checks import describe_range
from .lever_paths import known_paths, sector_paths, share_of
from .lever_values import (
    AS_HAPPENED,
    DERIVED,
    YEARS,
    BySector,
    Constant,
    Derived,
    HeldPath,
    LeverPath,
    LeverValue,
    NamedPath,
    PointsPath,
    RaisedPath,
    Ramp,
    YearTable,
)

MOST_NESTED = 5
"""Deepest nesting of `of` after merging; a deeper path is replaced by the table of its values."""
TOLERANCE = 1e-9
"""Tolerance for rounding at the ends of the range, as a share of the range."""


def merge(lever: Lever, old: LeverValue | None, new: LeverValue) -> LeverValue:
    """The value `new` on top of `old` (None: as happened), with every `of` set.

    Sectors that `new` does not name keep their path. A changed path without `of` changes the path of `old`, so that a
    change for the whole lever of values by sector becomes one change for each sector.
    """
    before = AS_HAPPENED if old is None else old
    if isinstance(new, BySector):
        return _merged_sectors(lever, old, before, new)
    if not _is_open(new):
        return new
    if isinstance(before, BySector):
        return BySector(
            tuple(
                (s, _completed(lever, s, _path_of_part(lever, new, None, s), p))
                for s, p in covering_paths(lever, before)
            )
        )
    paths = {sector: _completed(lever, sector, new, before) for sector in sector_paths(lever, new)}
    alike = len(set(paths.values())) == 1  # tables differ between sectors with separate numbers
    return (
        next(iter(paths.values()))
        if alike
        else BySector(tuple((s, path) for s, path in paths.items() if s is not None))
    )


def _merged_sectors(lever: Lever, old: LeverValue | None, before: LeverValue, new: BySector) -> BySector:
    renewed = {branch for sector, _ in new.parts for branch in branches_of(sector)}
    whole = {} if old is None else _by_sector(lever, before)
    parts = {s: path for s, path in whole.items() if not renewed.issuperset(branches_of(s))}
    for sector, path in new.parts:
        for part in _sector_or_branches(lever, before, sector) if _is_open(path) else (sector,):
            base = _path_at(lever, before, part)
            parts[part] = _completed(lever, part, _path_of_part(lever, path, sector, part), base)
    return BySector(tuple(parts.items()))


def _by_sector(lever: Lever, value: LeverValue) -> dict[str, LeverPath]:
    if isinstance(value, BySector):
        return dict(value.parts)
    return {sector: _path_of_part(lever, value, None, sector) for sector in lever.sectors}


def _sector_or_branches(lever: Lever, value: LeverValue, sector: str) -> tuple[str, ...]:
    """The sector itself, or its branches where `value` has a separate path for some of them."""
    inside = branches_of(sector)
    separate = isinstance(value, BySector) and any(s in inside and s != sector for s, _ in value.parts)
    return inside if separate and lever.spread != "own" else (sector,)


def _path_at(lever: Lever, value: LeverValue, sector: str) -> LeverPath:
    """The path that `value` gives to a sector or branch."""
    if not isinstance(value, BySector):
        return _path_of_part(lever, value, None, sector)
    parts = dict(value.parts)
    around = [s for s in parts if set(branches_of(sector)) <= set(branches_of(s))]
    if not around:
        return AS_HAPPENED
    nearest = min(around, key=lambda s: (len(branches_of(s)), s != sector))
    return _path_of_part(lever, parts[nearest], nearest, sector)


def covering_paths(lever: Lever, value: BySector) -> Iterator[tuple[str, LeverPath]]:
    """Paths by sector that together cover the whole lever, no branch twice."""
    for sector in lever.sectors:
        for piece in _sector_or_branches(lever, value, sector):
            yield piece, _path_at(lever, value, piece)


def _path_of_part(lever: Lever, path: LeverPath, whole: str | None, sector: str) -> LeverPath:
    """The path of a sector that a path for `whole` (None: all sectors) implies."""
    share, total = share_of(lever, sector), share_of(lever, whole)
    part = share / total if total else 0.0
    if part == 1.0 or isinstance(path, NamedPath):
        return path
    if isinstance(path, Constant):
        return Constant(path.value * part)
    if isinstance(path, YearTable):
        return YearTable(tuple((year, value * part) for year, value in path.values))
    if isinstance(path, PointsPath):
        return PointsPath(tuple((year, value * part) for year, value in path.points))
    if isinstance(path, Ramp):
        return replace(path, end=path.end * part, start=None if path.start is None else path.start * part)
    if getattr(path, "clip", False) and not _is_open(path):  # the range is that of the whole
        return _as_table(path.resolve(known_paths(lever, whole)) * part)
    inner = None if path.of is None else _path_of_part(lever, path.of, whole, sector)
    if isinstance(path, RaisedPath):
        return replace(path, of=inner, change=path.change * part)
    if isinstance(path, HeldPath):
        return replace(path, of=inner, value=path.value * part)
    return replace(path, of=inner)


def _is_open(path: LeverPath) -> TypeGuard[Derived]:
    """Whether the innermost `of` is left out."""
    return isinstance(path, DERIVED) and (path.of is None or _is_open(path.of))


def _depth(path: LeverPath) -> int:
    return 1 + _depth(path.of) if isinstance(path, DERIVED) and path.of is not None else 0


def _completed(lever: Lever, sector: str | None, path: LeverPath, base: LeverPath) -> LeverPath:
    """The path with its open `of` set to `base`, as a table where it would be nested too deeply."""
    if not _is_open(path):
        return path
    whole = _with_base(path, base)
    return _as_table(whole.resolve(known_paths(lever, sector))) if _depth(whole) > MOST_NESTED else whole


def _with_base(path: Derived, base: LeverPath) -> Derived:
    """The path with `base` as its innermost `of`."""
    return replace(path, of=_with_base(path.of, base) if isinstance(path.of, DERIVED) else base)


def _as_table(values: np.ndarray) -> YearTable:
    return YearTable(tuple((int(year), float(value)) for year, value in zip(YEARS, values, strict=True)))


def range_problems(lever: Lever, value: LeverValue) -> Iterator[tuple[tuple[str, ...], Text]]:
    """Problems of changed paths that leave the range of the lever: place in the value, and message."""
    slack = TOLERANCE * (lever.max - lever.min)
    for sector, path in sector_paths(lever, value).items():
        if not isinstance(path, DERIVED):
            continue
        values = path.resolve(known_paths(lever, sector))
        outside = np.flatnonzero((values < lever.min - slack) | (values > lever.max + slack))
        if outside.size:
            first, allowed = outside[0], describe_range(lever, sector)
            number, year = f"{values[first]:g}", YEARS[first]
            text = Text(
                zh=f"{lever.id} 在 {year} 年的取值 {number} 超出允许范围；允许：每年均为 {allowed.zh}，"
                "或加 `clip: true`，超出时取最近的允许值",
                en=f"{number} in {year} is out of range for {lever.id}; allowed: {allowed.en} in every year, or "
                "`clip: true`, which takes the nearest allowed value",
            )
            yield (() if sector is None else (sector,)), text
