"""Nothing appears or vanishes: capacity, energy requirement, workers, money and quota, under random levers."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.build import system
from model.inputs import levers

from .conftest import MAY_BE_NEGATIVE, lever_setting, run_levers

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def fraction_settings():
    """A setting for every lever: somewhere between its bounds, bounds included."""
    parts = {name: st.floats(0, 1) | st.sampled_from([0.0, 1.0]) for name in levers()}
    return st.fixed_dictionaries(parts).map(
        lambda chosen: {
            name: lever_setting(name, levers()[name].min + f * (levers()[name].max - levers()[name].min))
            for name, f in chosen.items()
        }
    )


def balance(result, stocks, inflows, outflows):
    """Change of the summed stocks over each year after the first, and what flowed in and out."""
    held = sum(result[s] for s in stocks)
    flowed = sum(result[f] for f in inflows) - sum(result[f] for f in outflows)
    return held[1:] - held[:-1], flowed[1:]


@FEW
@given(fraction_settings())
def test_everything_is_conserved_and_nothing_is_negative(setting):
    result = run_levers(setting)
    checks = {
        "capacity": (
            ["conventional_capacity", "renovated_capacity", "intelligent_capacity", "idled_capacity",
             *(f"renovation_completions_stage_{k}" for k in (1, 2, 3)),
             *(f"smart_conversion_completions_stage_{k}" for k in (1, 2, 3))],
            ["completions"], ["retirement", "closure", "dismantling"],
        ),
        "under construction": ([f"completions_stage_{k}" for k in (1, 2, 3)], ["construction_starts"], ["completions"]),
        "energy requirement": (
            ["conventional_requirement", "modern_requirement", "idled_requirement"],
            ["requirement_built", "requirement_after_renovation"],
            ["requirement_renovated", "requirement_leaving_modern", "requirement_scrapped", "measured_saving",
             "energy_lost_from_active"],
        ),
        "swap quota": (["swap_quota"], ["quota_creation"], ["quota_use", "quota_expiry"]),
        "money": (["retained_funds"], ["cash_earned"], ["cash_lost", "own_investment", "payouts"]),
    }  # fmt: skip
    result["energy_lost_from_active"] = result["requirement_leaving_conventional"] - result["requirement_idled"]
    for what, (stocks, inflows, outflows) in checks.items():
        change, flowed = balance(result, stocks, inflows, outflows)
        scale = np.abs(sum(result[s] for s in stocks)).max()
        assert change == pytest.approx(flowed, abs=1e-9 * scale + 1e-9), what
    people = result["workforce"].sum(axis=1) + result["displaced_workers"] + result["left_industry"]
    assert people - result["entered_industry"] == pytest.approx(
        np.full(len(people), (people - result["entered_industry"])[0])
    )
    for name, variable in system().variables.items():
        values = result[name][1:]
        assert np.isfinite(values).all(), name
        if variable.kind == "stock" and name not in MAY_BE_NEGATIVE:
            assert (values >= -1e-9 * max(1.0, np.abs(values).max())).all(), name


@FEW
@given(fraction_settings())
def test_shares_and_bounds_hold(setting):
    result = run_levers(setting)
    assert result["sector_va_share"].sum(axis=1) == pytest.approx(100)
    assert ((result["sector_va_share"] >= 0) & (result["sector_va_share"] <= 100)).all()
    assert ((result["utilisation"] >= 0) & (result["utilisation"] <= 1.0 + 1e-9)).all()
    assert (result["sei_share"] <= 100).all()
    assert ((result["coal_share"] >= 0) & (result["coal_share"] <= 1)).all()
    intensity = result["mean_requirement"]
    assert (intensity >= result["energy_floor"] - 1e-9).all()
    assert (result["intelligent_share"] <= 1 + 1e-9).all()
    assert (result["public_cost"] >= -1e-9).all()
    assert (result["private_cost"] >= -1e-6).all()
    assert (result["scrap_rate"] <= 0.3 + 1e-9).all()
