"""Posterior draws of independent runs and what they say about each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .smoother import Smoothed
from .tempered import LAST_ROUNDS, State

SMOOTHER, TEMPERED = "smoother", "tempered"
METHODS = (TEMPERED, SMOOTHER)
"""How draws may be computed; the first is for results that are stored."""


@dataclass(frozen=True)
class Draws:
    """Scores of each independent run (draws, numbers), families of draws that descend from one particle, by run, and
    what there is to report of the runs."""

    method: str
    scores: tuple[np.ndarray, ...]
    families: tuple[np.ndarray, ...]
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def joined(self) -> np.ndarray:
        """The draws of all runs."""
        return np.concatenate(self.scores)

    def thinned(self, count: int, seed: int) -> np.ndarray:
        """`count` draws at random from all runs, or all of them where there are fewer."""
        draws = self.joined
        chosen = np.random.default_rng(seed).choice(len(draws), min(count, len(draws)), replace=False)
        return draws[np.sort(chosen)]


def tempered_draws(states: Sequence[State]) -> Draws:
    """The draws of runs of tempered sequential Monte Carlo. Reported: `last_levels`, the mean log likelihood before,
    in the middle and at the end of the last moves of each run. A rise from the middle to the end tells that particles
    still lag behind the temperature, which R-hat does not show, as all runs do so."""
    report = {
        "log_evidence": [state.log_evidence for state in states],
        "temperatures": [len(state.temperatures) - 1 for state in states],
        "last_levels": [list(state.levels[-LAST_ROUNDS - 1 :]) for state in states],
        "acceptance": float(np.mean([rate for state in states for rate in state.acceptance])),
        "evaluations": sum(state.evaluations for state in states),
    }
    return Draws(TEMPERED, tuple(s.scores for s in states), tuple(family_of(s.ancestors) for s in states), report)


def smoothed_draws(results: Sequence[Smoothed]) -> Draws:
    """The draws of independent ensemble smoothers."""
    report = {
        "inflations": [list(result.inflations) for result in results],
        "mean_log_likelihood": [list(result.mean_log_likelihood) for result in results],
        "acceptance": float(np.mean([result.acceptance for result in results])),
    }
    families = tuple(np.arange(len(result.scores)) for result in results)
    return Draws(SMOOTHER, tuple(result.scores for result in results), families, report)


def family_of(ancestors: np.ndarray) -> np.ndarray:
    """The particle from which each present one descends over the given resamplings (resamplings, particles)."""
    family = np.arange(ancestors.shape[1])
    for chosen in ancestors[::-1]:
        family = chosen[family]
    return family


def diagnostics(draws: Draws, names: Sequence[str]) -> pd.DataFrame:
    """Per number: R-hat between the independent runs, effective sample size, and contraction: how much narrower the
    posterior of the score is than its prior (1 - standard deviation).

    R-hat is sqrt(1 + variance of the means of the runs / variance within runs). The effective size is the variance
    within a run over that of its mean, which follows from the scatter of families of draws with a common ancestor
    (Lee and Whiteley 2018), summed over runs.
    """
    within = np.mean([scores.var(axis=0) for scores in draws.scores], axis=0)
    means = np.array([scores.mean(axis=0) for scores in draws.scores])
    between = means.var(axis=0, ddof=1) if len(means) > 1 else np.full(within.shape, np.nan)
    sizes = [effective_size(s, f) for s, f in zip(draws.scores, draws.families, strict=True)]
    table = {
        "r_hat": np.sqrt(1 + between / within),
        "ess": np.sum(sizes, axis=0),
        "contraction": 1 - draws.joined.std(axis=0),
    }
    return pd.DataFrame(table, index=pd.Index(names, name="number"))


def effective_size(scores: np.ndarray, family: np.ndarray) -> np.ndarray:
    """Effective number of independent draws (numbers,) of one run (draws, numbers); at most the number of draws."""
    count = len(scores)
    apart = scores - scores.mean(axis=0)
    sums = np.zeros((int(family.max()) + 1, scores.shape[1]))
    np.add.at(sums, family, apart)
    variance = (sums**2).sum(axis=0) / count**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.minimum(scores.var(axis=0) / variance, count)
