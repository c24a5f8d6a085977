"""The run "as happened" against the observations."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from calibration.observations import annual_points
from calibration.series import all_series
from calibration.statistics import fit
from model.inputs import LAST_OBSERVED, START
from model.system import system

POINTS = frozenset({"%"})
"""Units in which errors are differences in points, not relative."""


def _pairings() -> dict[tuple[str, str], tuple[str, str]]:
    """Observed series and sector that are compared with an indicator of another name: the nearest there is."""
    variables = system().variables
    return {
        s.observed: (s.indicator, s.sector or variables[s.indicator].belongs_to)
        for s in all_series().values()
        if s.indicator in variables
    }


def _last_years() -> dict[str, int]:
    """Last year in which an observed series is comparable with the model, for those with a break."""
    return {s.observed[0]: max(high for _, high in s.segments) for s in all_series().values()}


def _bases() -> dict[tuple[str, str], float]:
    """By observed series and sector, the figure of the year by which its indicator is divided too."""
    points = annual_points().set_index(["series", "sector", "year"])["value"]
    return {s.observed: float(points[(*s.observed, s.base)]) for s in all_series().values() if s.base is not None}


def compared(result: xr.Dataset) -> pd.DataFrame:
    """Observed and simulated values side by side, one row per series, sector and year up to the last observed one."""
    from model.engine.result import to_table
    from model.run import indicator_names

    simulated = to_table(result, "as_happened", [n for n in indicator_names() if n in result])
    simulated = simulated.set_index(["variable", "sector", "year"])["value"]
    pairings, last_years, bases, rows = _pairings(), _last_years(), _bases(), []
    for point in annual_points().itertuples():
        name, sector = pairings.get((point.series, point.sector), (point.series, point.sector))
        last = last_years.get(point.series, LAST_OBSERVED)
        if START <= point.year <= last and (name, sector, point.year) in simulated.index:
            rows.append(
                (
                    point.series,
                    sector,
                    point.year,
                    point.value / bases.get((point.series, point.sector), 1.0),
                    simulated[name, sector, point.year],
                    point.unit,
                    point.confidence,
                )
            )
    return pd.DataFrame(rows, columns=["series", "sector", "year", "observed", "simulated", "unit", "grade"])


def fit_table(result: xr.Dataset) -> pd.DataFrame:
    """Fit per series and sector, grade D rows apart: mean error (relative or in points), bias, Theil's split."""
    pairs = compared(result)
    pairs = pairs.assign(unverified=pairs["grade"] == "D")
    rows = []
    for (series, sector, _), group in pairs.groupby(["series", "sector", "unverified"], sort=True):
        statistics = fit(group["simulated"].to_numpy(), group["observed"].to_numpy())
        unit = group["unit"].iloc[0]
        gap = group["simulated"] - group["observed"]
        error = f"{gap.abs().mean():.1f} points" if unit in POINTS else f"{100 * statistics.mape:.1f} %"
        bias = f"{gap.mean():+.1f} points" if unit in POINTS else f"{100 * (gap / group['observed']).mean():+.1f} %"
        rows.append(
            {
                "series": series,
                "sector": sector,
                "grades": "".join(sorted(set(group["grade"]))),
                "n": len(group),
                "years": f"{group['year'].min()}-{group['year'].max()}",
                "mean error": error,
                "bias": bias,
                "U^M": statistics.bias,
                "U^S": statistics.variation,
                "U^C": statistics.covariation,
            }
        )
    return pd.DataFrame(rows)
