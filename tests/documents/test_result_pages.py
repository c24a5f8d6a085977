"""Pages written from stored results: figures from tables written in the tests."""

import pandas as pd
import pytest

from documents.projections_page import projections_page
from documents.screening_page import screening_page
from documents.sensitivity_page import sensitivity_page
from documents.synthetic_page import synthetic_page
from documents.weaknesses_page import weaknesses_page


def row_of(page, start):
    return next(line for line in page.splitlines() if line.startswith(start))


def test_sensitivity_page_has_effects_order_and_ranks():
    name = "crude_steel_output"
    ranks = pd.DataFrame({"grade": ["A", "D"], f"prcc_{name}": [0.25, -0.5]}, index=["margin", "lifetime"])
    packages = pd.DataFrame(
        {"indicator": [name], "package": ["closure_only"], "default": [-3.0], "p5": [-5], "p95": [-1]}
    )
    order = {"strongest": 0.9, "order": 0.4, "first": "closure_only", "second": "smart_only", "pair": 0.75}
    widths = {"width_estimated": 2.0, "width_drawn": 5.0}
    counts = {"numbers": 7, "estimated": 3, "drawn": 5, "draws": 500, "failed": 1}
    indicators = pd.DataFrame([{"indicator": name} | order | widths | counts])
    page = sensitivity_page(ranks, packages, indicators)
    effects, top, width = (line for line in page.splitlines() if line.startswith("| Crude steel output, Mt"))
    assert effects.endswith("| closure -3 (-5 to -1) | 90% | 40% | closure / smart: 75% |")
    assert top.endswith("| `lifetime` (D) -0.50<br>`margin` (A) +0.25 |")
    assert width.endswith("| 2 | 5 | 2.5 |")
    assert "7 numbers of the model have a range" in page and "the 2 that move" in page and "the 3 estimated" in page


def test_synthetic_page_counts_intervals_that_contain_the_true_number():
    sets = pd.DataFrame(
        {
            "set": [1, 1, 2, 2],
            "number": ["a", "b", "a", "b"],
            "true": [0.5, 0.5, 0.5, 0.5],
            "low": [0.4, 0.6, 0.1, 0.0],
            "high": [0.6, 0.8, 0.5, 1.0],
            "r_hat": [1.01, 1.02, 1.2, 1.0],
        }
    )
    page = synthetic_page(sets)
    assert "**75.0% of the 4 intervals" in page and "by set from 50% to 100%" in page
    assert "from 1.02 to 1.20" in page
    assert row_of(page, "| `a`") == "| `a` | 100% | 0.30 |" and row_of(page, "| `b`") == "| `b` | 50% | 0.60 |"


@pytest.mark.parametrize(
    ("wide", "cell"), [(float("nan"), "250: 90.0 – 1,234"), (2.5, "250: 90.0 – 1,234 (2.5 – 2.5)")]
)
def test_projections_page_has_bands_with_and_without_model_error(wide, cell):
    stored = pd.DataFrame(
        [["crude_steel_output", "low", year, 250.4, 90.0, 1234.4, wide, wide] for year in (2020, 2025, 2030, 2035)],
        columns=["indicator", "path", "year", "median", "low", "high", "low_with_error", "high_with_error"],
    )
    page = projections_page(stored)
    assert row_of(page, "| 粗钢产量") == f"| 粗钢产量 / Crude steel output, Mt | low | {' | '.join([cell] * 4)} |"
    assert "| 2020 | 2025 | 2030* | 2035* |" in page


def test_screening_page_keeps_the_order_of_the_table():
    stored = pd.DataFrame(
        {
            "number": ["b", "a"],
            "grade": ["A", "D"],
            "low": [1, 2],
            "value": [1.5, 3],
            "high": [2, 4],
            "policy": [0.3, 0.2],
            "influence": [12.34, 0],
            "moves_most": ["steel", "cement"],
        }
    )
    page = screening_page(stored)
    assert page.splitlines()[-2:] == [
        "| `b` | A | 1 | 1.5 | 2 | 0.3 | 12.3 | `steel` |",
        "| `a` | D | 2 | 3 | 4 | 0.2 | 0 | `cement` |",
    ]
    with pytest.raises(ValueError, match="no column policy"):
        screening_page(stored.drop(columns="policy"))


def test_weaknesses_page_has_both_languages_and_the_consequence():
    page = weaknesses_page()
    assert page.count("**因此**：") == page.count("**Consequence:** ") == page.count("\n## ") > 5


def test_sets_of_other_data_are_not_written_as_a_page():
    none = pd.DataFrame({"configuration": [], "set": [], "number": [], "true": [], "low": [], "high": [], "r_hat": []})
    with pytest.raises(ValueError, match="no stored set was made from the present data"):
        synthetic_page(none)
