"""Values and standard normal scores of every shape of prior, with numbers worked out by hand."""

import numpy as np
import pytest
from scipy.stats import norm

from calibration.estimated import (
    Estimated,
    candidates,
    estimated,
    parts,
    scores_of_values,
    values_at,
    values_of_scores,
    varied,
    with_values,
)
from calibration.normal_scores import Z95, score_of, value_of
from calibration.series import fitted_series
from model.inputs import parameters
from model.priors import Prior

WIDE = 1e6
"""Bounds that cut nothing off."""


def quantiles(prior):
    return value_of(prior, np.array([-Z95, 0.0, Z95])).tolist()


@pytest.mark.parametrize(
    ("shape", "low", "high", "given"),
    [
        ("lognormal", 0.0, WIDE, (0.01, 0.06, 0.25)),
        ("lognormal", -WIDE, 0.0, (-0.95, -0.25, -0.12)),
        ("logit_normal", 0.0, 1.0, (0.66, 0.735, 0.8)),
        ("normal", -WIDE, WIDE, (-1.0, 0.5, 3.0)),
    ],
)
def test_quantiles_are_those_of_the_file(shape, low, high, given):
    prior = Prior(shape, low, high, "B", "x", *given)
    assert quantiles(prior) == pytest.approx(given)
    assert score_of(prior, np.array(given)) == pytest.approx([-Z95, 0, Z95])


def test_between_the_quantiles_the_shape_holds():
    """A lognormal with quantiles 1/e, 1, e has a standard deviation of the logarithm of 1 / 1.645."""
    prior = Prior("lognormal", 0.0, WIDE, "B", "x", np.exp(-1), 1.0, np.exp(1))
    assert value_of(prior, np.array([Z95 / 2, 2 * Z95])) == pytest.approx([np.exp(0.5), np.exp(2)])
    # The logit of 0.5 is 0, that of 0.9 is log 9.
    prior = Prior("logit_normal", 0.0, 1.0, "B", "x", 0.1, 0.5, 0.9)
    assert value_of(prior, np.array([2 * Z95])) == pytest.approx([81 / 82])
    # Each side of the median has its own spread: 1 below, 3 above, per 1.645.
    prior = Prior("normal", -WIDE, WIDE, "B", "x", -1.0, 0.0, 3.0)
    assert value_of(prior, np.array([-2 * Z95, 2 * Z95])) == pytest.approx([-2, 6])


def test_a_uniform_prior_has_equal_probability_everywhere():
    prior = Prior("uniform", 2.0, 6.0)
    assert value_of(prior, norm.ppf([0.25, 0.5, 0.9])) == pytest.approx([3, 4, 5.6])
    assert score_of(prior, np.array([3.0, 5.6])) == pytest.approx(norm.ppf([0.25, 0.9]))


def test_a_prior_is_truncated_at_its_bounds():
    """A standard normal cut off at 0 and 1.645: its median is the 72.5 % quantile of the normal distribution."""
    prior = Prior("normal", 0.0, Z95, "B", "x", -Z95, 0.0, Z95)
    assert value_of(prior, np.array([0.0])) == pytest.approx(norm.ppf(0.725))
    draws = value_of(prior, np.random.default_rng(1).standard_normal(4000))
    assert draws.min() >= 0 and draws.max() <= Z95
    assert np.quantile(draws, 0.5) == pytest.approx(norm.ppf(0.725), abs=0.02)


def test_ends_and_beyond_have_finite_scores():
    prior = Prior("lognormal", 0.0, 1.0, "B", "x", 0.1, 0.2, 0.6)
    scores = score_of(prior, np.array([-1.0, 0.0, 1.0, 2.0]))
    assert np.isfinite(scores).all() and scores[0] == scores[1] < -4 and scores[2] == scores[3] > 4
    values = value_of(prior, np.array([-50.0, 50.0]))
    assert 0 <= values[0] < 0.02 and 0.98 < values[1] <= 1


def test_scores_and_values_of_the_estimated_numbers_come_back():
    numbers = estimated()
    scores = np.random.default_rng(1).standard_normal((5, len(numbers)))
    values = values_of_scores(numbers, scores)
    for number, column in zip(numbers, values.T, strict=True):
        assert ((column >= number.low) & (column <= number.high)).all(), number.id
    assert scores_of_values(numbers, values) == pytest.approx(scores, abs=1e-6)
    halfway = values_at(numbers, np.full(len(numbers), 0.5))
    assert halfway == pytest.approx(values_of_scores(numbers, np.zeros(len(numbers))))


def test_numbers_without_a_prior_are_uniform_between_their_bounds():
    declared = [name for name, number in candidates().items() if number.declared]
    assert "renovation_effective_share" in declared and candidates()["renovation_effective_share"].grade == "C"
    number = next(n for n in candidates().values() if not n.declared)
    assert number.prior.shape == "uniform" and number.grade == parameters()[number.parameter].grade


def test_every_number_and_fitted_series_belongs_to_one_part():
    named = [name for part in parts() for name in part.numbers]
    assert len(named) == len(set(named)) == len(estimated())
    fitted = [name for part in parts() for name in part.series]
    assert len(fitted) == len(set(fitted)) and set(fitted) <= set(fitted_series())
    for number in estimated():
        assert number.low <= number.value <= number.high, number.id


def test_only_the_chosen_numbers_move():
    number = next(n for n in estimated() if n.entry is not None)
    changed = with_values([number], np.array([[0.3], [0.4]]))
    assert varied([number]) == (number.parameter,) == tuple(changed)
    before = parameters()[number.parameter].array()
    assert changed[number.parameter][:, number.entry] == pytest.approx([0.3, 0.4])
    others = [k for k in range(len(before)) if k != number.entry]
    assert changed[number.parameter][1, others] == pytest.approx(before[others])


def test_bounds_of_a_number_are_those_of_its_prior():
    number = Estimated("a", "a", None, 0.5, Prior("uniform", 0.0, 1.0, "D", "x"))
    assert (number.low, number.high, number.grade) == (0.0, 1.0, "D")
