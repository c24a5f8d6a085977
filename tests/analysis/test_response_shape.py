"""Shapes of dose responses, with figures worked out by hand."""

import numpy as np
import pytest

from analysis.response_shape import is_monotone, marginal_ratio, shares_by_part, time_to_half


def test_shares_of_the_parts_of_a_range_add_up_to_a_hundred():
    assert shares_by_part(np.array([0.0, -2.0, -3.0, -3.5, -4.0])) == pytest.approx([50, 25, 12.5, 12.5])


def test_a_part_in_which_the_effect_goes_back_has_a_negative_share():
    assert shares_by_part(np.array([0.0, 5.0, 4.0])) == pytest.approx([125, -25])


def test_without_any_effect_there_are_no_shares():
    assert np.isnan(shares_by_part(np.zeros(5))).all()


@pytest.mark.parametrize(
    ("effects", "tolerance", "expected"),
    [
        ([0, 1, 1, 3], 0.0, True),
        ([0, -1, -2, -2], 0.0, True),
        ([0, 1, 0.9, 3], 0.0, False),
        ([0, 1, 0.9, 3], 0.2, True),
        ([0, -1, 1], 0.2, False),
    ],
)
def test_monotone(effects, tolerance, expected):
    assert is_monotone(np.array(effects), tolerance) is expected


def test_half_of_a_straight_line_comes_half_way():
    # 1, 2, ... 10 in the middle of years 1 to 10: half of 10 stands at 4.5 years
    assert time_to_half(np.arange(1.0, 11.0)) == pytest.approx(4.5)


def test_half_is_interpolated_between_years_and_from_the_step():
    assert time_to_half(np.array([0.0, -1.0, -4.0, -4.0])) == pytest.approx(1.5 + 1 / 3)
    assert time_to_half(np.array([8.0, 8.0, 8.0])) == pytest.approx(0.25), "half way to the middle of the first year"


def test_half_counts_in_the_direction_of_the_last_effect():
    assert time_to_half(np.array([-3.0, -1.0, 1.0, 2.0])) == pytest.approx(2.5)
    assert np.isnan(time_to_half(np.array([1.0, 0.0])))


def test_marginal_effect_is_set_against_the_mean_effect():
    # a tenth of the range brings 0.2 where the whole range brings 4: half of 4 / 10
    assert marginal_ratio(0.2, 0.1, 4.0) == pytest.approx(0.5)
    assert marginal_ratio(-0.2, 0.05, 4.0) == pytest.approx(-1.0)
    assert np.isnan(marginal_ratio(0.0, 0.0, 4.0)) and np.isnan(marginal_ratio(0.1, 0.1, 0.0))
