"""Boxes: a known one is found, EMA Workbench finds none that is better, and chance is no condition."""

import numpy as np
import pandas as pd
import pytest

from analysis.robustness.conditions import Conditions
from analysis.robustness.discovery import discovered
from analysis.robustness.prim import best_box, excess, inside, peeled


def cases(seed, size=2000, numbers=5):
    random = np.random.default_rng(seed)
    table = pd.DataFrame(random.random((size, numbers)), columns=list("abcdefgh"[:numbers]))
    return random, table


def test_a_known_box_is_found():
    _, table = cases(1)
    interesting = ((table["a"] > 0.7) & (table["b"] < 0.4)).to_numpy()
    box = best_box(table, interesting)
    assert set(box) == {"a", "b"}
    assert box["a"] == (pytest.approx(0.7, abs=0.02), np.inf)
    assert box["b"] == (-np.inf, pytest.approx(0.4, abs=0.02))


def test_names_are_part_of_a_box():
    random, table = cases(2)
    table["drivers"] = random.choice(["low", "middle", "high"], len(table))
    interesting = ((table["drivers"] == "low") & (table["c"] > 0.5)).to_numpy()
    box = best_box(table, interesting)
    assert box["drivers"] == frozenset({"low"}) and box["c"][0] == pytest.approx(0.5, abs=0.03)


def test_whole_numbers_that_repeat_are_peeled_value_by_value():
    random, table = cases(3)
    table["delay"] = random.integers(0, 6, len(table)).astype(float)
    box = best_box(table, (table["delay"] >= 4).to_numpy())
    assert box == {"delay": (4.0, np.inf)}


def test_no_box_limits_more_numbers_than_it_may():
    random, table = cases(4, numbers=8)
    interesting = table.mean(axis=1).to_numpy() > 0.55
    assert 1 <= len(best_box(table, interesting, most=2)) <= 2


@pytest.mark.parametrize("seed", range(4))
def test_ema_workbench_peels_to_no_better_boxes(seed):
    from ema_workbench.analysis import prim

    random, table = cases(seed)
    happens = (table["a"] > 0.6) & (table["b"] + 0.5 * table["c"] < 0.6)
    interesting = (happens ^ (random.random(len(table)) < 0.1)).to_numpy()
    theirs = prim.Prim(table, interesting, threshold=0.1).find_box().peeling_trajectory
    chance = theirs["mass"] * interesting.mean()
    best = float((theirs["k"] / len(table) - chance).max())
    own = max(excess(interesting, inside(table, box)) for box in peeled(table, interesting))
    assert own == pytest.approx(best, rel=0.03)
    assert excess(interesting, inside(table, best_box(table, interesting))) >= 0.95 * best


def test_a_real_condition_is_confirmed_with_its_densities():
    random, table = cases(5)
    interesting = ((table["a"] > 0.7) & (random.random(len(table)) < 0.9)).to_numpy()
    (first, *_) = discovered(Conditions(table, np.arange(len(table))), interesting)
    assert set(first.box) == {"a"} and first.held_out.density == pytest.approx(0.9, abs=0.05)
    assert first.held_out.coverage > 0.9 and first.held_out.base == pytest.approx(0.27, abs=0.04)


def test_where_nothing_decides_mostly_no_box_is_shown():
    shown = 0
    for seed in range(20):
        random, table = cases(seed, size=600, numbers=8)
        boxes = discovered(Conditions(table, np.arange(len(table))), random.random(len(table)) < 0.3, seed=seed)
        assert boxes is not None
        shown += bool(boxes)
    assert shown <= 3


def test_repeated_draws_are_no_evidence():
    """Fifty draws, each forty times: with so few, a box that fits by chance is not confirmed by its repetitions."""
    shown = 0
    for seed in range(20):
        random, table = cases(seed, size=50, numbers=8)
        of_run = np.repeat(np.arange(50), 40)
        happens = (random.random(50) < 0.4)[of_run]
        boxes = discovered(Conditions(table.iloc[of_run].reset_index(drop=True), of_run), happens, seed=seed)
        shown += bool(boxes)
    assert shown <= 3


def test_a_handful_of_runs_is_not_explained():
    _, table = cases(6)
    assert discovered(Conditions(table, np.arange(len(table))), np.arange(len(table)) < 5) is None
