"""Equations of the national steel market, with numbers worked out by hand."""

import pytest

from model.chapters import steel_market

from .branches import over_branches


def test_cap_permits_output_of_the_year_before_and_the_change_of_the_rule():
    rule = dict(output_cap_none=3.0, remembered_output=200.0, cap_tolerance=0.02, unlimited_output=1e4)
    assert steel_market.steel_cap(output_cap=0.0, **rule) == pytest.approx(204.0)
    assert steel_market.steel_cap(output_cap=-5.0, **rule) == pytest.approx(194.0)
    assert steel_market.steel_cap(output_cap=3.0, **rule) == pytest.approx(1e4)


def test_cap_stops_capacity_that_could_run():
    runnable = steel_market.runnable_steel_capacity(
        effective_steel_capacity=200.0, maximum_utilisation=over_branches(0.5, steel=1.1)
    )
    assert runnable == pytest.approx(220.0)
    assert steel_market.available_steel_capacity(runnable_steel_capacity=runnable, steel_cap=221.0) == runnable
    assert steel_market.available_steel_capacity(runnable_steel_capacity=runnable, steel_cap=110.0) == 110.0


def test_steel_is_shared_by_weighted_capacity():
    hebei = dict(price_adjusted_steel_demand=880.0, effective_steel_capacity=250.0, competitiveness=over_branches(1.0))
    market = dict(available_steel_capacity=250.0, national_steel_capacity=1000.0)
    # 250 Mt of Hebei against 750 elsewhere, no advantage: a quarter of 880.
    equal = steel_market.hebei_steel_demand(**hebei, **market, hebei_steel_advantage=1.0)
    assert equal == pytest.approx(220.0)
    # An advantage of 1.2 weighs 300 against 750.
    ahead = steel_market.hebei_steel_demand(**hebei, **market, hebei_steel_advantage=1.2)
    assert ahead == pytest.approx(880 * 300 / 1050)
    # Competitiveness weighs like the advantage.
    better = {**hebei, "competitiveness": over_branches(1.0, steel=1.2)}
    assert steel_market.hebei_steel_demand(**better, **market, hebei_steel_advantage=1.0) == pytest.approx(ahead)
    # Buyers address furnaces that a cap stops.
    capped = dict(available_steel_capacity=200.0, national_steel_capacity=950.0)
    assert steel_market.hebei_steel_demand(**hebei, **capped, hebei_steel_advantage=1.0) == pytest.approx(equal)


def test_output_is_demand_within_furnaces_and_cap():
    demand = dict(followed_steel_demand=250.0)
    loose = dict(limit_sharpness=20.0, runnable_steel_capacity=400.0)
    assert steel_market.steel_output(steel_cap=1e6, **loose, **demand) == pytest.approx(250.0, rel=1e-4)
    tight = dict(limit_sharpness=20.0, runnable_steel_capacity=125.0)
    assert steel_market.steel_output(steel_cap=1e6, **tight, **demand) == pytest.approx(125.0, rel=1e-6)
    # A cap is met exactly, and one just above demand cuts nothing.
    assert steel_market.steel_output(steel_cap=240.0, **loose, **demand) == 240.0
    slack = steel_market.steel_output(steel_cap=251.0, **loose, **demand)
    assert slack == steel_market.steel_output(steel_cap=1e6, **loose, **demand)
    # Sharpness 1, demand equal to what the furnaces can give: half of either.
    equal = dict(limit_sharpness=1.0, runnable_steel_capacity=250.0)
    assert steel_market.steel_output(steel_cap=1e6, **equal, **demand) == pytest.approx(125.0)


def test_dear_steel_brings_rivals_and_cheap_steel_none():
    rivals = dict(rival_answer=0.1, steel_capacity_outside=800.0)
    # 20 % too dear: 0.1 x 0.2 x 800.
    dear = steel_market.rival_expansion(perceived_relative_price=over_branches(1.0, steel=1.2), **rivals)
    assert dear == pytest.approx(16.0)
    # Only the price of steel counts.
    cheap = steel_market.rival_expansion(perceived_relative_price=over_branches(1.5, steel=0.9), **rivals)
    assert cheap == 0
    assert steel_market.rival_exit(rival_capacity_answer=30.0, rival_capacity_lifetime=15.0) == pytest.approx(2.0)


def test_all_steelmaking_capacity_serves_national_demand():
    capacity = steel_market.national_steel_capacity(
        available_steel_capacity=220.0,
        unrecorded_capacity=40.0,
        steel_capacity_outside=700.0,
        rival_capacity_answer=10.0,
        unrecorded_capacity_outside=80.0,
    )
    assert capacity == pytest.approx(1050.0)


def test_campaign_removes_furnaces_and_discipline_stops_new_ones():
    removed = steel_market.unrecorded_removal(
        unrecorded_capacity=40.0, induction_furnace_campaign=0.5, unrecorded_removal_time=2.0
    )
    assert removed == pytest.approx(10.0)
    furnaces = dict(unrecorded_capacity=40.0, unrecorded_growth_rate=0.1)
    assert steel_market.unrecorded_growth(steel_discipline=0.25, **furnaces) == pytest.approx(3.0)
    assert steel_market.unrecorded_growth(steel_discipline=1.0, **furnaces) == 0


def test_scrap_freed_by_removing_induction_furnaces():
    parts = dict(
        national_scrap_supply=150.0,
        unrecorded_output=40.0,
        unrecorded_capacity_outside=80.0,
        national_steel_utilisation=0.5,
        price_adjusted_steel_demand=880.0,
        hebei_scrap_access=0.7,
        scrap_charge_unrecorded=1.05,
        maximum_scrap_rate=0.3,
        scrap_lever_effect=0.3,
        circular_economy_steel=0.0,
    )
    # 80 Mt of furnaces eat 84 Mt of scrap; 66 Mt are left for 800 Mt of recorded steel.
    assert steel_market.available_scrap_rate(**parts) == pytest.approx(0.7 * 66 / 800)
    free = {**parts, "unrecorded_output": 0.0, "unrecorded_capacity_outside": 0.0}
    assert steel_market.available_scrap_rate(**free) == pytest.approx(0.7 * 150 / 880)
    # Half of the recycling programme improves access by 0.3 x 0.5.
    recycled = {**free, "circular_economy_steel": 0.5}
    assert steel_market.available_scrap_rate(**recycled) == pytest.approx(0.7 * 1.15 * 150 / 880)
