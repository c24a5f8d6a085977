"""Integration error, the independent integrator, small changes and batches, on the whole model."""

import numpy as np
import pytest

from analysis.integration_error import largest_moves
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.engine.reference import differences
from model.engine.units import check_units
from model.run import indicator_names
from model.system import system

COARSER = {
    "displaced_workers_total": 0.01,
    "workers_retrained": 0.02,
    "sector_operating_profit": 0.01,
    "sector_va_growth": 0.012,
    "energy_per_above_scale_industrial_va_change": 0.008,
    "va_rate_change": 0.014,
    "approval_delay": 0.008,
    "projects_awaiting": 0.008,
}
"""Growth of steel in 2018 moves by 0.2 points of 20: the campaign against induction furnaces acts within 4 months and
the price of steel follows within three. Profit by sector in single years moves by 0.78 % of its largest value, what
waits for approval by 0.67 %. For the first two, stocks with delays of half a year follow each other; each lags half a
step under Euler, which shows when layoffs end within a year (2016-2017). RK4 has no such lag and no exception."""


def test_every_equation_has_its_declared_unit():
    assert check_units(system()) == []


def test_rk4_agrees_with_scipy_on_every_stock_over_the_whole_horizon(inputs):
    """With 512 steps: where a flow starts or stops inside a step, RK4 errs by about the square of the step, and how far
    inside depends on the values of the parameters. The accuracy is that of scipy: with 1e-9 its own error where
    retraining starts is 1e-6."""
    horizon = Horizon(2010, 2025, 512, "rk4")
    simulated = compiled(system(), horizon, system().stocks, True)(*inputs())
    found = differences(simulated, system(), *inputs(), horizon, rtol=1e-10)
    assert set(found) == set(system().stocks)
    assert {name: error for name, error in found.items() if error > 5e-7} == {}


def test_halving_the_step_moves_no_indicator_by_half_a_percent(inputs):
    moved = largest_moves(inputs(), Horizon(2010, 2025, 16), Horizon(2010, 2025, 32))
    assert max(moved.values()) > 0
    assert {name: move for name, move in moved.items() if move > COARSER.get(name, 0.005)} == {}


def test_halving_the_step_of_rk4_moves_no_sector_of_an_indicator_by_half_a_percent(inputs):
    moved = largest_moves(inputs(), Horizon(2010, 2025, 8, "rk4"), Horizon(2010, 2025, 16, "rk4"), axis=0)
    assert max(moved.values()) > 0
    assert {name: move for name, move in moved.items() if move > 0.005} == {}


def test_the_effect_of_a_small_change_is_in_proportion_to_the_change(inputs):
    """Central differences at two widths agree: outcomes have no jumps and no noise at the present settings."""
    parameters, tables = inputs()
    run = compiled(system(), Horizon(2010, 2022), ("energy_per_above_scale_industrial_va", "crude_steel_output"))
    tables = {name: table[:13] for name, table in tables.items()}

    def outcome(scale):
        changed = {**tables, "energy_efficiency": tables["energy_efficiency"] * scale}
        result = run({**parameters, "hebei_steel_advantage": parameters["hebei_steel_advantage"] * scale}, changed)
        return result["energy_per_above_scale_industrial_va"][-1] + result["crude_steel_output"][-3] / 100

    narrow, wide = ((outcome(1 + width) - outcome(1 - width)) / (2 * width) for width in (1e-6, 1e-5))
    assert abs(wide) > 1e-3
    assert narrow == pytest.approx(wide, rel=1e-4)


def test_batch_equals_single_runs(inputs):
    parameters, tables = inputs()
    names = ("crude_steel_output", "public_cost")
    scales = np.array([0.8, 1.0, 1.3])
    changes = {"energy_efficiency": np.stack([tables["energy_efficiency"] * s for s in scales])}
    horizon = Horizon(2010, 2025)
    batch = compiled_batch(system(), horizon, ("energy_efficiency",), names)(changes, parameters, tables)
    for k in range(len(scales)):
        single = compiled(system(), horizon, names)(
            parameters, {**tables, "energy_efficiency": changes["energy_efficiency"][k]}
        )
        for name in names:
            assert batch[name][k] == pytest.approx(single[name], rel=1e-12)


def test_indicators_of_the_contract_exist():
    contract = {
        "crude_steel_output",
        "cement_output",
        "plate_glass_output",
        "steelmaking_capacity",
        "sector_va_share",
        "sector_va_nominal",
        "sector_va_growth",
        "vai_above_scale_nominal",
        "vai_above_scale_growth",
        "energy_consumption_industry",
        "energy_per_above_scale_industrial_va",
        "energy_per_above_scale_industrial_va_change",
        "steel_specific_energy_consumption",
        "hightech_share",
        "sei_share",
        "six_energy_intensive_share",
        "smart_adoption",
        "rd_expenditure",
        "co2_emissions_industry",
        "employment",
        "public_cost",
        "private_cost",
    }
    assert contract <= set(indicator_names())


def test_the_end_of_a_run_does_not_change_its_years(inputs):
    """A run to 2020 gives the first years of a run to 2025."""
    parameters, tables = inputs()
    names = ("crude_steel_output", "steel_price_index", "energy_consumption_industry", "private_cost")
    short, long = Horizon(2010, 2020), Horizon(2010, 2025)
    early = compiled(system(), short, names)(parameters, {n: t[: len(short.path_years)] for n, t in tables.items()})
    late = compiled(system(), long, names)(parameters, tables)
    for name in names:
        assert early[name] == pytest.approx(late[name][: len(short.years)], rel=1e-12)
