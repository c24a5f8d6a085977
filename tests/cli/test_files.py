"""The files that the command line writes."""

import json

import numpy as np
import pandas as pd
import pytest

from model import load_scenario, simulate
from model.run import indicator_names
from model.targets import modelled_targets, targets

from .support import BASELINE, EFFICIENT, SHIPPED, refused, run, tree


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Folder and screen of a run of two scenarios."""
    folder = tmp_path_factory.mktemp("pair") / "new" / "results"
    return folder, run(BASELINE, EFFICIENT, "--out", folder)


def test_run_writes_the_files_of_the_contract_and_nothing_else(pair):
    folder, _ = pair
    files = ("indicators.csv", "manifest.json", "targets.csv", "timeseries.csv")
    names = ("as_happened", "efficiency_only")
    assert tree(folder) == sorted(["comparison.csv", *names, *(f"{n}/{f}" for n in names for f in files)])


def test_time_series_hold_every_variable_as_simulated(pair):
    folder, _ = pair
    table = pd.read_csv(folder / "efficiency_only" / "timeseries.csv", encoding="utf-8")
    assert list(table.columns) == ["scenario", "variable", "sector", "year", "value", "unit"]
    alone = simulate(load_scenario(EFFICIENT))
    assert set(table["variable"]) == set(alone.data_vars)
    series = table[(table["variable"] == "output") & (table["sector"] == "steel")].set_index("year")["value"]
    expected = alone["output"].sel(branch="steel").to_series()
    assert series.index.tolist() == expected.index.tolist()
    assert series.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-7)
    assert set(table[table["variable"] == "output"]["unit"]) == {"亿元/yr"}


def test_indicators_are_scored_against_the_targets(pair):
    folder, _ = pair
    table = pd.read_csv(folder / "as_happened" / "indicators.csv", dtype={"met": str}, keep_default_na=False)
    assert list(table.columns) == ["scenario", "indicator", "sector", "year", "value", "unit", "target", "met"]
    assert set(table["indicator"]) == set(indicator_names())
    scored = table[table["target"] != ""].set_index(["indicator", "sector", "year"])
    assert set(scored.index) == {(t.indicator, t.sector, t.year) for t in modelled_targets()}
    own_first = {}
    for target in modelled_targets():
        own_first.setdefault((target.indicator, target.sector, target.year), target)
    for key, target in own_first.items():
        value = float(scored.loc[key, "value"])
        keeps = value >= target.value if target.direction == "up" else value <= target.value
        assert float(scored.loc[key, "target"]) == target.value
        assert scored.loc[key, "met"] == str(keeps).lower()
    assert set(scored["met"]) == {"true", "false"}
    assert set(table[table["target"] == ""]["met"]) == {""}


def test_targets_of_a_run_are_all_written(pair):
    folder, _ = pair
    table = pd.read_csv(folder / "as_happened" / "targets.csv", dtype={"met": str}).set_index("target")
    columns = "scope indicator sector year wanted reached met missed_by unit not_modelled"
    assert list(table.columns) == columns.split()
    assert list(table.index) == [t.id for t in targets()]
    indicators = pd.read_csv(folder / "as_happened" / "indicators.csv").set_index(["indicator", "sector", "year"])
    capacity = indicators.loc[("steelmaking_capacity", "steel", 2020), "value"]
    row = table.loc["steel_capacity_2020"]
    assert row["reached"] == pytest.approx(capacity)
    assert row["missed_by"] == pytest.approx(max(capacity - 200, 0))
    assert row["met"] == str(capacity <= 200).lower()
    outside = table[table["not_modelled"].notna()]
    assert set(outside.index) == {t.id for t in targets()} - {t.id for t in modelled_targets()}
    assert outside[["indicator", "reached", "met", "missed_by"]].isna().all(axis=None)


def test_manifest_tells_how_to_repeat_the_run(pair):
    folder, _ = pair
    first, second = (
        json.loads((folder / name / "manifest.json").read_text(encoding="utf-8"))
        for name in ("as_happened", "efficiency_only")
    )
    assert (first["start"], first["end"], first["step"], first["method"], first["seed"]) == (
        2010,
        2025,
        1 / 16,
        "euler",
        None,
    )
    assert first["title"]["zh"] == "实际政策（基准）"
    assert second["levers"]["energy_efficiency"] == "document"
    assert set(first["versions"]) >= {"python", "hebei2025", "wasmtime", "numpy"}
    assert first["run_time_seconds"] > 0
    for name in ("parameters_hash", "model_hash"):
        assert first[name] == second[name]
    for name in ("scenario_hash", "data_hash"):
        assert first[name] != second[name]


def test_comparison_sets_scenarios_side_by_side(pair):
    folder, result = pair
    table = pd.read_csv(folder / "comparison.csv").set_index(["scenario", "indicator", "sector", "year"]).sort_index()
    assert (table.loc["as_happened", "difference"] == 0).all()
    key = ("energy_consumption_industry", "all", 2025)
    difference = table.loc[("efficiency_only", *key), "value"] - table.loc[("as_happened", *key), "value"]
    assert table.loc[("efficiency_only", *key), "difference"] == pytest.approx(difference)
    assert difference != 0
    lines = [line for line in result.stdout.splitlines() if line.strip().startswith("efficiency_only")]
    assert len(lines) == 2
    assert not any("…" in line for line in result.stdout.splitlines())
    steel = table.loc[("efficiency_only", "crude_steel_output", "steel", 2020), "value"]
    assert lines[0].split()[1] == f"{steel:.1f}"


def test_one_scenario_has_no_comparison_and_quiet_says_nothing(tmp_path):
    result = run(BASELINE, "--out", tmp_path / "r", "--quiet")
    assert result.output == ""
    assert not (tmp_path / "r" / "comparison.csv").exists()


def test_json_says_what_was_done(tmp_path):
    printed = json.loads(run(BASELINE, "--out", tmp_path / "r", "--json").stdout)
    assert printed["scenarios"] == ["as_happened"]
    assert printed["out"] == str(tmp_path / "r")


@pytest.mark.parametrize(("form", "suffix"), [("parquet", "parquet"), ("netcdf", "nc"), ("xlsx", "xlsx")])
def test_other_formats_hold_the_same_numbers(form, suffix, tmp_path):
    import xarray as xr

    run(BASELINE, "--out", tmp_path, "--until", 2012, "--format", form, "--quiet")  # few years: xlsx takes its time
    place = tmp_path / "as_happened"
    table_suffix = "csv" if form == "netcdf" else suffix
    assert {p.name for p in place.iterdir()} == {
        f"timeseries.{suffix}",
        f"indicators.{table_suffix}",
        f"targets.{table_suffix}",
        "manifest.json",
    }
    expected = float(simulate(load_scenario(BASELINE))["crude_steel_output"].sel(year=2012))
    if form == "netcdf":
        with xr.open_dataset(place / "timeseries.nc") as dataset:
            assert float(dataset["crude_steel_output"].sel(year=2012)) == pytest.approx(expected)
            assert dataset["crude_steel_output"].attrs["zh"] == "粗钢产量"
        return
    read = pd.read_parquet if form == "parquet" else pd.read_excel
    table = read(place / f"timeseries.{suffix}").set_index(["variable", "year"])
    assert table.loc[("crude_steel_output", 2012), "value"].item() == pytest.approx(expected)


def test_full_writes_every_step(tmp_path):
    run(BASELINE, "--out", tmp_path, "--until", 2012, "--full", "--quiet")
    table = pd.read_csv(tmp_path / "as_happened" / "timeseries.csv")
    steel = table[(table["variable"] == "national_steel_utilisation")]
    assert np.diff(steel["year"]) == pytest.approx(1 / 16)
    assert len(steel) == 3 * 16
    assert set(pd.read_csv(tmp_path / "as_happened" / "indicators.csv")["year"]) == set(range(2010, 2013))


def test_set_changes_levers_from_2016_on(tmp_path):
    cap = "output_cap = {2016: -4.5}"  # a number with a sign alone would shift the scenario's path
    options = ("--set", "capacity_closure.steel=40", "--set", cap, "--set", "energy_efficiency=document")
    run(BASELINE, "--out", tmp_path, "--quiet", *options)
    manifest = json.loads((tmp_path / "as_happened" / "manifest.json").read_text(encoding="utf-8"))
    expected = {"capacity_closure": {"steel": 40.0}, "output_cap": {"2016": -4.5}, "energy_efficiency": "document"}
    assert manifest["levers"] == expected
    table = pd.read_csv(tmp_path / "as_happened" / "indicators.csv").set_index(["indicator", "sector", "year"])["value"]
    plain = simulate(load_scenario(BASELINE))["steelmaking_capacity"]
    assert table["steelmaking_capacity", "steel", 2015] == pytest.approx(float(plain.sel(year=2015)))
    assert table["steelmaking_capacity", "steel", 2020] < 0.95 * float(plain.sel(year=2020))
    assert table["crude_steel_output", "steel", 2020] < table["crude_steel_output", "steel", 2015]


def test_set_of_one_sector_keeps_the_scenarios_others(tmp_path):
    run(SHIPPED / "no_document.yaml", "--out", tmp_path, "--quiet", "--set", "capacity_closure.steel=20")
    manifest = json.loads((tmp_path / "no_document" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["levers"]["capacity_closure"] == {"steel": 20, "cement": "frozen_2015", "glass": "frozen_2015"}


# Where results go


def test_new_results_take_the_place_of_old_ones_and_of_nothing_else(tmp_path):
    place = tmp_path / "as_happened"
    run(BASELINE, "--out", tmp_path, "--quiet", "--format", "parquet")
    (place / "notes.txt").write_text("mine")
    run(BASELINE, "--out", tmp_path, "--quiet")
    files = {"timeseries.csv", "indicators.csv", "targets.csv", "manifest.json", "notes.txt"}
    assert {p.name for p in place.iterdir()} == files
    assert tree(tmp_path) == sorted(["as_happened", *(f"as_happened/{p.name}" for p in place.iterdir())])


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "as_happened").mkdir()
    (tmp_path / "as_happened" / "thesis.txt").write_text("mine")
    assert "holds other files than results" in refused("run", BASELINE, "--out", tmp_path)
    assert tree(tmp_path) == ["as_happened", "as_happened/thesis.txt"]


def test_a_file_where_results_would_go(tmp_path):
    (tmp_path / "file").write_text("x")
    assert "is a file; give a folder" in refused("run", BASELINE, "--out", tmp_path / "file")
    assert "cannot be written" in refused("run", BASELINE, "--out", tmp_path / "file" / "inner" / "out")
    (tmp_path / "as_happened").write_text("x")
    assert "is a file where a folder of results would go" in refused("run", BASELINE, "--out", tmp_path)
    assert tree(tmp_path) == ["as_happened", "file"]


def test_nothing_of_an_earlier_run_looks_like_a_part_of_this_one(tmp_path):
    run(BASELINE, EFFICIENT, "--out", tmp_path, "--quiet")
    changed = run(BASELINE, "--out", tmp_path, "--set", "output_cap=2")
    assert not (tmp_path / "comparison.csv").exists()
    printed = f"{tmp_path} also holds results of earlier runs, which are not of this run: efficiency_only"
    assert printed in changed.stdout
    record = json.loads(run(BASELINE, "--out", tmp_path, "--json").stdout)
    assert record["schema_version"] == 1 and record["earlier_results"] == ["efficiency_only"]
    runs = [
        json.loads((tmp_path / name / "manifest.json").read_text(encoding="utf-8"))["run"]
        for name in ("as_happened", "efficiency_only")
    ]
    assert runs[0]["scenarios"] == ["as_happened"] and runs[1]["scenarios"] == ["as_happened", "efficiency_only"]
