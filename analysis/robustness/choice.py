"""A choice between policies when numbers are uncertain: targets met, which is best, regret, when the order flips."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.experiments.finished import AnswerError, Finished, Question, finished
from calibration.policy_statistics import equal, expected_regret, probability_of_best
from model.engine.progress import Progress, ignored
from model.engine.text import Text
from model.scenario.problems import suggestion
from model.targets import Target, modelled_targets

from .conditions import Conditions, conditions_of
from .discovery import discovered
from .findings import Miss, Order
from .information import information_table
from .notebook import boxes_table, robust_html
from .target_results import Reached, column_of, reached
from .words import miss_text, order_text

BETTER = {"higher": 1, "lower": -1}
LEAST_RUNS = 50
"""Fewest runs of which a choice is analysed."""


@dataclass(frozen=True)
class Robust:
    """What is known of a choice between policies by one indicator in a year.

    `policies`: policy, p5, p50, p95, probability_best, expected_regret, p95_regret, maximum_regret (distances to the
    best policy of each run, in `unit`); `targets`: policy, target, scope, indicator, sector, year, direction, wanted,
    unit, band, p5, p50, p95, probability (p5, p95 and probability are missing where the draws of a calibration do not
    vary what is reached, so that none was estimated); `information`: as `information_table`; `dropped`: runs left out
    because a policy has no value in them.
    """

    indicator: str
    year: int
    better: str
    unit: str
    runs: int
    dropped: int
    policies: pd.DataFrame
    targets: pd.DataFrame
    orders: tuple[Order, ...]
    misses: tuple[Miss, ...]
    information: pd.DataFrame

    @property
    def sentences(self) -> tuple[Text, ...]:
        """What was found about every pair of policies, and about the target, in both languages."""
        return (*map(order_text, self.orders), *map(miss_text, self.misses))

    @property
    def boxes(self) -> pd.DataFrame:
        """A row a limit of a box: about ("A better than B" or "A misses TARGET"), box, number, zh, en, lowest and
        highest (missing where there is no limit) or names, and, of the held-out half, share in the box, share of all
        that earlier boxes leave, and part of what happens that the box holds."""
        return boxes_table(self)

    def _repr_html_(self) -> str:
        return robust_html(self)


def robust(
    source: str | Path,
    indicator: str,
    year: int,
    better: str,
    policies: Sequence[str] = (),
    target: str | None = None,
    progress: Progress = ignored,
) -> Robust:
    """Compare policies at all points of an experiment: a folder, or a design, which is run for that.

    better: "higher" or "lower"; policies: at least two (default: those of the experiment); target: id of one of which
    conditions of missing it are sought for every policy. Raises an `AnswerError` where there is no answer.
    """
    if better not in BETTER:
        raise AnswerError(f"better is {better!r}; {suggestion(better, BETTER)}")
    if len(set(policies)) < len(policies):
        raise AnswerError("a policy was given twice; allowed: different policies")
    if len(policies) == 1:
        raise AnswerError("one policy is no choice; allowed: at least two policies")
    known = {one.id: one for one in modelled_targets()}
    if target is not None and target not in known:
        raise AnswerError(f"no target {target!r} of a modelled indicator; {suggestion(target, known)}")
    asked = None if target is None else known[target]
    wished = tuple((column_of(one), one.year) for one in known.values())
    must = () if asked is None else (column_of(asked),)
    years = (year,) if asked is None else (year, asked.year)
    question = Question((indicator, *must), years, tuple(policies), wished=wished)
    with finished(source, question, progress) as experiment:
        return _compared(experiment, indicator, year, better, tuple(policies) or experiment.policies, asked)


def _compared(
    experiment: Finished, indicator: str, year: int, better: str, policies: tuple[str, ...], asked: Target | None
) -> Robust:
    if len(policies) < 2:
        raise AnswerError(f"the experiment has one policy, {policies[0]}; allowed: at least two policies")
    values = np.stack([experiment.values(indicator, policy, year) for policy in policies])
    fine = np.isfinite(values).all(axis=0)
    if fine.sum() < LEAST_RUNS:
        raise AnswerError(f"{fine.sum()} runs have a value for every policy; allowed: at least {LEAST_RUNS}")
    values, conditions = values[:, fine], conditions_of(experiment, year)
    chosen = Conditions(conditions.table[fine], conditions.groups[fine])
    found = [one for one in (reached(experiment, target, policies) for target in modelled_targets()) if one is not None]
    return Robust(
        indicator,
        year,
        better,
        experiment.unit(indicator),
        int(fine.sum()),
        int((~fine).sum()),
        policy_table(policies, values, BETTER[better]),
        pd.DataFrame([row for one in found for row in one.rows()]),
        orders(policies, values, BETTER[better], chosen),
        () if asked is None else _misses(experiment, asked, found),
        information_table(chosen, BETTER[better] * values),
    )


def policy_table(policies: Sequence[str], values: np.ndarray, better: int) -> pd.DataFrame:
    """Spread, probability of being best and regret of each policy, from `values` (policies, runs)."""
    best = values.max(axis=0) if better > 0 else values.min(axis=0)
    regret = np.where(equal(values, best), 0.0, np.abs(best - values))
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95), axis=1)
    return pd.DataFrame(
        {
            "policy": policies,
            "p5": low,
            "p50": middle,
            "p95": high,
            "probability_best": probability_of_best(values, better),
            "expected_regret": expected_regret(values, better),
            "p95_regret": np.quantile(regret, 0.95, axis=1),
            "maximum_regret": regret.max(axis=1),
        }
    )


def orders(policies: Sequence[str], values: np.ndarray, better: int, conditions: Conditions) -> tuple[Order, ...]:
    """Every pair of policies, with the conditions under which the one that is rarely better is."""
    found = []
    for a, b in itertools.combinations(range(len(policies)), 2):
        apart = np.where(equal(values[a], values[b]), 0.0, better * (values[a] - values[b]))
        first, second = apart > 0, apart < 0
        rare = first if first.mean() < second.mean() else second
        boxes = discovered(conditions, rare)
        found.append(Order(policies[a], policies[b], float(first.mean()), float(second.mean()), boxes))
    return tuple(found)


def _misses(experiment: Finished, target: Target, results: Sequence[Reached]) -> tuple[Miss, ...]:
    own = [one for one in results if one.target.id == target.id]
    conditions = conditions_of(experiment, target.year)
    return tuple(
        Miss(policy, target, float(1 - met.mean()), discovered(conditions, ~met))
        for one in own
        for policy, met in one.met().items()
    )
