"""The frontier is beaten by nothing that was run, nor by mixes drawn at random."""

import numpy as np
import pytest

from analysis.optimisation.evaluation import Evaluator
from analysis.optimisation.frontier import DEFAULT_OBJECTIVES, frontier
from analysis.optimisation.lever_space import LeverSpace, Points
from analysis.optimisation.sorting import undominated
from analysis.tradeoffs import OUTCOMES, outcome_of
from model.scenario import shipped_scenarios

BASE = shipped_scenarios()["no_document"]


@pytest.fixture(scope="module")
def front():
    return frontier(BASE, evaluations=5_000)


def goods(outcomes):
    """Objectives (members, objectives), of which less is better."""
    return np.column_stack([np.asarray(outcomes[name]) * -OUTCOMES[name] for name in DEFAULT_OBJECTIVES])


def beaten(points, others):
    """Points that one of the others beats."""
    return [k for k, p in enumerate(points) if ((others <= p).all(axis=1) & (others < p).any(axis=1)).any()]


def of_front(front):
    return front.values() * [-OUTCOMES[name] for name in front.objectives]


def test_no_shipped_scenario_beats_a_point(front):
    assert set(front.scenarios) == set(shipped_scenarios())
    named = [list(front.scenarios.values())[k] for k in range(len(front.scenarios))]
    others = goods({name: [one[name] for one in named] for name in DEFAULT_OBJECTIVES})
    assert beaten(of_front(front), others) == []


def test_none_of_ten_thousand_random_mixes_beats_a_point(front):
    space, random = LeverSpace(BASE), np.random.default_rng(99)
    document = space.random(5_000, random, most=1.0)
    document = Points(document.strengths, np.full_like(document.first_years, 2016))
    evaluator = Evaluator(space, DEFAULT_OBJECTIVES)
    for mixes in (document, space.random(5_000, random)):
        results = evaluator.run(mixes)
        others = goods({name: outcome_of(name, results[name]) for name in DEFAULT_OBJECTIVES})
        assert beaten(of_front(front), others) == []


def test_points_do_not_beat_one_another_and_the_search_takes_the_runs_it_was_given(front):
    assert beaten(of_front(front), of_front(front)) == []
    assert 5_000 <= front.evaluations <= 5_000 + len(shipped_scenarios())


def test_threads_change_nothing():
    one, *others = (frontier(BASE, evaluations=1_200, seed=4, threads=threads) for threads in (1, 2, 1, 2))
    assert all(other == one for other in others)  # a rare tie that is broken by lot shows after several tries only
    assert frontier(BASE, evaluations=1_200, seed=5).values().tolist() != one.values().tolist()


def test_a_scenario_in_the_way_of_the_search_is_on_the_front():
    found = frontier(BASE, ("public_cost", "sei_share"), 1_000, levers=["talent"], most=0.1)
    assert found.points[0].outcomes["public_cost"] <= found.scenarios["no_document"]["public_cost"]
    assert any(point.name for point in found.points)


def test_undominated_agrees_with_a_comparison_of_all_pairs():
    goals = np.random.default_rng(2).integers(0, 6, (300, 3)).astype(float)
    kept = undominated(goals)
    plain = [k for k in range(300) if k not in beaten(goals, goals)]
    assert {tuple(goals[k]) for k in kept} == {tuple(goals[k]) for k in plain}
    assert len(kept) == len({tuple(goals[k]) for k in plain})


@pytest.mark.parametrize(
    "objectives, message",
    [
        (("public_cost", "crude_steel_output"), "neither more nor less"),
        (("public_cost", "no_such"), "no_such is unknown; allowed"),
        (("public_cost",), "two objectives or more"),
    ],
)
def test_wrong_objectives_are_refused(objectives, message):
    with pytest.raises(ValueError, match=message):
        frontier(BASE, objectives)


def test_the_table_and_a_notebook_show_the_front(front):
    assert front.table[list(front.objectives)].to_numpy() == pytest.approx(front.values())
    html = front._repr_html_()
    assert f"{len(front.points):,} of 5,000" in html and "balanced" in html and "high_ambition" in html
