"""The forecast of the present edition in the form in which it is registered, for every yearly indicator."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from model.inputs import END, START
from model.run import indicator_names
from model.system import system

from .bands import PARAMETERS, QUANTILES, WITH_ERROR, draws_of, entries, model_errors, with_error
from .observations import OBSERVATION_FILE, points_of
from .posterior import Posterior, data_hash
from .registered_forecast import (
    COLUMNS,
    EXPECTATIONS,
    REGISTERED,
    RegistrationError,
    file_hash,
    require_new,
    series_record,
    write_registered,
)
from .series import FITTED_GRADES, LEVEL, Series, all_series
from .yardstick import Yardstick, stored_yardstick

PERCENT = "%"
OTHER_AXES = ("lever", "actor")
"""Axes of indicators that no outcome is published by."""


@dataclass(frozen=True)
class Origin:
    """Where a forecast comes from: commit of the code, hash of equations and data, and whether each lever of the
    contract passes (None where that was not tested)."""

    commit: str
    model_hash: str
    contracts: Mapping[str, bool] | None = None


def forecast_series() -> dict[str, Series]:
    """The series of series.yaml, then every other yearly indicator by sector or belt as a series of its own name."""
    series = dict(all_series())
    covered = {(one.indicator, one.sector) for one in series.values()}
    for name in indicator_names():
        variable = system().variables[name]
        if variable.axis is not None and variable.axis.name.split("_")[0] in OTHER_AXES:
            continue
        kind = "share" if variable.unit == PERCENT else LEVEL
        for label, position in entries(name):
            sector = None if position is None else label
            if (name, sector) not in covered:
                identity = name if sector is None else f"{name}.{sector}"
                series[identity] = Series(identity, name, (name, label), kind, sector)
    return series


def unit_of(series: Series) -> str:
    """Unit of a series of the model."""
    if series.kind != LEVEL:
        return PERCENT
    return "1" if series.base is not None else system().variables[series.indicator].unit


def path_of(series: Series, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """The series (draws, years), from indicators (draws, years[, axis])."""
    if series.id in all_series():
        return series.simulated(values)
    array, axis = values[series.indicator], system().variables[series.indicator].axis
    return array if axis is None or series.sector is None else array[..., list(axis.labels).index(series.sector)]


def forecast_paths(posterior: Posterior, last: int = END) -> dict[str, np.ndarray]:
    """Every series under every draw, then under the mode, in the run "as happened": arrays (draws + 1, years)."""
    series = forecast_series()
    outputs = tuple(dict.fromkeys(one.needs for one in series.values()))
    with_mode = replace(posterior, draws=np.vstack([posterior.draws, posterior.mode]))
    drawn = draws_of(with_mode, last, outputs)
    return {name: path_of(one, drawn) for name, one in series.items()}


def forecast_table(posterior: Posterior, paths: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Mean and quantiles by series, year and band: of the draws, and of the draws with the model error where a series
    has one. `paths` are those of `forecast_paths`; years without a value are left out."""
    series, errors = forecast_series(), model_errors(posterior)
    parts = []
    for name, with_mode in paths.items():
        drawn = with_mode[:-1]
        parts.append(_rows(name, PARAMETERS, drawn))
        if name in errors:
            parts.append(_rows(name, WITH_ERROR, with_error(series[name], drawn, errors[name])))
    return pd.concat(parts, ignore_index=True)


def _rows(name: str, band: str, drawn: np.ndarray) -> pd.DataFrame:
    known = ~np.isnan(drawn).any(axis=0)
    statistics = np.vstack([drawn.mean(axis=0), np.quantile(drawn, QUANTILES, axis=0)])[:, known]
    years = START + np.flatnonzero(known)
    columns = dict(zip(COLUMNS[3:], statistics, strict=True))
    return pd.DataFrame({"series": name, "year": years, "band": band, **columns})


def log_likelihood_record(paths: Mapping[str, np.ndarray], yardstick: Yardstick) -> dict[str, Any]:
    """Log likelihood of the best of the draws and the mode, in sum and by series, and the mean over the draws."""
    with np.errstate(invalid="ignore", divide="ignore"):
        by_series = yardstick.log_densities(paths)
    totals = np.where(np.isfinite(sum(by_series.values())), sum(by_series.values()), -np.inf)
    best = int(np.argmax(totals))
    return {
        "best": round(float(totals[best]), 2),
        "mean": round(float(totals[:-1].mean()), 2),
        "by_series": {name: round(float(values[best]), 2) for name, values in by_series.items()},
    }


def observed_after(series: Mapping[str, Series], year: int) -> list[str]:
    """Ids of the series of which the project already has graded figures after `year`: these are no forecasts."""
    return [name for name, one in series.items() if _last_observed(one) > year]


def _last_observed(series: Series) -> int:
    points = points_of(*series.observed)
    points = points[points["confidence"].isin(FITTED_GRADES)]
    return int(points["year"].max()) if len(points) else START


def register(name: str, posterior: Posterior, origin: Origin, folder: Path = REGISTERED) -> dict[str, Any]:
    """Register the forecast of the present edition under a new name; the record.

    Raises RegistrationError where the name is taken, or the stored calibration belongs to other data.
    """
    require_new(name, folder)
    if posterior.summary["data_hash"] != data_hash():
        raise RegistrationError(
            f"the stored calibration to {posterior.window} belongs to other observations, series or ranges; "
            "calibrate again before registering"
        )
    paths, series = forecast_paths(posterior), forecast_series()
    record = {
        "name": name,
        "registered": datetime.date.today().isoformat(),
        "known_until": posterior.window,
        "last": END,
        "scenario": "as_happened",
        "draws": len(posterior.draws),
        "commit": origin.commit,
        "model_hash": origin.model_hash,
        "data_hash": posterior.summary["data_hash"],
        "observations_sha256": file_hash(OBSERVATION_FILE.read_bytes()),
        "expectations_sha256": file_hash(EXPECTATIONS.read_bytes()),
        "contracts": None if origin.contracts is None else dict(origin.contracts),
        "observed_before": observed_after(series, posterior.window),
        "log_likelihood": log_likelihood_record(paths, stored_yardstick()),
        "series": {identity: series_record(one, unit_of(one)) for identity, one in series.items()},
    }
    write_registered(name, forecast_table(posterior, paths), record, folder)
    return record
