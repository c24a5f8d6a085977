"""Equations of energy, with numbers worked out by hand."""

import numpy as np
import pytest

from model.chapters import energy

from .branches import over_branches


def test_each_further_yuan_saves_less():
    common = dict(implementation_factor=0.5, saving_cost=2.0, saving_project_time=5.0, saving_realisation=0.6)
    # Half of 20 a year for 5 years is 50 of money, against 2 x 50 for the whole potential.
    once = energy.saving_starts(energy_efficiency=20.0, saving_potential=50.0, **common)
    assert once == pytest.approx(6 * (1 - np.exp(-0.5)))
    twice = energy.saving_starts(energy_efficiency=40.0, saving_potential=50.0, **common)
    assert twice == pytest.approx(6 * (1 - np.exp(-1)))
    assert once < twice < 2 * once
    assert energy.saving_starts(energy_efficiency=10.0, saving_potential=0.0, **common) == 0


def test_energy_management_raises_the_realisation_of_savings():
    common = dict(base_realisation=0.6, management_realisation_gain=0.2, initial_management_coverage=0.25)
    assert energy.saving_realisation(energy_management_coverage=0.25, **common) == pytest.approx(0.6)
    assert energy.saving_realisation(energy_management_coverage=0.5, **common) == pytest.approx(0.65)


def test_savings_decay_back_into_the_plants_that_made_them():
    decay = energy.saving_decay(savings_in_force=30.0, saving_lifetime=5.0)
    assert decay == pytest.approx(6.0)
    old = energy.decay_conventional(saving_decay=decay, conventional_requirement=20.0, modern_requirement=40.0)
    new = energy.decay_modern(saving_decay=decay, decay_conventional=old)
    assert (old, new) == pytest.approx((2.0, 4.0))


def test_savings_leave_with_their_plants():
    # A tenth of the plants is retired, closed, idled or renovated.
    plants = dict(retirement=2.0, active_closure=3.0, idling=1.0, renovation_successes=4.0, active_capacity=100.0)
    assert energy.savings_leaving(savings_in_force=30.0, **plants) == pytest.approx(3.0)


def test_savings_at_the_start_are_those_of_the_years_before():
    # A quarter of a per cent of 80 a year over four years.
    before = dict(initial_conventional_requirement=60.0, initial_modern_requirement=20.0, saving_rate_before=0.0025)
    assert energy.initial_savings_in_force(years_of_measures_before=4.0, **before) == pytest.approx(0.8)


def test_saving_potential_is_the_gap_to_the_best_plants():
    common = dict(conventional_capacity=60.0, modern_capacity=40.0)
    potential = energy.saving_potential(conventional_gap=0.02, modern_gap=0.005, **common)
    assert potential == pytest.approx(1.4)
    assert energy.saving_potential(conventional_gap=0.0, modern_gap=0.0, **common) == 0


def test_relative_requirement_has_plants_load_operation_and_recovery():
    requirement = energy.relative_energy_requirement(
        mean_requirement=9.0,
        initial_requirement=10.0,
        part_load_factor=1.1,
        operating_factor=0.9,
        recovery_rate=0.1,
    )
    assert requirement == pytest.approx(0.8019)


def test_national_saving_stops_at_the_floor():
    common = dict(national_energy_progress=0.02, energy_floor_ratio=0.6)
    assert energy.national_saving(national_requirement=1.0, **common) == pytest.approx(0.008)
    assert energy.national_saving(national_requirement=0.6, **common) == 0


def test_part_load_wastes_energy():
    plant = dict(normal_utilisation=0.8, fixed_energy_share=0.15, lowest_load=0.2)
    assert energy.part_load_factor(utilisation=0.8, **plant) == pytest.approx(1.0)
    assert energy.part_load_factor(utilisation=0.4, **plant) == pytest.approx(1.15)
    # Below the lowest load the factor rises no further.
    assert energy.part_load_factor(utilisation=0.0, **plant) == pytest.approx(0.85 + 0.15 * 4)


def test_renovation_closes_part_of_the_gap():
    before = energy.requirement_renovated(renovations=10.0, conventional_intensity=0.05)
    after = energy.requirement_after_renovation(
        renovations=10.0, conventional_intensity=0.05, conventional_gap=0.02, renovation_depth=0.5
    )
    assert before - after == pytest.approx(0.1)


def test_upgrading_closes_part_of_the_gap_of_modern_plants():
    saved = energy.saving_by_upgrading(upgradings=4.0, modern_gap=0.02, renovation_depth=0.5)
    assert saved == pytest.approx(0.04)


def test_emissions_count_recovered_energy():
    emissions = energy.co2_emissions(
        gross_energy=over_branches(100.0),
        unrecorded_energy=over_branches(steel=10.0),
        emission_factor=over_branches(2.0),
        energy_boundary_ratio=over_branches(1.25),
        physical_output=over_branches(steel=200.0),
        process_emission_factor=over_branches(0.1),
    )
    # 100 x 2 x 1.25, in steel 110 x 2 x 1.25 and 200 x 0.1.
    assert emissions == pytest.approx(over_branches(250.0, steel=295.0))
