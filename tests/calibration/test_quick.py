"""The quick fit: its tables, and what it prints."""

import numpy as np
import pandas as pd
import pytest

from calibration.estimated import candidates, estimated, values_of_scores
from calibration.mode import find_mode
from calibration.posterior import data_hash
from calibration.quick import expected_sizes, main, number_table, residual_table, series_table
from calibration.series import LEVEL, all_series
from calibration.target import Target


@pytest.fixture(scope="module")
def fitted():
    undeclared = next(number for number in candidates().values() if not number.declared)
    target = Target([candidates()["renovation_effective_share"], undeclared, estimated()[0]], 2015)
    return find_mode(target, np.zeros(3), "medians", most_iterations=6), target


def test_numbers_are_shown_against_their_priors(fitted):
    mode, target = fitted
    table = number_table(mode, target.numbers)
    share = table.loc["renovation_effective_share"]
    # Quantiles of the file, 0.012, 0.06 and 0.25, moved a little by the bounds 0.005 and 0.4.
    assert share[["prior_p5", "prior_median", "prior_p95"]].tolist() == pytest.approx(
        [0.0125, 0.0594, 0.2257], rel=0.01
    )
    assert share["shape"] == "lognormal" and table["shape"].iloc[1] == "(uniform)"
    assert table["mode"].to_numpy() == pytest.approx(values_of_scores(target.numbers, mode.scores))
    assert ((table["low"] < table["mode"]) & (table["mode"] < table["high"])).all()


def test_residuals_are_errors_in_their_standard_deviations(fitted):
    mode, target = fitted
    table = residual_table(mode, target)
    assert len(table) == mode.errors.size and table["year"].max() <= 2015
    sizes = expected_sizes(target.by_series(mode.errors), target)
    for name, rows in table.groupby("series"):
        series, grid = all_series()[name], target.grids[name]
        error = rows["simulated"] / rows["observed"] if series.kind == LEVEL else rows["simulated"] - rows["observed"]
        error = np.log(error) if series.kind == LEVEL else error
        assert rows["error"].to_numpy() == pytest.approx(error.to_numpy(), abs=1e-9)
        spread = np.sqrt(grid.measured**2 + grid.common**2 + sizes[name] ** 2)
        assert rows["z"].to_numpy() == pytest.approx(rows["error"].to_numpy() / spread)
    assert set(series_table(mode, target).index) == set(target.grids)


def test_the_command_prints_and_writes_all_tables(tmp_path, capsys):
    main(window=2015, starts=1, seed=1, out=tmp_path)
    printed = capsys.readouterr().out
    assert "Prior predictive check" in printed and "ends of the searches" in printed
    numbers = pd.read_csv(tmp_path / "numbers.csv", index_col="number")
    assert list(numbers.index) == [n.id for n in estimated()]
    assert {file.name for file in tmp_path.iterdir()} == {"numbers.csv", "series.csv", "residuals.csv"}


def test_a_window_needs_nothing_but_observations_up_to_its_year():
    target = Target(estimated()[:2], 2023)
    assert np.isfinite(target.assess(np.zeros((1, 2))).log_likelihood).all()
    assert data_hash(2023) != data_hash(2020) != data_hash(2015)
