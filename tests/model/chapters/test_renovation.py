"""Equations of renovation, with numbers worked out by hand."""

import pytest

from model.chapters import renovation


def test_subsidy_adds_itself_and_what_it_draws():
    programme = renovation.renovation_programme(
        technical_renovation_investment=1000.0,
        renovation_effective_share=0.1,
        renovation_subsidy=10.0,
        subsidy_additionality=2.0,
        implementation_factor=0.5,
        budget_coverage=0.8,
    )
    # A tenth of 1000, the four fifths of the subsidy that the budget covers, and 10 drawn by it.
    assert programme == pytest.approx(118.0)
    share = renovation.public_renovation_share(renovation_subsidy=10.0, renovation_programme=120.0)
    assert share == pytest.approx(1 / 12)
    # In a slump with half the money, the public part goes on.
    slump = renovation.renovation_applications(
        wanted_renovation=12.0, funding_ratio=0.5, public_renovation_share=1 / 12
    )
    assert slump == pytest.approx(12 * (0.5 + 0.5 / 12))


def test_wanted_renovation_approaches_the_fastest_pace():
    plants = dict(renovation_cost=3.0, active_capacity=100.0, fastest_renewal=0.1)
    # The money pays for 10, the fastest pace is 10: 10 x 10 / 20.
    assert renovation.wanted_renovation(renovation_programme=30.0, **plants) == pytest.approx(5.0)
    assert renovation.wanted_renovation(renovation_programme=90.0, **plants) == pytest.approx(7.5)
    assert renovation.wanted_renovation(renovation_programme=0.0, **plants) == 0


def test_old_plants_are_renovated_first_and_modern_ones_again():
    # Old plants count thrice: 60 of 100.
    share = renovation.conventional_renovation_share(
        conventional_capacity=20.0, renovated_capacity=30.0, intelligent_capacity=10.0, old_first=3.0
    )
    assert share == pytest.approx(0.6)
    old = renovation.renovations(renovation_successes=10.0, conventional_renovation_share=share)
    assert old == pytest.approx(6.0)
    assert renovation.upgradings(renovation_successes=10.0, renovations=old) == pytest.approx(4.0)


def test_approval_is_bounded_by_the_desks():
    common = dict(shortest_desk_time=0.1, review_capacity=0.1)
    # 1 on the desk for a quarter of a year would be 4 a year; the desks can do 1000 times 0.1 = 100.
    quick = dict(awaiting_approval=1.0, active_capacity=1000.0)
    assert renovation.renovation_approvals(approval_time=0.25, **quick, **common) == pytest.approx(4.0, rel=1e-3)
    assert renovation.renovation_approvals(approval_time=0.0, **quick, **common) == pytest.approx(10.0, rel=1e-3)
    full = dict(awaiting_approval=1000.0, active_capacity=10.0)
    assert renovation.renovation_approvals(approval_time=0.25, **full, **common) == pytest.approx(1.0, rel=1e-3)
