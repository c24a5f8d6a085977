"""Every lever moves what it should, in the right direction, after its delay, and costs what it says."""

from dataclasses import dataclass

import numpy as np
import pytest

from model import parse_scenario, simulate
from model.axes import LEVER_AND_ALL
from model.inputs import END, START, levers, parameters
from model.system import system
from tests.model.conftest import lever_setting, run_levers


@dataclass(frozen=True)
class Expectation:
    """`variable` of column `column` moves by `sign` in 2025 when the lever is set to `value` from 2016 on."""

    lever: str
    value: float
    variable: str
    column: int | None
    sign: int


STEEL, EQUIPMENT = 0, 1
MATRIX = [
    Expectation("technical_renovation_investment", 0, "energy_per_above_scale_industrial_va", None, +1),
    Expectation("technical_renovation_investment", 0, "renovated_share", STEEL, -1),
    Expectation("technical_renovation_investment", 0, "vai_above_scale_real", None, -1),
    Expectation("renovation_subsidy", 100, "renovation_programme", STEEL, +1),
    Expectation("renovation_subsidy", 100, "energy_per_above_scale_industrial_va", None, -1),
    Expectation("capacity_closure", 30, "steelmaking_capacity", None, -1),
    Expectation("capacity_closure", 30, "crude_steel_output", None, -1),
    Expectation("capacity_closure", 0, "steelmaking_capacity", None, +1),
    Expectation("capacity_discipline", 0, "steelmaking_capacity", None, +1),
    Expectation("capacity_discipline", 0, "unrecorded_capacity", None, +1),
    Expectation("output_cap", -3, "crude_steel_output", None, -1),
    Expectation("output_cap", -3, "equipment_minus_steel_share", None, +1),
    Expectation("energy_efficiency", 300, "energy_per_above_scale_industrial_va", None, -1),
    Expectation("energy_management_centres", 100, "energy_per_above_scale_industrial_va", None, -1),
    Expectation("clean_coal_and_fuel_switch", 3, "co2_emissions_industry", None, -1),
    Expectation("clean_coal_and_fuel_switch", 3, "industrial_coal_share", None, -1),
    Expectation("circular_economy", 100, "steel_specific_energy_consumption", None, -1),
    Expectation("smart_manufacturing", 120, "smart_adoption", STEEL, +1),
    Expectation("smart_manufacturing", 120, "value_added_per_worker", None, +1),
    Expectation("industrial_internet", 400, "smart_adoption", STEEL, +1),
    Expectation("industrial_internet", 400, "design_tool_penetration", None, +1),
    Expectation("circular_economy", 100, "solid_waste_utilisation", None, +1),
    Expectation("pollution_control", 0, "so2_emissions_industry", None, +1),
    Expectation("pollution_control", 0, "nox_emissions_industry", None, +1),
    Expectation("pollution_control", 0, "soot_and_dust_emissions_industry", None, +1),
    Expectation("water_saving", 40, "water_per_industrial_va", None, -1),
    Expectation("rd_and_innovation", 300, "rd_expenditure", None, +1),
    Expectation("rd_and_innovation", 300, "knowledge", EQUIPMENT, +1),
    Expectation("rd_and_innovation", 300, "innovation_centres", None, +1),
    Expectation("rd_and_innovation", 300, "competitiveness", EQUIPMENT, +1),
    Expectation("regional_collaboration", 1, "knowledge_spillover", EQUIPMENT, +1),
    Expectation("regional_collaboration", 1, "sei_share", None, +1),
    Expectation("emerging_industry_support", 200, "sei_share", None, +1),
    Expectation("emerging_industry_support", 200, "hightech_share", None, +1),
    Expectation("sme_support", 40, "tech_smes", None, +1),
    Expectation("sme_support", 40, "little_giant_firms", None, +1),
    Expectation("clusters_and_parks", 75, "cluster_share_of_industry", None, +1),
    Expectation("clusters_and_parks", 75, "energy_per_above_scale_industrial_va", None, -1),
    Expectation("servitisation", 30, "service_oriented_share", None, +1),
    Expectation("servitisation", 30, "value_content", EQUIPMENT, +1),
    Expectation("quality_and_brand", 40, "quality_competitiveness_index", None, +1),
    Expectation("quality_and_brand", 40, "brand_products", None, +1),
    Expectation("quality_and_brand", 40, "competitiveness", EQUIPMENT, +1),
    Expectation("opening_up", 1, "foreign_investment_actual", None, +1),
    Expectation("opening_up", 1, "emerging_share_of_new_capital", EQUIPMENT, +1),
    Expectation("capacity_transfer_abroad", 3, "steelmaking_capacity", None, -1),
    Expectation("capacity_transfer_abroad", 3, "steel_capacity_moved_abroad", None, +1),
    Expectation("capacity_transfer_abroad", 3, "equipment_export_demand", None, +1),
    Expectation("approval_reform", 1, "approval_time", None, -1),
    Expectation("approval_reform", 1, "review_capacity", None, +1),
    Expectation("approval_reform", 0, "approval_delay", None, +1),
    Expectation("finance_support", 90, "finance_access", None, +1),
    Expectation("finance_support", 90, "lending_rate", None, -1),
    Expectation("finance_support", 90, "sei_share", None, +1),
    Expectation("land_supply", 1, "construction_starts", EQUIPMENT, +1),
    Expectation("land_supply", 0, "active_capacity", EQUIPMENT, -1),
    Expectation("talent", 80, "research_personnel", None, +1),
    Expectation("talent", 80, "research_talent", None, +1),
    Expectation("worker_retraining", 100000, "workers_retrained", None, +1),
    Expectation("worker_retraining", 100000, "displaced_workers", None, -1),
    Expectation("worker_retraining", 100000, "social_resistance", None, +1),
    Expectation("coordination", 0, "implementation_factor", None, -1),
    Expectation("coordination", 0, "sei_share", None, -1),
    Expectation("coordination", 0, "steelmaking_capacity", None, +1),
]


@pytest.mark.parametrize("case", MATRIX, ids=lambda c: f"{c.lever}={c.value}-{c.variable}")
def test_direction(case, as_happened):
    changed = run_levers({case.lever: lever_setting(case.lever, case.value)})
    index = (END - START,) if case.column is None else (END - START, case.column)
    difference = changed[case.variable][index] - as_happened[case.variable][index]
    assert difference * case.sign > 1e-6 * abs(as_happened[case.variable][index])


@pytest.mark.parametrize("lever_id", list(levers()))
def test_lever_changes_nothing_before_2016_and_something_after(lever_id, as_happened):
    lever = levers()[lever_id]
    value = lever.max if lever.off == lever.min else lever.min
    changed = run_levers({lever_id: lever_setting(lever_id, value)})
    cut = 2016 - START
    moved = [n for n, v in changed.items() if not np.allclose(v[cut:], as_happened[n][cut:], rtol=1e-9, equal_nan=True)]
    assert moved
    for name, values in changed.items():
        if name.endswith("cumulative"):
            continue
        # Stocks are reported at the end of the year, so 2015 is the last year that must agree.
        assert np.allclose(values[:cut], as_happened[name][:cut], rtol=1e-12, equal_nan=True), name


@pytest.mark.parametrize("lever_id", list(levers()))
def test_lever_costs_somebody_something(lever_id):
    lever = levers()[lever_id]
    strong = lever.max if lever.off == lever.min else lever.min
    column = LEVER_AND_ALL.index(lever_id)
    result = run_levers({lever_id: lever_setting(lever_id, strong)})
    spent = result["public_cost"][6:, column].sum() + result["private_cost"][6:, column].sum()
    assert spent > 0
    off = run_levers({lever_id: lever_setting(lever_id, lever.off)})
    recurring = ("clean_coal_and_fuel_switch", "smart_manufacturing", "industrial_internet", "pollution_control")
    if lever_id not in recurring:
        assert off["public_cost"][7:, column].sum() + off["private_cost"][7:, column].sum() < 0.2 * spent


def test_public_cost_of_the_programme_levers_is_the_money_in_the_lever():
    result = run_levers({"smart_manufacturing": 100})
    column = LEVER_AND_ALL.index("smart_manufacturing")
    paid = result["public_cost"][6:, column]
    assert paid == pytest.approx(100 * result["budget_coverage"][6:], rel=1e-3), "as far as the budget covers it"
    assert paid.min() > 99.9


def test_smart_manufacturing_works_with_a_delay(as_happened):
    result = run_levers({"smart_manufacturing": 120})
    gain = result["smart_adoption"][:, -1] - as_happened["smart_adoption"][:, -1]
    assert gain[2016 - START] < 0.2 * gain[2019 - START]
    assert gain[2019 - START] < gain[2023 - START]


@pytest.mark.parametrize(
    ("lever", "value", "variable"),
    [
        ("rd_and_innovation", 300, "knowledge"),
        ("regional_collaboration", 1.0, "sei_share"),
        ("emerging_industry_support", 200, "sei_share"),
        ("sme_support", 40, "little_giant_firms"),
        ("clusters_and_parks", 75, "cluster_share_of_industry"),
        ("servitisation", 30, "service_oriented_share"),
        ("quality_and_brand", 40, "quality_competitiveness_index"),
        ("opening_up", 1.0, "foreign_capital"),
        ("capacity_transfer_abroad", 3, "steel_capacity_moved_abroad"),
        ("talent", 80, "research_personnel"),
        ("finance_support", 90, "finance_access"),
        ("pollution_control", 100, "treatment_coverage"),
        ("water_saving", 40, "water_per_industrial_va"),
        ("coordination", 1.0, "implementation_strength"),
        ("approval_reform", 1.0, "approval_practice"),
        ("land_supply", 1.0, "active_capacity"),
    ],
)
def test_slow_levers_work_through_stocks(lever, value, variable, as_happened):
    """A stock in between: the effect of the first year is well below that of the fourth."""
    result = run_levers({lever: lever_setting(lever, value)})
    gap = np.abs(result[variable] - as_happened[variable])
    gap = gap if gap.ndim == 1 else gap.sum(axis=1)
    first, fourth = gap[2016 - START], gap[2019 - START]
    assert 0 < first < 0.8 * fourth, (first, fourth)


def test_retraining_places_people_sooner(as_happened):
    """People in training and after it leave the pool of the displaced faster than they would have."""
    more = run_levers({"worker_retraining": 100000})
    years = slice(2017 - START, None)
    assert more["displaced_workers_total"][years].mean() < as_happened["displaced_workers_total"][years].mean()


def test_subsidies_without_approval_reform_queue_up():
    """More money for projects than the desks can review fills the desks; reform empties them."""
    rich = {"renovation_subsidy": 100, "technical_renovation_investment": 25000}
    slow, fast = run_levers(rich | {"approval_reform": 0}), run_levers(rich | {"approval_reform": 1})
    year = 2018 - START
    assert slow["projects_awaiting"][year] > 1.5 * fast["projects_awaiting"][year]
    assert slow["renovation_successes"][2017 - START].sum() < fast["renovation_successes"][2017 - START].sum()


def test_a_stricter_rule_on_output_gives_less_steel_in_every_year():
    """The lever is the permitted yearly change in percent; at its largest value no rule is in force."""
    runs = [run_levers({"output_cap": permitted}) for permitted in (levers()["output_cap"].max, 2, 0, -3, -10)]
    steel = np.stack([run["crude_steel_output"][2016 - START :] for run in runs])
    assert (np.diff(steel, axis=0) < 0).all()
    assert runs[0]["capped_profit"] == pytest.approx(0, abs=1e-9), "nothing is forgone without a rule"
    assert (runs[1]["capped_profit"] >= 0).all(), "a mild rule does not bind in every year"
    for run in runs[2:]:
        forgone, margin = (run[name][2016 - START :] for name in ("capped_profit", "margin"))
        assert (forgone[margin[:, STEEL] > 0] > 0).all(), "steel that is not made would have earned its margin"


def test_a_rule_that_output_keeps_by_itself_cuts_nothing():
    """With a fifth less demand output of 2016 falls, and a rule of "not above last year" costs no tonne of it. It does
    keep furnaces in reserve off the market, so that steel is a little dearer and no less is made."""
    slump = "title: x\nextends: no_document\ndrivers: {national_steel_demand: {multiply: 0.8}}\nuntil: 2016\nlevers: "
    free, ruled = (
        simulate(parse_scenario(f"{slump}{{output_cap: {permitted}}}\n", "x"), outputs=("crude_steel_output",))
        for permitted in (levers()["output_cap"].max, 0)
    )
    before, made = free["crude_steel_output"].values[-2:]
    assert made < 0.95 * before
    assert made <= float(ruled["crude_steel_output"][-1]) < 1.005 * made


def test_output_that_the_rule_has_cut_does_not_come_back():
    """R-cap: the rule counts from what was produced, so two years of cuts lower all later years under a rule of 0."""
    frozen, cut = run_levers({"output_cap": 0}), run_levers({"output_cap": {2016: -5, 2018: 0}})
    ratio = (cut["crude_steel_output"] / frozen["crude_steel_output"])[2016 - START :]
    assert ratio[0] < 1
    assert (ratio[2:] < 0.95).all()


def test_renovation_works_with_a_delay(as_happened):
    result = run_levers({"technical_renovation_investment": 0})
    loss = as_happened["renovation_completions"][:, 1] - result["renovation_completions"][:, 1]
    assert loss[2016 - START] < 0.5 * loss[2019 - START]


def test_closure_without_discipline_is_partly_undone(as_happened):
    loose = run_levers({"capacity_discipline": 0.1})
    assert loose["steelmaking_capacity"][END - START] > as_happened["steelmaking_capacity"][END - START] + 10
    both = loose["crude_steel_output"] + loose["unrecorded_output"]
    assert both[2019 - START] > (as_happened["crude_steel_output"] + as_happened["unrecorded_output"])[2019 - START]


def test_what_levers_say_they_enter_exists():
    known = system().variables
    for lever in levers().values():
        for name in lever.enters:
            assert name in known, (lever.id, name)
            reachable = name
            assert lever.id in known[reachable].causes or any(
                lever.id in known[c].causes for c in known[reachable].causes if c in known
            ), (lever.id, name)


def test_every_parameter_is_used_and_lies_in_its_range():
    used = {c for v in system().variables.values() for c in (*v.causes, v.initial)}
    for parameter in parameters().values():
        assert parameter.id in used, parameter.id
        low, high = parameter.bounds()
        value = parameter.array()
        assert (value >= low - 1e-12).all() and (value <= high + 1e-12).all(), parameter.id
        assert parameter.grade in "ABCD" and parameter.source and parameter.zh and parameter.en, parameter.id


def test_lever_paths_lie_in_range_and_shares_add_up():
    for lever in levers().values():
        for path in (lever.baseline, lever.document):
            parts = path.values() if lever.spread == "own" else [path]
            for part in parts:
                assert all(lever.min <= value <= lever.max for value in part.values()), lever.id
        if lever.spread == "allocate":
            assert sum(lever.allocation.values()) == pytest.approx(1.0)
        assert len(lever.levels) == 4
        assert all(lever.min <= level["value"] <= lever.max for level in lever.levels)
        assert set(lever.quote) == set(lever.clauses)
