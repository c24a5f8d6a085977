"""Units of published figures: turned into the unit in which the model gives the same quantity, or refused by line."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

import pandas as pd

from model.engine.errors import UnitError
from model.engine.units import conversion_factor, load
from model.inputs import FOLDER as MODEL

from .observation_file import LINE, ObservationError
from .observations import DATA

_PLAIN = re.compile(r"[\w%/*^().\- ]+")
_KILOTONNE = "ktonne"
"""What statistics mean by kt, which is a speed (knot) to the registry of units."""
_SCALE = re.compile(r"(?:10(?:\^|\*\*)([0-9]+)|(10+))\s*(?=\S)")
"""A power of ten before a unit, such as 10^4 t, 10**4 t or 10000 t."""


@functools.cache
def factor(shown: str, wanted: str) -> float:
    """What a figure in the unit `shown` is multiplied by to give it in `wanted`; an empty unit means the wanted one.

    Raises `model.engine.errors.UnitError` for a unit that cannot be read or has another dimension.
    """
    if shown in ("", wanted):
        return 1.0
    text = unicodedata.normalize("NFKC", shown)
    if not _PLAIN.fullmatch(text):
        raise UnitError(f"unit {shown!r} cannot be read: only words, numbers and the signs % / * ^ ( ) are allowed")
    for definitions in (MODEL / "units.txt", DATA / "units.txt"):
        load(definitions)
    try:
        powers, parts = zip(*map(_power_of_ten, text.split("/")), strict=True)
        scale = 10.0 ** (powers[0] - sum(powers[1:]))
        return scale * conversion_factor("/".join(parts), wanted)
    except UnitError:
        raise
    except Exception as error:  # the parser raises errors of many kinds on text that is no unit
        raise UnitError(f"unit {shown!r} cannot be read: {error}") from None


def _power_of_ten(text: str) -> tuple[int, str]:
    """The power of ten that a unit begins with, and the rest of it."""
    match = _SCALE.match(text.strip())
    power = 0 if match is None else int(match[1]) if match[1] else len(match[2]) - 1
    plain = text.strip()[match.end() if match else 0 :]
    return power, _KILOTONNE if plain == "kt" else plain


def converted(path: Path | None, points: pd.DataFrame, wanted: str) -> pd.DataFrame:
    """Figures of one series in the unit `wanted`; an `ObservationError` names the line of a unit that does not fit."""
    factors = []
    for row in points.itertuples():
        try:
            factors.append(factor(row.unit, wanted))
        except UnitError as error:
            what = "has another dimension" if "dimension" in str(error) else "cannot be read"
            raise ObservationError(
                f"{path}:{getattr(row, LINE)}: unit {row.unit!r} of {row.series} {what}; "
                f"allowed: {wanted}, what converts to it, or nothing"
            ) from None
    return points.assign(value=points["value"] * factors, unit=wanted)


def of_one_unit(path: Path | None, points: pd.DataFrame, wanted: str | None) -> pd.DataFrame:
    """Figures of an index, which no other index converts to: all must be in one unit, `wanted` or that of the first."""
    wanted = points["unit"].iloc[0] if wanted is None else wanted
    for row in points.itertuples():
        if row.unit not in ("", wanted):
            raise ObservationError(
                f"{path}:{getattr(row, LINE)}: unit {row.unit!r} of {row.series} cannot be compared; "
                f"allowed: {wanted}, as in the other figures of this index"
            )
    return points.assign(unit=wanted)
