"""Series, error model and estimated numbers."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from calibration.estimated import candidates, estimated, positions, values_at, varied, with_values
from calibration.likelihood import error_grid, error_sizes, log_likelihood
from calibration.observations import observations
from calibration.series import KINDS, all_series, energy_per_gdp_change, fitted_series, gdp_growth, needed_indicators
from model.inputs import LAST_OBSERVED, START, parameters
from model.run import indicator_names


def test_every_series_is_observed_and_simulated():
    known = set(zip(observations()["series"], observations()["sector"], strict=True))
    for series in all_series().values():
        assert series.observed in known, series.id
        assert series.needs in indicator_names(), series.id
        assert series.kind in KINDS
        assert series.note is None or set(series.note) == {"zh", "en"}


def test_grade_d_and_years_after_2020_are_never_fitted():
    for series in fitted_series().values():
        points = series.points()
        assert not points.empty, series.id
        assert set(points["confidence"]) <= {"A", "B", "C"}, series.id
        assert points["year"].max() <= LAST_OBSERVED
    assert not all_series()["energy_total"].fit, "its only graded figure stands on another census base"
    assert all_series()["steel_share"].points()["year"].max() == 2017, "re-based from 2018 on"


def test_energy_per_gdp_needs_observed_gdp():
    energy = np.array([100.0, 110.0, 110.0])
    first, second = gdp_growth()[1:3]
    change = energy_per_gdp_change(energy)
    assert np.isnan(change[0])
    assert change[1:] == pytest.approx([(1.1 / (1 + first / 100) - 1) * 100, (1 / (1 + second / 100) - 1) * 100])
    assert len(energy_per_gdp_change(np.ones(26))) == LAST_OBSERVED - START + 1


def test_the_likelihood_is_the_mean_over_the_grid():
    grid = error_grid(all_series()["rd_expenditure"])
    path = np.full(11, np.nan)
    path[grid.positions] = grid.observed * np.exp(0.02)
    sizes = error_sizes()
    apart = np.abs(grid.positions[:, None] - grid.positions[None, :])
    densities = [
        multivariate_normal(
            cov=np.eye(len(grid.positions)) * sizes["measured"]["level"]["A"] ** 2 + size**2 * float(rho) ** apart
        ).pdf(np.full(len(grid.positions), 0.02))
        for size in sizes["model"]["level"]
        for rho in sizes["correlation"]
    ]
    assert float(grid.log_likelihood(path)) == pytest.approx(np.log(np.mean(densities)))


def test_a_run_nearer_to_the_observations_is_more_probable():
    grids = {name: error_grid(series) for name, series in fitted_series().items()}
    exact = {}
    for name in needed_indicators(fitted_series()):
        width = 9 if name in ("sector_va_share", "sector_va_growth") else 0
        exact[name] = np.ones((11, width) if width else 11)
    off = {name: values.copy() for name, values in exact.items()}
    rd = grids["rd_expenditure"]
    exact["rd_expenditure"][rd.positions] = rd.observed
    off["rd_expenditure"][rd.positions] = rd.observed * 1.2
    assert log_likelihood(exact, grids) > log_likelihood(off, grids) + 5


def test_a_grade_weighs():
    series = all_series()["crude_steel_output"]
    grid = error_grid(series)
    assert set(series.points()["confidence"]) == {"A", "B"}
    loose = np.linalg.inv(grid.precisions[0]).diagonal()
    by_grade = dict(zip(series.points()["confidence"], loose, strict=True))
    assert by_grade["B"] > by_grade["A"]
    assert error_grid(series, 2012) is None


def test_estimated_numbers_are_inside_their_ranges_and_come_back():
    numbers = estimated()
    assert len({n.id for n in numbers}) == len(numbers)
    for number in numbers:
        assert number.low <= number.value <= number.high, number.id
        assert number.grade == parameters()[number.parameter].grade
    places = np.random.default_rng(1).random((3, len(numbers)))
    assert positions(numbers, values_at(numbers, places)) == pytest.approx(places)


def test_only_the_chosen_numbers_move():
    number = candidates()["initial_idle_ratio.steel"]
    changed = with_values([number], np.array([[0.3], [0.4]]))
    assert varied([number]) == ("initial_idle_ratio",) == tuple(changed)
    before = parameters()["initial_idle_ratio"].array()
    assert changed["initial_idle_ratio"][:, 0] == pytest.approx([0.3, 0.4])
    assert changed["initial_idle_ratio"][1, 1:] == pytest.approx(before[1:])
