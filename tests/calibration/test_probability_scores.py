"""Scores of probabilistic forecasts against cases worked by hand."""

import numpy as np
import pytest

from calibration.naive import random_walk_spread
from calibration.probability_scores import crps_of_draws, crps_of_normal, weighted_interval_score


def quantiles(*values):
    return {name: np.array([float(v)]) for name, v in zip(("p5", "p25", "p50", "p75", "p95"), values, strict=True)}


def test_crps_of_three_draws():
    """Draws 1, 2, 4 and outcome 2: mean error (1 + 0 + 2) / 3 = 1; pairs differ by 1, 3, 2, mean 2, half of it 1."""
    assert crps_of_draws(np.array([[4.0], [1.0], [2.0]]), np.array([2.0])) == pytest.approx([0.0])
    assert crps_of_draws(np.array([[4.0], [1.0], [2.0]]), np.array([5.0])) == pytest.approx([8 / 3 - 1])


def test_crps_of_draws_approaches_that_of_the_normal_distribution():
    """At the mean of a standard normal distribution the CRPS is (sqrt(2) - 1) / sqrt(pi) = 0.2337."""
    assert crps_of_normal(np.array([0.0]), np.array([1.0]), np.array([0.0])) == pytest.approx([0.23370], abs=1e-5)
    draws = np.random.default_rng(1).normal(size=(20_000, 1))
    exact = crps_of_normal(np.array([0.0]), np.array([1.0]), np.array([1.5]))
    assert crps_of_draws(draws, np.array([1.5])) == pytest.approx(exact, rel=0.02)


def test_weighted_interval_score_worked_by_hand():
    """Median 10, 50 % interval 8-12, 90 % interval 5-16.

    Outcome 11: 0.5 * 1 + 0.25 * 4 + 0.05 * 11 = 2.05, over 2.5 is 0.82. Outcome 18: 0.5 * 8 + 0.25 * (4 + 4 * 6)
    + 0.05 * (11 + 20 * 2) = 4 + 7 + 2.55 = 13.55, over 2.5 is 5.42.
    """
    forecast = quantiles(5, 8, 10, 12, 16)
    assert weighted_interval_score(forecast, np.array([11.0])) == pytest.approx([0.82])
    assert weighted_interval_score(forecast, np.array([18.0])) == pytest.approx([5.42])


def test_weighted_interval_score_is_the_doubled_mean_quantile_loss():
    forecast, observed = quantiles(5, 8, 10, 12, 16), 6.3
    losses = [
        ((observed < q[0]) - tau) * (q[0] - observed)
        for tau, q in zip((0.05, 0.25, 0.5, 0.75, 0.95), forecast.values(), strict=True)
    ]
    assert weighted_interval_score(forecast, np.array([observed])) == pytest.approx([2 * np.mean(losses)])


def test_a_forecast_without_spread_scores_its_absolute_error():
    assert weighted_interval_score(quantiles(3, 3, 3, 3, 3), np.array([7.5])) == pytest.approx([4.5])


def test_spread_of_a_random_walk_with_drift():
    """Values 0, 1, 4, 3 in 2010, 2011, 2012, 2013: drift 1, deviations 0, 2, -2, variance 8 / 2 = 4. One year ahead the
    variance is 4 * (1 + 1 / 3), three years ahead 4 * (3 + 9 / 3)."""
    years, values = np.array([2010, 2011, 2012, 2013]), np.array([0.0, 1.0, 4.0, 3.0])
    spread = random_walk_spread(years, values, np.array([2014, 2016]), relative=False)
    assert spread == pytest.approx([(16 / 3) ** 0.5, 24**0.5])
    assert np.isnan(random_walk_spread(years[:2], values[:2], np.array([2014]), relative=False)).all()


def test_spread_takes_gaps_between_figures_into_account():
    """A gap of two years has twice the variance of one: values 0, 4, 3 in 2010, 2012, 2013: drift 1, deviations 2 over
    two years and -2 over one, variance (4 / 2 + 4 / 1) / 1 = 6, one year ahead 6 * (1 + 1 / 3)."""
    spread = random_walk_spread(np.array([2010, 2012, 2013]), np.array([0.0, 4.0, 3.0]), np.array([2014]), False)
    assert spread == pytest.approx([8**0.5])
