"""Limits of plausible runs, ranking of parameters, and synthetic observations."""

import numpy as np
import pytest

from calibration.estimated import candidates, estimated
from calibration.likelihood import error_grid
from calibration.plausible import FAILED, Limit, limits, refusals, refused_shares
from calibration.screening import group_draws, policy_spreads
from calibration.series import all_series
from calibration.synthetic import covers_true_value, one_set, synthetic_grids
from calibration.target import Target
from calibration.tempered import Settings
from model.axes import SECTOR
from model.inputs import LAST_OBSERVED, START

GROWTH = Limit("growth", "growth", -5, 25, (2011, 2013), "增速", "Growth")
SHARE = Limit("share", "share", 10, 50, (2010, 2013), "占比", "Share", "steel")


def test_runs_outside_the_limits_are_refused_by_year_and_sector():
    growth = np.array([[np.nan, 5, 6, 7], [99, 5, 26, 7], [0, 5, 6, -5]])
    shares = np.full((3, 4, len(SECTOR)), 5.0)
    shares[..., SECTOR.index("steel")] = [[20, 20, 20, 20], [20, 20, 20, 20], [20, 20, 20, 9]]
    refused = refusals({"growth": growth, "share": shares}, (GROWTH, SHARE))
    assert refused.tolist() == [[False, False], [True, False], [False, True]], "2010 is no year of growth"
    nothing = refusals({"growth": np.full((1, 4), np.nan), "share": shares[:1]}, (GROWTH,))
    assert nothing.tolist() == [[True]]


def test_shares_of_refused_draws_by_reason():
    refused = np.array([[True, False], [True, True], [False, False], [True, True]])
    failed = np.array([False, False, False, True])
    table = refused_shares(refused, failed, (GROWTH, SHARE))
    assert table["share"].to_dict() == {"growth": 0.5, "share": 0.25, FAILED: 0.25, "all": 0.75}
    assert table["alone"].to_dict() == {"growth": 0.25, "share": 0.0, FAILED: 0.25, "all": 0.5}


def test_limits_of_the_model_are_far_wider_than_the_observations():
    for limit in limits():
        for series in all_series().values():
            if (series.indicator, series.sector) == (limit.indicator, limit.sector):
                values = series.points()["value"]
                assert limit.low < values.min() - 2 and limit.high > values.max() + 2, limit.id
    target = Target(estimated(), LAST_OBSERVED)
    prior = np.random.default_rng(1).standard_normal((100, len(target)))
    assessed = target.assess(prior)
    outside = assessed.refused.any(axis=1) | assessed.failed
    assert np.array_equal(np.isneginf(assessed.log_likelihood), outside)
    assert 0 < outside.mean() < 0.5, "most of the prior is plausible"


def test_entries_of_one_parameter_are_drawn_together_and_alone():
    numbers = [
        n for n in candidates().values() if n.parameter in ("idle_closure_priority", "initial_unrecorded_capacity")
    ]
    rows, groups = group_draws(numbers, 8)
    default = np.array([n.value for n in numbers])
    assert rows[0] == pytest.approx(default) and len(rows) == 17 and list(map(len, groups.values())) == [8, 8]
    for name, members in groups.items():
        inside = np.array([n.parameter == name for n in numbers])
        assert rows[members][:, ~inside] == pytest.approx(np.repeat(default[None, ~inside], 8, axis=0))
        assert (rows[members][:, inside].std(axis=0) > 0).all()
    spreads = policy_spreads(numbers, draws=4)
    assert set(spreads) == set(groups) and all(0 < spread < 5 for spread in spreads.values())


def test_synthetic_observations_scatter_as_the_likelihood_assumes():
    grids = {"rd_expenditure": error_grid(all_series()["rd_expenditure"])}
    run = {"rd_expenditure": np.linspace(100, 200, LAST_OBSERVED - START + 1)}
    random = np.random.default_rng(1)
    errors = np.array(
        [
            grids["rd_expenditure"].errors(run["rd_expenditure"])
            - synthetic["rd_expenditure"].errors(run["rd_expenditure"])
            + np.log(grids["rd_expenditure"].observed / run["rd_expenditure"])
            for synthetic in (synthetic_grids(grids, run, random) for _ in range(1500))
        ]
    )
    weights = np.exp(grids["rd_expenditure"].log_weights)
    expected = np.sqrt(weights @ grids["rd_expenditure"].sizes ** 2 + 0.01**2)
    assert errors.std() == pytest.approx(expected, rel=0.1)
    assert np.abs(errors.mean(axis=0)).max() < 0.1 * expected


def test_a_synthetic_set_has_true_values_and_intervals_as_quantiles_of_the_prior():
    numbers = estimated()[:2]
    table = one_set(1, Settings(particles=60, runs=2, least_moves=1, most_moves=2, last_moves=4), numbers)
    assert table["number"].tolist() == [n.id for n in numbers]
    assert ((table["low"] < table["high"]) & (table["low"] >= 0) & (table["high"] <= 1)).all()
    assert table["true"].between(0, 1).all() and np.isfinite(table["r_hat"]).all()
    assert covers_true_value(table.assign(true=table["low"] - 0.01)).tolist() == [False, False]
