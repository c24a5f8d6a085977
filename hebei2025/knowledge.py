"""What is known beside a run: observations, and bands from the stored calibration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd
import xarray as xr

import calibration.observations as stored
from model.run_limits import check_until

from .arguments import check_names, find_scenario
from .runs import RunLike

if TYPE_CHECKING:
    import numpy as np

    from calibration.posterior import Posterior
    from model.scenario import Scenario


def observations(series: str | Iterable[str] | None = None) -> pd.DataFrame:
    """The observations behind the model, one row a figure, or those of some `series`.

    Columns: series, sector, year, period ("year" or a part of one), value, unit, definition, source, source_url,
    confidence (grade: A official, B press copy or derived, C weak, D unverified), note.
    """
    rows = stored.observations()
    wanted = check_names(series, dict.fromkeys(rows["series"]), "series")
    return (rows if wanted is None else rows[rows["series"].isin(wanted)]).reset_index(drop=True)


def bands(run: RunLike, outputs: str | Iterable[str] | None = None, until: int | None = None) -> pd.DataFrame:
    """Bands of uncertainty of a run or scenario under the stored calibration (500 draws of the estimated parameters).

    Columns: indicator, sector, year, band ("parameters", or "parameters_and_model_error" where the indicator is held
    against observations), p5, p25, p50, p75, p95. `outputs` are indicators out of `calibration.bands.BANDED` (default:
    all).
    """
    from calibration.bands import BANDED, scenario_bands

    names = check_names(outputs, BANDED, "indicator") or BANDED
    posterior, errors = calibrated()
    check_until(until)
    scenario, end = scenario_and_end(run, until)
    return scenario_bands(posterior, scenario, end, names, errors)


def calibrated() -> tuple[Posterior, Mapping[str, np.ndarray]]:
    """The calibration to all observations, with its draws of the model error."""
    from calibration.calibrated import calibrated as stored_calibration

    return stored_calibration()


def scenario_and_end(run: RunLike, until: int | None) -> tuple[Scenario, int]:
    """The scenario of a run and its last year; a run carries its scenario in its attributes."""
    from model.scenario import last_year, parse_scenario

    if not isinstance(run, xr.Dataset):
        scenario = find_scenario(run)
        return scenario, last_year(scenario, until)
    if "scenario_definition" not in run.attrs:
        raise ValueError("this Dataset does not say which scenario it is of; pass what simulate() returned")
    scenario = parse_scenario(run.attrs["scenario_definition"], run.attrs["scenario"])
    return scenario, until or int(run.attrs["end"])
