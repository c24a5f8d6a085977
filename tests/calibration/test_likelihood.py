"""Series, error model and estimated numbers."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import multivariate_normal

from calibration.estimated import candidates, estimated, parts, positions, values_at, varied, with_values
from calibration.likelihood import ErrorGrid, error_grid, error_sizes, log_likelihood
from calibration.observations import months_covered, observations
from calibration.series import (
    KINDS,
    Series,
    all_series,
    energy_per_gdp_change,
    fitted_series,
    gdp_growth,
    needed_indicators,
)
from model.axes import SECTOR, SECTOR_AND_ALL
from model.inputs import LAST_OBSERVED, START, parameters
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
    assert all_series()["hightech_share"].points()["year"].tolist() == [2010, 2015], "2012 and 2014 are parts of years"


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
    variance = sizes["measured"]["level"]["B"] ** 2 + sizes["model"]["level"][0] ** 2
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
    assert len(energy_per_gdp_change(np.ones(26))) == LAST_OBSERVED - START + 1
    members = energy_per_gdp_change(np.stack([energy, energy[::-1]]))
    assert members.shape == (2, 3)
    np.testing.assert_array_equal(members[0], change)


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
    density = log_likelihood({"rd_expenditure": path}, {"rd_expenditure": grid})
    assert density == pytest.approx(np.log(np.mean(densities)))


def hand_made_grid(kind, observed, correlations, unit, sector=None):
    """Three figures, of 2010, 2012 and 2013, with errors of 1, 3 and 1 units; the error of the model is 0.5, 2 or 4."""
    years = np.array([0, 2, 3])
    apart = np.abs(years[:, None] - years[None, :])
    measured = unit * np.array([1.0, 3.0, 1.0])
    sizes = unit * np.array([0.5, 2.0, 4.0])[: len(correlations)]
    covariances = np.array(
        [
            np.diag(measured**2) + size**2 * np.where(apart == 0, 1.0, rho**apart)
            for size, rho in zip(sizes, correlations, strict=True)
        ]
    )
    constants = -0.5 * (np.linalg.slogdet(covariances)[1] + 3 * np.log(2 * np.pi)) - np.log(len(sizes))
    series = Series("x", f"simulated_{kind}", ("x", "all"), kind, sector)
    return ErrorGrid(
        series,
        years,
        np.array(observed),
        measured,
        0.0,
        sizes,
        np.array(correlations),
        np.linalg.inv(covariances),
        constants,
    )


def test_densities_of_members_agree_with_an_earlier_implementation_one_run_at_a_time():
    """The numbers were computed by automatic vectorisation with JAX; the grids differ in size."""
    grids = {
        "level": hand_made_grid("level", [100.0, 110.0, 105.0], [0.0, 0.4], 0.01),
        "share": hand_made_grid("share", [2.0, -1.0, 4.0], [0.0, 0.4, 0.8], 1.0, "steel"),
    }
    member, year = np.arange(3.0)[:, None], np.arange(4.0)
    by_branch = (member - 1 + year / 2)[..., None] * np.arange(1.0, len(SECTOR) + 1)
    runs = {"simulated_level": 100 + 3 * year - 2 * member, "simulated_share": by_branch}
    densities = log_likelihood(runs, grids)
    assert densities == pytest.approx([-3.015565102141391, -1.9201801320346528, -2.596504989129507], rel=1e-12)
    alone = [log_likelihood({name: values[k] for name, values in runs.items()}, grids) for k in range(3)]
    assert alone == pytest.approx(densities, rel=1e-12)


def test_a_member_without_output_has_no_density_and_leaves_the_others():
    grids = {"level": hand_made_grid("level", [100.0, 110.0, 105.0], [0.0, 0.4], 0.01)}
    runs = np.array([[100.0, 0.0, 110.0, 105.0], [100.0, 0.0, 0.0, 105.0], [100.0, 0.0, -1.0, 105.0]])
    with np.errstate(all="raise"):
        densities = log_likelihood({"simulated_level": runs}, grids)
    assert np.isfinite(densities).tolist() == [True, False, False]


def test_a_run_nearer_to_the_observations_is_more_probable():
    grids = {name: error_grid(series) for name, series in fitted_series().items()}
    by_sector = {series.needs for series in fitted_series().values() if series.sector}
    exact = {
        name: np.ones((11, len(SECTOR_AND_ALL)) if name in by_sector else 11)
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
    assert set(series.points()["confidence"]) == {"A", "B"}
    loose = np.linalg.inv(grid.precisions[0]).diagonal()
    by_grade = dict(zip(series.points()["confidence"], loose, strict=True))
    assert by_grade["B"] > by_grade["A"]
    assert error_grid(series, 2012) is None


def test_estimated_numbers_are_inside_their_ranges_and_come_back():
    numbers = estimated(2020)
    assert len({n.id for n in numbers}) == len(numbers)
    for number in numbers:
        assert number.low <= number.value <= number.high, number.id
        assert number.grade == parameters()[number.parameter].grade
    places = np.random.default_rng(1).random((3, len(numbers)))
    assert positions(numbers, values_at(numbers, places)) == pytest.approx(places)


def test_every_number_and_fitted_series_belongs_to_one_part():
    named = [name for part in parts() for name in part.of(2020)]
    assert len(named) == len(set(named)) == len(estimated(2020))
    fitted = [name for part in parts() for name in part.series]
    assert len(fitted) == len(set(fitted)) and set(fitted) <= set(fitted_series())
    earlier = {n.id for n in estimated(2015)}
    assert earlier > set(named), "values set by a search with later data are estimated again"
    for name in earlier:
        assert candidates()[name].low < candidates()[name].high


def test_only_the_chosen_numbers_move():
    number = candidates()["initial_idle_ratio.steel"]
    changed = with_values([number], np.array([[0.3], [0.4]]))
    assert varied([number]) == ("initial_idle_ratio",) == tuple(changed)
    before = parameters()["initial_idle_ratio"].array()
    assert changed["initial_idle_ratio"][:, 0] == pytest.approx([0.3, 0.4])
    assert changed["initial_idle_ratio"][1, 1:] == pytest.approx(before[1:])
