"""Equations of programmes, cost and conditions, with numbers worked out by hand."""

import pytest

from model.axes import BRANCH, LEVER_AND_ALL, SECTOR, booked, by_sector, by_sector_and_all
from model.chapters import cost, enabling, programmes
from model.inputs import levers

from .branches import over_branches


def test_budget_covers_at_most_what_is_asked_for():
    asked = dict(programme_cost=100.0, smallest_need=1.0)
    assert programmes.indicated_budget_coverage(programme_budget=50.0, **asked) == pytest.approx(0.5, rel=1e-3)
    assert programmes.indicated_budget_coverage(programme_budget=1e4, **asked) == pytest.approx(1.0)
    assert programmes.indicated_budget_coverage(programme_budget=100.0, **asked) == pytest.approx(1.0)
    # Nothing asked for: the smallest need stands in for it.
    nothing = programmes.indicated_budget_coverage(programme_budget=50.0, programme_cost=0.0, smallest_need=1.0)
    assert nothing == pytest.approx(1.0)


def test_tax_and_transfers_pay_for_programmes_and_cuts_are_pro_rata():
    assert programmes.programme_budget(earmarked_tax=30.0, central_transfers=20.0) == pytest.approx(50.0)
    wanted = booked({"talent": 40.0, "capacity_closure": 8.0, "worker_retraining": 2.0})
    paid = programmes.public_spending(
        public_spending_wanted=wanted,
        budget_coverage=0.75,
        entitlements=programmes.entitlements(closure_awards=8.0, retraining_cost=2.0),
    )
    # Three quarters of 40, and what has been closed and trained in full.
    assert paid == pytest.approx(booked({"talent": 30.0, "capacity_closure": 8.0, "worker_retraining": 2.0}))


def test_co_ordination_and_budget_carry_programmes_and_land_counts_against_before():
    practice = dict(reference_coordination=0.5, implementation_sensitivity=0.4)
    assert enabling.implementation_factor(implementation_strength=0.5, budget_coverage=1.0, **practice) == 1.0
    better = enabling.implementation_factor(implementation_strength=0.9, budget_coverage=1.0, **practice)
    assert better == pytest.approx(1.16)
    halved = enabling.implementation_factor(implementation_strength=0.9, budget_coverage=0.5, **practice)
    assert halved == pytest.approx(0.58)
    assert enabling.land_factor(0.5, 0.5, 0.3) == 1.0
    assert enabling.land_factor(0.0, 0.5, 0.3) == pytest.approx(0.85)


def test_approval_takes_time_and_desks():
    # Half of the way from 0.5 to 0.15 years.
    assert enabling.approval_time(0.5, 0.5, 0.15) == pytest.approx(0.325)
    assert enabling.review_capacity(0.5, 0.1, 1.0) == pytest.approx(0.15)


def test_closure_awards_by_tonne_and_person():
    awards = cost.closure_awards(
        over_branches(steel=100.0),
        over_branches(steel=0.08),
        over_branches(steel=1.2),
        over_branches(steel=1000.0),
        2e-4,
    )
    # 8 Mt at 1.2 亿元/Mt, and 1,000 people at 20,000 yuan.
    assert awards == pytest.approx(9.6 + 0.2)


def test_sectors_collect_their_branches():
    value = over_branches(1.0)
    assert by_sector(value)[SECTOR.index("building_materials")] == 3
    assert by_sector_and_all(value)[-1] == len(BRANCH)


def test_cost_axis_lists_the_levers():
    assert LEVER_AND_ALL.labels == (*levers(), "all")
