"""Extreme conditions: the model must behave where nobody has been."""

import numpy as np
import pytest

from model.axes import BRANCH
from model.inputs import POLICY_START, START, levers
from model.system import system
from tests.model.conftest import FIRST_VALUE, MAY_BE_NEGATIVE, lever_setting, run_inputs, run_levers

STEEL = BRANCH.index("steel")


def finite(result):
    for name, variable in system().variables.items():
        assert np.isfinite(result[name][FIRST_VALUE.get(name, 1) :]).all(), name
        if variable.kind == "stock" and name not in MAY_BE_NEGATIVE:
            assert (result[name] >= -1e-9 * max(1.0, np.abs(result[name]).max())).all(), name


def test_no_demand(inputs):
    parameters, tables = inputs()
    tables["national_steel_demand"][:] = 0
    tables["capacity_transfer_abroad"][:] = 0  # plants abroad order equipment at home
    parameters["initial_demand_ratio"] = np.asarray(0.0)
    result = run_inputs(parameters, tables)
    finite(result)
    steel = result["crude_steel_output"]
    assert (np.diff(steel, axis=0) < 0).all() and steel[-1] < 1e-8 * steel[0], "mills follow demand with a delay"
    assert result["output"][:, 1:] == pytest.approx(0, abs=1e-9)
    assert result["energy_use"][:, 1:] == pytest.approx(0, abs=1e-9)
    assert (np.diff(result["price_index"][4:8, STEEL]) <= 1e-9).all()
    assert (np.diff(result["book_capacity"][4:], axis=0) <= 1e-6).all()


def test_no_capacity(inputs):
    parameters, tables = inputs()
    parameters["initial_output"] = parameters["initial_output"] * 1e-9
    parameters["initial_energy_use"] = parameters["initial_energy_use"] * 1e-9
    tables["national_steel_demand"][:] = 1e-9
    result = run_inputs(parameters, tables)
    finite(result)
    assert result["output"][5:, STEEL] == pytest.approx(0, abs=1e-3)
    assert result["gross_energy"][5:, STEEL] == pytest.approx(0, abs=1e-3)


def test_no_investment_lets_capital_age_and_shrink(inputs):
    parameters, tables = inputs()
    for name in ("initial_construction_fraction", "initial_renovation_fraction", "initial_conversion_fraction"):
        parameters[name] = parameters[name] * 0
    parameters["innovation_coefficient"] = np.asarray(0.0)
    parameters["imitation_coefficient"] = parameters["imitation_coefficient"] * 0
    parameters["demonstration_effect"] = np.asarray(0.0)
    parameters["capacity_adjustment_time"] = parameters["capacity_adjustment_time"] + 1e12
    parameters["retirement_steepness"] = np.asarray(0.0)
    for name in ("technical_renovation_investment", "renovation_subsidy", "energy_efficiency", "capacity_closure"):
        tables[name] = tables[name] * 0
    result = run_inputs(parameters, tables)
    finite(result)
    assert result["completions"] == pytest.approx(0, abs=1e-6)
    assert (np.diff(result["mean_age"][:, 1:], axis=0) > 0.9).all()
    requirement = result["mean_requirement"][:, BRANCH.index("equipment")]
    assert (requirement[1:] >= requirement[0] * 0.97).all()


def test_an_order_to_close_everything_closes_what_it_reaches(inputs, as_happened):
    """Idle plants go at once and plants below standard within years; plants at standard are not eligible."""
    parameters, tables = inputs()
    tables["capacity_closure"][6:, STEEL] = 1e4
    tables["capacity_discipline"][6:, STEEL] = 1
    result = run_inputs(parameters, tables)
    finite(result)
    for stock in ("idled_capacity", "conventional_capacity"):
        assert result[stock][-1, STEEL] < 0.15 * result[stock][5, STEEL], stock
    assert result["crude_steel_output"][-1] < 0.9 * as_happened["crude_steel_output"][-1]
    assert result["displaced_workers"].max() > 2 * as_happened["displaced_workers"][5:].min()
    assert result["workforce"][-1, STEEL] < as_happened["workforce"][-1, STEEL]


def test_endless_subsidy_saves_no_more_than_the_gap(inputs):
    """Money beyond any need saves more in every year and leaves every vintage above the best available plant."""
    parameters, tables = inputs()
    usual = run_inputs(parameters, tables)
    tables["energy_efficiency"][POLICY_START - START :] *= 1e4
    rich = run_inputs(parameters, tables)
    finite(rich)
    for vintage in ("conventional_intensity", "modern_intensity", "mean_requirement"):
        assert (rich[vintage] >= rich["best_available"] * (1 - 1e-9)).all(), vintage
    gain = (usual["mean_requirement"] - rich["mean_requirement"])[POLICY_START - START :]
    assert (gain > 0).all()
    gap = (usual["mean_requirement"] - usual["best_available"])[POLICY_START - START :]
    assert (gain < gap).all()
    assert rich["energy_use"][-1].sum() < usual["energy_use"][-1].sum()


def test_smart_adoption_stays_below_its_ceiling(inputs):
    parameters, tables = inputs()
    parameters["imitation_coefficient"] = parameters["imitation_coefficient"] * 50
    tables["smart_manufacturing"] = tables["smart_manufacturing"] * 1000
    finite(run_inputs(parameters, tables))
    steps = run_inputs(parameters, tables, every_step=True)
    converted = steps["intelligent_capacity"] + steps["capacity_in_conversion"]
    share = converted / steps["active_capacity"]
    assert share.max() > 0.6, "the push must be strong"
    full = share >= parameters["smart_ceiling"]
    assert steps["smart_conversion_starts"][full] == pytest.approx(0, abs=1e-12)
    assert (share <= 1 + 1e-9).all()


@pytest.mark.parametrize("factor", [0.1, 10.0])
def test_prices_far_from_experience(inputs, factor):
    parameters, tables = inputs()
    for name in ("ore_price_index", "coal_price_index", "other_cost_index"):
        tables[name] = tables[name] * factor
    result = run_inputs(parameters, tables)
    finite(result)
    assert ((result["utilisation"] >= 0) & (result["utilisation"] <= 1)).all()


@pytest.mark.parametrize("end", ["min", "max"])
def test_all_levers_at_one_end(end):
    result = run_levers({name: lever_setting(name, getattr(lever, end)) for name, lever in levers().items()})
    finite(result)


def test_very_long_construction_completes_nothing(inputs):
    parameters, tables = inputs()
    parameters["construction_time"] = parameters["construction_time"] * 0 + 1e6
    parameters["initial_construction_fraction"] = parameters["initial_construction_fraction"] * 0
    result = run_inputs(parameters, tables)
    finite(result)
    assert result["completions"] == pytest.approx(0, abs=1e-3)


def test_endless_approval_lets_nothing_be_finished(inputs):
    parameters, tables = inputs()
    for name in ("slowest_approval_time", "fastest_approval_time"):
        parameters[name] = np.asarray(1e6)
    for name in ("initial_construction_fraction", "initial_renovation_fraction"):
        parameters[name] = parameters[name] * 0
    result = run_inputs(parameters, tables)
    finite(result)
    assert result["completions"] == pytest.approx(0, abs=1e-3)
    assert result["renovation_successes"] == pytest.approx(0, abs=1e-2)
    assert result["projects_awaiting"][5] > 5 * result["projects_awaiting"][0]


def test_instant_approval_makes_no_negative_delay(inputs):
    parameters, tables = inputs()
    usual = run_inputs(dict(parameters), tables)["approval_delay"]
    for name in ("slowest_approval_time", "fastest_approval_time"):
        parameters[name] = np.asarray(0.0)
    result = run_inputs(parameters, tables)
    finite(result)
    assert (result["building_time"] > 0).all()
    waiting = result["approval_delay"]
    assert (waiting >= 0).all(), "what is left is the queue at the desk"
    assert (waiting < usual).all()


def test_productivity_gains_no_more_than_the_pilots_report(inputs):
    parameters, tables = inputs()
    parameters["imitation_coefficient"] = parameters["imitation_coefficient"] * 50
    parameters["autonomous_productivity_growth"] = parameters["autonomous_productivity_growth"] * 0
    parameters["ladder_labour_elasticity"] = parameters["ladder_labour_elasticity"] * 0
    result = run_inputs(parameters, tables)
    gain = result["labour_productivity"] / parameters["initial_labour_productivity"]
    pilots = 1 + parameters["smart_labour_saving"]
    assert (result["mature_intelligent_gain"][-1] > 0.2).any()
    assert (gain <= pilots + 1e-9).all()


def test_quality_and_services_fall_back_without_upkeep(inputs):
    parameters, tables = inputs()
    parameters["quality_improvement_rate"] = np.asarray(0.0)
    parameters["spontaneous_brands"] = np.asarray(0.0)
    for name in ("service_innovation", "service_imitation"):
        parameters[name] = np.asarray(0.0)
    for name in ("quality_and_brand", "servitisation"):
        tables[name] = tables[name] * 0
    result = run_inputs(parameters, tables)
    finite(result)
    for name in ("quality_index", "brand_equity", "service_capability"):
        assert (np.diff(result[name]) < 0).all(), name
    assert result["quality_index"][-1] > parameters["lowest_quality"]


def test_settings_before_the_start_of_policy_do_nothing_and_baseline_is_exact(as_happened):
    same = run_levers({name: "baseline" for name in levers()})
    for name, values in same.items():
        assert np.array_equal(values, as_happened[name], equal_nan=True), name
    late = run_levers({"smart_manufacturing": {"ramp": {"from": 2025, "to": 2026, "end": 100}}})
    cut = 2025 - START
    for name in ("output", "energy_use", "intelligent_capacity"):
        assert np.array_equal(late[name][:cut], as_happened[name][:cut]), name


def test_small_shocks_are_symmetric(inputs):
    def steel(scale):
        parameters, tables = inputs()
        tables["national_steel_demand"] = tables["national_steel_demand"] * scale
        return run_inputs(parameters, tables)["crude_steel_output"][:10]

    up, middle, down = steel(1.001), steel(1.0), steel(0.999)
    assert (up - middle) == pytest.approx(middle - down, rel=0.05, abs=1e-4)


def test_steady_state_stays(inputs):
    """With constant drivers, no trends and no policy the model settles: stocks stop moving."""
    from model.engine.integrate import Horizon

    parameters, tables = inputs()
    tables = {name: np.repeat(table[:1], 150, axis=0) for name, table in tables.items()}
    tables["national_branch_growth"][:] = 0
    for name in ("capacity_closure", "technical_renovation_investment", "renovation_subsidy", "energy_efficiency"):
        tables[name] = tables[name] * 0
    parameters["frontier_growth"] = np.asarray(0.0)
    for name in ("market_trend", "emerging_growth_premium"):
        parameters[name] = parameters[name] * 0
    parameters["autonomous_productivity_growth"] = parameters["autonomous_productivity_growth"] * 0
    parameters["unrecorded_growth_rate"] = np.asarray(0.0)
    parameters["knowledge_elasticity"] = parameters["knowledge_elasticity"] * 0  # research grows with value added
    settling = ("active_capacity", "price_index", "workforce", "retained_funds", "mean_age")
    result = run_inputs(parameters, tables, Horizon(START, START + 149), outputs=settling)
    for name in settling:
        drift = np.abs(result[name][-1] / result[name][-11] - 1)
        assert (drift < 0.02).all(), (name, drift)
