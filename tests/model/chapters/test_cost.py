"""Equations of cost, with numbers worked out by hand."""

import pytest

from model.chapters import cost, environment, finance, programmes

from .branches import over_branches


def test_parks_cost_when_industry_moves_in_and_to_keep_up():
    common = dict(cluster_share=0.4, cluster_cost=1000.0, park_upkeep=0.05)
    # A hundredth of industry moves in, and a twentieth of two fifths is renewed.
    assert programmes.park_spending(cluster_share_adjustment=0.01, **common) == pytest.approx(30.0)
    # Nothing comes back when industry moves out.
    assert programmes.park_spending(cluster_share_adjustment=-0.01, **common) == pytest.approx(20.0)


def test_energy_management_centres_cost_investment_and_upkeep():
    spent = cost.management_investment(
        energy_management_coverage_adjustment=over_branches(-0.1, steel=0.02),
        energy_management_coverage=over_branches(steel=0.4),
        energy_use=over_branches(100.0),
        management_cost=0.5,
        centre_upkeep=0.05,
    )
    # (0.02 + 0.05 x 0.4) x 100 x 0.5 in steel; a smaller programme elsewhere returns nothing.
    assert spent == pytest.approx(2.0)


def test_recovery_costs_investment_and_upkeep():
    spent = cost.circular_investment(
        waste_heat_coverage_adjustment=over_branches(-0.1, steel=0.02),
        waste_heat_coverage=over_branches(steel=0.4),
        energy_use=over_branches(100.0),
        recovery_potential=0.1,
        recovery_cost=5.0,
        recovery_upkeep=0.05,
    )
    assert spent == pytest.approx(2.0)


def test_treatment_is_paid_by_the_energy_that_it_covers():
    operation = environment.treatment_cost(
        treatment_coverage=0.5, burned_energy=over_branches(steel=100.0), treatment_operating_cost=0.2
    )
    assert operation == pytest.approx(over_branches(steel=10.0))


def test_tax_is_turnover_tax_and_income_tax_on_profits_only():
    paid = finance.tax(
        turnover_tax=over_branches(steel=15.0), profit=over_branches(-100.0, steel=40.0), income_tax_rate=0.25
    )
    assert paid == pytest.approx(25.0)
