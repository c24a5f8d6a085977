"""Equations of energy saving, with numbers worked out by hand."""

import numpy as np
import pytest

from model.chapters import saving


def test_each_further_yuan_saves_less():
    common = dict(implementation_factor=0.5, saving_cost=2.0, saving_project_time=5.0, saving_realisation=0.6)
    # Half of 20 a year for 5 years is 50 of money, against 2 x 50 for the whole potential.
    once = saving.saving_starts(energy_efficiency=20.0, saving_potential=50.0, **common)
    assert once == pytest.approx(6 * (1 - np.exp(-0.5)))
    twice = saving.saving_starts(energy_efficiency=40.0, saving_potential=50.0, **common)
    assert twice == pytest.approx(6 * (1 - np.exp(-1)))
    assert once < twice < 2 * once
    assert saving.saving_starts(energy_efficiency=10.0, saving_potential=0.0, **common) == 0


def test_energy_management_raises_the_realisation_of_savings():
    common = dict(base_realisation=0.6, management_realisation_gain=0.2, initial_management_coverage=0.25)
    assert saving.saving_realisation(energy_management_coverage=0.25, **common) == pytest.approx(0.6)
    assert saving.saving_realisation(energy_management_coverage=0.5, **common) == pytest.approx(0.65)


def test_savings_decay_back_into_the_plants_that_made_them():
    decay = saving.saving_decay(savings_in_force=30.0, saving_lifetime=5.0)
    assert decay == pytest.approx(6.0)
    old = saving.decay_conventional(saving_decay=decay, conventional_requirement=20.0, modern_requirement=40.0)
    new = saving.decay_modern(saving_decay=decay, decay_conventional=old)
    assert (old, new) == pytest.approx((2.0, 4.0))


def test_savings_leave_with_their_plants():
    # A tenth of the plants is retired, closed, idled or renovated.
    plants = dict(retirement=2.0, active_closure=3.0, idling=1.0, renovation_successes=4.0, active_capacity=100.0)
    assert saving.savings_leaving(savings_in_force=30.0, **plants) == pytest.approx(3.0)


def test_savings_at_the_start_are_those_of_the_years_before():
    # A quarter of a per cent of 80 a year over four years.
    before = dict(initial_conventional_requirement=60.0, initial_modern_requirement=20.0, saving_rate_before=0.0025)
    assert saving.initial_savings_in_force(years_of_measures_before=4.0, **before) == pytest.approx(0.8)


def test_saving_potential_is_the_gap_to_the_best_plants():
    common = dict(conventional_capacity=60.0, modern_capacity=40.0)
    potential = saving.saving_potential(conventional_gap=0.02, modern_gap=0.005, **common)
    assert potential == pytest.approx(1.4)
    assert saving.saving_potential(conventional_gap=0.0, modern_gap=0.0, **common) == 0
