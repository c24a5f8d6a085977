"""Projections to 2035 as fans: median and bands by year of one indicator under one path of the drivers."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.projections import EXTRAPOLATED, PATHS, SHOWN, projections
from calibration.bands import PARAMETERS, WITH_ERROR
from calibration.posterior import WINDOWS, load
from calibration.synthetic import covers_true_value, stored
from model.scenario import BASELINE
from model.system import system
from views.display_units import DisplayUnit, display_unit
from views.language import Locale

from .cache import ResultCache
from .evidence_tables import percent_text
from .observed import observed

INDICATORS = dict(SHOWN)
"""The indicators that are projected, each with its sector."""
DRIVER_PATHS, CENTRAL = tuple(PATHS.values()), PATHS[BASELINE]
QUANTILES = ("p5", "p25", "p50", "p75", "p95")
_bands: ResultCache[pd.DataFrame] = ResultCache(1)


@dataclass(frozen=True)
class Fan:
    """One indicator in the unit that is shown. `rows` has a row for each year: year, the `QUANTILES`, observed value
    and grade (NaN and "" where there is none); `others` the medians under the other paths of the drivers, in the same
    years; `with_error` says whether the bands hold the model error."""

    unit: DisplayUnit
    rows: pd.DataFrame
    others: Mapping[str, np.ndarray]
    with_error: bool


def projected_bands() -> pd.DataFrame:
    """Bands of all indicators under every path of the drivers, from the stored draws; computed once, in seconds."""
    return _bands.get("projections", lambda: projections(load(WINDOWS[-1])))


@functools.cache
def covered() -> float | None:
    """Share of intervals of 90 % that held the true parameter in the test on made-up data; None where there is none."""
    sets = stored()
    return float(covers_true_value(sets).mean()) if len(sets) else None


def bands_text(fan: Fan, locale: Locale) -> str:
    """What the bands of a fan hold, what they leave out, and how well such intervals did in a test."""
    holds = locale.translate(f"fan.{'with' if fan.with_error else 'without'}_error", last=WINDOWS[-1])
    sentences = [holds, locale.translate("fan.left_out", document=EXTRAPOLATED)]
    share = covered()
    if share is not None:
        sentences.append(locale.translate("fan.too_narrow", share=f"{100 * share:.0f}"))
    return locale.sentences(sentences)


def indicator_name(indicator: str, locale: Locale) -> str:
    """Name of a projected indicator."""
    return locale.text(system().variables[indicator].label)


def fan_of(indicator: str, path: str, locale: Locale) -> Fan:
    """The fan of an indicator under a path of the drivers, with the model error where the indicator has one."""
    table = projected_bands()
    table = table[(table["indicator"] == indicator) & (table["sector"] == INDICATORS[indicator])]
    with_error = bool((table["band"] == WITH_ERROR).any())
    inner = table[table["band"] == (WITH_ERROR if with_error else PARAMETERS)]
    by_path = {name: inner[inner["path"] == name].sort_values("year") for name in DRIVER_PATHS}
    chosen = by_path[path]
    unit = display_unit(system().variables[indicator].unit, locale, float(chosen["p50"].abs().max()))
    rows = chosen[["year"]].assign(**{name: unit.scaled(chosen[name].to_numpy()) for name in QUANTILES})
    points = {point.year: point for point in observed(indicator, INDICATORS[indicator])}
    known = [points.get(year) for year in rows["year"]]
    rows = rows.assign(
        observed=[np.nan if point is None else unit.scaled(point.value) for point in known],
        grade=["" if point is None else point.grade for point in known],
    ).reset_index(drop=True)
    others = {name: unit.scaled(one["p50"].to_numpy()) for name, one in by_path.items() if name != path}
    return Fan(unit, rows, others, with_error)


def fan_rows(fan: Fan, locale: Locale) -> pd.DataFrame:
    """A fan as a table for people."""
    columns = {
        locale.translate("evidence.year"): fan.rows["year"],
        locale.translate("evidence.observed"): fan.rows["observed"],
        locale.translate("evidence.grade"): fan.rows["grade"],
        locale.translate("fan.median"): fan.rows["p50"],
        **{percent_text(int(name[1:]), locale): fan.rows[name] for name in QUANTILES if name != "p50"},
        **{locale.translate(f"fan.other_{path}"): medians for path, medians in fan.others.items()},
    }
    return pd.DataFrame(columns)
