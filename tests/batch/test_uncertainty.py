"""Tables of uncertainty of a batch: from which scenario differences are taken, and how often the model is drawn."""

import json

import pandas as pd
import pytest

from batch.running import Batch, run_and_write
from batch.uncertainty import reference_of, simulations
from calibration import differences
from model.scenario import BASELINE, shipped_scenarios

HAPPENED, OTHER = shipped_scenarios()[BASELINE], shipped_scenarios()["no_document"]


def nothing(done, parts):
    pass


def test_the_reference_is_as_happened_and_simulated_once():
    assert reference_of(Batch([OTHER, HAPPENED], bands=True)) is HAPPENED
    assert simulations(Batch([OTHER, HAPPENED], bands=True)) == 2
    assert simulations(Batch([OTHER], bands=True)) == 2, "the reference besides"
    assert simulations(Batch([HAPPENED], bands=True)) == 1


def test_a_scenario_of_that_name_with_other_levers_is_not_the_reference():
    changed = OTHER.model_copy(update={"name": BASELINE})
    reference = reference_of(Batch([changed], 2030, bands=True))
    assert reference.levers == HAPPENED.levers and reference.until == 2030
    assert reference_of(Batch([HAPPENED, OTHER], reference=OTHER)) is OTHER


@pytest.fixture
def drawn_scenarios(monkeypatch):
    """Names of the scenarios that were simulated under all draws."""
    names, draw = [], differences.scenario_draws
    monkeypatch.setattr(differences, "scenario_draws", lambda p, s, *rest: names.append(s.name) or draw(p, s, *rest))
    return names


def test_every_table_is_written_from_one_set_of_draws_a_scenario(tmp_path, drawn_scenarios):
    heard = []
    batch = Batch([HAPPENED, OTHER], 2020, bands=True)
    run_and_write(batch, tmp_path / "out", "csv", lambda done, parts: heard.append((done, parts)))
    assert drawn_scenarios == [BASELINE, OTHER.name]
    assert heard[-1] == (batch.parts, batch.parts) and [d for d, _ in heard] == sorted(d for d, _ in heard)
    files = {str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*.csv")}
    assert {"best.csv", "no_document/bands_differences.csv", "no_document/target_probabilities.csv"} <= files
    assert "as_happened/bands_differences.csv" not in files, "the reference does not differ from itself"
    table = pd.read_csv(tmp_path / "out" / OTHER.name / "bands_differences.csv")
    assert table["year"].max() == 2020 and (table["p5"] <= table["p95"]).all()
    best = pd.read_csv(tmp_path / "out" / "best.csv")
    assert best.groupby(["indicator", "sector", "year"])["probability_best"].sum().to_numpy() == pytest.approx(1)
    manifest = json.loads((tmp_path / "out" / OTHER.name / "manifest.json").read_text())
    assert manifest["uncertainty"]["reference"] == BASELINE and manifest["uncertainty"]["draws"] == 500
    assert {"bands.csv", "bands_differences.csv", "target_probabilities.csv"} <= set(manifest["files"])


def test_a_later_run_without_bands_leaves_none_of_them(tmp_path):
    run_and_write(Batch([HAPPENED, OTHER], 2016, bands=True), tmp_path / "out", "csv", nothing)
    run_and_write(Batch([HAPPENED, OTHER], 2016), tmp_path / "out", "csv", nothing)
    names = {p.name for p in (tmp_path / "out").rglob("*.csv")}
    assert names == {"comparison.csv", "indicators.csv", "targets.csv", "timeseries.csv"}
    manifest = json.loads((tmp_path / "out" / OTHER.name / "manifest.json").read_text())
    assert "uncertainty" not in manifest


def test_differences_of_scenarios_of_different_lengths_cover_the_years_of_both(tmp_path):
    longer = OTHER.model_copy(update={"until": 2027})
    run_and_write(Batch([HAPPENED, longer], bands=True), tmp_path / "out", "csv", nothing)
    assert pd.read_csv(tmp_path / "out" / OTHER.name / "bands_differences.csv")["year"].max() == 2025
    run_and_write(Batch([longer], bands=True), tmp_path / "alone", "csv", nothing)
    assert pd.read_csv(tmp_path / "alone" / OTHER.name / "bands_differences.csv")["year"].max() == 2027
