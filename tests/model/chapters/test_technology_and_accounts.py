"""Equations of technology, accounts, demand and output, with numbers worked out by hand."""

import numpy as np
import pytest

from model.axes import BRANCH
from model.chapters import accounts, demand, output, technology


def over_branches(value=0.0, **named):
    array = np.full(len(BRANCH), float(value))
    for name, number in named.items():
        array[BRANCH.index(name)] = number
    return array


def test_frontier_grows_and_renewal_climbs_a_rung_of_the_distance():
    assert technology.frontier_progress(technology_frontier=1.5, frontier_growth=0.02) == pytest.approx(0.03)
    assert technology.frontier_distance(technology_frontier=1.5, technology_level=1.1) == pytest.approx(0.4)
    # Half a rung for 8 + 2 renewed and a whole one for 5 new, of 100: a tenth of the distance of 0.4.
    gain = technology.technology_gain(
        rung=0.5,
        renovation_successes=8.0,
        smart_conversion_completions=2.0,
        completions=5.0,
        active_capacity=100.0,
        frontier_distance=0.4,
    )
    assert gain == pytest.approx(0.04)


def test_exit_of_laggards_raises_the_mean_and_restart_lowers_it():
    parts = dict(exit_lag=0.5, retirement=3.0, active_closure=4.0, active_capacity=100.0, frontier_distance=0.4)
    assert technology.exit_gain(**parts, idling=5.0, restart=2.0) == pytest.approx(0.02)
    assert technology.exit_gain(**parts, idling=0.0, restart=17.0) == pytest.approx(-0.02)


def test_rivals_climb_too():
    parts = dict(national_renewal=0.1, national_pace_growth=0.05, technology_frontier=1.5, national_level=1.0)
    assert technology.national_technology_gain(**parts, time=2010.0, base_year=2010.0) == pytest.approx(0.05)
    later = technology.national_technology_gain(**parts, time=2020.0, base_year=2010.0)
    assert later == pytest.approx(0.05 * np.exp(0.5))
    assert technology.relative_technology_level(technology_level=1.2, national_level=1.5) == pytest.approx(0.8)


def test_processing_deepens_towards_its_limit():
    parts = dict(depth_limit=2.0, depth_response=0.5, active_capacity=over_branches(100.0))
    parts |= dict(completions=over_branches(steel=4.0), renovation_successes=over_branches(steel=6.0))
    assert technology.deepening(processing_depth=1.2, **parts) == pytest.approx(0.04)
    assert technology.deepening(processing_depth=2.0, **parts) == 0
    relative = technology.relative_processing_depth(processing_depth=1.5, initial_processing_depth=1.2)
    assert relative == pytest.approx(1.25)


def test_cost_advantage_is_partly_handed_on():
    parts = dict(
        cost_share_energy=0.2,
        coal_price_index=1.0,
        national_requirement=0.9,
        labour_share=0.5,
        revenue_per_value=5.0,
        other_cost_index=1.0,
        output=100.0,
        unit_cost_index=1.0,
    )
    # Energy 0.2 x -0.1, labour 0.1 x (1 / 1.25 - 1), treatment 5 / 500: 1 - 0.02 - 0.02 + 0.01.
    ratio = accounts.own_cost_ratio(
        relative_energy_requirement=0.8, relative_labour_gain=1.25, treatment_cost=5.0, **parts
    )
    assert ratio == pytest.approx(0.97)
    equal = accounts.own_cost_ratio(
        relative_energy_requirement=0.9, relative_labour_gain=1.0, treatment_cost=0.0, **parts
    )
    assert equal == pytest.approx(1.0)
    assert accounts.own_price_ratio(own_cost_ratio=0.97, saving_retention=0.6) == pytest.approx(0.988)
    assert accounts.own_price_ratio(own_cost_ratio=0.97, saving_retention=1.0) == 1.0


def test_value_added_is_revenue_less_inputs():
    sales = accounts.revenue(
        valued_output=100.0, revenue_per_value=4.0, value_content=1.5, price_index=1.2, own_price_ratio=0.9
    )
    assert sales == pytest.approx(486.0)
    # Energy 0.1 x 2 x 0.8, ore 0.2 x (1.5 - 0.4 x 0.5), the rest 4 x 0.7 - 1: 4 x (0.16 + 0.26) + 1.8.
    cost = accounts.input_cost(
        revenue_per_value=4.0,
        cost_share_energy=0.1,
        cost_share_ore=0.2,
        coal_price_index=2.0,
        relative_energy_requirement=0.8,
        ore_price_index=1.5,
        other_cost_index=1.0,
        own_ore_share=0.4,
    )
    assert cost == pytest.approx(3.48)
    # Half of a scarcity price of 0.2 on 4.5 goes to suppliers.
    bought = accounts.inputs(
        valued_output=100.0,
        input_cost=3.0,
        margin_retention=0.5,
        revenue_per_value=4.0,
        value_content=1.5,
        price_index=1.2,
        unit_cost_index=1.0,
        treatment_cost=6.0,
    )
    assert bought == pytest.approx(351.0)
    assert accounts.value_added_in_accounts(revenue=486.0, inputs=351.0) == pytest.approx(135.0)
    assert accounts.accounts_price(value_added_in_accounts=135.0, value_added_real=150.0) == pytest.approx(0.9)
    assert accounts.value_added_nominal(value_added_real=150.0, value_added_price=0.9) == pytest.approx(135.0)


def test_profit_is_the_remainder():
    worn = accounts.depreciation(
        depreciation_share=0.2, initial_utilisation=0.8, active_capacity=100.0, other_cost_index=1.1
    )
    assert worn == pytest.approx(17.6)
    assert accounts.turnover_tax(value_added_in_accounts=135.0, turnover_tax_rate=0.2) == pytest.approx(27.0)
    assert accounts.interest_paid(debt=200.0, lending_rate=0.05) == pytest.approx(10.0)
    left = accounts.profit(
        value_added_in_accounts=135.0, wages=50.0, depreciation=17.6, turnover_tax=27.0, interest_paid=10.0
    )
    assert left == pytest.approx(30.4)
    assert accounts.margin(profit=30.4, revenue=304.0) == pytest.approx(0.1)


def test_market_grows_with_the_branch_a_fading_trend_and_the_lead():
    parts = dict(
        market_volume=100.0,
        demand_elasticity_to_branch=1.0,
        national_branch_growth=0.05,
        market_trend=-0.02,
        trend_fading_time=5.0,
        base_year=2010.0,
        emerging_growth_premium=0.1,
        initial_emerging_share=0.1,
        national_emerging_gain=0.1,
    )
    assert demand.market_growth(time=2010.0, emerging_share=0.2, **parts) == pytest.approx(3.0)
    assert demand.market_growth(time=2010.0, emerging_share=0.3, **parts) == pytest.approx(4.0)
    later = demand.market_growth(time=2015.0, emerging_share=0.2, **parts)
    assert later == pytest.approx(100 * (0.05 - 0.02 / np.e))


def test_market_share_follows_level_capability_and_price():
    share = demand.indicated_competitiveness(
        relative_technology_level=2.0,
        relative_capability=2.0,
        competitiveness_elasticity=0.5,
        own_price_ratio=0.8,
        price_competition_exponent=1.0,
    )
    assert share == pytest.approx(2.5)


def test_value_content_counts_the_level_itself_only_in_steel():
    value = output.value_content(
        relative_technology_level=over_branches(1.2),
        national_level=over_branches(1.5),
        ladder_value_elasticity=1.0,
        relative_processing_depth=1.25,
        processing_depth_weight=1.0,
        relative_capability=over_branches(1.0),
        capability_value_elasticity=0.5,
        service_value=over_branches(1.0),
        smart_value_gain=0.5,
        mature_intelligent_gain=over_branches(0.3),
        national_intelligent_gain=0.1,
    )
    # 1.2 x 1.1 elsewhere; 1.2 x 1.5 x 1.25 x 1.1 in steel.
    assert value == pytest.approx(over_branches(1.32, steel=2.475))


def test_unmet_demand_is_not_negative():
    unmet = output.unmet_demand(hebei_demand=np.array([10.0, 5.0]), output=np.array([8.0, 6.0]))
    assert unmet == pytest.approx([2.0, 0.0])
