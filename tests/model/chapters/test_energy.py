"""Equations of energy, with numbers worked out by hand."""

import pytest

from model.chapters import energy

from .branches import over_branches


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
