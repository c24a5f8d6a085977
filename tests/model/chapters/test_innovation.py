"""Equations of innovation, emerging industries, quality, opening and environment, with numbers worked out by hand."""

import numpy as np
import pytest

from model.chapters import emerging, environment, innovation, opening, quality


def test_knowledge_is_relative_to_competitors():
    # Doubled here and doubled elsewhere: nothing gained.
    assert innovation.relative_knowledge(200.0, 100.0, 4000.0, 2000.0) == pytest.approx(1.0)


def test_knowledge_needs_people_and_gains_by_leading_scientists():
    common = dict(
        research_completed=100.0,
        talent_sufficiency=0.9,
        innovation_support=0.1,
        platform_gain=0.5,
        talent_quality_gain=0.2,
    )
    assert innovation.knowledge_gain(talent_saturation=0.0, **common) == pytest.approx(94.5)
    assert innovation.knowledge_gain(talent_saturation=0.5, **common) == pytest.approx(94.5 * 1.1)


def test_knowledge_spills_over_by_the_gap():
    # The gap is 0.1 x 5000 - 400 = 100; one per cent of it at full collaboration, shared out half and half.
    spilled = innovation.knowledge_spillover(
        1.0, 0.01, 5000.0, 0.1, np.array([300.0, 100.0]), 1.0, np.array([0.5, 0.5])
    )
    assert spilled == pytest.approx([0.5, 0.5])


def test_emerging_share_of_new_capital_moves_by_odds():
    neutral = dict(
        base_emerging_share_of_new_capital=0.5,
        emerging_support_saturation=0.0,
        support_gain=0.0,
        foreign_pull=1.0,
        young_firm_pull=1.0,
        relative_knowledge=1.0,
        knowledge_pull_elasticity=0.3,
        talent_sufficiency=1.0,
        finance_access=0.14,
        reference_finance_access=0.14,
        finance_weight=0.25,
        collaboration_pull=1.0,
    )
    assert emerging.emerging_share_of_new_capital(**neutral) == pytest.approx(0.5)
    # Twice the pull turns odds of 1 into odds of 2.
    pulled = {**neutral, "foreign_pull": 2.0}
    assert emerging.emerging_share_of_new_capital(**pulled) == pytest.approx(2 / 3)


def test_quality_closes_its_distance_and_decays():
    assert quality.quality_improvement(80.0, 100.0, 0.02, 1.0, 0.5, 0.5, 1.0) == pytest.approx(0.8)
    assert quality.quality_decay(80.0, 70.0, 0.03) == pytest.approx(0.3)
    assert quality.service_adoption(0.2, 0.7, 0.015, 0.12, 0.03, 0.5) == pytest.approx(0.054 * 0.5)


def test_capacity_abroad_orders_equipment_at_home():
    # 100 invested abroad, 45 % equipment, 60 % of it from the province, 3.6 of sales per value added; nothing opened.
    revenue = np.full(10, 3.6)
    ordered = opening.equipment_export_demand(100.0, 0.45, 0.6, revenue, 0.3, 0.03, 0.3, np.full(10, 2000.0))
    assert ordered == pytest.approx(7.5)


def test_treatment_and_water():
    assert environment.so2_emissions(np.array([100.0]), 0.007, 0.9, np.array([0.5])) == pytest.approx(0.385)
    assert environment.water_saving_rate(28.0, 8.0, 0.08, 8.0, 1.0, 0.12, 8.0) == pytest.approx(20 * 0.14)
