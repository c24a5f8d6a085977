"""What experiments showed, in short: the spread of results, differences between policies, and what moves a result."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from scipy.stats import spearmanr

from calibration.series import FOLDER

from .dataset import open_experiment
from .design import Design
from .design_reading import load_design
from .design_source import design_names
from .execution import run_experiment

TABLE = FOLDER / "results" / "designs.csv"
"""The stored answers of the shipped designs."""
QUANTILES = {"p5": 0.05, "p50": 0.5, "p95": 0.95}
NAMED = 3
"""Dimensions that are named as those that move a result most."""


def shipped_answers(progress: Callable[[str], None]) -> Iterator[pd.DataFrame]:
    """The answers of each shipped design, which is run for that; `progress` is called with the name of the next."""
    for name in design_names():
        progress(name)
        with tempfile.TemporaryDirectory() as place:
            design = load_design(name)
            yield answers(design, open_experiment(run_experiment(design, Path(place) / name))).assign(design=name)


def answers(design: Design, results: xr.Dataset) -> pd.DataFrame:
    """A row for each policy, kept number and year of a finished experiment.

    Columns: policy, name, unit, year; p5, p50, p95 over the runs; of the difference from the first policy at the same
    point the same, and `below`, the share of points at which it lies below that policy (missing for the first policy);
    `moved_by`, the dimensions with the largest rank correlations, with the correlation.
    """
    rows = []
    for kept in design.kept:
        values = results[kept.name].transpose("run", ..., "policy", "year").to_numpy()
        values = values.reshape(-1, *values.shape[-2:])  # replications count as further runs
        times = len(values) // results.sizes["run"]
        for place, policy in enumerate(design.policies):
            for position, year in enumerate(design.years):
                found = values[:, place, position]
                row = {
                    "policy": policy.name,
                    "name": kept.name,
                    "unit": results[kept.name].attrs["units"],
                    "year": year,
                }
                row |= _quantiles(found)
                if place:
                    apart = found - values[:, 0, position]
                    row |= {f"difference_{name}": value for name, value in _quantiles(apart).items()}
                    row["below"] = float(np.mean(apart < 0))
                rows.append(row | {"moved_by": _moved_by(design, results, found, times)})
    return pd.DataFrame(rows)


def _quantiles(values: np.ndarray) -> dict[str, float]:
    return {name: float(np.quantile(values, level)) for name, level in QUANTILES.items()}


def _moved_by(design: Design, results: xr.Dataset, values: np.ndarray, times: int) -> str:
    """The dimensions that move a result most, such as `capacity_closure.factor -0.93; talent +0.12`."""
    if np.ptp(values) == 0:
        return ""
    strengths = {}
    for name in design.names:
        sampled = results[name].to_numpy()
        if sampled.dtype.kind == "f" and len(np.unique(sampled)) > 1 and name != "posterior_draw":
            strengths[name] = spearmanr(np.repeat(sampled, times), values).statistic
    strongest = sorted(strengths, key=lambda name: -abs(strengths[name]))[:NAMED]
    return "; ".join(f"{name} {strengths[name]:+.2f}" for name in strongest)
