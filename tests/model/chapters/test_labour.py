"""Equations of labour, with numbers worked out by hand."""

import numpy as np
import pytest

from model.chapters import labour


def test_lead_in_technology_and_intelligent_plants_saves_labour():
    common = dict(ladder_labour_elasticity=0.5, smart_labour_saving=0.4, pilot_effect_scaling=0.5)
    even = labour.relative_labour_gain(
        relative_technology_level=1.0, mature_intelligent_gain=0.2, national_intelligent_gain=0.2, **common
    )
    assert even == pytest.approx(1.0)
    # Root of 1.21, times 1 + 0.2 x 0.25.
    ahead = labour.relative_labour_gain(
        relative_technology_level=1.21, mature_intelligent_gain=0.3, national_intelligent_gain=0.05, **common
    )
    assert ahead == pytest.approx(1.1 * 1.05)


def test_wages_follow_the_productivity_of_the_country():
    rate = labour.wage_rate(
        labour_share=0.4, initial_labour_productivity=0.002, productivity_trend=1.5, other_cost_index=1.1
    )
    assert rate == pytest.approx(0.00132)
    # A thousand workers whose products are worth a fifth more.
    assert labour.wages(workforce=1000.0, wage_rate=rate, value_content=1.2) == pytest.approx(1.584)


def test_lead_over_the_country_lowers_the_number_of_workers_needed():
    productivity = labour.labour_productivity(
        initial_labour_productivity=0.002, productivity_trend=1.5, relative_labour_gain=1.25
    )
    assert labour.desired_workforce(output=75.0, labour_productivity=productivity) == pytest.approx(20_000)


def test_closed_plants_lay_off_whom_firms_do_not_redeploy():
    plants = dict(workforce=1000.0, active_capacity=100.0, idle_staffing=0.25)
    # 8 running and a quarter of 8 idle, of 100: a tenth of the staff, three fifths of it redeployed.
    lost = labour.closure_layoffs(active_closure=8.0, idle_closure=8.0, internal_redeployment=0.6, **plants)
    assert lost == pytest.approx(40.0)
    assert labour.closure_layoffs(active_closure=8.0, idle_closure=8.0, internal_redeployment=1.0, **plants) == 0


def test_rehiring_is_bounded_by_vacancies_and_by_people():
    vacancies = dict(hiring=np.array([10.0, 20.0]), reemployment_time=0.5)
    assert labour.rehiring(displaced_workers=1000.0, **vacancies) == pytest.approx(30.0)
    assert labour.rehiring(displaced_workers=6.0, **vacancies) == pytest.approx(12.0)


def test_social_pressure_holds_up_closures():
    # A tenth of the workforce displaced, a quarter tolerated: 1 / 1.4.
    common = dict(displaced_workers=10.0, workforce=np.array([60.0, 40.0]), tolerated_displacement=0.25)
    assert labour.social_resistance(social_switch=1.0, **common) == pytest.approx(1 / 1.4)
    assert labour.social_resistance(social_switch=0.0, **common) == 1.0


def test_places_and_people_do_not_always_match():
    people = dict(displaced_workers=50.0, retraining_entry_time=0.5, implementation_factor=0.5)
    # Half of 200 places a year for 100 applicants a year: half of either.
    assert labour.retraining_starts(worker_retraining=200.0, **people) == pytest.approx(50.0)
    # As many places as one likes: no more than apply.
    assert labour.retraining_starts(worker_retraining=1e9, **people) == pytest.approx(100.0)
    assert labour.retraining_starts(worker_retraining=0.0, **people) == 0


def test_retrained_people_take_the_vacancies_that_are_left():
    vacancies = dict(hiring=np.array([30.0, 20.0]), rehiring=40.0, retrained_search_time=0.5)
    assert labour.retrained_rehiring(retrained_workers=100.0, **vacancies) == pytest.approx(10.0)
    assert labour.retrained_rehiring(retrained_workers=4.0, **vacancies) == pytest.approx(8.0)
