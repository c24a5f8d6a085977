"""Leave-future-out folds, with a calibration made up for the test, and forecasts driven by the stored windows."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from calibration import folds
from calibration.folds import COLUMNS, fold_table, fold_windows, summary, windows_present
from calibration.forecast import Paths, all_scores, forecast_spans, paths_of
from calibration.posterior import load
from calibration.series import fitted_series


def small(window, stored=2015):
    """A calibration to `window` with a few draws of a stored one."""
    posterior = load(stored)
    return replace(posterior, window=window, draws=posterior.draws[:30])


@pytest.fixture(scope="module")
def table():
    return fold_table((2013, 2015), small)


def test_every_graded_figure_after_the_window_is_scored_once(table):
    assert tuple(table.columns) == COLUMNS and set(table["window"]) == {2013, 2015}
    for window, rows in table.groupby("window"):
        expected = {
            (name, year) for name, one in fitted_series().items() for year in one.points()["year"] if year > window
        }
        assert set(zip(rows["series"], rows["year"], strict=True)) == expected and len(rows) == len(expected)
    assert (table["horizon"] == table["year"] - table["window"]).all() and (table["horizon"] > 0).all()
    assert (table["crps"] > 0).all() and table["inside_50"].le(table["inside_90"]).all()


def test_scores_of_draws_and_of_the_naive_forecast_worked_by_hand(monkeypatch):
    """Two figures of R&D, 100 and 110 in 2013 and 2015, then 121 in 2016; the model has two draws, 110 and 132.
    In per cent of logarithms the draws miss by -9.53 and 8.70: CRPS 9.116 - 18.232 / 2 = 0."""
    points = pd.DataFrame({"year": [2013, 2015, 2016], "value": [100.0, 110.0, 121.0], "confidence": "A", "unit": ""})
    monkeypatch.setattr("calibration.series.points_of", lambda *_: points)
    series = fitted_series()["rd_expenditure"]
    monkeypatch.setattr(folds, "fitted_series", lambda: {"rd_expenditure": series})
    path = np.tile(np.array([[110.0], [132.0]]), (1, 11))
    monkeypatch.setattr(folds, "draws_of", lambda *_: {"rd_expenditure": path})
    monkeypatch.setattr(folds, "model_errors", lambda _: {})
    row = fold_table((2015,), small).iloc[0]
    assert row["crps"] == pytest.approx(0.0, abs=1e-9)
    assert row["error"] == pytest.approx((-9.5310 + 8.7011) / 2, abs=1e-3)
    # The naive forecast grows by half of ln 1.1 a year, so that it misses ln 1.1 by half: two figures give no spread.
    assert row["error_naive"] == pytest.approx(-50 * np.log(1.1))
    assert np.isnan(row["crps_naive"]) and np.isnan(row["inside_90_naive"])


def test_the_summary_compares_with_the_naive_forecast_on_common_figures_only():
    rows = pd.DataFrame(
        {
            "kind": "level",
            "error": [-2.0, 4.0],
            "crps": [1.0, 5.0],
            "crps_naive": [2.0, np.nan],
            "inside_50": [1.0, 0.0],
            "inside_90": [1.0, 1.0],
            "inside_90_naive": [1.0, np.nan],
        }
    )
    means = summary(rows, ["kind"]).iloc[0]
    assert (means["count"], means["compared"]) == (2, 1)
    assert (means["error"], means["crps"], means["crps_compared"]) == (3.0, 3.0, 1.0)
    assert means["skill"] == pytest.approx(0.5) and means["inside_50"] == 0.5


def test_folds_are_the_stored_calibrations_with_later_observations(tmp_path):
    for window in (2018, 2013, 2020):
        (tmp_path / f"to_{window}").mkdir()
        (tmp_path / f"to_{window}" / "summary.json").write_text("{}")
    (tmp_path / "to_2017").mkdir()
    assert windows_present(tmp_path) == (2013, 2018, 2020)
    assert fold_windows(tmp_path, last=2020) == (2013, 2018)


def test_each_window_forecasts_to_the_next_one():
    assert forecast_spans((2015, 2020, 2023)) == {2015: (2016, 2020), 2020: (2021, 2023)}
    assert forecast_spans((2020,)) == {}


def test_scores_have_a_forecast_and_a_fit_for_every_window():
    early = paths_of(small(2015))
    full = Paths(small(2020), early.parameters, early.with_error)
    scores = all_scores([early, full])
    assert list(dict.fromkeys(scores["window"])) == ["forecast", "fit_2015", "fit_2020"]
