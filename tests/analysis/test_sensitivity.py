"""Rank correlations, the order of policies, and the tables of the sensitivity analysis."""

import numpy as np
import pandas as pd
import pytest

from analysis.sensitivity import (
    INDICATORS,
    PACKAGES,
    Sensitivity,
    indicator_table,
    order_agreement,
    package_table,
    partial_rank_correlations,
    rank_table,
)
from calibration.estimated import candidates


def test_rank_correlations_are_partial():
    random = np.random.default_rng(1)
    a, b, noise = random.random((3, 400))
    correlated = a + 0.5 * random.random(400)  # goes with a, but causes nothing
    result = partial_rank_correlations(np.column_stack([a, b, correlated]), 3 * a - np.exp(b) + 0.2 * noise)
    assert result[0] > 0.9 and result[1] < -0.9 and abs(result[2]) < 0.15
    with pytest.raises(ValueError, match="too few"):
        partial_rank_correlations(random.random((5, 4)), random.random(5))


def test_the_order_of_policies_is_counted():
    defaults = np.array([1.0, -4.0, 2.0, 3.0])
    effects = np.array([[1.0, -4.0, 2.0, 3.0], [1.0, -4.0, 3.0, 2.0], [1.0, -2.0, 2.0, 3.0], [2.0, -9.0, 1.0, 3.0]])
    strongest, order, pairs = order_agreement(effects, defaults)
    assert (strongest, order) == (0.75, 0.5)
    assert pairs[PACKAGES[2], PACKAGES[3]] == 0.75 and pairs[PACKAGES[0], PACKAGES[2]] == 0.75
    assert pairs[PACKAGES[0], PACKAGES[1]] == 1


def test_tables_have_the_figures_of_the_analysis():
    numbers = tuple(list(candidates().values())[:2])
    names = [number.id for number in numbers]
    defaults = {name: np.array([1.0, -4.0, 2.0, 3.0]) for name in INDICATORS}
    effects = {
        name: np.array([[1.0, -4, 2, 3], [1.0, -4, 3, 2], [1.0, -2, 2, 3], [2.0, -9, 1, 3]]) for name in INDICATORS
    }
    alone = pd.DataFrame({name: [0.5, 0.25, 0.0] for name in INDICATORS}, index=[*names, "another"])
    ranks = pd.DataFrame({name: [0.9, -0.2] for name in INDICATORS}, index=names)
    result = Sensitivity(1, alone, numbers, ranks, effects, defaults, {n: (6.0, 2.0) for n in INDICATORS}, failed=1)

    by_number = rank_table(result)
    assert list(by_number.index) == names and by_number["grade"].tolist() == [n.grade for n in numbers]
    assert by_number[f"prcc_{INDICATORS[0]}"].tolist() == [0.9, -0.2]
    assert by_number[f"alone_{INDICATORS[0]}"].tolist() == [0.5, 0.25]

    by_package = package_table(result).set_index(["indicator", "package"]).loc[(INDICATORS[1], PACKAGES[1])]
    assert by_package["default"] == -4 and by_package["p5"] == pytest.approx(-8.25) and by_package["p95"] < -2

    row = indicator_table(result).iloc[0]
    assert (row["strongest"], row["order"], row["pair"]) == (0.75, 0.5, 0.75)
    assert (row["first"], row["second"]) == (PACKAGES[0], PACKAGES[2])
    assert (row["width_drawn"], row["width_estimated"]) == (6, 2)
    assert (row["numbers"], row["estimated"], row["drawn"], row["draws"], row["failed"]) == (3, 1, 2, 5, 1)
