"""The forecast of the present edition, and the yardstick by which the fit of editions is compared."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from calibration.bands import PARAMETERS, WITH_ERROR
from calibration.posterior import load
from calibration.registered_forecast import COLUMNS, RegistrationError, read_registered
from calibration.registration import Origin, forecast_paths, forecast_series, forecast_table, register
from calibration.series import all_series
from calibration.yardstick import Yardstick, stored_yardstick
from model.inputs import END, START


@pytest.fixture(scope="module")
def posterior():
    stored = load(2020)
    return replace(stored, draws=stored.draws[:40])


def test_every_yearly_indicator_has_one_series():
    series = forecast_series()
    pairs = [(one.indicator, one.sector) for one in series.values()]
    assert len(set(pairs)) == len(pairs) and set(all_series()) <= set(series)
    assert not any(one.indicator in ("public_cost", "actor_balances") for one in series.values())


def test_the_table_has_quantiles_in_order_with_and_without_model_error(posterior):
    paths = forecast_paths(posterior)
    assert all(len(path) == 41 for path in paths.values()), "the mode comes after the draws"
    table = forecast_table(posterior, paths)
    assert tuple(table.columns) == COLUMNS and set(table["band"]) == {PARAMETERS, WITH_ERROR}
    assert (np.diff(table[["p5", "p25", "p50", "p75", "p95"]], axis=1) >= 0).all()
    steel = table[(table["series"] == "crude_steel_output") & (table["band"] == PARAMETERS)]
    assert steel["year"].tolist() == list(range(START, END + 1))
    assert steel["p50"].to_numpy()[-1] == pytest.approx(np.median(paths["crude_steel_output"][:-1, -1]))


def test_a_forecast_is_registered_with_its_origin_and_only_once(posterior, tmp_path, monkeypatch):
    monkeypatch.setattr("calibration.registration.data_hash", lambda *_: posterior.summary["data_hash"])
    record = register("trial", posterior, Origin("abc", "def", {"efficiency": True}), tmp_path)
    stored = read_registered("trial", tmp_path)
    assert stored.record["commit"] == "abc" and stored.record["contracts"] == {"efficiency": True}
    assert set(stored.series()) == set(record["series"]) == set(stored.table["series"])
    with pytest.raises(RegistrationError, match="final"):
        register("trial", posterior, Origin("abc", "def"), tmp_path)


def test_a_calibration_to_other_data_is_not_registered(posterior, tmp_path):
    stale = replace(posterior, summary={"data_hash": "other"})
    with pytest.raises(RegistrationError, match="belongs to other observations"):
        register("trial", stale, Origin("abc", "def"), tmp_path)
    assert not list(tmp_path.iterdir())


def test_density_of_two_growth_figures_worked_by_hand():
    """Errors 1 and -1, variance 1 measured and 3 of the model, correlated by 0.5 over one year: covariance 1.5, density
    -ln(2 pi) - 0.5 ln(4^2 - 1.5^2) - 0.5 * 2 / (4 - 1.5)."""
    points = pd.DataFrame(
        {"series": "g", "kind": "growth", "year": [2011, 2012], "value": [5.0, 5.0], "measured": 1.0, "common": 0.0}
    )
    yardstick = Yardstick(points, {"growth": [3**0.5]}, [0.5])
    density = yardstick.log_densities({"g": np.array([[np.nan, 6.0, 4.0]])})["g"]
    assert density == pytest.approx([-np.log(2 * np.pi) - 0.5 * np.log(16 - 2.25) - 0.4])
    with pytest.raises(RegistrationError, match="no series g"):
        yardstick.log_densities({})


def test_the_stored_yardstick_has_the_figures_of_the_first_edition():
    yardstick = stored_yardstick()
    assert len(yardstick.points) == 109 and yardstick.points["year"].max() == 2020
    total = sum(read_registered("first_edition").record["log_likelihood"]["by_series"].values())
    assert total == pytest.approx(25.92, abs=0.1)


def test_a_level_that_is_not_positive_counts_as_a_fiftieth_of_the_observed():
    """An error of ln 0.02 with variance 4: -0.5 ln(8 pi) - ln(0.02)^2 / 8."""
    points = pd.DataFrame(
        {"series": "p", "kind": "level", "year": [2010], "value": [9.0], "measured": 0.0, "common": 0.0}
    )
    density = Yardstick(points, {"level": [2.0]}, [0.0]).log_densities({"p": np.array([[-5.0], [0.1]])})["p"]
    assert density == pytest.approx([-0.5 * np.log(8 * np.pi) - np.log(0.02) ** 2 / 8] * 2)
