"""Equations of the steel market, capacity, closure and renovation, with numbers worked out by hand."""

import numpy as np
import pytest

from model.axes import BRANCH
from model.chapters import capacity, closure, renovation, steel_market


def over_branches(value=0.0, **named):
    array = np.full(len(BRANCH), float(value))
    for name, number in named.items():
        array[BRANCH.index(name)] = number
    return array


def test_cap_is_a_ratchet_on_remembered_output_and_absent_at_the_top_of_the_lever():
    parts = dict(output_cap_none=6.0, remembered_output=200.0, cap_tolerance=0.01, unlimited_output=1e6)
    assert steel_market.steel_cap(output_cap=-3.0, **parts) == pytest.approx(196.0)
    assert steel_market.steel_cap(output_cap=0.0, **parts) == pytest.approx(202.0)
    assert steel_market.steel_cap(output_cap=6.0, **parts) == pytest.approx(1e6)


def test_available_capacity_is_limited_by_the_cap():
    # Sharpness 1: half of the harmonic mean of 300 x 0.5 and 300.
    parts = dict(effective_steel_capacity=300.0, maximum_utilisation=over_branches(steel=0.5))
    limited = steel_market.available_steel_capacity(steel_cap=300.0, limit_sharpness=1.0, **parts)
    assert limited == pytest.approx(100.0)
    free = steel_market.available_steel_capacity(steel_cap=1e6, limit_sharpness=8.0, **parts)
    assert free == pytest.approx(150.0)


def test_steel_is_shared_by_weighted_capacity_whether_capped_or_not():
    parts = dict(price_adjusted_steel_demand=880.0, effective_steel_capacity=250.0, competitiveness=over_branches(1.0))
    free = dict(available_steel_capacity=250.0, national_steel_capacity=1000.0)
    assert steel_market.hebei_steel_demand(hebei_steel_advantage=1.0, **parts, **free) == pytest.approx(220.0)
    advantage = steel_market.hebei_steel_demand(hebei_steel_advantage=1.2, **parts, **free)
    assert advantage == pytest.approx(880 * 300 / 1050)
    capped = dict(available_steel_capacity=200.0, national_steel_capacity=950.0)
    assert steel_market.hebei_steel_demand(hebei_steel_advantage=1.0, **parts, **capped) == pytest.approx(220.0)


def test_rivals_expand_when_steel_is_dear_only():
    parts = dict(rival_answer=0.1, steel_capacity_outside=800.0)
    dear = steel_market.rival_expansion(perceived_relative_price=over_branches(steel=1.25), **parts)
    assert dear == pytest.approx(20.0)
    assert steel_market.rival_expansion(perceived_relative_price=over_branches(steel=0.9), **parts) == 0


def test_campaign_removes_furnaces_and_records_part_of_them():
    removed = steel_market.unrecorded_removal(
        unrecorded_capacity=40.0, induction_furnace_campaign=0.5, unrecorded_removal_time=2.0
    )
    assert removed == pytest.approx(10.0)
    recorded = capacity.recording(
        unrecorded_removal=10.0, recorded_share=0.6, product_per_value=over_branches(steel=0.1)
    )
    assert recorded == pytest.approx(over_branches(steel=60.0))


def test_understated_capacity_enters_and_leaves_in_proportion():
    assert capacity.understated_completions(completions=20.0, understatement=0.1) == pytest.approx(2.0)
    leaving = capacity.understated_exit(
        understated_capacity=10.0, retirement=4.0, active_closure=6.0, active_capacity=100.0
    )
    assert leaving == pytest.approx(1.0)


def test_curtailment_spares_treated_plants_and_lowers_effective_capacity():
    parts = dict(curtailment_intensity=0.2, curtailment_strength=0.5, coverage_relief=0.8)
    assert capacity.curtailment(treatment_coverage=0.0, **parts) == pytest.approx(0.1)
    assert capacity.curtailment(treatment_coverage=0.5, **parts) == pytest.approx(0.06)
    able = capacity.effective_capacity(
        active_capacity=90.0, understated_capacity=10.0, intensification=1.2, curtailment=0.1
    )
    assert able == pytest.approx(108.0)


def test_modern_plants_bear_a_deeper_slump():
    parts = dict(renovated_capacity=100.0, shutdown_margin=-0.05, shutdown_width=0.02, vintage_cost_advantage=0.05)
    assert capacity.modern_idling(margin=-0.1, idling_time=2.0, **parts) == pytest.approx(25.0)
    old = capacity.conventional_idling(conventional_capacity=80.0, shutdown_rate=0.25)
    assert old == pytest.approx(20.0)
    assert capacity.idling(conventional_idling=20.0, modern_idling=5.0) == pytest.approx(25.0)


def test_shutdown_rate_is_half_of_the_fastest_at_the_shutdown_margin():
    parts = dict(shutdown_margin=-0.05, shutdown_width=0.02, idling_time=2.0, initial_cluster_share=0.2)
    parts |= dict(cluster_share=0.2, concentration_effect=0.5)
    assert capacity.shutdown_rate(margin=-0.05, **parts) == pytest.approx(0.25)
    assert capacity.shutdown_rate(margin=-0.01, **parts) == pytest.approx(0.5 / (1 + np.exp(2)))


def test_restart_is_stopped_by_full_discipline():
    parts = dict(idled_capacity=30.0, restart_margin=0.07, restart_margin_width=0.02, restart_time=3.0)
    assert capacity.restart(expected_margin=0.2, capacity_discipline=1.0, **parts) == 0
    assert capacity.restart(expected_margin=0.07, capacity_discipline=0.0, **parts) == pytest.approx(5.0)


def test_permits_get_scarcer_the_more_of_the_quota_is_needed():
    parts = dict(wanted_starts=10.0, swap_ratio=1.25, quota_use_time=1.0, funding_ratio=1.0, land_factor=1.0)
    # 12.5 of quota entitle to 10; plans for as much get half.
    assert capacity.construction_starts(capacity_discipline=1.0, swap_quota=12.5, **parts) == pytest.approx(5.0)
    assert capacity.construction_starts(capacity_discipline=0.0, swap_quota=12.5, **parts) == pytest.approx(10.0)
    assert capacity.construction_starts(capacity_discipline=0.5, swap_quota=12.5, **parts) == pytest.approx(7.5)
    assert capacity.construction_starts(capacity_discipline=1.0, swap_quota=0.0, **parts) == 0


def test_closure_orders_exhaust_the_pool():
    pool = closure.closure_pool(
        conventional_capacity=50.0, renovated_capacity=40.0, closure_eligible_rate=0.2, modern_eligibility=0.25
    )
    assert pool == pytest.approx(12.0)
    assert closure.active_closure(closure_order=16.0, idle_closure=4.0, closure_pool=12.0) == pytest.approx(6.0)
    assert closure.active_closure(closure_order=4.0, idle_closure=4.0, closure_pool=12.0) == 0
    assert closure.active_closure(closure_order=1e9, idle_closure=0.0, closure_pool=12.0) == pytest.approx(12.0)


def test_closure_takes_old_plants_first():
    weight = closure.closure_weight(conventional_capacity=50.0, renovated_capacity=40.0, modern_eligibility=0.25)
    assert weight == pytest.approx(60.0)
    old = closure.conventional_closure(active_closure=6.0, conventional_capacity=50.0, closure_weight=weight)
    modern = closure.renovated_closure(
        active_closure=6.0, renovated_capacity=40.0, closure_weight=weight, modern_eligibility=0.25
    )
    assert (old, modern) == pytest.approx((5.0, 1.0))


def test_order_follows_the_target_passed_on():
    order = closure.closure_order(
        perceived_closure_target=10.0, product_per_value=0.5, social_resistance=0.8, implementation_factor=0.75
    )
    assert order == pytest.approx(12.0)


def test_renovation_has_diminishing_returns_and_old_plants_go_first():
    parts = dict(renovation_cost=2.0, active_capacity=100.0, fastest_renewal=0.1)
    assert renovation.wanted_renovation(renovation_programme=20.0, **parts) == pytest.approx(5.0)
    assert renovation.wanted_renovation(renovation_programme=60.0, **parts) == pytest.approx(7.5)
    share = renovation.conventional_renovation_share(
        conventional_capacity=30.0, renovated_capacity=30.0, intelligent_capacity=10.0, old_first=4.0
    )
    assert share == pytest.approx(0.75)
    assert renovation.renovations(renovation_successes=8.0, conventional_renovation_share=0.75) == pytest.approx(6.0)
    assert renovation.upgradings(renovation_successes=8.0, renovations=6.0) == pytest.approx(2.0)
