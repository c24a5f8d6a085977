"""The command line: the files it writes, what it refuses, and that a refusal leaves nothing behind."""

import errno
import json
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import model
from model import load_scenario, simulate
from model.cli import app, main
from model.inputs import levers, parameters
from model.run import indicator_names
from model.scenario import SHIPPED
from model.targets import modelled_targets, targets

BASELINE = SHIPPED / "as_happened.yaml"
EFFICIENT = SHIPPED / "efficiency_only.yaml"
HEAVY = ("jax", "pandas", "xarray", "scipy", "networkx", "streamlit", "pint")


def hebei2025(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def run(*arguments):
    """Run and require success."""
    result = hebei2025("run", *arguments)
    assert result.exit_code == 0, result.output
    return result


def refused(*arguments):
    """Run, require a refusal, and give its message."""
    result = hebei2025(*arguments)
    assert result.exit_code == 2, (result.exit_code, result.output, result.exception)
    assert "Traceback" not in result.output
    return result.stderr


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Folder and screen of a run of two scenarios."""
    folder = tmp_path_factory.mktemp("pair") / "new" / "results"
    return folder, run(BASELINE, EFFICIENT, "--out", folder)


def tree(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


# Results


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
    assert first["title"]["zh"] == "如实发生（基准）"
    assert second["levers"]["energy_efficiency"] == "document"
    assert set(first["versions"]) >= {"python", "hebei2025", "jax", "numpy"}
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
    said = json.loads(run(BASELINE, "--out", tmp_path / "r", "--json").stdout)
    assert said["scenarios"] == ["as_happened"]
    assert said["out"] == str(tmp_path / "r")


@pytest.mark.parametrize(("form", "suffix"), [("parquet", "parquet"), ("netcdf", "nc"), ("xlsx", "xlsx")])
def test_other_formats_hold_the_same_numbers(form, suffix, tmp_path):
    import xarray as xr

    run(BASELINE, "--out", tmp_path, "--format", form, "--quiet")
    place = tmp_path / "as_happened"
    kept = "csv" if form == "netcdf" else suffix
    assert {p.name for p in place.iterdir()} == {
        f"timeseries.{suffix}",
        f"indicators.{kept}",
        f"targets.{kept}",
        "manifest.json",
    }
    expected = float(simulate(load_scenario(BASELINE))["crude_steel_output"].sel(year=2020))
    if form == "netcdf":
        with xr.open_dataset(place / "timeseries.nc") as dataset:
            assert float(dataset["crude_steel_output"].sel(year=2020)) == pytest.approx(expected)
            assert dataset["crude_steel_output"].attrs["zh"] == "粗钢产量"
        return
    read = pd.read_parquet if form == "parquet" else pd.read_excel
    table = read(place / f"timeseries.{suffix}").set_index(["variable", "year"])
    assert table.loc[("crude_steel_output", 2020), "value"].item() == pytest.approx(expected)


def test_full_writes_every_step(tmp_path):
    run(BASELINE, "--out", tmp_path, "--full", "--quiet")
    table = pd.read_csv(tmp_path / "as_happened" / "timeseries.csv")
    steel = table[(table["variable"] == "national_steel_utilisation")]
    assert np.diff(steel["year"]) == pytest.approx(1 / 16)
    assert len(steel) == 16 * 16
    assert set(pd.read_csv(tmp_path / "as_happened" / "indicators.csv")["year"]) == set(range(2010, 2026))


def test_set_changes_levers_from_2016_on(tmp_path):
    options = ("--set", "capacity_closure.steel=60", "--set", "output_cap = 150", "--set", "energy_efficiency=document")
    run(BASELINE, "--out", tmp_path, "--quiet", *options)
    manifest = json.loads((tmp_path / "as_happened" / "manifest.json").read_text(encoding="utf-8"))
    expected = {"capacity_closure": {"steel": 60.0}, "output_cap": 150.0, "energy_efficiency": "document"}
    assert manifest["levers"] == expected
    table = pd.read_csv(tmp_path / "as_happened" / "indicators.csv").set_index(["indicator", "sector", "year"])["value"]
    plain = simulate(load_scenario(BASELINE))["steelmaking_capacity"]
    assert table["steelmaking_capacity", "steel", 2015] == pytest.approx(float(plain.sel(year=2015)))
    assert table["steelmaking_capacity", "steel", 2020] < 0.5 * float(plain.sel(year=2020))
    assert table["crude_steel_output", "steel", 2020] <= 150 + 1e-6


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


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs a folder in which nobody may write")
def test_a_folder_in_which_nobody_may_write():
    assert "cannot be written" in refused("run", BASELINE, "--out", "/proc/self/results")


def full_disk(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(pd.DataFrame, "to_csv", full_disk)
    assert "No space left" in refused("run", BASELINE, "--out", tmp_path / "a" / "b")
    assert tree(tmp_path) == []


def test_a_failed_rename_leaves_no_stage_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "replace", full_disk)
    assert "No space left" in refused("run", BASELINE, "--out", tmp_path)
    assert not [p for p in tree(tmp_path) if "hebei2025" in p]


def test_interruption_leaves_nothing_behind(tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("model.cli.writer.write_results", interrupted)
    result = hebei2025("run", BASELINE, "--out", tmp_path / "r")
    assert result.exit_code == 130
    assert "interrupted; nothing was written" in result.stderr
    assert tree(tmp_path) == []


# What is refused


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "cvs"], "--format 'cvs' is unknown; did you mean csv? allowed: csv, parquet, netcdf, xlsx"),
        (["--method", "heun"], "--method 'heun' is unknown; allowed: euler, rk4"),
        (["--until", "2009"], "--until 2009 is out of range; allowed: 2010 to 2035"),
        (["--until", "2036"], "--until 2036 is out of range; allowed: 2010 to 2035"),
        (["--until", "soon"], "Invalid value for '--until'"),
        (["--dt", "0.3"], "--dt 0.3 does not fit; allowed: 1/n of a year"),
        (["--dt", "1/1000"], "--dt 1/1000 does not fit; allowed: 1/n of a year"),
        (["--dt", "1/2"], "--dt 1/2 does not fit; allowed: 1/n of a year"),
        (["--dt", "0"], "--dt '0' is no step; allowed: 1/n of a year"),
        (["--dt", "1/0"], "--dt '1/0' is no step; allowed"),
        (["--dt", "1e-999999999"], "is no step; allowed: 1/n of a year"),
        (["--dt", "nan"], "--dt 'nan' is no step; allowed"),
        (["--set", "output_cup=3"], "--set output_cup=3: unknown lever 'output_cup'; did you mean output_cap?"),
        (["--set", "output_cap"], "--set output_cap: no value; allowed: lever=value or lever.sector=value"),
        (["--set", "output_cap=3"], "--set output_cap=3: 3 is out of range for output_cap; allowed: 100 to 400 Mt/yr"),
        (["--set", "output_cap=nan"], "nan is no finite number"),
        (["--set", "output_cap="], "'' is no value for output_cap; allowed: a number from 100 to 400 Mt/yr"),
        (["--set", "output_cap.steel=200"], "output_cap is not set by sector"),
        (["--set", "capacity_closure=3"], "needs a value for each sector that changes"),
        (["--set", "capacity_closure.stele=3"], "unknown sector 'stele' for capacity_closure; did you mean steel?"),
        (["--set", "a=1", "--set", "b=2"], "--set b=2: unknown lever 'b'"),
        ([BASELINE], "two scenarios are named 'as_happened'"),
        (["nowhere.yaml"], "nowhere.yaml:1: no such file"),
        ([SHIPPED], "this is a directory"),
        (["--wrong"], "No such option"),
    ],
)
def test_bad_input_is_refused_before_anything_is_written(options, said, tmp_path):
    message = " ".join(refused("run", BASELINE, "--out", tmp_path / "r", *options).replace("│", " ").split())
    assert said in message
    assert tree(tmp_path) == []


def test_run_without_out_or_scenario():
    assert "--out" in refused("run", BASELINE)
    assert "SCENARIO" in refused("run", "--out", "x")


@pytest.mark.parametrize(("text", "steps"), [("1/16", 16), ("0.0625", 16), (".25", 4), ("1/512", 512), ("01/10", 10)])
def test_steps(text, steps):
    from model.cli.running import steps_per_year

    assert steps_per_year(text) == steps


def test_too_many_rows_for_a_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr("model.cli.writer.LONGEST_SHEET", 10)
    assert "more than an Excel sheet holds; use --format csv" in refused(
        "run", BASELINE, "--out", tmp_path / "r", "--format", "xlsx"
    )
    assert tree(tmp_path) == []


def test_check_names_every_problem_of_every_file(tmp_path):
    (tmp_path / "good.yaml").write_text("title: x\nlevers: {}\n")
    (tmp_path / "bad.yaml").write_text("title: x\nlevers:\n  output_cap: 1\n  nope: 2\n")
    (tmp_path / "empty.yaml").write_text("")
    assert hebei2025("check", tmp_path / "good.yaml").stdout == "good: fine\n"
    message = refused("check", *(tmp_path / f"{n}.yaml" for n in ("good", "bad", "empty")))
    starts = [line.split(": ")[0].removeprefix(f"{tmp_path}{os.sep}") for line in message.splitlines()]
    assert starts == ["bad.yaml:3", "bad.yaml:4", "empty.yaml:1"]
    assert "nothing to check" in refused("check")


def test_check_all_shipped_scenarios():
    result = hebei2025("check", *sorted(SHIPPED.glob("*.yaml")))
    assert result.exit_code == 0
    assert result.stdout.count(": fine\n") == len(list(SHIPPED.glob("*.yaml")))


def test_check_model_counts_variables_and_loops():
    from model.build import system

    result = hebei2025("check", "--model")
    assert result.exit_code == 0, result.output
    assert f"{len(system().variables)} variables" in result.stdout
    assert "all units agree" in result.stdout
    assert int(result.stdout.splitlines()[1].split()[0]) > 20


# Lists


def test_levers_as_json_say_what_scripts_need():
    records = json.loads(hebei2025("levers", "--json").stdout)
    assert [r["id"] for r in records] == list(levers())
    needed = {"id", "names", "unit", "min", "max", "default", "baseline", "clauses", "sectors", "group", "cost"}
    assert all(needed <= set(r) and set(r["names"]) == {"zh", "en"} and r["clauses"] for r in records)


def test_variables_as_json():
    from model.build import system

    records = {r["id"]: r for r in json.loads(hebei2025("variables", "--json").stdout)}
    assert set(records) == set(system().variables)
    assert all(r["unit"] and r["definition"] and r["names"]["zh"] for r in records.values())
    assert "crude_steel_output" in records


def test_parameters_and_targets_as_json():
    assert {r["id"] for r in json.loads(hebei2025("parameters", "--json").stdout)} == set(parameters())
    assert {r["id"] for r in json.loads(hebei2025("targets", "--json").stdout)} == {t.id for t in targets()}


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("levers", "output_cap"),
        ("parameters", "smart_ceiling"),
        ("targets", "equipment_first_2020"),
        ("variables", "output"),
    ],
)
def test_lists_on_screen(command, word):
    result = CliRunner().invoke(app, [command], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    assert word in result.stdout


def test_targets_say_what_is_outside_the_model():
    records = {r["id"]: r for r in json.loads(hebei2025("targets", "--json").stdout)}
    assert sum(r["modelled"] for r in records.values()) == len(modelled_targets())
    assert set(records["energy_per_gdp_2020"]["not_modelled"]) == {"zh", "en"}
    screen = CliRunner().invoke(app, ["targets"], env={"COLUMNS": "300"}).stdout
    assert "GDP is outside the model" in screen and "地区生产总值在模型之外" in screen
    assert f"{len(modelled_targets())} of {len(targets())} targets have an indicator" in screen


def test_scenarios_are_held_against_the_targets():
    arguments = ["targets", "--scenario", str(BASELINE), "--scenario", str(EFFICIENT)]
    told = json.loads(hebei2025(*arguments, "--json").stdout)
    assert told["scenarios"] == ["as_happened", "efficiency_only"]
    assert [r["id"] for r in told["targets"]] == [t.id for t in targets()]
    rows = {r["id"]: r["results"] for r in told["targets"]}
    capacity = float(simulate(load_scenario(BASELINE))["steelmaking_capacity"].sel(year=2017))
    result = rows["steel_capacity_2017"]["as_happened"]
    assert result["reached"] == pytest.approx(capacity)
    assert result["met"] == (capacity <= 250)
    assert result["missed_by"] == pytest.approx(max(capacity - 250, 0))
    assert rows["coal_cut_2017"]["efficiency_only"] == {
        "reached": None, "met": None, "missed_by": None, "missed_percent": None, "reason": "not_modelled",
    }  # fmt: skip
    screen = CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})
    assert screen.exit_code == 0, screen.output
    for word in ("as_happened", "efficiency_only", "equipment_first_2020", "✓", "missed by", "outside the model"):
        assert word in screen.stdout
    assert "coal_cut_2017" not in screen.stdout


def test_targets_after_the_end_of_a_scenario_are_not_yet_due(tmp_path):
    (tmp_path / "short.yaml").write_text("title: x\nuntil: 2018\nlevers: {}\n")
    told = json.loads(hebei2025("targets", "--scenario", tmp_path / "short.yaml", "--json").stdout)
    rows = {r["id"]: r["results"]["short"] for r in told["targets"]}
    assert rows["steel_capacity_2020"]["reason"] == "not_due"
    assert rows["steel_capacity_2017"]["met"] in (True, False)
    screen = CliRunner().invoke(app, ["targets", "--scenario", str(tmp_path / "short.yaml")], env={"COLUMNS": "200"})
    assert "not yet due" in screen.stdout


def test_bad_scenarios_are_not_held_against_targets(tmp_path):
    (tmp_path / "bad.yaml").write_text("title: x\nlevers:\n  output_cap: 1\n  nope: 2\n")
    message = refused("targets", "--scenario", tmp_path / "bad.yaml")
    assert f"{tmp_path / 'bad.yaml'}:3: " in message and f"{tmp_path / 'bad.yaml'}:4: " in message
    assert "nowhere.yaml:1: no such file" in refused("targets", "--scenario", "nowhere.yaml")
    twice = refused("targets", "--scenario", BASELINE, "--scenario", BASELINE)
    assert "two scenarios are named 'as_happened'" in twice


def test_schema_goes_to_screen_or_file(tmp_path):
    from model.schema import schema_text

    assert hebei2025("schema").stdout == schema_text()
    assert hebei2025("schema", "--out", tmp_path / "s.json").exit_code == 0
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == schema_text()
    assert "cannot be written" in refused("schema", "--out", tmp_path / "no" / "s.json")


class FakeServer:
    """A server process that ends when it is waited for."""

    started: list = []

    def __init__(self, command, **_):
        self.started.append(" ".join(command))

    def wait(self):
        return 0

    def poll(self):
        return None


def test_app_serves_this_machine_only_and_opens_a_browser(monkeypatch):
    from model.cli import app_server

    opened = []
    monkeypatch.setattr(FakeServer, "started", [])
    monkeypatch.setattr(app_server.subprocess, "Popen", FakeServer)
    monkeypatch.setattr(app_server, "_answers", lambda *_: True)
    monkeypatch.setattr(app_server.webbrowser, "open", opened.append)
    assert hebei2025("app", "--port", "8765", "--headless").exit_code == 0
    assert opened == []
    command = FakeServer.started[0]
    assert "streamlit run" in command and "app.py" in command
    assert "--server.address 127.0.0.1" in command
    assert "--server.port 8765" in command
    assert "--server.headless true" in command
    assert hebei2025("app", "--port", "8765").exit_code == 0
    assert opened == ["http://127.0.0.1:8765"]
    assert refused("app", "--port", "99999")


# The program itself


def test_a_fault_of_the_program_is_one_line_and_exit_1(monkeypatch, capsys):
    def broken():
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr(sys, "argv", ["hebei2025", "targets"])
    monkeypatch.setattr("model.cli.scoreboard.targets", broken)
    monkeypatch.delenv("HEBEI2025_DEBUG", raising=False)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "hebei2025: a fault of the program: RuntimeError: first line",
        "Set HEBEI2025_DEBUG=1 to see where.",
    ]
    monkeypatch.setenv("HEBEI2025_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main()


def in_new_process(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env={**os.environ, **environment}, timeout=60
    )


@pytest.mark.parametrize("arguments", [["--help"], ["levers", "--json"], ["targets"], ["check", str(BASELINE)]])
def test_quick_commands_import_nothing_heavy(arguments):
    code = (
        f"import sys, json; sys.argv = ['hebei2025', *{arguments!r}]\n"
        "from model.cli import main\n"
        "try: main()\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        f"heavy = [m for m in {HEAVY!r} if m in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    done = in_new_process(code)
    assert done.returncode == 0, done.stderr.decode()


def test_chinese_text_survives_a_terminal_that_cannot_show_it():
    code = "import sys; sys.argv = ['hebei2025', 'levers', '--json']; from model.cli import main; main()"
    done = in_new_process(code, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr.decode()
    assert "技术改造投资" in done.stdout.decode("utf-8")


def test_public_names_of_the_package():
    for name in model.__all__:
        assert getattr(model, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        model.simulat  # noqa: B018
