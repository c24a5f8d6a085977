"""Equations of capacity, with numbers worked out by hand."""

import numpy as np
import pytest

from model.chapters import capacity

from .branches import over_branches


def test_removed_furnaces_are_recorded_in_part_and_only_in_steel():
    recorded = capacity.recording(
        unrecorded_removal=10.0, recorded_share=0.5, product_per_value=over_branches(0.2, steel=0.1)
    )
    assert recorded == pytest.approx(over_branches(steel=50.0))


def test_new_plants_are_larger_than_the_list_says():
    assert capacity.understated_completions(completions=20.0, understatement=0.25) == pytest.approx(5.0)
    # 5 of 100 on the list leave, and so does a twentieth of 30.
    leaving = dict(retirement=1.0, closure=2.0, dismantling=1.5, transfer_abroad=0.5)
    assert capacity.understated_exit(understated_capacity=30.0, book_capacity=100.0, **leaving) == pytest.approx(1.5)


def test_advanced_treatment_relieves_curtailment():
    plans = dict(curtailment_intensity=0.2, curtailment_strength=0.5, coverage_relief=0.6)
    assert capacity.curtailment(treatment_coverage=0.0, **plans) == pytest.approx(0.1)
    assert capacity.curtailment(treatment_coverage=0.5, **plans) == pytest.approx(0.07)


def test_technology_and_scrap_intensify_and_conversion_disrupts():
    # Root of 1.21, plus 0.5 x 0.2; a fifth of capacity in conversion loses half of its output.
    intensity = capacity.intensification(
        technology_level=1.21,
        ladder_intensification=0.5,
        scrap_intensification=0.5,
        scrap_rate=0.3,
        initial_scrap_rate=0.1,
        conversion_disruption=0.5,
        capacity_in_conversion=20.0,
        active_capacity=100.0,
    )
    assert intensity == pytest.approx(1.2 * 0.9)


def test_effective_capacity_counts_what_is_not_on_the_list():
    listed = dict(understated_capacity=20.0, intensification=1.1, curtailment=0.1)
    running = capacity.effective_capacity(active_capacity=100.0, book_capacity=100.0, **listed)
    assert running == pytest.approx(118.8)
    # With half of the list idled, half of what it leaves out is idled too.
    idled = capacity.effective_capacity(active_capacity=50.0, book_capacity=100.0, **listed)
    assert idled == pytest.approx(118.8 / 2)


def test_swap_rule_makes_permits_scarce():
    common = dict(wanted_starts=10.0, swap_quota=50.0, swap_ratio=1.25, quota_use_time=2.0)
    # The quota gives 50 / (1.25 x 2) = 20 a year; under full discipline 10 x 20 / 30 get a permit.
    paid = dict(funding_ratio=1.0, land_factor=1.0)
    bound = capacity.construction_starts(capacity_discipline=1.0, **paid, **common)
    assert bound == pytest.approx(20 / 3)
    # Without discipline the quota does not matter; half discipline lies half-way.
    free = capacity.construction_starts(capacity_discipline=0.0, **paid, **common)
    half = capacity.construction_starts(capacity_discipline=0.5, **paid, **common)
    assert (free, half) == pytest.approx((10.0, 25 / 3))
    # Half of the money, and land for four fifths of that.
    short = capacity.construction_starts(capacity_discipline=0.0, funding_ratio=0.5, land_factor=0.8, **common)
    assert short == pytest.approx(4.0)
    without_quota = {**common, "swap_quota": 0.0}
    assert capacity.construction_starts(capacity_discipline=1.0, **paid, **without_quota) == 0


def test_half_of_the_plants_stop_at_the_shutdown_margin():
    common = dict(
        shutdown_margin=-0.05,
        shutdown_width=0.02,
        idling_time=2.0,
        initial_cluster_share=0.3,
        concentration_effect=1.0,
    )
    assert capacity.shutdown_rate(margin=-0.05, cluster_share=0.3, **common) == pytest.approx(0.25)
    # A share of clusters 0.2 larger: a fifth faster.
    assert capacity.shutdown_rate(margin=-0.05, cluster_share=0.5, **common) == pytest.approx(0.3)
    # One width below the margin.
    worse = capacity.shutdown_rate(margin=-0.07, cluster_share=0.3, **common)
    assert worse == pytest.approx(0.5 / (1 + np.exp(-1)))


def test_renovated_plants_bear_a_deeper_slump():
    plants = dict(renovated_capacity=100.0, shutdown_margin=-0.05, shutdown_width=0.02, idling_time=2.0)
    # Half of them stop where the loss exceeds the shutdown margin by their advantage.
    assert capacity.modern_idling(margin=-0.1, vintage_cost_advantage=0.05, **plants) == pytest.approx(25.0)
    assert capacity.modern_idling(margin=-0.05, vintage_cost_advantage=0.0, **plants) == pytest.approx(25.0)
    # An advantage of two widths and a half.
    spared = capacity.modern_idling(margin=-0.05, vintage_cost_advantage=0.05, **plants)
    assert spared == pytest.approx(50 / (1 + np.exp(2.5)))


def test_both_vintages_idle():
    old = capacity.conventional_idling(conventional_capacity=80.0, shutdown_rate=0.25)
    assert capacity.idling(conventional_idling=old, modern_idling=5.0) == pytest.approx(25.0)


def test_restart_is_stopped_by_full_discipline():
    idled = dict(idled_capacity=30.0, restart_margin=0.07, restart_margin_width=0.02, restart_time=3.0)
    assert capacity.restart(expected_margin=0.2, capacity_discipline=1.0, **idled) == 0
    assert capacity.restart(expected_margin=0.07, capacity_discipline=0.0, **idled) == pytest.approx(5.0)
    better = capacity.restart(expected_margin=0.09, capacity_discipline=0.0, **idled)
    assert better == pytest.approx(10 / (1 + np.exp(-1)))
