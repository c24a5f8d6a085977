"""Cross-checks with published studies: entries that fit the model, and numbers worked by hand."""

import numpy as np
import pytest
import xarray as xr
import yaml

from analysis import cross_checks as module
from analysis.cross_checks import FILE, CrossCheck, CrossCheckError, Run, answers, cross_checks, measured
from documents.cross_checks_page import cross_checks_page
from model.engine.result import YEAR
from model.engine.text import Text

BASE = {
    "study": ["co2_supply_side_reform", "China"],
    "run": "as_happened",
    "against": {"levers": {"capacity_closure": "frozen_2015"}},
    "measure": "effect",
    "indicator": "co2_emissions_industry",
    "years": [2025],
    "scope": {"zh": "范围", "en": "scope"},
}


def refusal(tmp_path, **changes):
    file = tmp_path / "checks.yaml"
    file.write_text(yaml.safe_dump({"trial": BASE | changes}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(CrossCheckError) as caught:
        cross_checks(file)
    assert str(caught.value).startswith("checks.yaml: trial: ")
    return str(caught.value)


def test_every_entry_of_the_project_fits_the_model_and_the_studies():
    """Fails with the name of a lever, variable or parameter that was renamed."""
    checks = cross_checks()
    assert len({check.study for check in checks.values()}) == len(checks)
    for check in checks.values():
        assert (check.why_not is None) == (check.scope is not None) == bool(check.years), check.id


def test_names_that_the_model_does_not_have_are_refused_with_a_suggestion(tmp_path):
    renamed = {"levers": {"capacity_closures": "frozen_2015"}}
    message = refusal(tmp_path, against=renamed)
    assert "there is no lever 'capacity_closures'; did you mean capacity_closure" in message
    assert "there is no variable 'co2'" in refusal(tmp_path, indicator="co2")
    assert "there is no scenario 'nothing'" in refusal(tmp_path, run="nothing")
    assert "there is no parameter 'tonnes'" in refusal(tmp_path, times="tonnes")
    assert "there is no study 'co2/Mars'" in refusal(tmp_path, study=["co2", "Mars"])
    assert "there is no measure 'guess'" in refusal(tmp_path, measure="guess")
    assert "there is no sector of sector_va_real '(none)'" in refusal(tmp_path, indicator="sector_va_real")


@pytest.fixture
def runs(monkeypatch):
    """Runs with x = 100, 110, 121 and 100, 104, 108.16 in 2015-2017, by scenario; y = 2 and 4 in every year."""
    paths = {"a": ([100.0, 110.0, 121.0], 2.0), "b": ([100.0, 104.0, 108.16], 4.0)}

    def simulate(scenario, until, outputs):
        x, y = paths[scenario]
        years = {YEAR: [2015, 2016, 2017]}
        flow = xr.DataArray(
            [[1.0, 7.0], [2.0, 8.0], [3.0, 9.0]], {**years, "branch": ["steel", "food"]}, (YEAR, "branch")
        )
        return xr.Dataset({"x": (YEAR, x), "y": (YEAR, np.full(3, y)), "flow": flow}, years)

    monkeypatch.setattr(module, "simulate", simulate)
    monkeypatch.setattr(module, "scenario_of", lambda run: run.scenario)


def check(**entries):
    return CrossCheck("trial", ("s", "t"), run=Run("a"), against=Run("b"), **entries)


def test_effects_changes_and_sums_worked_by_hand(runs):
    """Growth of 10 against 4 % a year: the level of 2017 differs by 121 / 108.16, growth by 1.1 / 1.04."""
    assert measured(check(measure="effect", indicator=("x",), years=(2017,)))[0] == pytest.approx(
        100 * (121 / 108.16 - 1)
    )
    growth = measured(check(measure="growth_effect", indicator=("x",), years=(2015, 2017)))[0]
    assert growth == pytest.approx(100 * (1.1 / 1.04 - 1))
    ratio = measured(check(measure="effect", indicator=("x", "y"), years=(2015,)))[0]
    assert ratio == pytest.approx(100.0), "50 against 25"
    assert measured(check(measure="change", indicator=("x",), years=(2015, 2017)))[0] == pytest.approx(21.0)
    total, parts = measured(check(measure="yearly_sum", terms={"flow": -1}, sector="steel", years=(2016,)))
    assert total == -2.0 and parts == {"flow": -2.0}


def test_the_page_sets_published_and_own_numbers_side_by_side():
    every = answers()
    page = cross_checks_page(every)
    answered = [one for one in every if one.model is not None]
    assert f"The model answers {len(answered)} of {len(every)} published figures" in page
    assert all(np.isfinite(one.model) for one in answered)
    reasons = {one.check.why_not for one in every if one.check.why_not}
    assert all(isinstance(reason, Text) and reason.en in page for reason in reasons)
    assert "{'" not in page and FILE.name in page
