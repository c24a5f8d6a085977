"""Descents of weighted sums: on goals whose answer is known, and what they do for a frontier."""

import numpy as np
import pytest

from analysis.optimisation import frontier as frontiers
from analysis.optimisation.lever_space import Points
from analysis.optimisation.weighted_descents import MOST_WEIGHTS, descend, spread_weights
from model.scenario import shipped_scenarios

MOST = 2.0
OBJECTIVES = ("public_cost", "co2_emissions_industry")


class Recorder:
    """Two goals of three strengths; the first wants all at 0.5, the second all at 1.5. Keeps what is run."""

    def __init__(self):
        self.points, self.goals = [], []

    def __call__(self, points):
        near, far = (((points.strengths - aim) ** 2).sum(axis=1) for aim in (0.5, 1.5))
        self.points.append(points)
        self.goals.append(np.column_stack([near, far]))
        return self.goals[-1]

    @property
    def runs(self):
        return sum(len(points) for points in self.points)


def started(members=12):
    random = np.random.default_rng(3)
    return Points(random.random((members, 3)).round(3) * MOST, np.full((members, 3), 2016))


@pytest.mark.parametrize("goals", [2, 3, 4, 6])
def test_weights_are_spread_and_add_up(goals):
    weights = spread_weights(goals)
    assert weights.sum(axis=1) == pytest.approx(1) and (weights > 0).all()
    assert goals <= len(weights) <= MOST_WEIGHTS and len(np.unique(weights, axis=0)) == len(weights)


def test_each_descent_ends_at_the_least_of_its_sum():
    run, start = Recorder(), started()
    descend(run, start, run(start), np.ones(2), MOST, runs=5_000)
    found = np.concatenate(run.goals)
    for weights in spread_weights(2):
        middle = weights @ [0.5, 1.5]  # the least of a weighted sum of squares is the weighted mean
        least = 3 * (weights[0] * (middle - 0.5) ** 2 + weights[1] * (middle - 1.5) ** 2)
        assert (found @ weights).min() == pytest.approx(least, abs=2e-3)


def test_strengths_stay_in_their_range_and_runs_below_their_number():
    run, start = Recorder(), started()
    goals = -np.array([each.sum() for each in start.strengths])[:, None] * [1.0, 1.0]

    def more_is_better(points):
        run(points)
        return -points.strengths.sum(axis=1)[:, None] * np.array([1.0, 1.0])

    descend(more_is_better, start, goals, np.ones(2), MOST, runs=400)
    strengths = np.concatenate([points.strengths for points in run.points])
    assert run.runs <= 400 and strengths.min() >= 0 and strengths.max() == MOST
    assert all((points.first_years == 2016).all() for points in run.points)


def test_a_frontier_with_descents_dominates_more_than_one_without(monkeypatch):
    from pymoo.indicators.hv import HV

    def volume():
        found = frontiers.frontier(shipped_scenarios()["no_document"], OBJECTIVES, evaluations=4_000)
        return HV(ref_point=np.array([1_900.0, 540.0]))(found.values())

    with_descents = volume()
    monkeypatch.setattr(frontiers, "DESCENT_PART", 0.0)
    assert with_descents > 1.01 * volume()
