"""The page of the dose responses, from the runs of the model and from responses written in the tests."""

import dataclasses

import numpy as np

from analysis.dose_response import LASTING, ONE_YEAR, Responses, shared_responses
from analysis.lever_contract import verdicts
from analysis.lever_expectations import Limits, expectations
from documents.dose_response_page import dose_response_page, page_of


def rows_of(page, heading):
    section = page.split(f"{heading}\n", 1)[1].split("\n## ")[0].split("\n### ")[0]
    return [line for line in section.splitlines() if line.startswith("| ")]


def test_the_page_counts_what_passes_and_lists_what_fails():
    page, results = dose_response_page(), verdicts(shared_responses(), expectations())
    failed = [one for one in results if not one.passed]
    listed = [row for row in rows_of(page, "## 未通过的项 / Items that fail") if "---" not in row][1:]
    assert len(listed) == len(failed)
    assert page.count("✓") + page.count("✗") == len(results)
    assert page.count("\n### ") == len(expectations().entries)


def test_a_response_is_shown_by_dose_with_its_shape():
    wanted, known = expectations(), shared_responses()
    name = "water_saving"
    years = len(known.doubled[LASTING]["energy_intensity"])
    growth = np.concatenate([np.zeros(6), np.arange(1.0, years - 5)])
    effects = {outcome: np.outer([0.0, -0.1, -0.2, -0.3, -0.4], growth) for outcome in wanted.outcomes}
    made = dataclasses.replace(known.by_entry[name], effects=effects)
    doubled = {
        ONE_YEAR: {outcome: np.full(years, 0.2) for outcome in wanted.outcomes},
        LASTING: {outcome: np.full(years, 0.2) for outcome in wanted.outcomes},
    }
    label = wanted.entries[name].label
    one = Limits(0.1, 0.3), Limits(0.5, 5)
    doubling = dataclasses.replace(wanted.contract.doubling, one_year=one[0], lasting=one[1], first_reading=one[1])
    changed = dataclasses.replace(wanted, contract=dataclasses.replace(wanted.contract, doubling=doubling))
    page = page_of(Responses({name: made}, doubled), changed)
    intensity = rows_of(page, f"### {label.zh} / {label.en}")[2]
    # 0.4 a year from 2016: 2.0 in 2020, the fifth year; 4.0 in 2025, half of it 4.5 years after the step
    assert intensity.endswith("| -2.00 | -1.00 | -2.00 | -3.00 | -4.00 | 25 25 25 25 % | 4.5 |")
    asked = rows_of(page, "## 资金翻倍 / Doubling the money")[2:]
    assert [row.split("|")[2:4] for row in asked] == [[" +0.200 ", " 0.1–0.3 "], *[[" +0.200 ", " 0.5–5 "]] * 2]
    assert ["fail" in row for row in asked] == [False, True, True]
