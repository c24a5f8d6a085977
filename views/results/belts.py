"""What the Regions page shows: results by belt of the present settings and of what happened."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.axes import BELT_LABELS
from views.display_units import DisplayUnit, display_unit
from views.language import Locale

from .catalogue import BELT_ENERGY, BELT_SHARE, BELT_VALUE
from .simulation import Result

MEASURES = {"value_added": (BELT_VALUE, "亿元"), "energy": (BELT_ENERGY, "Mtce")}
"""What can be shown: indicator and unit."""
WHOLE = "all"
BELTS = tuple(label for label in BELT_LABELS if label != WHOLE)
"""Belts in their order, without the whole."""
DIGITS = 6


def belt_name(belt: str, locale: Locale) -> str:
    """Name of a belt, or of the whole."""
    return locale.text(BELT_LABELS[belt])


def unit_of(measure: str, locale: Locale) -> DisplayUnit:
    """How a measure is shown: in the smallest unit, since small belts stand beside the province."""
    return display_unit(MEASURES[measure][1], locale, 1.0)


def belt_table(now: Result, ghost: Result, year: int, locale: Locale) -> pd.DataFrame:
    """The belts in one year: value added, its share, and energy, with what happened beside them."""
    value, energy = (unit_of(measure, locale) for measure in ("value_added", "energy"))
    rows = []
    for belt in (*BELTS, WHOLE):
        here, before = now.at(year, BELT_VALUE, belt), ghost.at(year, BELT_VALUE, belt)
        shares = [result.at(year, BELT_SHARE, belt) for result in (now, ghost)]
        rows.append(
            (
                belt_name(belt, locale),
                value.scaled(here),
                value.scaled(before),
                100.0 * (here / before - 1.0) if before else np.nan,
                *shares,
                energy.scaled(now.at(year, BELT_ENERGY, belt)),
            )
        )
    keys = ("belt", "value_column", "value_happened", "delta", "share", "share_happened", "energy_column")
    return pd.DataFrame(rows, columns=[locale.translate(f"regions.{key}") for key in keys])


def with_units(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """The table of one year for download, with units in the names of its columns."""
    value, energy = (unit_of(measure, locale).text for measure in MEASURES)
    units = {"value_column": value, "value_happened": value, "energy_column": energy}
    return rows.rename(
        columns={
            locale.translate(f"regions.{key}"): f"{locale.translate(f'regions.{key}')} ({unit})"
            for key, unit in units.items()
        }
    )


def long_table(now: Result, ghost: Result, locale: Locale) -> pd.DataFrame:
    """All years of all belts in long form, for download."""
    rows = [
        (
            belt_name(belt, locale),
            locale.translate(f"regions.{measure}"),
            locale.translate(f"table.{kind}"),
            int(year),
            float(f"{unit_of(measure, locale).scaled(value):.{DIGITS}g}"),
            unit_of(measure, locale).text,
        )
        for measure, (indicator, _) in MEASURES.items()
        for belt in (*BELTS, WHOLE)
        for kind, result in (("now", now), ("ghost", ghost))
        for year, value in zip(result.years, result.series(indicator, belt), strict=True)
        if np.isfinite(value)
    ]
    keys = ("regions.belt", "table.indicator", "table.kind", "table.year", "table.value", "table.unit")
    return pd.DataFrame(rows, columns=[locale.translate(key) for key in keys])
