"""Equations of the technology ladder, with numbers worked out by hand."""

import numpy as np
import pytest

from model.chapters import technology

from .branches import over_branches


def test_frontier_grows_at_its_rate_and_leaves_plants_behind():
    assert technology.frontier_progress(technology_frontier=1.5, frontier_growth=0.02) == pytest.approx(0.03)
    assert technology.frontier_distance(technology_frontier=1.5, technology_level=1.1) == pytest.approx(0.4)


def test_renewed_plants_climb_one_rung_and_new_plants_start_at_the_frontier():
    # (0.5 x (6 + 4) + 5) / 100 of the plants close a distance of 0.4.
    renewal = dict(rung=0.5, renovation_successes=6.0, smart_conversion_completions=4.0, completions=5.0)
    gain = technology.technology_gain(**renewal, active_capacity=100.0, frontier_distance=0.4)
    assert gain == pytest.approx(0.04)
    nearer = technology.technology_gain(**renewal, active_capacity=100.0, frontier_distance=0.2)
    assert nearer == pytest.approx(gain / 2)


def test_exit_raises_the_mean_level_and_restart_lowers_it():
    leaving = dict(exit_lag=0.5, active_capacity=100.0, frontier_distance=0.4)
    gain = technology.exit_gain(retirement=3.0, active_closure=2.0, idling=4.0, restart=1.0, **leaving)
    assert gain == pytest.approx(0.5 * 0.08 * 0.4)
    restarted = technology.exit_gain(retirement=0.0, active_closure=0.0, idling=0.0, restart=4.0, **leaving)
    assert restarted == pytest.approx(-0.5 * 0.04 * 0.4)


def test_national_level_rises_with_a_pace_that_grows():
    country = dict(national_renewal=0.1, national_pace_growth=0.05, base_year=2010.0, technology_frontier=1.5)
    assert technology.national_technology_gain(time=2010.0, national_level=1.0, **country) == pytest.approx(0.05)
    later = technology.national_technology_gain(time=2020.0, national_level=1.0, **country)
    assert later == pytest.approx(0.05 * np.exp(0.5))
    assert technology.national_technology_gain(time=2020.0, national_level=1.5, **country) == 0


def test_level_counts_relative_to_the_country():
    assert technology.relative_technology_level(technology_level=1.5, national_level=1.2) == pytest.approx(1.25)


def test_processing_deepens_with_renewal_of_steel_only():
    common = dict(
        processing_depth=1.2, depth_limit=2.0, depth_response=0.5, active_capacity=over_branches(100.0, steel=200.0)
    )
    # 20 of 200 renewed, response 0.5, 0.8 left to the limit.
    steel = technology.deepening(
        completions=over_branches(steel=8.0), renovation_successes=over_branches(steel=12.0), **common
    )
    assert steel == pytest.approx(0.04)
    elsewhere = technology.deepening(
        completions=over_branches(8.0, steel=0.0), renovation_successes=over_branches(), **common
    )
    assert elsewhere == 0
    depth = technology.relative_processing_depth(processing_depth=1.5, initial_processing_depth=1.2)
    assert depth == pytest.approx(1.25)
