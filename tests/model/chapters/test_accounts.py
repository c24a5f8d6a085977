"""Equations of the value accounts, with numbers worked out by hand."""

import pytest

from model.chapters import accounts

COST = dict(revenue_per_value=4.0, cost_share_energy=0.2, cost_share_ore=0.3)


def test_own_cost_falls_with_a_lead_in_energy_and_labour_and_rises_with_treatment():
    common = dict(
        cost_share_energy=0.2,
        coal_price_index=1.5,
        national_requirement=1.0,
        labour_share=0.4,
        revenue_per_value=4.0,
        output=100.0,
        other_cost_index=2.0,
        unit_cost_index=1.3,
    )
    same = accounts.own_cost_ratio(
        relative_energy_requirement=1.0, relative_labour_gain=1.0, treatment_cost=0.0, **common
    )
    assert same == pytest.approx(1.0)
    # Energy 0.2 x 1.5 x -0.1 = -0.03, labour 0.1 x 2 x (0.8 - 1) = -0.04, treatment 2 / 400; -0.065 / 1.3 in all.
    lead = accounts.own_cost_ratio(
        relative_energy_requirement=0.9, relative_labour_gain=1.25, treatment_cost=2.0, **common
    )
    assert lead == pytest.approx(0.95)


def test_part_of_a_cost_advantage_goes_to_buyers():
    assert accounts.own_price_ratio(own_cost_ratio=0.95, saving_retention=0.6) == pytest.approx(0.98)
    assert accounts.own_price_ratio(own_cost_ratio=0.95, saving_retention=1.0) == 1.0


def test_products_of_higher_value_sell_for_more():
    # 100 x (4 - 1 + 1.5) x 1.2 x 0.95.
    revenue = accounts.revenue(
        valued_output=100.0, revenue_per_value=4.0, value_content=1.5, price_index=1.2, own_price_ratio=0.95
    )
    assert revenue == pytest.approx(513.0)


def test_input_cost_follows_energy_and_ore():
    def cost(
        coal: float = 1.0, requirement: float = 1.0, ore: float = 1.0, own_ore: float = 0.0, other: float = 1.0
    ) -> float:
        return accounts.input_cost(
            coal_price_index=coal,
            relative_energy_requirement=requirement,
            ore_price_index=ore,
            own_ore_share=own_ore,
            other_cost_index=other,
            **COST,
        )

    # Of sales of 4, 1 is value added.
    assert cost() == pytest.approx(3.0)
    # Coal half as dear again, a fifth less used: 4 x 0.2 x 0.2 more.
    assert cost(coal=1.5, requirement=0.8) == pytest.approx(3.16)
    assert cost(ore=2.0) == pytest.approx(4.2)
    # Half of the ore from own mines: only half of the rise is paid.
    assert cost(ore=2.0, own_ore=0.5) == pytest.approx(3.6)
    # Other inputs are 4 x 0.5 - 1 = 1.
    assert cost(other=1.5) == pytest.approx(3.5)


def test_suppliers_take_part_of_a_scarcity_price_and_bear_part_of_a_slump():
    common = dict(
        valued_output=100.0,
        input_cost=3.0,
        margin_retention=0.25,
        revenue_per_value=4.0,
        value_content=1.0,
        unit_cost_index=1.0,
        treatment_cost=5.0,
    )
    # 0.75 x 4 x 0.2 = 0.6 per unit, either way.
    assert accounts.inputs(price_index=1.2, **common) == pytest.approx(365.0)
    assert accounts.inputs(price_index=0.8, **common) == pytest.approx(245.0)


def test_value_added_is_revenue_less_inputs():
    assert accounts.value_added_in_accounts(revenue=480.0, inputs=360.0) == pytest.approx(120.0)
    assert accounts.accounts_price(value_added_in_accounts=120.0, value_added_real=100.0) == pytest.approx(1.2)
    assert accounts.accounts_price(value_added_in_accounts=0.0, value_added_real=0.0) == 0
    assert accounts.value_added_nominal(value_added_real=100.0, value_added_price=1.3) == pytest.approx(130.0)


def test_depreciation_belongs_to_plants_and_not_to_output():
    charge = accounts.depreciation(
        depreciation_share=0.15, initial_utilisation=0.8, active_capacity=200.0, other_cost_index=1.25
    )
    assert charge == pytest.approx(30.0)


def test_profit_is_what_wages_depreciation_tax_and_interest_leave():
    tax = accounts.turnover_tax(value_added_in_accounts=100.0, turnover_tax_rate=0.15)
    interest = accounts.interest_paid(debt=100.0, lending_rate=0.05)
    profit = accounts.profit(
        value_added_in_accounts=100.0, wages=40.0, depreciation=20.0, turnover_tax=tax, interest_paid=interest
    )
    assert (tax, interest, profit) == pytest.approx((15.0, 5.0, 20.0))


def test_margin_is_profit_over_sales():
    assert accounts.margin(profit=20.0, revenue=400.0) == pytest.approx(0.05)
    assert accounts.margin(profit=-20.0, revenue=400.0) == pytest.approx(-0.05)
    assert accounts.margin(profit=-20.0, revenue=0.0) == 0
