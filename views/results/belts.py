"""What the Regions page shows: results by belt of the present settings and of what happened."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.axes import BELT_LABELS
from views.language import LANGUAGES, Translate
from views.language import unit as unit_name

from .catalogue import BELT_ENERGY, BELT_SHARE, BELT_VALUE
from .simulation import Result

MEASURES = {"value_added": (BELT_VALUE, "亿元"), "energy": (BELT_ENERGY, "Mtce")}
"""What can be shown: indicator and unit."""
WHOLE = "all"
BELTS = tuple(label for label in BELT_LABELS if label != WHOLE)
"""Belts in their order, without the whole."""
DIGITS = 6


def belt_name(belt: str, language: str) -> str:
    """Name of a belt, or of the whole."""
    return BELT_LABELS[belt][list(LANGUAGES).index(language)]


def belt_table(now: Result, ghost: Result, year: int, t: Translate, language: str) -> pd.DataFrame:
    """The belts in one year: value added, its share, and energy, with what happened beside them."""
    rows = []
    for belt in (*BELTS, WHOLE):
        here, before = now.at(year, BELT_VALUE, belt), ghost.at(year, BELT_VALUE, belt)
        shares = [result.at(year, BELT_SHARE, belt) for result in (now, ghost)]
        rows.append(
            (
                belt_name(belt, language),
                here,
                before,
                100.0 * (here / before - 1.0) if before else np.nan,
                *shares,
                now.at(year, BELT_ENERGY, belt),
            )
        )
    keys = ("belt", "value_column", "value_happened", "delta", "share", "share_happened", "energy_column")
    return pd.DataFrame(rows, columns=[t(f"regions.{key}") for key in keys])


def with_units(rows: pd.DataFrame, t: Translate, language: str) -> pd.DataFrame:
    """The table of one year for taking away, with units in the names of its columns."""
    value, energy = (unit_name(unit, language) for _, unit in MEASURES.values())
    units = {"value_column": value, "value_happened": value, "energy_column": energy}
    return rows.rename(columns={t(f"regions.{key}"): f"{t(f'regions.{key}')} ({unit})" for key, unit in units.items()})


def long_table(now: Result, ghost: Result, t: Translate, language: str) -> pd.DataFrame:
    """All years of all belts in long form, for taking away."""
    rows = [
        (
            belt_name(belt, language),
            t(f"regions.{measure}"),
            t(f"table.{kind}"),
            int(year),
            float(f"{value:.{DIGITS}g}"),
            unit_name(unit, language),
        )
        for measure, (indicator, unit) in MEASURES.items()
        for belt in (*BELTS, WHOLE)
        for kind, result in (("now", now), ("ghost", ghost))
        for year, value in zip(result.years, result.series(indicator, belt), strict=True)
        if np.isfinite(value)
    ]
    keys = ("regions.belt", "table.indicator", "table.kind", "table.year", "table.value", "table.unit")
    return pd.DataFrame(rows, columns=[t(key) for key in keys])
