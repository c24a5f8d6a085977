"""Global sensitivity: Sobol indices and Morris elementary effects, of a result or of the difference of two policies.

Both are SALib's estimators. Sobol indices (Saltelli and others 2010): `first` is the share of the variance of a result
that a number explains alone, `total` the share in which it is involved, interactions included; `_confidence` is half
the width of the 95 % interval by bootstrap. Morris (1991; Campolongo and others 2007): `mu_star` is the mean absolute
change of the result when a number moves through its whole range, `mu` the mean change, `sigma` its spread between
places, which interactions and curvature cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.estimated import candidates
from model.engine.progress import Progress, ignored
from model.inputs import drivers, levers
from model.scenario.problems import suggestion

from .experiments.design import MORRIS, SALTELLI
from .experiments.finished import AnswerError, Finished, Question, finished
from .experiments.sampling import LEVELS

RESAMPLES = 200
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
    mu_star, mu_star_confidence, sigma in the unit of the indicator. `attrs` say method, what was analysed, its unit,
    mean and standard deviation, points used, and points `dropped` because a run broke down.

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


def evidence_of(name: str) -> tuple[str, str]:
    """Grade and source of what a dimension varies; nothing for a policy lever, which is chosen and not known."""
    if name in candidates():
        return candidates()[name].grade, candidates()[name].prior.source
    base = name.partition(".")[0]
    if base in drivers() and base not in levers():
        return drivers()[base].grade, drivers()[base].source
    return "", ""


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
    """Elementary effects from the values at the points of a `morris` sample of this seed; points used and dropped (all
    of a trajectory of which one run has no value). Raises an `AnswerError` as `sobol_indices`."""
    from SALib.analyze import morris
    from SALib.sample.morris import sample

    problem, step = _problem(dimensions), dimensions + 1
    blocks, dropped = _complete(values, step)
    units = sample(problem, len(values) // step, num_levels=LEVELS, seed=seed)
    fine = np.repeat(np.isfinite(values.reshape(-1, step)).all(axis=1), step)
    found = morris.analyze(
        problem, units[fine], blocks.ravel(), num_resamples=RESAMPLES, num_levels=LEVELS, seed=seed or SEED
    )
    names = {"mu": "mu", "mu_star": "mu_star", "mu_star_confidence": "mu_star_conf", "sigma": "sigma"}
    return {name: np.asarray(found[key], dtype=float) for name, key in names.items()}, blocks.size, dropped


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
    kept = blocks[fine]
    if np.ptp(kept) <= 1e-12 * np.abs(kept).max():
        raise AnswerError("the result is the same at all points: there is nothing to explain")
    return kept, int((~fine).sum()) * length
