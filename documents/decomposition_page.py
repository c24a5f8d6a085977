"""The page about what changed energy and emissions, and how much of each change came from outside."""

from __future__ import annotations

from dataclasses import astuple

from analysis.decomposition import (
    COMPARED,
    PERIODS,
    SPLIT,
    IntensityChange,
    LevelChange,
    by_sectors,
    intensity_change,
    level_change,
    observed_moments,
    runs,
    shares,
    simulated_moments,
)

from .labels import english_label
from .markdown import table

TEXT = """# What changed, and why

Written by `hebei2025 documents decomposition` from the run "as happened" with the parameters of the model.

## Energy per value added: structure and efficiency

Additive LMDI over the eight sectors, real value added at 2015 prices. Structure: sectors with other intensities grow.
Efficiency: sectors use less per unit of value added; the value that better products add is part of it.

{sectors}

Total energy use, per cent of its first value. Activity: more is produced.

{levels}

Energy use by sector was not published for Hebei, and the shares of steel and of equipment were published together for
2017 only, so the same split cannot be computed from data. A split of CO2 emissions and nominal value added into steel
and all other sectors can, for {first}-{last} (CO2 grade B, shares A, value added B and C); it contains changes of
prices. First CO2 per unit of value added, then total CO2.

{two}

{two_levels}

## How much comes from outside

Change of each indicator since 2015, from four runs in which levers and drivers move or are held at their values of
2015. *Momentum* is the change with both held: stocks were not in balance, growth rates continue, and so do the levers
at their strength of 2015. *Drivers* and *levers* are the mean of what each adds when it is moved first and when it is
moved last; *interaction* is the joint effect, half of which is in each of them. Where drivers or momentum outweigh the
levers, the indicator says little about the policy. Changes of indicators in % are percentage points.

{outside}
"""
YEARS = (2020, 2025)
"""Last years of the changes that are split into momentum, drivers and levers."""
INTENSITY_HEADER = ("change", "structure", "efficiency")
LEVEL_HEADER = ("change", "activity", "structure", "efficiency")


def decomposition_page() -> str:
    """The page, from four runs of the model."""
    by_case = runs()
    as_happened = by_case[True, True]
    periods = {f"{first}-{last}": by_sectors(as_happened, first, last) for first, last in PERIODS}
    compared = {"observed": observed_moments(), "model": simulated_moments(as_happened)}
    tables = {
        "sectors": _split_table("years", INTENSITY_HEADER, {k: intensity_change(*m) for k, m in periods.items()}),
        "levels": _split_table("years", LEVEL_HEADER, {k: level_change(*m) for k, m in periods.items()}),
        "two": _split_table("", INTENSITY_HEADER, {k: intensity_change(*m) for k, m in compared.items()}),
        "two_levels": _split_table("", LEVEL_HEADER, {k: level_change(*m) for k, m in compared.items()}),
    }
    rows = []
    for year in YEARS:
        for name in SPLIT:
            change = shares(name, year, by_case)
            parts = (change.whole, change.momentum, change.drivers, change.levers, change.interaction)
            rows.append([english_label(name), f"2015-{year}", *(f"{part:+.4g}" for part in parts)])
    header = ("indicator", "years", "change", "momentum", "drivers", "levers", "interaction")
    return TEXT.format(first=COMPARED[0], last=COMPARED[1], outside=table(header, rows), **tables)


def _split_table(first: str, header: tuple[str, ...], changes: dict[str, IntensityChange | LevelChange]) -> str:
    rows = [[name, *(f"{value:+.1f} %" for value in astuple(change))] for name, change in changes.items()]
    return table((first, *header), rows)
