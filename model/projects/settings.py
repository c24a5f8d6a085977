"""Parameters of the pipeline, the size distribution of its projects, and the delays that it implies."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np

from model.inputs import FOLDER, Parameter, default_parameters, load_yaml

RENOVATION, CONVERSION, CLOSURE = KINDS = ("renovation", "conversion", "closure")
STAGES = 3
"""Work stages (preparation, construction, trial operation), each exponential, as in the third-order delay."""
MONTHS = 12
SHORTEST_REVIEW = 0.02
"""Shortest review time in years: five working days, the time that a simple filing takes."""
DURATIONS = {RENOVATION: "renovation_duration", CONVERSION: "conversion_duration"}
"""Parameters of the model that give the mean time from start to completion."""


@functools.cache
def pipeline_parameters() -> dict[str, Parameter]:
    """Parameters of the pipeline by id."""
    return {name: Parameter(id=name, **entry) for name, entry in load_yaml(FOLDER / "projects.yaml").items()}


def pipeline_values(changes: Mapping[str, float] | None = None) -> dict[str, np.ndarray]:
    """Parameters of the pipeline as scalars or arrays over branches, with `changes` applied.

    Raises `KeyError` for a change of an unknown parameter.
    """
    known, changes = pipeline_parameters(), changes or {}
    for name in changes:
        if name not in known:
            raise KeyError(f"{name}: the pipeline has no such parameter; it has {', '.join(known)}")
    return {name: parameter.array(changes.get(name)) for name, parameter in known.items()}


def round_interval(settings: Mapping[str, np.ndarray]) -> float:
    """Years between funding rounds."""
    return round(float(settings["funding_interval"])) / MONTHS


def review_time(approval_time: float, settings: Mapping[str, np.ndarray]) -> float:
    """Mean review time: the approval time of the stocks less the mean wait for the next funding round."""
    return max(float(approval_time) - round_interval(settings) / 2, SHORTEST_REVIEW)


def review_times(approval_time: float, settings: Mapping[str, np.ndarray]) -> tuple[float, float]:
    """Mean review times of projects with and without land; their weighted mean is the review time of all projects."""
    share, relative = float(settings["zero_land_share"]), float(settings["zero_land_review_ratio"])
    with_land = review_time(approval_time, settings) / (1 - share + share * relative)
    return with_land, with_land * relative


def _moments(kind: str, settings: Mapping[str, np.ndarray], model: Mapping[str, float]) -> tuple[float, float]:
    """Mean and variance of the duration of a kind when no queue forms."""
    if kind in DURATIONS:
        stage = float(model[DURATIONS[kind]]) / STAGES
        return stage * STAGES, stage**2 * STAGES
    if kind == CLOSURE:
        times = [float(settings[name]) for name in ("closure_audit_time", "closure_dismantling_time")]
        return sum(times), sum(t**2 for t in times)
    if kind == "approval":
        share, interval = float(settings["zero_land_share"]), round_interval(settings)
        with_land, without = review_times(model["approval_time"], settings)
        mean = (1 - share) * with_land + share * without
        variance = 2 * ((1 - share) * with_land**2 + share * without**2) - mean**2
        return mean + interval / 2, variance + interval**2 / 12
    raise KeyError(f"{kind}: no such kind of delay; there are approval, {', '.join(KINDS)}")


def mean_delay(
    kind: str, settings: Mapping[str, np.ndarray] | None = None, model: Mapping[str, float] | None = None
) -> float:
    """Mean delay in years that the pipeline implies when no queue forms.

    "approval" is from application to start (exponential review time plus a uniform wait for the next round);
    "renovation" and "conversion" are from start to completion; "closure" is from listing to dismantling. `settings` are
    values of pipeline parameters, `model` those of the model, with `approval_time` for "approval".
    """
    return _moments(kind, *_with_defaults(settings, model))[0]


def order(kind: str, settings: Mapping[str, np.ndarray] | None = None, model: Mapping[str, float] | None = None) -> int:
    """Order of the material delay with the mean and variance of the pipeline: mean squared over variance, rounded."""
    mean, variance = _moments(kind, *_with_defaults(settings, model))
    return round(mean**2 / variance)


def _with_defaults(settings: Mapping | None, model: Mapping | None) -> tuple[Mapping, Mapping]:
    constants = default_parameters()
    typical = {"approval_time": constants["reference_approval_time"]}
    return settings or pipeline_values(), {**constants, **typical, **(model or {})}


def lognormal(settings: Mapping[str, np.ndarray]) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm of lognormal sizes with mean 1."""
    variance = float(np.log1p(settings["size_variation"] ** 2))
    return -variance / 2, variance**0.5


def mean_below(mean: np.ndarray, cap: np.ndarray, settings: Mapping[str, np.ndarray]) -> np.ndarray:
    """Mean of lognormal sizes capped at `cap`; intended capacity divided by it gives the number of projects whose
    expected capacity equals the intention."""
    from scipy.special import ndtr

    centre, spread = lognormal(settings)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.where(mean > 0, np.log(cap / mean), np.inf)
    below = mean * ndtr((reach - centre - spread**2) / spread)
    return np.where(cap > 0, below + np.where(np.isfinite(cap), cap, 0.0) * ndtr(-(reach - centre) / spread), 0.0)
