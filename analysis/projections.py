"""Projections after the last observation, under central, low and high paths of the drivers."""

from __future__ import annotations

import pandas as pd

from calibration.bands import PARAMETERS, WITH_ERROR, scenario_bands
from calibration.posterior import RESULTS, Posterior
from model.indicator_tags import tagged
from model.scenario import BASELINE, shipped_scenarios
from model.system import system

TABLE = RESULTS / "projections.csv"
PATHS = {"drivers_low": "low", BASELINE: "central", "drivers_high": "high"}
YEARS = (2020, 2025, 2030, 2035)
EXTRAPOLATED = 2025
"""Last year of the document; later ones are extrapolation."""
SHOWN = tuple((name, system().variables[name].belongs_to) for name in tagged("projections"))
"""Indicators of the table, each with its sector."""


def projections(posterior: Posterior) -> pd.DataFrame:
    """Bands of the run as happened under each path of the drivers, to the last year: the columns of `scenario_bands`,
    and path."""
    outputs = tuple(dict.fromkeys(name for name, _ in SHOWN))
    parts = [
        scenario_bands(posterior, shipped_scenarios()[name], YEARS[-1], outputs).assign(path=path)
        for name, path in PATHS.items()
    ]
    return pd.concat(parts, ignore_index=True)


def table(by_path: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator, path and year: median, 90 % band of the parameters, and 90 % band with model error."""
    bands = by_path.set_index(["indicator", "sector", "path", "band", "year"]).sort_index()
    rows = []
    for name, sector in SHOWN:
        for path in PATHS.values():
            for year in YEARS:
                key = (name, sector, path)
                inner = bands.loc[(*key, PARAMETERS, year)]
                wide = (*key, WITH_ERROR, year)
                low, high = bands.loc[wide, ["p5", "p95"]] if wide in bands.index else (float("nan"), float("nan"))
                rows.append((*key, year, inner["p50"], inner["p5"], inner["p95"], low, high))
    columns = ["indicator", "sector", "path", "year", "median", "low", "high", "low_with_error", "high_with_error"]
    return pd.DataFrame(rows, columns=columns)
