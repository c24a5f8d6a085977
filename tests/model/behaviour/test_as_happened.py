"""What has to come out of feedback in the run "as happened"."""

import numpy as np
import pytest

from calibration.observations import annual_points
from model.axes import BRANCH, SECTOR
from model.inputs import START

STEEL, EQUIPMENT = SECTOR.index("steel"), SECTOR.index("equipment")


def year(number):
    return number - START


def test_book_capacity_falls_by_more_than_80_mt_while_output_rises(as_happened):
    capacity = as_happened["steelmaking_capacity"]
    output = as_happened["crude_steel_output"]
    peak = capacity[year(2011) : year(2013) + 1].max()
    assert peak == capacity[: year(2020) + 1].max()
    assert peak - capacity[year(2020)] > 80
    assert output[year(2020)] > output[year(2015)]


def test_closure_and_not_a_fed_series_makes_capacity_fall(inputs, as_happened):
    from tests.model.conftest import run_inputs

    parameters, tables = inputs()
    tables["capacity_closure"][year(2016) :] = 0
    without = run_inputs(parameters, tables)
    falls = [run["steelmaking_capacity"][[year(2015), year(2020)]] @ [1, -1] for run in (without, as_happened)]
    assert falls[0] < 0.5 * falls[1]
    assert without["crude_steel_output"][year(2020)] > 200


def test_equipment_overtakes_steel_around_2016(as_happened):
    gap = as_happened["equipment_minus_steel_share"]
    assert gap[year(2014)] < 0
    assert gap[year(2016)] > 0
    first = START + int(np.argmax(gap > 0))
    assert 2015 <= first <= 2017


def test_energy_per_value_added_falls_by_about_a_quarter(as_happened):
    change = as_happened["energy_per_above_scale_industrial_va_change_cumulative"][year(2020)]
    assert -29 < change < -21


@pytest.mark.parametrize(
    ("series", "sector", "allowed"),
    [
        ("crude_steel_output", "steel", 0.05),
        ("cement_output", "cement", 0.12),
        ("rd_expenditure", "all", 0.06),
        ("co2_emissions_industry", "all", 0.08),
    ],
)
def test_mean_relative_error_against_observations(as_happened, series, sector, allowed):
    points = annual_points()
    points = points[(points["series"] == series) & (points["sector"] == sector) & points["year"].between(START, 2020)]
    simulated = as_happened[series][points["year"].to_numpy() - START]
    assert np.mean(np.abs(simulated / points["value"].to_numpy() - 1)) < allowed


def test_direction_and_order_of_prices_and_shares(as_happened):
    price = as_happened["steel_price_index"]
    assert price[year(2011)] > 1.5 * price[year(2015)]
    assert price[year(2018)] > 1.3 * price[year(2016)]
    share = as_happened["sector_va_share"]
    assert share[year(2012), STEEL] > share[year(2016), STEEL] + 5
    assert share[year(2016), EQUIPMENT] > share[year(2010), EQUIPMENT] + 5
    energy = as_happened["energy_consumption_industry"][: year(2020) + 1]
    assert (energy[:, SECTOR.index("steel")] > 0.5 * energy[:, len(SECTOR)]).all()


def test_output_exceeds_book_capacity_after_2018(as_happened):
    assert as_happened["steel_capacity_utilisation"][year(2011)] < 60
    assert as_happened["steel_capacity_utilisation"][year(2019)] > 100


def test_shares_add_up(as_happened):
    assert as_happened["sector_va_share"].sum(axis=1) == pytest.approx(100.0)
    energy = as_happened["energy_consumption_industry"]
    assert energy[:, :-1].sum(axis=1) == pytest.approx(energy[:, -1])
    assert as_happened["public_cost"][:, :-1].sum(axis=1) == pytest.approx(as_happened["public_cost"][:, -1])
    assert len(BRANCH) == as_happened["output"].shape[1]
