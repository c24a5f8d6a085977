"""Paths that people write in scenarios: numbers, tables of years, ramps and names of known paths."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from .inputs import LATEST, POLICY_START, START, Lever, branches_of, lever_table, path_values
from .source import Where, suggestion

NAMED_PATHS = ("baseline", "document", "frozen_2015")
"""Known paths of a lever: as happened, as the document asks, and frozen at its value of 2015."""
FROZEN_YEAR = POLICY_START - 1
RAMP_KEYS = ("from", "to", "start", "end")
YEARS = np.arange(START, LATEST + 1)

Report = Callable[[Where, str], None]


def is_number(value: object) -> bool:
    """Whether `value` is a finite number (true and false are not)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def lever_sectors(lever: Lever) -> tuple[str, ...]:
    """Sector and branch names for which the lever may be set apart."""
    if lever.spread == "scalar":
        return ()
    return tuple(dict.fromkeys([*lever.sectors, *(b for s in lever.sectors for b in branches_of(s))]))


def check_lever_value(lever: Lever, value: object, where: Where, report: Report) -> None:
    """Report everything wrong with a lever value of a scenario."""
    sectors = lever_sectors(lever)
    if isinstance(value, Mapping) and any(isinstance(key, str) for key in value) and "ramp" not in value:
        for sector, part in value.items():
            if sector not in sectors:
                allowed = suggestion(sector, sectors) if sectors else f"{lever.id} has no sectors; give one value"
                report((*where, sector), f"unknown sector {sector!r} for {lever.id}; {allowed}")
            else:
                check_path(lever, part, (*where, sector), report)
    elif lever.spread == "own" and value not in NAMED_PATHS:
        sector = lever.sectors[0]
        report(where, f"{lever.id} needs a value for each sector that changes, such as {{{sector}: {lever.max / 4:g}}} in a file or "
               f"--set {lever.id}.{sector}={lever.max / 4:g}; sectors: {', '.join(lever.sectors)}; range: {describe_range(lever)}")  # fmt: skip
    else:
        check_path(lever, value, where, report)


def describe_range(lever: Lever) -> str:
    """The allowed range in words, with unit."""
    return f"{lever.min:g} to {lever.max:g} {lever.unit}"


def check_path(lever: Lever, value: object, where: Where, report: Report) -> None:
    """Report everything wrong with one path: a number, a table, a ramp or a named path."""
    if isinstance(value, str):
        if value not in NAMED_PATHS:
            report(where, f"{value!r} is no value for {lever.id}; allowed: a number from {describe_range(lever)}, "
                   f"a table of years, a ramp, or {', '.join(NAMED_PATHS)}")  # fmt: skip
    elif isinstance(value, Mapping):
        if "ramp" in value:
            _check_ramp(lever, value, where, report)
        else:
            _check_table(lever, value, where, report)
    else:
        _check_number(lever, value, where, report)


def _check_number(lever: Lever, value: object, where: Where, report: Report) -> None:
    if not is_number(value):
        report(where, f"{value!r} is no finite number; {lever.id} takes {describe_range(lever)}")
    elif not lever.min <= value <= lever.max:
        report(where, f"{value:g} is out of range for {lever.id}; allowed: {describe_range(lever)}")


def check_years(keys: list, where: Where, report: Report) -> bool:
    """Report years that are none, lie outside the run, or are out of order; true when all is well."""
    fine = True
    for year in keys:
        if not isinstance(year, int) or isinstance(year, bool) or not START <= year <= LATEST:
            report((*where, year), f"{year!r} is no year of the model; allowed: {START} to {LATEST}")
            fine = False
    if fine and keys != sorted(keys):
        report(where, f"years are out of order: {', '.join(map(str, keys))}; write them in rising order")
        fine = False
    return fine


def _check_table(lever: Lever, table: Mapping, where: Where, report: Report) -> None:
    if not table:
        report(where, f"an empty table for {lever.id}; give at least one `year: value`")
    check_years(list(table), where, report)
    for year, value in table.items():
        _check_number(lever, value, (*where, year), report)


def _check_ramp(lever: Lever, value: Mapping, where: Where, report: Report) -> None:
    ramp = value["ramp"]
    if len(value) > 1 or not isinstance(ramp, Mapping):
        report(
            where, "a ramp is written {ramp: {from: year, to: year, start: value, end: value}} and nothing beside it"
        )
        return
    for key in ramp:
        if key not in RAMP_KEYS:
            report((*where, "ramp", key), f"unknown key {key!r} in a ramp; {suggestion(key, RAMP_KEYS)}")
    missing = [key for key in ("from", "to", "end") if key not in ramp]
    if missing:
        report(
            (*where, "ramp"),
            f"the ramp lacks {', '.join(missing)}; allowed: {', '.join(RAMP_KEYS)} (start may be left out)",
        )
        return
    if check_years([ramp["from"], ramp["to"]], (*where, "ramp"), report) and ramp["from"] == ramp["to"]:
        report((*where, "ramp"), "a ramp needs `to` later than `from`")
    for key in ("start", "end"):
        if key in ramp:
            _check_number(lever, ramp[key], (*where, "ramp", key), report)


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
    by_sector = isinstance(value, Mapping) and any(isinstance(k, str) for k in value) and "ramp" not in value
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
