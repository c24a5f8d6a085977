"""The value of perfect information about each number for a choice between policies (EVPPI).

What one would gain on average by knowing a number before choosing, in the unit of the result: the mean result of the
best choice for each value of the number, less that of the best choice without knowing. The mean result of every policy
given the number is estimated by regression (Strong, Oakley and Brennan 2014, Medical Decision Making 34: 311-326) on a
cubic spline, for names on their means. A regression that is judged by the runs to which it was fitted finds a value
in every number; for each part of the runs policies are therefore chosen by the other parts, with the number and
without, and valued by what its own runs give. Values near 0 come out on either side of it; `error`
says how far, by somewhat too little, because the parts share the runs that choose: read a worth of less than three
errors as none.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .conditions import Conditions

FOLDS = 5
SEED = 1
INNER = (0.25, 0.5, 0.75)
"""Quantiles at which the spline has its knots."""


def information_table(conditions: Conditions, utilities: np.ndarray, seed: int = SEED) -> pd.DataFrame:
    """Value of knowing each number, largest first; `utilities` (policies, runs) are results of which more is better.

    Columns: number, value, error (standard error over groups), part (of the value of knowing everything), changes
    (share of the runs in which the choice would be another). `attrs["everything"]` is the value of knowing everything.
    """
    without = utilities[utilities.mean(axis=1).argmax()]
    everything = float((utilities.max(axis=0) - without).mean())  # exactly 0 where one policy is always best
    random = np.random.default_rng(seed)
    known, of_run = np.unique(conditions.groups, return_inverse=True)
    folds = random.permutation(np.arange(len(known)) % FOLDS)[of_run]
    rows = []
    for name in conditions.table:
        gains, changes = _gains(conditions.table[name].to_numpy(), utilities, folds)
        by_group = np.bincount(of_run, gains) / np.bincount(of_run).mean()
        error = float(by_group.std(ddof=1) / np.sqrt(len(known))) if len(known) > 1 else np.nan
        part = gains.mean() / everything if everything > 0 else 0.0
        rows.append({"number": name, "value": gains.mean(), "error": error, "part": part, "changes": changes})
    table = pd.DataFrame(rows).sort_values("value", ascending=False, kind="stable", ignore_index=True)
    table.attrs["everything"] = everything
    return table


def _gains(values: np.ndarray, utilities: np.ndarray, folds: np.ndarray) -> tuple[np.ndarray, float]:
    """What every run gains when its policy is chosen by this number, and how often that is another policy."""
    fixed, chosen = np.zeros((2, len(values)), dtype=int)
    basis = _basis(values)
    for fold in range(FOLDS):
        apart = folds == fold
        weights, *_ = np.linalg.lstsq(basis[~apart], utilities[:, ~apart].T, rcond=None)
        chosen[apart] = (basis[apart] @ weights).argmax(axis=1)
        fixed[apart] = utilities[:, ~apart].mean(axis=1).argmax()
    runs = np.arange(len(values))
    gains = utilities[chosen, runs] - utilities[fixed, runs]
    return gains, float((chosen != fixed).mean())


def _basis(values: np.ndarray) -> np.ndarray:
    """A cubic spline of numbers with linear ends (Hastie and others 2009, 5.2.1); an indicator of each name."""
    names = np.unique(values)
    if values.dtype.kind not in "fiu":
        return (values[:, None] == names[None]).astype(float)
    centre, spread = float(np.mean(values)), float(np.std(values))
    scaled = (values - centre) / spread
    knots = np.unique(np.quantile(scaled, (0.02, *INNER, 0.98)))
    if len(names) <= len(knots) or len(knots) < 3:
        return (values[:, None] == names[None]).astype(float) if len(names) <= FOLDS else _linear(scaled)
    last, before = knots[-1], knots[-2]

    def part(knot: float) -> np.ndarray:
        return (np.maximum(scaled - knot, 0) ** 3 - np.maximum(scaled - last, 0) ** 3) / (last - knot)

    return np.column_stack([_linear(scaled), *(part(knot) - part(before) for knot in knots[:-2])])


def _linear(scaled: np.ndarray) -> np.ndarray:
    return np.column_stack([np.ones(len(scaled)), scaled])
