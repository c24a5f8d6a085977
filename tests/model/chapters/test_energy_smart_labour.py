"""Equations of energy saving, intelligent capacity, labour and the programme budget, worked out by hand."""

import numpy as np
import pytest

from model.chapters import energy, labour, programmes, smart


def test_best_saving_projects_come_first():
    parts = dict(
        implementation_factor=1.0,
        saving_cost=2.0,
        saving_potential=10.0,
        saving_project_time=2.0,
        saving_realisation=0.5,
    )
    assert energy.saving_starts(energy_efficiency=0.0, **parts) == 0
    # 10 a year for two years is the cost of the whole potential: 1 - 1/e of it, half realised, in two years.
    assert energy.saving_starts(energy_efficiency=10.0, **parts) == pytest.approx(2.5 * (1 - np.exp(-1)))
    assert energy.saving_starts(energy_efficiency=1e9, **parts) == pytest.approx(2.5)


def test_savings_materialise_in_part_decay_and_leave():
    real = energy.saving_realisation(
        base_realisation=0.6,
        management_realisation_gain=0.5,
        energy_management_coverage=0.5,
        initial_management_coverage=0.1,
    )
    assert real == pytest.approx(0.8)
    assert energy.saving_decay(savings_in_force=12.0, saving_lifetime=8.0) == pytest.approx(1.5)
    leaving = energy.savings_leaving(
        savings_in_force=12.0,
        retirement=2.0,
        active_closure=3.0,
        idling=1.0,
        renovation_successes=4.0,
        active_capacity=100.0,
    )
    assert leaving == pytest.approx(1.2)


def test_requirement_relative_to_the_start_and_to_the_country():
    relative = energy.relative_energy_requirement(
        mean_requirement=0.8, initial_requirement=1.0, part_load_factor=1.1, operating_factor=0.9, recovery_rate=0.05
    )
    assert relative == pytest.approx(0.7524)
    parts = dict(national_energy_progress=0.05, energy_floor_ratio=0.4)
    assert energy.national_saving(national_requirement=1.0, **parts) == pytest.approx(0.03)
    assert energy.national_saving(national_requirement=0.4, **parts) == 0


def test_intelligent_plants_mature_with_skills_and_become_obsolete():
    parts = dict(intelligent_capacity=20.0, mature_capacity=8.0, maturity_time=3.0)
    assert smart.maturing(skills_readiness=1.0, skill_complementarity=0.5, **parts) == pytest.approx(4.0)
    assert smart.maturing(skills_readiness=0.5, skill_complementarity=0.5, **parts) == pytest.approx(3.0)
    assert smart.smart_obsolescence(intelligent_capacity=20.0, smart_lifetime=10.0) == pytest.approx(2.0)
    leaving = smart.mature_exit(
        mature_capacity=8.0, intelligent_capacity=20.0, intelligent_retirement=3.0, smart_obsolescence=2.0
    )
    assert leaving == pytest.approx(2.0)
    gain = smart.mature_intelligent_gain(mature_capacity=8.0, active_capacity=100.0, initial_intelligent_share=0.03)
    assert gain == pytest.approx(0.05)
    national = smart.national_intelligent_gain(national_intelligent_share=0.2, initial_national_intelligent_share=0.05)
    assert national == pytest.approx(0.15)


def test_labour_is_saved_relative_to_the_country_and_wages_follow_the_country():
    gain = labour.relative_labour_gain(
        relative_technology_level=1.44,
        ladder_labour_elasticity=0.5,
        smart_labour_saving=0.4,
        pilot_effect_scaling=0.5,
        mature_intelligent_gain=0.2,
        national_intelligent_gain=0.1,
    )
    assert gain == pytest.approx(1.2 * 1.02)
    wage = labour.wage_rate(
        labour_share=0.4, initial_labour_productivity=0.002, productivity_trend=1.5, other_cost_index=1.1
    )
    assert wage == pytest.approx(0.00132)
    assert labour.wages(workforce=1000.0, wage_rate=0.00132, value_content=1.5) == pytest.approx(1.98)


def test_closed_plants_lay_off_whom_they_cannot_redeploy():
    laid_off = labour.closure_layoffs(
        workforce=1000.0,
        active_closure=4.0,
        idle_closure=10.0,
        idle_staffing=0.1,
        active_capacity=100.0,
        internal_redeployment=0.6,
    )
    assert laid_off == pytest.approx(20.0)


def test_places_and_applicants_do_not_always_match():
    parts = dict(displaced_workers=100.0, retraining_entry_time=0.5, implementation_factor=1.0)
    assert labour.retraining_starts(worker_retraining=200.0, **parts) == pytest.approx(100.0)
    assert labour.retraining_starts(worker_retraining=600.0, **parts) == pytest.approx(150.0)
    assert labour.retraining_starts(worker_retraining=0.0, **parts) == 0


def test_budget_binds_when_levers_ask_for_more():
    half = programmes.indicated_budget_coverage(programme_budget=100.0, programme_cost=1e6, smallest_need=1.0)
    assert half == pytest.approx(1e-4, rel=1e-3)
    plenty = programmes.indicated_budget_coverage(programme_budget=1e6, programme_cost=100.0, smallest_need=1.0)
    assert plenty == pytest.approx(1.0, rel=1e-3)
    assert programmes.public_spending(public_spending_wanted=40.0, budget_coverage=0.75) == pytest.approx(30.0)
