"""Nothing appears or vanishes: capacity, energy requirement, workers, money and quota, under random levers."""

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from model.axes import ACTOR
from model.inputs import levers
from model.system import system
from tests.model.conftest import FIRST_VALUE, MAY_BE_NEGATIVE, STEPS, lever_setting, run_levers

WATER_FLOOR = 8
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


NEXT_TO_NOTHING = {name: lever_setting(name, lever.min) for name, lever in levers().items()} | {
    "technical_renovation_investment": 1e-306
}


def balance(result, stocks, inflows, outflows):
    """Change of the summed stocks over each year after the first, and what flowed in and out."""
    held = sum(result[s] for s in stocks)
    flowed = sum(result[f] for f in inflows) - sum(result[f] for f in outflows)
    return held[1:] - held[:-1], flowed[1:]


@FEW
@given(fraction_settings())
@example(NEXT_TO_NOTHING)
def test_everything_is_conserved_and_nothing_is_negative(setting):
    result = run_levers(setting)
    checks = {
        "capacity": (
            [
                "conventional_capacity",
                "renovated_capacity",
                "intelligent_capacity",
                "idled_capacity",
                *(f"smart_conversion_completions_stage_{k}" for k in (1, 2, 3)),
            ],
            ["completions"],
            ["retirement", "closure", "dismantling", "transfer_abroad"],
        ),
        "capacity abroad": (["capacity_abroad"], ["transfer_abroad"], ["retirement_abroad"]),
        "applications": (
            ["awaiting_approval"],
            ["renovation_applications"],
            ["renovation_starts", "renovation_withdrawals"],
        ),
        "firms": (
            ["seedling_firms", "fledgling_firms", "little_giants", "listed_firms"],
            ["seedling_births"],
            ["seedling_deaths", "fledgling_deaths", "giant_deaths", "listed_exit"],
        ),
        "knowledge": (
            ["research_in_progress", "knowledge"],
            ["research_spending", "knowledge_gain", "knowledge_spillover", "foreign_knowledge"],
            ["research_completed", "knowledge_obsolescence"],
        ),
        "research personnel": (["research_talent"], ["talent_recruiting"], ["talent_leaving"]),
        "guaranteed loans": (["guaranteed_loans"], ["guaranteed_credit"], ["guaranteed_repayment"]),
        "debt": (["debt"], ["investment_borrowing", "loss_borrowing"], ["repayment"]),
        "under construction": ([f"completions_stage_{k}" for k in (1, 2, 3)], ["construction_starts"], ["completions"]),
        "energy requirement": (
            ["conventional_requirement", "modern_requirement", "idled_requirement"],
            ["requirement_built", "requirement_after_renovation", "saving_decay"],
            [
                "requirement_renovated",
                "requirement_leaving_modern",
                "requirement_scrapped",
                "measured_saving",
                "saving_by_upgrading",
                "energy_lost_from_active",
            ],
        ),
        "savings": (["savings_in_force"], ["measured_saving"], ["saving_decay", "savings_leaving"]),
        "understated capacity": (
            ["understated_capacity"],
            ["understated_completions", "recording"],
            ["understated_exit"],
        ),
        "mature capacity": (["mature_capacity"], ["maturing"], ["mature_exit"]),
        "swap quota": (["swap_quota"], ["quota_creation"], ["quota_use", "quota_expiry"]),
        "money": (["retained_funds"], ["cash_earned"], ["cash_lost", "own_investment", "repayment", "payouts"]),
    }
    result["energy_lost_from_active"] = result["requirement_leaving_conventional"] - result["requirement_idled"]
    for what, (stocks, inflows, outflows) in checks.items():
        change, flowed = balance(result, stocks, inflows, outflows)
        scale = np.abs(sum(result[s] for s in stocks)).max()
        assert change == pytest.approx(flowed, abs=1e-9 * scale + 1e-9), what
    pools = ("displaced_workers", "in_retraining", "retrained_workers", "left_industry")
    people = result["workforce"].sum(axis=1) + sum(result[pool] for pool in pools)
    assert people - result["entered_industry"] == pytest.approx(
        np.full(len(people), (people - result["entered_industry"])[0])
    )
    for name, variable in system().variables.items():
        values = result[name][FIRST_VALUE.get(name, 1) :]
        assert np.isfinite(values).all(), name
        if variable.kind == "stock" and name not in MAY_BE_NEGATIVE:
            assert (values >= -1e-9 * max(1.0, np.abs(values).max())).all(), name


@FEW
@given(fraction_settings())
def test_every_payment_is_somebodys_receipt(setting):
    """The actor table sums to zero at every step, and the firms' balance is the change of their funds."""
    steps = run_levers(setting, every_step=True)
    table = steps["actor_balance"]
    size = np.abs(table).max(axis=1)
    assert np.abs(table.sum(axis=1)) == pytest.approx(0, abs=1e-9 * size.max())
    change = np.diff(steps["retained_funds"].sum(axis=1)) * STEPS
    firms = table[:-1, ACTOR.index("firms")]
    assert change == pytest.approx(firms, abs=1e-8 * size.max())
    banks = table[:-1, ACTOR.index("banks")] - steps["interest_paid"][:-1].sum(axis=1)
    assert np.diff(steps["debt"].sum(axis=1)) * STEPS == pytest.approx(-banks, abs=1e-8 * size.max())


@FEW
@given(fraction_settings())
def test_value_added_is_shared_out_without_rest(setting):
    """Wages, depreciation, turnover tax, interest and profit are all that revenue less inputs leaves."""
    steps = run_levers(setting, every_step=True)
    made = steps["value_added_in_accounts"]
    assert made == pytest.approx(steps["revenue"] - steps["inputs"], abs=1e-9 * np.abs(steps["revenue"]).max())
    shared = sum(steps[part] for part in ("wages", "depreciation", "turnover_tax", "interest_paid", "profit"))
    assert shared == pytest.approx(made, abs=1e-9 * np.abs(made).max())


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
    assert ((result["emerging_share"] >= 0) & (result["emerging_share"] <= 1)).all()
    for name in ("service_capability", "cluster_share", "treatment_coverage", "waste_utilisation", "design_tools"):
        assert ((result[name] >= 0) & (result[name] <= 1)).all(), name
    assert (result["quality_index"] <= 100).all()
    assert (result["water_intensity"] >= WATER_FLOOR).all()
    assert result["belt_va_nominal"][:, :-1].sum(axis=1) == pytest.approx(result["belt_va_nominal"][:, -1])
