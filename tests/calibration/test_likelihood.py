"""Series and error model."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import multivariate_normal

from calibration.likelihood import (
    SMALLEST_LEVEL,
    error_covariance,
    error_grid,
    error_sizes,
    grid_probabilities,
    log_density,
    log_likelihood,
    scale_weights,
    size_grid,
    size_weights,
)
from calibration.observations import months_covered, observations
from calibration.series import (
    KINDS,
    all_series,
    energy_per_gdp_change,
    fitted_series,
    gdp_growth,
    needed_indicators,
)
from model.axes import SECTOR, SECTOR_AND_ALL
from model.inputs import LAST_OBSERVED, START
from model.run import indicator_names


def test_every_series_is_observed_and_simulated():
    known = set(zip(observations()["series"], observations()["sector"], strict=True))
    for series in all_series().values():
        assert series.observed in known or series.part_years in known, series.id
        assert series.needs in indicator_names(), series.id
        assert series.kind in KINDS
        assert series.note is None or set(series.note) == {"zh", "en"}


def test_grade_d_and_years_after_2020_are_never_fitted():
    for series in fitted_series().values():
        points = pd.concat([series.points(), series.part_year_points()])
        assert not points.empty, series.id
        assert set(points["confidence"]) <= {"A", "B", "C"}, series.id
        assert points["year"].max() <= LAST_OBSERVED
    assert not all_series()["energy_total"].fit, "its only graded figure has another census base"
    assert all_series()["steel_share"].points()["year"].max() == 2017, "re-based from 2018 on"


def test_parts_of_years_constrain_years_without_a_figure():
    series = all_series()["value_added_growth"]
    parts, points = series.part_year_points(), series.points()
    assert dict(zip(parts["year"], parts["months"], strict=True)) == {2014: 9, 2015: 9, 2017: 4, 2019: 10}
    assert not set(parts["year"]) & set(points["year"])
    grid = error_grid(series)
    by_year = dict(zip(grid.positions + START, grid.measured, strict=True))
    # Grade A is 0.3 points, B 0.8; three months are missing in 2014, eight in 2017, two in 2019, and each adds 0.36.
    assert by_year[2013] == pytest.approx(0.3)
    assert by_year[2014] == pytest.approx(np.hypot(0.3, 1.08))
    assert by_year[2017] == pytest.approx(np.hypot(0.3, 2.88))
    assert by_year[2019] == pytest.approx(np.hypot(0.8, 0.72))
    assert all_series()["hightech_share"].points()["year"].tolist() == [2010, 2015, 2023], (
        "2012, 2014 and 2021 are parts"
    )


def test_a_single_month_is_a_hint_with_an_error_of_four_points():
    grid = error_grid(all_series()["textile_growth"])
    assert grid.observed.tolist() == [-1.3] and (grid.positions + START).tolist() == [2018]
    assert grid.measured[0] == pytest.approx(4.0, abs=0.1)


def test_the_longest_part_of_a_year_counts():
    parts = all_series()["pharmaceutical_growth"].part_year_points().set_index("year")
    assert parts.loc[2018, ["value", "months"]].tolist() == [13.57, 10], "not September, nor January to May"
    assert 2017 not in parts.index, "a figure of the whole year"


@pytest.mark.parametrize(
    ("definition", "months"),
    [
        ("H1", 6),
        ("Jan-Nov", 11),
        ("Jan-Sep 2014 (VA 1069.8)", 9),
        ("Q1", 3),
        ("September", 1),
        ("December 2014, derived", 1),
        ("the plan of September", 0),
        (np.nan, 0),
    ],
)
def test_months_are_read_from_the_definition(definition, months):
    assert months_covered(definition) == months


def test_a_series_over_its_base_shares_the_error_of_the_base():
    series = all_series()["steel_price"]
    points = series.points()
    assert 2015 not in set(points["year"]) and series.base_grade == "C"
    assert points.set_index("year")["value"][2018] == pytest.approx(115.8 / 68.8)
    grid, sizes = error_grid(series), error_sizes()
    covariance = np.linalg.inv(grid.precisions[0])  # smallest error of the model, no correlation
    common = sizes["measured"]["level"]["C"] ** 2
    assert covariance[0, 1] == pytest.approx(common)
    variance = sizes["measured"]["level"]["B"] ** 2 + size_grid("level")[0] ** 2
    assert covariance[0, 0] == pytest.approx(variance + common)
    assert error_grid(series, 2015) is None


def test_naive_forecasts_may_start_from_unverified_figures():
    series = all_series()["crude_steel_output"]
    known = series.known_before(2016)
    assert known["year"].tolist() == list(range(2010, 2016)) and "D" in set(known["confidence"])
    changes = all_series()["energy_per_value_added_cumulative"].known_before(2016)
    assert changes["year"].tolist() == [2014, 2015] and changes["value"].iloc[-1] == 0


def test_energy_per_gdp_needs_observed_gdp():
    energy = np.array([100.0, 110.0, 110.0])
    first, second = gdp_growth()[1:3]
    change = energy_per_gdp_change(energy)
    assert np.isnan(change[0])
    assert change[1:] == pytest.approx([(1.1 / (1 + first / 100) - 1) * 100, (1 / (1 + second / 100) - 1) * 100])
    assert len(energy_per_gdp_change(np.ones(26))) == len(gdp_growth()) >= LAST_OBSERVED - START + 1
    members = energy_per_gdp_change(np.stack([energy, energy[::-1]]))
    assert members.shape == (2, 3)
    np.testing.assert_array_equal(members[0], change)


def test_weights_of_sizes_follow_a_lognormal_about_the_scale():
    model = error_sizes()["model"]
    for kind, scale in model["scale"].items():
        sizes, weights = size_grid(kind), scale_weights(kind)
        assert weights.sum() == pytest.approx(1)
        assert np.exp(weights @ np.log(sizes)) == pytest.approx(scale["median"], rel=0.02), "the grid is wide enough"
        assert np.sqrt(weights @ np.log(sizes / scale["median"]) ** 2) == pytest.approx(scale["spread"], rel=0.05)
        given = size_weights(kind, "C")
        assert given.sum(axis=1) == pytest.approx(1)
        middle = len(sizes) // 2
        centre = sizes[middle] * model["grade_factor"]["C"]
        assert np.exp(given[middle] @ np.log(sizes)) == pytest.approx(centre, rel=0.05)


def by_hand(errors, grids):
    """The hierarchical density as sums over scales, sizes and correlations, one at a time."""
    kind = next(iter(grids.values())).series.kind
    total = 0.0
    for scale, scale_weight in enumerate(scale_weights(kind)):
        product = scale_weight
        for name, grid in grids.items():
            weights = size_weights(kind, grid.grade, grid.detail)[scale]
            rhos = error_sizes()["correlation"]
            product *= sum(
                weight
                / len(rhos)
                * multivariate_normal(cov=error_covariance(grid.positions, grid.measured, grid.common, size, rho)).pdf(
                    errors[name]
                )
                for size, weight in zip(size_grid(kind), weights, strict=True)
                for rho in rhos
            )
        total += product
    return np.log(total)


def test_the_likelihood_integrates_scales_sizes_and_correlations():
    grids = {name: error_grid(all_series()[name]) for name in ("rd_expenditure", "cement_output", "steel_price")}
    random = np.random.default_rng(1)
    errors = {name: 0.05 * random.standard_normal(len(grid.positions)) for name, grid in grids.items()}
    assert log_density(errors, grids) == pytest.approx(by_hand(errors, grids), rel=1e-10)
    alone = {"cement_output": grids["cement_output"]}
    path = np.full(LAST_OBSERVED - START + 1, np.nan)
    path[grids["cement_output"].positions] = grids["cement_output"].observed * np.exp(errors["cement_output"])
    assert log_likelihood({"cement_output": path}, alone) == pytest.approx(by_hand(errors, alone), rel=1e-10)
    density = grids["cement_output"].by_grid_point(path)
    assert np.log(np.exp(density).sum()) == pytest.approx(by_hand(errors, alone), rel=1e-10)


def test_kinds_of_series_are_independent_and_members_are_one_by_one():
    names = ("rd_expenditure", "cement_output", "value_added_growth")
    grids = {name: error_grid(all_series()[name]) for name in names}
    random = np.random.default_rng(2)
    errors = {name: 0.1 * random.standard_normal((3, len(grid.positions))) for name, grid in grids.items()}
    growth = {"value_added_growth": grids["value_added_growth"]}
    levels = {name: grids[name] for name in names[:2]}
    whole = log_density(errors, grids)
    assert whole == pytest.approx(log_density(errors, growth) + log_density(errors, levels))
    one = {name: values[1] for name, values in errors.items()}
    assert log_density(one, grids) == pytest.approx(whole[1], rel=1e-12)


def test_missing_one_series_by_much_costs_more_than_its_own_error_where_others_fit():
    """The price of eight points of growth: about 8 units of log density in one figure, and more where other series of
    the kind are met closely, since they hold the scale down."""
    growth = {name: error_grid(series) for name, series in fitted_series().items() if series.kind == "growth"}
    fine = {name: np.zeros(len(grid.positions)) for name, grid in growth.items()}
    missed = fine | {"value_added_growth": fine["value_added_growth"].copy()}
    missed["value_added_growth"][0] = 8.0
    alone = {"value_added_growth": growth["value_added_growth"]}
    price_alone = log_density(fine, alone) - log_density(missed, alone)
    price_together = log_density(fine, growth) - log_density(missed, growth)
    assert price_together > price_alone + 1 > 8


def test_probabilities_of_grid_points_are_those_of_bayes():
    grids = {name: error_grid(all_series()[name]) for name in ("rd_expenditure", "cement_output")}
    errors = {name: np.full((2, len(grid.positions)), [[0.01], [0.2]]) for name, grid in grids.items()}
    probabilities = grid_probabilities(errors, grids)
    for name, grid in grids.items():
        assert probabilities[name].sum(axis=1) == pytest.approx(1)
        mean = probabilities[name] @ grid.sizes
        assert mean[0] < 0.04 < 0.07 < mean[1], "large errors tell of a large size"
    alone = {"rd_expenditure": grids["rd_expenditure"]}
    density = grids["rd_expenditure"].densities(errors["rd_expenditure"][0]) + grids["rd_expenditure"].log_weights
    expected = np.exp(density - density.max())
    result = grid_probabilities({"rd_expenditure": errors["rd_expenditure"][0]}, alone)["rd_expenditure"]
    assert result == pytest.approx(expected / expected.sum())


def test_a_negative_level_is_a_large_error_and_a_missing_value_is_none():
    grid = error_grid(all_series()["steel_profit"])
    path = np.full(LAST_OBSERVED - START + 1, 500.0)
    path[grid.positions[0]] = -20.0
    assert grid.errors(path)[0] == pytest.approx(np.log(SMALLEST_LEVEL))
    assert np.isfinite(log_likelihood({"sector_operating_profit": path[:, None] * np.ones(len(SECTOR))}, {"x": grid}))
    path[grid.positions[0]] = np.nan
    values = {"sector_operating_profit": path[:, None] * np.ones(len(SECTOR))}
    assert np.isnan(log_likelihood(values, {"x": grid}))


def test_a_run_nearer_to_the_observations_is_more_probable():
    grids = {name: error_grid(series) for name, series in fitted_series().items()}
    by_sector = {series.needs for series in fitted_series().values() if series.sector}
    years = LAST_OBSERVED - START + 1
    exact = {
        name: np.ones((years, len(SECTOR_AND_ALL)) if name in by_sector else years)
        for name in needed_indicators(fitted_series())
    }
    off = {name: values.copy() for name, values in exact.items()}
    rd = grids["rd_expenditure"]
    exact["rd_expenditure"][rd.positions] = rd.observed
    off["rd_expenditure"][rd.positions] = rd.observed * 1.2
    assert log_likelihood(exact, grids) > log_likelihood(off, grids) + 5


def test_a_lower_grade_has_a_larger_error():
    series = all_series()["crude_steel_output"]
    grid = error_grid(series)
    assert set(series.points()["confidence"]) == {"A", "B", "C"}
    loose = np.linalg.inv(grid.precisions[0]).diagonal()
    by_grade = dict(zip(series.points()["confidence"], loose, strict=True))
    assert by_grade["B"] > by_grade["A"]
    assert error_grid(series, 2012) is None
