"""Equations called directly, with numbers worked out by hand."""

import numpy as np
import pytest

from model.axes import BRANCH, LEVER_AND_ALL, SECTOR, by_sector, by_sector_and_all
from model.chapters import (
    closure,
    cost,
    demand,
    emerging,
    enabling,
    energy,
    environment,
    finance,
    innovation,
    labour,
    opening,
    output,
    quality,
    renovation,
    smart,
    steel_market,
)
from model.inputs import levers


def over_branches(value=0.0, **named):
    array = np.full(len(BRANCH), float(value))
    for name, number in named.items():
        array[BRANCH.index(name)] = number
    return array


def test_utilisation_is_output_over_capacity_and_zero_without_capacity():
    assert output.utilisation(np.array([80.0, 0.0]), np.array([100.0, 0.0])) == pytest.approx([0.8, 0.0])


def test_retirement_hazard_is_half_the_steepness_at_half_life():
    assert closure.retirement_hazard(20.0, 20.0, 0.3) == pytest.approx(0.15)
    assert closure.retirement_hazard(8.0, 20.0, 0.3) == pytest.approx(0.3 / (1 + np.exp(3.6)))


def test_output_is_limited_by_available_capacity():
    # Sharpness 1: 300 x 150 / 450.
    parts = dict(followed_steel_demand=300.0)
    tight = steel_market.steel_output(available_steel_capacity=150.0, limit_sharpness=1.0, **parts)
    assert tight == pytest.approx(100.0)
    loose = steel_market.steel_output(available_steel_capacity=1e6, limit_sharpness=8.0, **parts)
    assert loose == pytest.approx(300.0)


def test_price_rises_with_utilisation():
    assert demand.indicated_price(1.2, 0.8, 0.8, 1.7) == pytest.approx(1.2)
    assert demand.indicated_price(1.0, 0.88, 0.8, 2.0) == pytest.approx(1.21)


def test_unit_cost_is_one_in_the_base_year():
    shares = dict(cost_share_energy=0.1, cost_share_ore=0.3, ore_price_index=1.0, other_cost_index=1.0)
    assert demand.unit_cost_index(coal_price_index=1.0, national_requirement=1.0, **shares) == pytest.approx(1.0)
    assert demand.unit_cost_index(coal_price_index=2.0, national_requirement=1.0, **shares) == pytest.approx(1.1)
    assert demand.unit_cost_index(coal_price_index=1.0, national_requirement=0.8, **shares) == pytest.approx(0.98)


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


def test_part_load_wastes_energy():
    assert energy.part_load_factor(0.8, 0.8, 0.15, 0.2) == pytest.approx(1.0)
    assert energy.part_load_factor(0.4, 0.8, 0.15, 0.2) == pytest.approx(1.15)


def test_renovation_closes_part_of_the_gap():
    before = energy.requirement_renovated(10.0, 0.05)
    after = energy.requirement_after_renovation(10.0, 0.05, 0.02, 0.5)
    assert before - after == pytest.approx(0.1)


def test_emissions_count_recovered_energy():
    zero = over_branches()
    args = (over_branches(100.0), zero, over_branches(2.0), over_branches(1.0), zero, zero)
    assert energy.co2_emissions(*args) == pytest.approx(over_branches(200.0))


def test_subsidy_adds_itself_and_what_it_draws():
    assert renovation.renovation_programme(1000.0, 0.1, 10.0, 1.0, 1.0) == pytest.approx(120.0)
    assert renovation.public_renovation_share(10.0, 120.0) == pytest.approx(1 / 12)
    # In a slump with half the money, the public part goes on.
    assert renovation.renovation_applications(12.0, 0.5, 1 / 12) == pytest.approx(12 * (0.5 + 0.5 / 12))


def test_adoption_needs_every_condition():
    arguments = [0.02, 0.5, 0.2, 0.03, 0.0, 0.5, 0.8, 1.0, 1.0]
    assert smart.adoption_rate(*arguments) == pytest.approx(0.12 * 0.5 * 0.8)
    for position in (5, 6, 7, 8):
        changed = list(arguments)
        changed[position] = 0.0
        assert smart.adoption_rate(*changed) == 0


def test_experience_lowers_conversion_cost():
    assert smart.conversion_cost_ratio(2.0, 1.0, 0.1, 0.3, 0.0) == pytest.approx(2**-0.1)
    assert smart.conversion_cost_ratio(1.0, 1.0, 0.1, 0.3, 1.0) == pytest.approx(0.7)


def test_rehiring_is_bounded_by_vacancies_and_by_people():
    assert labour.rehiring(np.array([10.0, 20.0]), 1000.0, 1.0) == pytest.approx(30.0)
    assert labour.rehiring(np.array([10.0, 20.0]), 12.0, 1.0) == pytest.approx(12.0)


def test_social_pressure_holds_up_closures():
    # A tenth of the workforce displaced, a quarter tolerated: 1 / 1.4.
    assert labour.social_resistance(10.0, np.array([60.0, 40.0]), 0.25, 1.0) == pytest.approx(1 / 1.4)
    assert labour.social_resistance(10.0, np.array([60.0, 40.0]), 0.25, 0.0) == 1.0


def test_funding_ratio():
    assert finance.funding_ratio(1e9, 1.0, 1e-3, 1.0) == pytest.approx(1.0)
    assert finance.funding_ratio(10.0, 100.0, 1e-3, 1.0) == pytest.approx(0.1, rel=1e-6)
    assert finance.funding_ratio(10.0, 100.0, 1e-3, 0.0) == 1.0


def test_loss_is_paid_from_funds_only():
    assert finance.cash_lost(-50.0, 20.0, 1.0) == pytest.approx(20.0)
    assert finance.cash_lost(50.0, 20.0, 1.0) == 0


def test_closure_awards_by_tonne_and_person():
    awards = cost.closure_awards(
        over_branches(steel=100.0),
        over_branches(steel=0.08),
        over_branches(steel=1.2),
        over_branches(steel=1000.0),
        2e-4,
    )
    # 8 Mt at 1.2 亿元/Mt, and 1,000 people at 20,000 yuan.
    assert awards == pytest.approx(9.6 + 0.2)


def test_sectors_collect_their_branches():
    value = over_branches(1.0)
    assert by_sector(value)[SECTOR.index("building_materials")] == 3
    assert by_sector_and_all(value)[-1] == len(BRANCH)


def test_cost_axis_lists_the_levers():
    assert LEVER_AND_ALL.labels == (*levers(), "all")


def test_approval_takes_time_and_is_bounded_by_the_desks():
    # Half of the way from 0.5 to 0.15 years.
    assert enabling.approval_time(0.5, 0.5, 0.15) == pytest.approx(0.325)
    assert enabling.review_capacity(0.5, 0.1, 1.0) == pytest.approx(0.15)
    # 1 on the desk for a quarter of a year would be 4 a year; the desks can do 1000 times 0.1 = 100.
    assert renovation.renovation_approvals(1.0, 0.25, 0.1, 0.1, 1000.0) == pytest.approx(4.0, rel=1e-3)
    assert renovation.renovation_approvals(1.0, 0.0, 0.1, 0.1, 1000.0) == pytest.approx(10.0, rel=1e-3)
    assert renovation.renovation_approvals(1000.0, 0.25, 0.1, 0.1, 10.0) == pytest.approx(1.0, rel=1e-3)


def test_co_ordination_and_land_count_against_the_practice_before():
    assert enabling.implementation_factor(0.5, 0.5, 0.4, 1.0) == 1.0
    assert enabling.implementation_factor(0.9, 0.5, 0.4, 1.0) == pytest.approx(1.16)
    # Half of the money, half of the programme.
    assert enabling.implementation_factor(0.9, 0.5, 0.4, 0.5) == pytest.approx(0.58)
    assert enabling.land_factor(0.5, 0.5, 0.3) == 1.0
    assert enabling.land_factor(0.0, 0.5, 0.3) == pytest.approx(0.85)


def test_knowledge_is_relative_to_competitors():
    # Doubled here and doubled elsewhere: nothing gained.
    assert innovation.relative_knowledge(200.0, 100.0, 4000.0, 2000.0) == pytest.approx(1.0)
    assert innovation.knowledge_gain(100.0, 0.9, 0.1, 0.5, 0.0, 0.2) == pytest.approx(94.5)
    assert innovation.knowledge_gain(100.0, 0.9, 0.1, 0.5, 0.5, 0.2) == pytest.approx(103.95)
    # The gap is 0.1 x 5000 - 400 = 100; one per cent of it at full collaboration, shared out half and half.
    spilled = innovation.knowledge_spillover(
        1.0, 0.01, 5000.0, 0.1, np.array([300.0, 100.0]), 1.0, np.array([0.5, 0.5])
    )
    assert spilled == pytest.approx([0.5, 0.5])


def test_emerging_share_of_new_capital_moves_by_odds():
    neutral = (0.5, 0.0, 0.0, 1.0, 1.0, 1.0, 0.3, 1.0, 0.14, 0.14, 0.25, 1.0)
    assert emerging.emerging_share_of_new_capital(*neutral) == pytest.approx(0.5)
    # Twice the pull turns odds of 1 into odds of 2.
    pulled = (0.5, 0.0, 0.0, 2.0, 1.0, 1.0, 0.3, 1.0, 0.14, 0.14, 0.25, 1.0)
    assert emerging.emerging_share_of_new_capital(*pulled) == pytest.approx(2 / 3)


def test_quality_closes_its_distance_and_decays():
    assert quality.quality_improvement(80.0, 100.0, 0.02, 1.0, 0.5, 0.5, 1.0) == pytest.approx(0.8)
    assert quality.quality_decay(80.0, 70.0, 0.03) == pytest.approx(0.3)
    assert quality.service_adoption(0.2, 0.7, 0.015, 0.12, 0.03, 0.5) == pytest.approx(0.054 * 0.5)


def test_capacity_abroad_orders_equipment_at_home():
    # 100 invested abroad, 45 % equipment, 60 % of it from the province, 3.6 of sales per value added; nothing opened.
    revenue = np.full(10, 3.6)
    ordered = opening.equipment_export_demand(100.0, 0.45, 0.6, revenue, 0.3, 0.03, 0.3, np.full(10, 2000.0))
    assert ordered == pytest.approx(7.5)


def test_lenders_and_owners():
    assert finance.lending_rate(0.055, 0.03, 0.24, 0.14) == pytest.approx(0.052)
    assert finance.loss_borrowing(-50.0, 20.0) == pytest.approx(30.0)


def test_retraining_takes_people_as_far_as_there_are_any():
    assert labour.retraining_starts(1e6, 100.0, 0.5, 1.0) == pytest.approx(200.0, rel=1e-3)
    assert labour.retrained_rehiring(np.array([30.0, 20.0]), 40.0, 100.0, 0.5) == pytest.approx(10.0)


def test_treatment_and_water():
    assert environment.so2_emissions(np.array([100.0]), 0.007, 0.9, np.array([0.5])) == pytest.approx(0.385)
    assert environment.water_saving_rate(28.0, 8.0, 0.08, 8.0, 1.0, 0.12, 8.0) == pytest.approx(20 * 0.14)
