"""Equations of demand, with numbers worked out by hand."""

import numpy as np
import pytest

from model.chapters import demand


def test_market_grows_with_the_branch_in_the_country():
    common = dict(
        market_volume=100.0,
        demand_elasticity_to_branch=1.0,
        national_branch_growth=0.06,
        trend_fading_time=5.0,
        base_year=2010.0,
        emerging_growth_premium=0.1,
        initial_emerging_share=0.2,
        national_emerging_gain=0.05,
    )
    even = dict(emerging_share=0.25, market_trend=0.0)
    assert demand.market_growth(time=2010.0, **even, **common) == pytest.approx(6.0)
    # A lead of 0.05 in emerging products, at a premium of 0.1.
    ahead = demand.market_growth(time=2010.0, emerging_share=0.3, market_trend=0.0, **common)
    assert ahead == pytest.approx(6.5)
    # A trend of -2 % a year, of which 1/e is left after the fading time.
    falling = dict(emerging_share=0.25, market_trend=-0.02)
    assert demand.market_growth(time=2010.0, **falling, **common) == pytest.approx(4.0)
    assert demand.market_growth(time=2015.0, **falling, **common) == pytest.approx(6 - 2 * np.exp(-1))


def test_ability_and_a_low_price_win_the_market():
    common = dict(competitiveness_elasticity=0.5, price_competition_exponent=1.0)
    even = demand.indicated_competitiveness(
        relative_technology_level=1.0, relative_capability=1.0, own_price_ratio=1.0, **common
    )
    assert even == pytest.approx(1.0)
    # Root of 1.21, over a price of 0.8.
    ahead = demand.indicated_competitiveness(
        relative_technology_level=1.1, relative_capability=1.1, own_price_ratio=0.8, **common
    )
    assert ahead == pytest.approx(1.375)


def test_price_rises_with_utilisation():
    reference = dict(reference_utilisation=0.8)
    at_reference = demand.indicated_price(
        unit_cost_index=1.2, price_utilisation=0.8, price_elasticity_to_utilisation=1.7, **reference
    )
    assert at_reference == pytest.approx(1.2)
    scarce = demand.indicated_price(
        unit_cost_index=1.0, price_utilisation=0.88, price_elasticity_to_utilisation=2.0, **reference
    )
    assert scarce == pytest.approx(1.21)


def test_unit_cost_is_one_in_the_base_year_and_falls_with_national_saving():
    shares = dict(cost_share_energy=0.1, cost_share_ore=0.3)
    common = dict(ore_price_index=1.0, other_cost_index=1.0, **shares)
    base = demand.unit_cost_index(coal_price_index=1.0, national_requirement=1.0, **common)
    assert base == pytest.approx(1.0)
    dear_coal = demand.unit_cost_index(coal_price_index=2.0, national_requirement=1.0, **common)
    assert dear_coal == pytest.approx(1.1)
    saved = demand.unit_cost_index(coal_price_index=2.0, national_requirement=0.5, **common)
    assert saved == pytest.approx(1.0)
    # Ore twice as dear, the rest a half: 0.3 and 0.6 x 0.5 more.
    dear = demand.unit_cost_index(
        coal_price_index=1.0, national_requirement=1.0, ore_price_index=2.0, other_cost_index=1.5, **shares
    )
    assert dear == pytest.approx(1.6)


def test_relative_price_is_price_over_cost():
    assert demand.relative_price(price_index=1.2, unit_cost_index=0.96) == pytest.approx(1.25)
