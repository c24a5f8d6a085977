"""The worth of knowing a number: cases with known answers."""

import numpy as np
import pandas as pd
import pytest

from analysis.robustness.conditions import Conditions
from analysis.robustness.information import information_table


def answers(table, utilities, groups=None):
    groups = np.arange(len(table)) if groups is None else groups
    found = information_table(Conditions(table, groups), np.asarray(utilities))
    return found.set_index("number"), found.attrs["everything"]


def test_the_worth_of_a_normal_number_is_that_worked_by_hand():
    """One policy gives x + noise, the other nothing: knowing x is worth E max(x, 0) = 1 / sqrt(2 pi)."""
    random = np.random.default_rng(1)
    x, noise = random.standard_normal((2, 20000))
    found, everything = answers(pd.DataFrame({"x": x, "noise": noise, "other": x**2}), [x + noise, np.zeros(20000)])
    assert found.at["x", "value"] == pytest.approx(1 / np.sqrt(2 * np.pi), abs=0.02)
    assert found.at["noise", "value"] == pytest.approx(1 / np.sqrt(2 * np.pi), abs=0.02)
    assert everything == pytest.approx(np.sqrt(2) / np.sqrt(2 * np.pi), abs=0.02)
    assert abs(found.at["other", "value"]) < 0.03


def test_a_curve_counts_as_well_as_a_line():
    """One policy gives x² - 1: knowing x is worth E max(x² - 1, 0) = 2 φ(1)."""
    x = np.random.default_rng(2).standard_normal(20000)
    found, _ = answers(pd.DataFrame({"x": x}), [x**2 - 1, np.zeros(20000)])
    assert found.at["x", "value"] == pytest.approx(2 * np.exp(-0.5) / np.sqrt(2 * np.pi), abs=0.02)


def test_names_are_worth_what_their_means_say():
    random = np.random.default_rng(3)
    names = random.choice(["low", "high"], 8000)
    gain = np.where(names == "high", 1.0, -1.0) + random.standard_normal(8000)
    found, _ = answers(pd.DataFrame({"drivers": names}), [gain, np.zeros(8000)])
    assert found.at["drivers", "value"] == pytest.approx(0.5, abs=0.03)
    assert found.at["drivers", "changes"] == pytest.approx(0.5, abs=0.03)


def test_numbers_without_influence_are_worth_nothing():
    """Where policies are nearly equal a regression judged by its own runs finds worth in any number."""
    parts, beyond = [], []
    for seed in range(20):
        random = np.random.default_rng(seed)
        table = pd.DataFrame(random.random((1000, 10)), columns=[f"x{k}" for k in range(10)])
        found, _ = answers(table, random.standard_normal((2, 1000)))
        parts.append(found["part"].mean())
        beyond.append((found["value"] > 3 * found["error"]).mean())
    assert abs(np.mean(parts)) < 0.02 and np.mean(beyond) < 0.03


def test_where_one_policy_is_always_better_nothing_is_worth_knowing():
    x = np.random.default_rng(5).random(500)
    found, everything = answers(pd.DataFrame({"x": x}), [x + 1, x])
    assert everything == 0 and (found["value"] == 0).all() and (found["part"] == 0).all()


def test_few_values_are_taken_each_by_itself():
    random = np.random.default_rng(6)
    delay = random.integers(0, 3, 6000).astype(float)
    gain = np.where(delay == 1, 1.0, -1.0) + random.standard_normal(6000)
    found, _ = answers(pd.DataFrame({"delay": delay}), [gain, np.zeros(6000)])
    assert found.at["delay", "value"] == pytest.approx(1 / 3, abs=0.03)
