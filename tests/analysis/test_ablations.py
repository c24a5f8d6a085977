"""Ablations: what is fixed stays fixed, and the full model is the model."""

import numpy as np
import pytest

from analysis.ablations import (
    ALL,
    CONTRACT,
    EFFECT,
    FULL,
    KEPT,
    LIKELIHOOD,
    REFITTED,
    WINDOW,
    AblatedTarget,
    Ablation,
    ablation_rows,
    ablations,
    groups,
    spine,
)
from analysis.dose_response import shared_responses
from calibration.estimated import estimated
from calibration.target import Target
from model.engine.text import Text
from model.inputs import default_parameters, parameters


def test_every_ablation_names_parameters_of_the_model():
    assert next(iter(ablations())) == FULL and len(ablations()) > 10
    for one in ablations().values():
        assert set(one.set) | set(one.times) <= set(parameters())
        assert bool(one.set or one.times) == (one.id != FULL)


def test_groups_are_of_the_fitted_series_and_the_spine_has_four_tasks():
    assert {"steel", "energy"} <= set(groups()) and ALL not in groups()
    assert {entry.lever for entry in spine()} == {
        "technical_renovation_investment",
        "capacity_closure",
        "energy_efficiency",
        "smart_manufacturing",
    }


def test_the_full_target_is_that_of_the_calibration():
    numbers, ours = estimated(), AblatedTarget(ablations()[FULL], WINDOW)
    start = ours.start()
    assert ours.numbers == numbers
    theirs = Target(numbers, WINDOW).assess(start)
    np.testing.assert_allclose(ours.assess(start).log_likelihood, theirs.log_likelihood, rtol=1e-12)


def test_parameters_of_an_ablation_are_fixed_in_all_entries_and_no_longer_searched():
    one = Ablation("x", Text("甲", "x"), set={"rung": 0}, times={"ladder_value_elasticity": 0.5})
    target = AblatedTarget(one, WINDOW)
    searched = {number.parameter for number in target.numbers}
    assert not {"rung", "ladder_value_elasticity"} & searched and len(target) == len(target.numbers)
    changed = target.parameters(target.start() + 0.1)
    assert changed["rung"] == 0
    np.testing.assert_allclose(
        changed["ladder_value_elasticity"], 0.5 * default_parameters()["ladder_value_elasticity"], rtol=1e-12
    )


def test_rows_have_every_quantity_before_and_after_the_search():
    rows = ablation_rows(ablations()["rivals"], iterations=1)
    density = {row["fit"]: row["value"] for row in rows if row["quantity"] == LIKELIHOOD and row["of"] == ALL}
    assert set(density) == {KEPT, REFITTED} and np.isfinite(list(density.values())).all()
    quantities = {(row["fit"], row["quantity"], row["of"]) for row in rows}
    for entry in spine():
        assert {(fit, what, entry.id) for fit in (KEPT, REFITTED) for what in (EFFECT, CONTRACT)} <= quantities


def test_effects_of_the_full_model_are_its_dose_response():
    rows = ablation_rows(ablations()[FULL], iterations=0)
    for entry in spine():
        (effect,) = [r["value"] for r in rows if (r["fit"], r["quantity"], r["of"]) == (KEPT, EFFECT, entry.id)]
        assert effect == pytest.approx(shared_responses().by_entry[entry.id].whole(entry.own), rel=1e-6)
