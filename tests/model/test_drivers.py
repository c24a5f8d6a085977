"""Drivers by branch, and those that follow from each other."""

import numpy as np
import pytest

from model.axes import BRANCH
from model.inputs import END, LATEST, START, driver_table, drivers, lever_table, levers
from model.scenario import BASELINE, shipped_scenarios
from model.scenario.model_inputs import inputs_of

YEARS = np.arange(START, END + 1)


def table(name: str) -> np.ndarray:
    return driver_table(drivers()[name], YEARS)


@pytest.mark.parametrize("name", drivers())
def test_a_driver_has_a_number_for_every_year_a_source_and_a_grade(name):
    driver = drivers()[name]
    values = driver_table(driver, np.arange(START, LATEST + 1))
    assert np.isfinite(values).all()
    assert driver.grade in "ABCD" and len(driver.source) > 40


def test_cement_grows_by_half_of_construction():
    """Construction is the mean of three years' housing starts, in million m2."""
    starts = [1669.28, 1786.54, 2093.42, 2271.54]
    growth = np.log(sum(starts[1:]) / sum(starts[:3])) / 2
    cement = table("national_branch_growth")[2019 - START, BRANCH.index("cement")]
    assert cement == pytest.approx(growth, abs=0.002)


def test_equipment_averages_the_published_growth_of_2013_to_2021():
    equipment = table("national_branch_growth")[:, BRANCH.index("equipment")]
    assert equipment[2013 - START : 2022 - START].mean() == pytest.approx(0.092, abs=0.0005)


def test_ordered_limits_are_shares_of_the_year_and_begin_after_2013():
    limits = table("curtailment_intensity")
    assert (limits >= 0).all() and (limits < 0.5).all()
    assert not limits[: 2014 - START].any() and not limits[:, BRANCH.index("glass")].any()
    first_season = 0.72 * 0.5 * 47 + 0.52 * 0.5 * 0.5 * 34 + 5 * 0.4 * 0.9
    assert limits[2017 - START, BRANCH.index("steel")] == pytest.approx(first_season / 365, abs=0.0005)


def test_the_output_rule_is_in_force_by_calendar_year():
    cap = levers()["output_cap"]
    path = lever_table(cap, cap.baseline, np.array([2020.9, 2021.0, 2022.9, 2023.5, 2024.0, 2030.0]))
    assert (path < cap.off).tolist() == [False, True, True, False, True, True]


def test_years_of_a_scenario_replace_a_driver_in_every_branch():
    scenario = shipped_scenarios()[BASELINE]
    changed = scenario.model_copy(update={"drivers": {"national_branch_growth": {2020: 0.05}}})
    before, after = (inputs_of(s, YEARS)[1]["national_branch_growth"] for s in (scenario, changed))
    assert np.array_equal(after[: 2020 - START], before[: 2020 - START])
    assert (after[2020 - START :] == 0.05).all()
