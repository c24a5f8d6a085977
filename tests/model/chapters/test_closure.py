"""Equations of closure, with numbers worked out by hand."""

import numpy as np
import pytest

from model.chapters import closure


def test_retirement_hazard_is_half_the_steepness_at_half_life():
    life = dict(capital_half_life=20.0, retirement_steepness=0.3)
    assert closure.retirement_hazard(mean_age=20.0, **life) == pytest.approx(0.15)
    assert closure.retirement_hazard(mean_age=8.0, **life) == pytest.approx(0.3 / (1 + np.exp(3.6)))


def test_order_is_in_volume_and_is_delayed_by_resistance():
    common = dict(perceived_closure_target=8.0, social_resistance=0.5, implementation_factor=1.1)
    assert closure.closure_order(product_per_value=0.1, **common) == pytest.approx(44.0)
    assert closure.closure_order(product_per_value=0.0, **common) == 0


def test_pool_holds_conventional_plants_and_few_renovated_ones():
    pool = closure.closure_pool(
        conventional_capacity=100.0, renovated_capacity=50.0, closure_eligible_rate=0.1, modern_eligibility=0.2
    )
    assert pool == pytest.approx(11.0)


def test_each_further_order_closes_less():
    # 8 ordered, 3 of it idle: 5 meet a pool of 5, half of them close.
    assert closure.active_closure(closure_order=8.0, idle_closure=3.0, closure_pool=5.0) == pytest.approx(2.5)
    # 15 meet the same pool: 15 x 5 / 20, never more than the pool.
    assert closure.active_closure(closure_order=18.0, idle_closure=3.0, closure_pool=5.0) == pytest.approx(3.75)
    assert closure.active_closure(closure_order=3.0, idle_closure=3.0, closure_pool=5.0) == 0
    assert closure.active_closure(closure_order=8.0, idle_closure=3.0, closure_pool=0.0) == 0


def test_closure_takes_old_plants_first():
    vintages = dict(renovated_capacity=40.0, modern_eligibility=0.25)
    weight = closure.closure_weight(conventional_capacity=50.0, **vintages)
    assert weight == pytest.approx(60.0)
    old = closure.conventional_closure(active_closure=12.0, conventional_capacity=50.0, closure_weight=weight)
    new = closure.renovated_closure(active_closure=12.0, closure_weight=weight, **vintages)
    assert (old, new) == pytest.approx((10.0, 2.0))
    assert closure.closure(idle_closure=3.0, active_closure=12.0) == pytest.approx(15.0)
