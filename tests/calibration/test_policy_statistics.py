"""Statistics of policies under the same draws, against numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from calibration.policy_statistics import (
    expected_regret,
    percent_differences,
    probability_of_best,
    probability_of_meeting,
    share_above,
    vary,
)

THREE_POLICIES = np.array([[10.0, 4.0, 7.0, 1.0], [8.0, 6.0, 7.0, 0.0], [9.0, 2.0, 1.0, 1.0]])
"""Policies by draws. Highest: the first; the second; the first two share; the first and the third share."""


def test_the_best_policy_of_each_draw_is_counted_and_equal_ones_share_it():
    assert probability_of_best(THREE_POLICIES, 1) == pytest.approx([2 / 4, 1.5 / 4, 0.5 / 4])
    # Lowest: the second (8), the third (2), the third (1), the second (0).
    assert probability_of_best(THREE_POLICIES, -1) == pytest.approx([0, 2 / 4, 2 / 4])


def test_regret_is_the_mean_distance_to_the_best_of_each_draw():
    # Highest values 10, 6, 7, 1: the first misses 0, 2, 0, 0; the second 2, 0, 0, 1; the third 1, 4, 6, 0.
    assert expected_regret(THREE_POLICIES, 1) == pytest.approx([2 / 4, 3 / 4, 11 / 4])
    # Lowest values 8, 2, 1, 0: the first misses 2, 2, 6, 1; the second 0, 4, 6, 0; the third 1, 0, 0, 1.
    assert expected_regret(THREE_POLICIES, -1) == pytest.approx([11 / 4, 10 / 4, 2 / 4])


def test_a_direction_is_needed():
    for function in (probability_of_best, expected_regret):
        with pytest.raises(ValueError, match="better is 0; allowed: 1 .* or -1"):
            function(THREE_POLICIES, 0)


def test_rounding_makes_no_policy_better():
    values = np.array([[0.1 + 0.2, 5.0], [0.3, 5.0]])
    assert values[0, 0] > values[1, 0], "differs by rounding"
    assert list(probability_of_best(values, 1)) == [0.5, 0.5]
    assert list(share_above(values[:1].T, values[1:].T)) == [0.0]


def test_shares_and_per_cent():
    values, reference = np.array([[12.0], [9.0], [10.0], [11.0]]), np.full((4, 1), 10.0)
    assert share_above(values, reference) == pytest.approx([0.5])
    assert share_above(reference, values) == pytest.approx([0.25]), "the equal draw counts on neither side"
    assert percent_differences(values, reference).ravel() == pytest.approx([20, -10, 0, 10])


def test_a_target_counts_as_met_at_its_number():
    reached = np.array([17.0, 18.0, 19.0, 25.0, 18.0])
    assert probability_of_meeting(reached, 18.0, at_least=True) == pytest.approx(4 / 5)
    assert probability_of_meeting(reached, 18.0, at_least=False) == pytest.approx(3 / 5)


VALUES = arrays(
    float, st.tuples(st.integers(1, 5), st.integers(1, 9), st.integers(1, 3)), elements=st.floats(-1e6, 1e6)
)


@given(VALUES, st.sampled_from([1, -1]))
def test_probabilities_of_being_best_sum_to_one_and_the_least_regret_is_not_negative(values, better):
    assert probability_of_best(values, better).sum(axis=0) == pytest.approx(1)
    regret = expected_regret(values, better)
    assert (regret >= 0).all()
    assert (expected_regret(values[:1], better) == 0).all(), "the only policy is the best"


@given(VALUES)
def test_a_policy_is_never_above_itself(values):
    assert not share_above(values, values).any()


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.0, 0.0, False),
        (68.0, 68.0, False),
        (-48.1, -47.3, False),
        (80.2, 84.6, True),
        (-0.1, 0.1, True),
        (np.nan, 1, False),
    ],
)
def test_an_interval_without_width_does_not_vary(low, high, expected):
    assert vary(low, high) is expected
