"""Equations of intelligent manufacturing, with numbers worked out by hand."""

import pytest

from model.chapters import smart


def test_adoption_needs_every_condition():
    drive = dict(
        innovation_coefficient=0.02,
        imitation_coefficient=0.5,
        intelligent_share=0.2,
        demonstration_effect=0.06,
        programme_saturation=0.5,
    )
    conditions = dict(infrastructure_readiness=0.5, skills_readiness=0.8, payback_effect=1.0, funding_ratio=1.0)
    # 0.02 by itself, 0.1 by imitation, 0.06 x 0.5 by demonstration.
    assert smart.adoption_rate(**drive, **conditions) == pytest.approx(0.15 * 0.5 * 0.8)
    for name in conditions:
        assert smart.adoption_rate(**drive, **{**conditions, name: 0.0}) == 0


def test_machines_mature_later_without_skilled_people():
    common = dict(skill_complementarity=0.5, maturity_time=4.0)
    young = dict(intelligent_capacity=50.0, mature_capacity=30.0)
    assert smart.maturing(skills_readiness=1.0, **young, **common) == pytest.approx(5.0)
    # Two fifths of the posts empty, half of the effect hangs on them: a fifth less.
    assert smart.maturing(skills_readiness=0.6, **young, **common) == pytest.approx(4.0)
    assert smart.maturing(skills_readiness=1.0, intelligent_capacity=30.0, mature_capacity=30.0, **common) == 0


def test_intelligent_capacity_is_outdated_and_takes_mature_capacity_along():
    outdated = smart.smart_obsolescence(intelligent_capacity=50.0, smart_lifetime=10.0)
    assert outdated == pytest.approx(5.0)
    # 8 of 50 leave, two fifths of them mature.
    left = smart.mature_exit(
        mature_capacity=20.0, intelligent_capacity=50.0, intelligent_retirement=3.0, smart_obsolescence=outdated
    )
    assert left == pytest.approx(3.2)


def test_gain_counts_from_the_base_year():
    gain = smart.mature_intelligent_gain(mature_capacity=20.0, active_capacity=100.0, initial_intelligent_share=0.05)
    assert gain == pytest.approx(0.15)
    country = smart.national_intelligent_gain(national_intelligent_share=0.3, initial_national_intelligent_share=0.1)
    assert country == pytest.approx(0.2)


def test_programme_is_half_saturated_at_its_half_saturation():
    intensity = smart.programme_intensity(smart_manufacturing=10.0, active_capacity=1000.0, implementation_factor=0.5)
    assert intensity == pytest.approx(0.005)
    saturation = smart.programme_saturation(programme_intensity=intensity, programme_half_saturation=0.005)
    assert saturation == pytest.approx(0.5)


def test_experience_and_subsidy_lower_conversion_cost():
    common = dict(initial_intelligent_capacity=1.0, learning_exponent=0.1, subsidised_share=0.3)
    learned = smart.conversion_cost_ratio(cumulative_conversion=2.0, programme_saturation=0.0, **common)
    assert learned == pytest.approx(2**-0.1)
    subsidised = smart.conversion_cost_ratio(cumulative_conversion=1.0, programme_saturation=1.0, **common)
    assert subsidised == pytest.approx(0.7)
