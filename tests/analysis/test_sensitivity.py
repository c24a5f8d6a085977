"""Rank correlations, the order of policies, and the pages made by commands."""

import numpy as np
import pytest

from analysis.sensitivity import PACKAGES, TABLE, order_kept, partial_rank_correlations
from calibration.series import all_series
from documents.series_pages import CONSTRAINT, FITTED, OTHER_SEGMENT, SHOWN_ONLY, UNVERIFIED, figures, files
from documents.validation_tests import ENTRIES, FAILED, PAGE, ROOT
from model.inputs import load_yaml


def test_rank_correlations_take_out_what_others_explain():
    random = np.random.default_rng(1)
    a, b, noise = random.random((3, 400))
    correlated = a + 0.5 * random.random(400)  # goes with a, but causes nothing
    found = partial_rank_correlations(np.column_stack([a, b, correlated]), 3 * a - np.exp(b) + 0.2 * noise)
    assert found[0] > 0.9 and found[1] < -0.9 and abs(found[2]) < 0.15
    with pytest.raises(ValueError, match="too few"):
        partial_rank_correlations(random.random((5, 4)), random.random(5))


def test_the_order_of_policies_is_counted():
    defaults = np.array([1.0, -4.0, 2.0, 3.0])
    effects = np.array([[1.0, -4.0, 2.0, 3.0], [1.0, -4.0, 3.0, 2.0], [1.0, -2.0, 2.0, 3.0], [2.0, -9.0, 1.0, 3.0]])
    strongest, order, pairs = order_kept(effects, defaults)
    assert (strongest, order) == (0.75, 0.5)
    assert pairs[PACKAGES[2], PACKAGES[3]] == 0.75 and pairs[PACKAGES[0], PACKAGES[2]] == 0.75
    assert pairs[PACKAGES[0], PACKAGES[1]] == 1


def test_pages_of_the_series_are_up_to_date():
    for file, text in files().items():
        assert file.read_text(encoding="utf-8") == text, f"{file.name}: python -m calibration.series_pages --write"


def test_every_figure_says_what_it_is_used_for():
    growth = figures(all_series()["value_added_growth"]).set_index(["year", "definition"])["use"]
    assert growth[2014, "Jan-Sep"] == CONSTRAINT and growth[2013, "Jan-Nov"] == SHOWN_ONLY
    assert growth[2018, "real"] == FITTED and growth[2019, "H1"] == CONSTRAINT
    by_year = figures(all_series()["equipment_share"]).set_index("year")["use"]
    assert by_year[2018] == OTHER_SEGMENT
    assert UNVERIFIED in set(figures(all_series()["crude_steel_output"])["use"])


def test_the_matrix_has_every_test_and_its_evidence():
    text = PAGE.read_text(encoding="utf-8")
    entries = load_yaml(ENTRIES)
    assert set(entries) == {*(f"S{n}" for n in range(1, 7)), *(f"B{n}" for n in range(1, 7)), "P1", "P2"}
    for name, entry in entries.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| {name} "))
        assert f"**{FAILED}**" not in row, row
        assert entry["test"]["en"] in row
    for place in (part.split(")")[0] for part in text.split("](../../")[1:]):
        assert (ROOT / place).exists(), place
    assert TABLE.exists()
