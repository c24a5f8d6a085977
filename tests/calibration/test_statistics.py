"""Fit statistics and naive forecasts, with numbers worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from calibration.naive import linear_trend, random_walk_with_drift
from calibration.series import Series
from calibration.statistics import fit
from calibration.validation import score

OBSERVED = np.array([10.0, 12, 15, 14, 18, 21, 23, 22])
SIMULATED = np.array([11, 12.5, 14, 16, 17, 20, 25, 24])


def test_statistics_of_the_published_vector():
    result = fit(SIMULATED, OBSERVED)
    assert result.rmse**2 == pytest.approx(2.03125)
    assert (result.bias, result.variation, result.covariation) == pytest.approx(
        (0.155769, 0.041797, 0.802433), abs=1e-6
    )
    assert result.r2 == pytest.approx(0.962841**2, abs=1e-6)
    assert result.mape == pytest.approx(0.079029, abs=1e-6)
    assert result.theil == pytest.approx(0.040069, abs=1e-6)


numbers = arrays(float, 6, elements=st.floats(1, 1e3))


@given(numbers, numbers)
def test_the_parts_of_the_error_add_up(simulated, observed):
    result = fit(simulated, observed)
    if result.rmse > 1e-6:
        assert result.bias + result.variation + result.covariation == pytest.approx(1, abs=1e-6)
        assert 0 <= result.theil <= 1


def test_degenerate_series():
    exact = fit(OBSERVED, OBSERVED)
    assert exact.rmse == 0 and np.isnan(exact.bias)
    flat = fit(np.full(8, 15.0), OBSERVED)
    assert flat.covariation == 0 and flat.bias + flat.variation == pytest.approx(1)
    with pytest.raises(ValueError, match="same length"):
        fit(OBSERVED, OBSERVED[:3])


def test_a_random_walk_drifts_by_the_mean_change():
    years, values, ahead = np.array([2010, 2012, 2015]), np.array([10.0, 30.0, 20.0]), np.array([2016, 2020])
    assert random_walk_with_drift(years, values, ahead, False) == pytest.approx([22.0, 30.0])
    doubling = random_walk_with_drift(years, values, ahead, True)
    assert doubling == pytest.approx([20 * 2**0.2, 40.0])
    assert random_walk_with_drift(years[:1], values[:1], ahead, True) == pytest.approx([10.0, 10.0])


def test_a_trend_goes_through_the_middle():
    years, ahead = np.array([2011, 2012, 2013]), np.array([2014])
    assert linear_trend(years, np.array([1.0, 3.0, 2.0]), ahead, False) == pytest.approx([3.0])
    assert linear_trend(years, np.exp([1.0, 2.0, 3.0]), ahead, True) == pytest.approx(np.exp([4.0]))
    assert linear_trend(years[:1], np.array([5.0]), ahead, False) == pytest.approx([5.0])


def test_skill_compares_the_model_with_naive_forecasts():
    points = pd.DataFrame({"year": [2016, 2017], "value": [110.0, 120.0], "confidence": ["A", "B"]})
    before = pd.DataFrame({"year": [2014, 2015], "value": [90.0, 100.0], "confidence": ["A", "A"]})
    share = Series("x", "x", ("x", "all"), "share")
    path = np.full(8, np.nan)
    path[6:] = [111.0, 121.0]
    result = score(share, "2016-2017", path, points, before)
    # The naive forecasts are exact, so their error of zero gives no ratio; the error of the model is a point.
    assert (result.fit.count, result.grades, result.error, result.fit.rmse) == (2, "AB", 1.0, 1.0)
    assert result.rmse_random_walk == pytest.approx(0, abs=1e-9) and result.change_rmse == pytest.approx(0)
    before["value"] = [100.0, 100.0]
    result = score(share, "2016-2017", path, points, before)
    assert result.rmse_random_walk == pytest.approx(np.sqrt((10**2 + 20**2) / 2))
    assert result.skill_random_walk == pytest.approx(1 - 1 / np.sqrt(250))
    alone = score(share, "2016-2016", path, points[:1])
    assert np.isnan(alone.fit.r2) and np.isnan(alone.skill_trend) and np.isnan(alone.change_rmse)
