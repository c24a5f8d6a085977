"""Global sensitivity: Sobol indices and Morris elementary effects, of a result or of the difference of two policies.

Samples, and the estimators of Sobol indices, are SALib's. Sobol indices (Saltelli and others 2010): `first` is the
share of the variance of a result that a number explains alone, `total` the share in which it is involved, interactions
included; `_confidence` is half the width of the 95 % interval by bootstrap. Morris (1991; Campolongo and others 2007):
`mu_star` is the mean absolute change of the result when a number moves through its whole range, `mu` the mean change,
`sigma` its spread between places, which interactions and curvature cause.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from model.engine.progress import Progress, ignored
from model.scenario.problems import suggestion

from .experiments.design import MORRIS, SALTELLI
from .experiments.finished import AnswerError, Finished, Question, finished
from .experiments.sampling import LEVELS
from .varying_numbers import evidence_of

RESAMPLES = 200
NORMAL_95 = 1.96
SAME = 1e-12
"""Part of the largest value up to which results differ by rounding only."""
SEED = 1
METHODS = (SALTELLI, MORRIS)
LEAST_POINTS = 4
"""Fewest base points, or trajectories, of which anything is said."""
Difference = tuple[str, str]


def sensitivity(
    source: str | Path,
    indicator: str,
    year: int,
    policy: str | None = None,
    difference: Difference | None = None,
    method: str | None = None,
    size: int | None = None,
    progress: Progress = ignored,
) -> pd.DataFrame:
    """Sensitivity of an indicator to every number that varies in an experiment, the most influential first.

    source: folder of a finished experiment, or a design; policy: default the last of the experiment; difference: two
        policies, of which the first less the second is analysed; method ("saltelli" or "morris") and size: for a
        design, in place of its own.
    Columns: number, grade, source, and for Sobol first, first_confidence, total, total_confidence; for Morris mu,
    mu_star, mu_star_confidence, sigma in the unit of the indicator, and how many effects they are of. `attrs` say
    method, what was analysed, its unit, mean and standard deviation, points used, and points `dropped` because a run
    broke down.

    Raises an `AnswerError` where the experiment has no answer.
    """
    if method is not None and method not in METHODS:
        raise AnswerError(f"no method {method!r}; {suggestion(method, METHODS)}")
    if policy is not None and difference is not None:
        raise AnswerError("a policy and a difference were given; allowed: one of the two")
    if difference is not None and difference[0] == difference[1]:
        raise AnswerError(f"the difference of {difference[0]} from itself is 0; allowed: two policies")
    wanted = difference or (() if policy is None else (policy,))
    with finished(source, Question((indicator,), (year,), wanted, method, size), progress) as experiment:
        _check_method(experiment, source)
        if difference is None:
            chosen = policy or experiment.policies[-1]
            values, what = experiment.values(indicator, chosen, year), chosen
        else:
            first, second = (experiment.values(indicator, name, year) for name in difference)
            values, what = first - second, f"{difference[0]} - {difference[1]}"
        table = _table(experiment, values)
        table.attrs |= {"indicator": indicator, "year": year, "what": what, "unit": experiment.unit(indicator)}
    return table


def _check_method(experiment: Finished, source: str | Path) -> None:
    if experiment.method not in METHODS:
        raise AnswerError(
            f"{source} is a {experiment.method} sample, from which indices cannot be computed; allowed: samples with "
            f"method {' or '.join(METHODS)}"
        )


def _table(experiment: Finished, values: np.ndarray) -> pd.DataFrame:
    analyse = sobol_indices if experiment.method == SALTELLI else morris_effects
    names = experiment.names
    numbers, used, dropped = analyse(len(names), values, experiment.seed)
    evidence = [evidence_of(name) for name in names]
    table = pd.DataFrame(
        {"number": names, "grade": [e[0] for e in evidence], "source": [e[1] for e in evidence], **numbers}
    )
    by = "total" if experiment.method == SALTELLI else "mu_star"
    table = table.sort_values(by, ascending=False, kind="stable", ignore_index=True)
    known = values[np.isfinite(values)]
    table.attrs |= {
        "method": experiment.method,
        "points": used,
        "dropped": dropped,
        "mean": float(known.mean()),
        "deviation": float(known.std()),
    }
    return table


Numbers = Mapping[str, np.ndarray]


def sobol_indices(dimensions: int, values: np.ndarray, seed: int = SEED) -> tuple[Numbers, int, int]:
    """Sobol indices from the values at the points of a `saltelli` sample; points used, and points dropped: all of a
    base point of which one run has no value. Raises an `AnswerError` where too few are left, or nothing varies."""
    from SALib.analyze import sobol

    blocks, dropped = _complete(values, dimensions + 2)
    found = sobol.analyze(
        _problem(dimensions), blocks.ravel(), calc_second_order=False, num_resamples=RESAMPLES, seed=seed or SEED
    )
    names = {"first": "S1", "first_confidence": "S1_conf", "total": "ST", "total_confidence": "ST_conf"}
    return {name: np.asarray(found[key]) for name, key in names.items()}, blocks.size, dropped


def morris_effects(dimensions: int, values: np.ndarray, seed: int = SEED) -> tuple[Numbers, int, int]:
    """Elementary effects from the values at the points of a `morris` sample of this seed; points used and dropped.

    An effect needs the runs at both its ends only, so that a run that breaks down costs two effects and not a whole
    trajectory: SALib's own analysis, which a test compares, takes complete ones alone. Raises an `AnswerError` where
    too few runs are left, or nothing varies."""
    from SALib.sample.morris import sample

    results = np.asarray(values, dtype=float).reshape(-1, dimensions + 1)
    fine = np.isfinite(results)
    _require_variation(results[fine], LEAST_POINTS * (dimensions + 1))
    units = sample(_problem(dimensions), len(results), num_levels=LEVELS, seed=seed)
    steps = np.diff(units.reshape(*results.shape, dimensions), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    lengths = np.take_along_axis(steps, moved[..., None], axis=2)[..., 0]
    effects = np.empty((len(results), dimensions))
    np.put_along_axis(effects, moved, np.diff(results, axis=1) / lengths, axis=1)
    return _effects_in_short(effects), int(fine.sum()), int((~fine).sum())


def _effects_in_short(effects: np.ndarray) -> Numbers:
    """Statistics of effects (trajectories, dimensions); missing for a number without two effects."""
    counts = np.isfinite(effects).sum(axis=0)
    known = np.where(counts >= 2, effects, np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # numbers without effects stay without statistics
        sizes = np.abs(known)
        return {
            "mu": np.nanmean(known, axis=0),
            "mu_star": np.nanmean(sizes, axis=0),
            "mu_star_confidence": NORMAL_95 * np.nanstd(sizes, axis=0, ddof=1) / np.sqrt(np.maximum(counts, 1)),
            "sigma": np.nanstd(known, axis=0, ddof=1),
            "effects": counts,
        }


def _problem(dimensions: int) -> dict:
    return {
        "num_vars": dimensions,
        "names": [f"x{k}" for k in range(dimensions)],
        "bounds": [[0.0, 1.0]] * dimensions,
    }


def _complete(values: np.ndarray, length: int) -> tuple[np.ndarray, int]:
    """Values by block of so many points, without blocks in which one is missing; and how many points these have."""
    blocks = np.asarray(values, dtype=float).reshape(-1, length)
    fine = np.isfinite(blocks).all(axis=1)
    if fine.sum() < LEAST_POINTS:
        raise AnswerError(f"only {fine.sum()} base points have all their runs; allowed: at least {LEAST_POINTS}")
    _require_variation(blocks[fine].ravel(), 1)
    return blocks[fine], int((~fine).sum()) * length


def _require_variation(values: np.ndarray, least: int) -> None:
    if len(values) < least:
        raise AnswerError(f"only {len(values)} runs have a value; allowed: at least {least}")
    if np.ptp(values) <= SAME * np.abs(values).max():
        raise AnswerError("the result is the same at all points: there is nothing to explain")
