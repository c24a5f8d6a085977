"""Equations of output, with numbers worked out by hand."""

import numpy as np
import pytest

from model.chapters import output

from .branches import over_branches


def value_content(**changed: float | np.ndarray) -> np.ndarray:
    """Value content of branches that are as in 2010 and level with the country, but for what is changed."""
    as_in_2010 = dict(
        relative_technology_level=over_branches(1.0),
        national_level=over_branches(1.0),
        ladder_value_elasticity=1.0,
        relative_processing_depth=1.0,
        processing_depth_weight=0.5,
        relative_capability=over_branches(1.0),
        capability_value_elasticity=0.5,
        service_value=1.0,
        smart_value_gain=0.2,
        mature_intelligent_gain=0.1,
        national_intelligent_gain=0.1,
    )
    return output.value_content(**{**as_in_2010, **changed})


def test_value_content_is_one_at_the_start():
    assert value_content() == pytest.approx(over_branches(1.0))


def test_steel_counts_its_level_and_other_branches_their_lead():
    # The country reaches 1.2, Hebei 1.1 times that.
    content = value_content(relative_technology_level=over_branches(1.1), national_level=over_branches(1.2))
    assert content == pytest.approx(over_branches(1.1, steel=1.32))


def test_processing_adds_value_to_steel_only():
    assert value_content(relative_processing_depth=1.44) == pytest.approx(over_branches(1.0, steel=1.2))


def test_intelligent_plants_capability_and_services_add_value():
    assert value_content(mature_intelligent_gain=0.6) == pytest.approx(over_branches(1.1))
    assert value_content(relative_capability=over_branches(1.21)) == pytest.approx(over_branches(1.1))
    assert value_content(service_value=1.05) == pytest.approx(over_branches(1.05))


def test_real_value_added_is_volume_times_content():
    assert output.value_added_real(valued_output=100.0, value_content=1.1) == pytest.approx(110.0)


def test_utilisation_is_output_over_capacity_and_zero_without_capacity():
    utilisation = output.utilisation(output=np.array([80.0, 0.0]), effective_capacity=np.array([100.0, 0.0]))
    assert utilisation == pytest.approx([0.8, 0.0])


def test_demand_beyond_output_is_unmet():
    unmet = output.unmet_demand(hebei_demand=np.array([100.0, 80.0]), output=np.array([90.0, 85.0]))
    assert unmet == pytest.approx([10.0, 0.0])


def test_demand_for_steel_comes_from_its_market():
    # 200 Mt at 0.1 Mt per unit of volume.
    demanded = output.hebei_demand(
        demand=over_branches(50.0), hebei_steel_demand=200.0, product_per_value=over_branches(steel=0.1)
    )
    assert demanded == pytest.approx(over_branches(50.0, steel=2000.0))
