"""Validation tests: their status from hand-written tables, and the stored status."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.validation_runs import ROOT
from analysis.validation_tests import (
    FAILED,
    NOT_DONE,
    PASSED,
    REPORTED,
    SUMMARY,
    Results,
    decisive_numbers,
    entries,
    findings,
    forecast_directions,
)

OUTCOME = "crude_steel_output"


@pytest.fixture(scope="module")
def results():
    tested = ("S2", "S5", "B3", "B6")
    return Results(
        boundary=pd.DataFrame(
            [("none", OUTCOME, False), ("ore_price_index", OUTCOME, False)],
            columns=["held", "indicator", "reversed"],
        ),
        integration=pd.DataFrame({"half_step": [0.001, 0.009], "euler_against_rk4": [0.002, 0.004]}),
        tests=pd.DataFrame([(name, "f", "t", True) for name in tested], columns=["entry", "file", "test", "passed"]),
        knockouts=pd.DataFrame({"loop": ["R", "R"], "right_direction": [True, True], "as_expected": [True, True]}),
        scores=pd.DataFrame(
            [
                ("a", "forecast", True, 0.5),
                ("b", "forecast", True, -0.5),
                ("c", "forecast", True, None),
                ("d", "forecast", False, 0.9),
                ("e", "fit_2015", True, 0.9),
            ],
            columns=["series", "window", "headline", "skill_random_walk"],
        ),
        years=pd.DataFrame(
            [
                ("a", 2015, 2014, 10.0, 10.0, "A"),
                ("a", 2015, 2020, 12.0, 11.0, "B"),
                ("a", 2015, 2021, 1.0, 99.0, "D"),
                ("a", 2020, 2019, 1.0, 1.0, "A"),
            ],
            columns=["series", "window", "year", "observed", "median", "grade"],
        ),
        ranks=pd.DataFrame({"grade": ["A", "B"], "prcc_steel": [0.5, -0.9]}, index=["x", "y"]),
        equations=pd.DataFrame({"variable": ["output", "_stage"], "definition": ["What is made.", " "]}),
        unit_errors=(),
        surprises=3,
    )


def status(results, name):
    return findings(results)[name].status


def test_everything_passes_where_nothing_is_wrong(results):
    result = findings(results)
    assert list(result) == list(entries())
    assert {n for n, one in result.items() if one.status == REPORTED} == {"B1", "B4", "B5"}
    assert result["P2"].status == NOT_DONE and result["P2"].evidence is None
    assert {one.status for n, one in result.items() if n not in ("B1", "B4", "B5", "P2")} == {PASSED}
    assert result["B1"].figures.en == "5 series; forecast better than a random walk for 1 of 2"
    assert tuple(result["S6"].figures) == ("最大变化0.90%", "largest move 0.90 %")
    assert result["P1"].figures.en == "1 of 1 directions right"


def test_failures_are_seen(results):
    assert status(replace(results, integration=results.integration * 2), "S6") == FAILED
    assert status(replace(results, unit_errors=("output: t is not kg",)), "S3") == FAILED
    assert status(replace(results, tests=results.tests.assign(passed=False)), "B6") == FAILED
    assert status(replace(results, tests=results.tests[results.tests["entry"] != "S5"]), "S5") == FAILED
    undefined = results.equations.assign(definition="")
    assert findings(replace(results, equations=undefined))["S2"].figures.en.endswith(
        "1 without definition; 1 tests, 0 failed"
    )
    assert status(replace(results, equations=undefined), "S2") == FAILED
    assert status(replace(results, knockouts=results.knockouts.assign(right_direction=[True, False])), "B2") == FAILED
    assert status(replace(results, surprises=0), "B4") == FAILED


def test_what_misses_without_a_pass_mark_is_reported(results):
    reversed_ = replace(results, boundary=results.boundary.assign(reversed=[False, True]))
    figures = findings(reversed_)["S1"].figures
    assert figures.zh == "1种情形，1种换了影响最大的政策措施（冻结的驱动 → 结果）：铁矿石价格指数 → 粗钢产量"
    assert figures.en == (
        "1 cases; in 1 another package becomes the strongest (driver held → outcomes): Iron-ore price in yuan, "
        "2015 = 1 → Crude steel output"
    )
    assert status(reversed_, "S1") == REPORTED
    assert status(replace(results, ranks=results.ranks.assign(grade="D")), "S4") == REPORTED
    small = replace(results, knockouts=results.knockouts.assign(as_expected=[True, False]))
    assert status(small, "B2") == REPORTED
    wrong = replace(results, years=results.years.assign(median=[10.0, 9.0, 0, 0]))
    assert findings(wrong)["P1"].figures.en == "0 of 1 directions right; wrong: a" and status(wrong, "P1") == REPORTED


def test_directions_compare_the_last_graded_figures_before_and_after(results):
    row = forecast_directions(results.years).iloc[0]
    assert (row["from"], row["to"], row["observed_change"], row["forecast_change"]) == (2014, 2020, 2, 1)


def test_decisive_numbers_are_the_strongest_of_each_indicator():
    numbers = [f"n{k:02}" for k in range(12)]
    ranks = pd.DataFrame({"grade": "A", "prcc_a": range(12), "alone_a": 0, "prcc_b": [-k for k in range(12)]}, numbers)
    assert list(decisive_numbers(ranks).index) == numbers[2:]


def test_entries_are_complete_and_their_files_of_tests_exist():
    assert set(entries()) == {*(f"S{n}" for n in range(1, 7)), *(f"B{n}" for n in range(1, 7)), "P1", "P2"}
    for entry in entries().values():
        assert all(entry[key][language] for key in ("test", "how", "asks") for language in ("zh", "en"))
        assert all((ROOT / file).exists() for file in entry.get("files", ()))


def test_no_stored_status_is_a_failure():
    stored = pd.read_csv(SUMMARY)
    assert list(stored["test"]) == list(entries())
    assert FAILED not in set(stored["status"])


def test_stored_figures_are_in_both_languages():
    stored = pd.read_csv(SUMMARY)
    assert not stored["figures_en"].str.contains("[\u4e00-\u9fff]").any()
    assert stored["figures_zh"].str.contains("[\u4e00-\u9fff]").all()
