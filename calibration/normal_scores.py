"""Between values of a number and standard normal scores: all search and sampling is done in scores, whose prior is
N(0, 1) whatever the shape of the prior of the values."""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit, ndtr, ndtri

from model.priors import LOGIT_NORMAL, LOGNORMAL, UNIFORM, Prior

Z95 = 1.6448536269514722
"""The 95 % quantile of the standard normal distribution."""
LARGEST = 7.0
"""Scores are held within this many standard deviations, beyond which probabilities lose their digits."""


def value_of(prior: Prior, score: np.ndarray) -> np.ndarray:
    """Values at standard normal scores: equal probability below, under the truncated prior."""
    probability = ndtr(np.clip(score, -LARGEST, LARGEST))
    if prior.shape == UNIFORM:
        return prior.low + probability * (prior.high - prior.low)
    below, inside = _mass(prior)
    untruncated = ndtri(below + probability * inside)
    return np.clip(_from_scale(prior, _stretched(prior, untruncated)), prior.low, prior.high)


def score_of(prior: Prior, value: np.ndarray) -> np.ndarray:
    """Standard normal scores of values; the ends of the bounds have the scores -`LARGEST` and `LARGEST`."""
    value = np.clip(value, prior.low, prior.high)
    if prior.shape == UNIFORM:
        probability = (value - prior.low) / (prior.high - prior.low)
    else:
        below, inside = _mass(prior)
        probability = (ndtr(_unstretched(prior, _to_scale(prior, value))) - below) / inside
    return np.clip(ndtri(np.clip(probability, 0.0, 1.0)), -LARGEST, LARGEST)


def _mass(prior: Prior) -> tuple[float, float]:
    """Probability below the lower bound, and between the bounds, before truncation."""
    low, high = (float(ndtr(_unstretched(prior, _to_scale(prior, np.asarray(b))))) for b in (prior.low, prior.high))
    return low, high - low


def _to_scale(prior: Prior, value: np.ndarray) -> np.ndarray:
    """Values on the scale on which the prior is normal; infinite where the shape has no density."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if prior.shape == LOGNORMAL:
            sign = np.sign(prior.quantiles[1])
            return sign * np.log(np.maximum(sign * value, 0.0))
        if prior.shape == LOGIT_NORMAL:
            return logit(np.clip(value, 0.0, 1.0))
    return np.asarray(value, dtype=float)


def _from_scale(prior: Prior, scaled: np.ndarray) -> np.ndarray:
    if prior.shape == LOGNORMAL:
        sign = np.sign(prior.quantiles[1])
        return sign * np.exp(sign * scaled)
    return expit(scaled) if prior.shape == LOGIT_NORMAL else scaled


def _spreads(prior: Prior) -> tuple[float, float, float]:
    """Median and standard deviations below and above it, on the scale on which the prior is normal."""
    p5, median, p95 = (float(_to_scale(prior, np.asarray(quantile))) for quantile in prior.quantiles)
    return median, (median - p5) / Z95, (p95 - median) / Z95


def _stretched(prior: Prior, score: np.ndarray) -> np.ndarray:
    median, below, above = _spreads(prior)
    return median + score * np.where(score < 0, below, above)


def _unstretched(prior: Prior, scaled: np.ndarray) -> np.ndarray:
    median, below, above = _spreads(prior)
    apart = scaled - median
    return apart / np.where(apart < 0, below, above)
