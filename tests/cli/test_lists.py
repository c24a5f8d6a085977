"""What the command line lists and checks without running much."""

import json
import os

import pytest

from model import load_scenario, simulate
from model.inputs import levers, parameters
from model.targets import modelled_targets, targets

from .support import BASELINE, EFFICIENT, SHIPPED, hebei2025, refused


def test_check_names_every_problem_of_every_file(tmp_path):
    (tmp_path / "good.yaml").write_text("title: x\nlevers: {}\n")
    (tmp_path / "bad.yaml").write_text("title: x\nlevers:\n  output_cap: 100\n  nope: 2\n")
    (tmp_path / "empty.yaml").write_text("")
    assert hebei2025("check", tmp_path / "good.yaml").stdout == "good: fine\n"
    message = refused("check", *(tmp_path / f"{n}.yaml" for n in ("good", "bad", "empty")))
    starts = [line.split(": ")[0].removeprefix(f"{tmp_path}{os.sep}") for line in message.splitlines()]
    assert starts == ["bad.yaml:3", "bad.yaml:4", "empty.yaml:1"]
    assert "nothing to check" in refused("check")


def test_check_as_json_gives_line_message_and_what_is_allowed(tmp_path):
    (tmp_path / "good.yaml").write_text("title: x\nlevers: {}\n")
    (tmp_path / "bad.yaml").write_text("title: x\nlevers:\n  output_cap: 100\n  nope: 2\n")
    good, bad = (str(tmp_path / f"{name}.yaml") for name in ("good", "bad"))
    done = hebei2025("check", good, bad, "--json")
    assert done.exit_code == 2 and done.stderr == ""
    record = json.loads(done.stdout)
    assert record["schema_version"] == 1
    fine, wrong = record["files"]
    assert fine == {"file": good, "ok": True, "problems": []}
    assert (wrong["file"], wrong["ok"]) == (bad, False)
    assert [(p["file"], p["line"]) for p in wrong["problems"]] == [(bad, 3), (bad, 4)]
    assert wrong["problems"][0]["allowed"] == "-10 to 3 %"
    assert "100 is out of range for output_cap" in wrong["problems"][0]["message"]
    done = hebei2025("check", good, "--json")
    assert done.exit_code == 0 and json.loads(done.stdout)["files"] == [fine]
    assert "--json goes with scenario files" in refused("check", "--model", "--json")


def test_check_all_shipped_scenarios():
    result = hebei2025("check", *sorted(SHIPPED.glob("*.yaml")))
    assert result.exit_code == 0
    assert result.stdout.count(": fine\n") == len(list(SHIPPED.glob("*.yaml")))


def test_check_model_counts_variables_and_loops():
    from model.system import system

    result = hebei2025("check", "--model")
    assert result.exit_code == 0, result.output
    assert f"{len(system().variables)} variables" in result.stdout
    assert "all units agree" in result.stdout
    assert int(result.stdout.splitlines()[1].split()[0]) > 20


# Lists


def test_levers_as_json_say_what_scripts_need():
    records = json.loads(hebei2025("levers", "--json").stdout)["levers"]
    assert [r["id"] for r in records] == list(levers())
    needed = {"id", "names", "unit", "min", "max", "default", "baseline", "clauses", "sectors", "group", "cost"}
    assert all(needed <= set(r) and set(r["names"]) == {"zh", "en"} and r["clauses"] for r in records)


def test_variables_as_json():
    from model.system import system

    records = {r["id"]: r for r in json.loads(hebei2025("variables", "--json").stdout)["variables"]}
    assert set(records) == set(system().variables)
    assert all(r["unit"] and r["definition"] and r["names"]["zh"] for r in records.values())
    assert records["crude_steel_output"]["definition"] == "Recorded crude steel output of the year."
    assert records["crude_steel_output"]["definition_zh"] == "当年统计内粗钢产量。"
    assert all(r["definition_zh"] for r in records.values())


def test_parameters_and_targets_as_json():
    assert {r["id"] for r in json.loads(hebei2025("parameters", "--json").stdout)["parameters"]} == set(parameters())
    assert {r["id"] for r in json.loads(hebei2025("targets", "--json").stdout)["targets"]} == {t.id for t in targets()}


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
    result = hebei2025(command, columns=200)
    assert result.exit_code == 0
    assert word in result.stdout


def test_targets_say_what_is_outside_the_model():
    records = {r["id"]: r for r in json.loads(hebei2025("targets", "--json").stdout)["targets"]}
    assert sum(r["modelled"] for r in records.values()) == len(modelled_targets())
    assert set(records["energy_per_gdp_2020"]["not_modelled"]) == {"zh", "en"}
    screen = hebei2025("targets", columns=300).stdout
    assert "GDP is outside the model" in screen and "地区生产总值在模型之外" in screen
    assert f"{len(modelled_targets())} of {len(targets())} targets have an indicator" in screen


def test_scenarios_are_held_against_the_targets():
    arguments = ["targets", "--scenario", str(BASELINE), "--scenario", str(EFFICIENT)]
    record = json.loads(hebei2025(*arguments, "--json").stdout)
    assert record["scenarios"] == ["as_happened", "efficiency_only"]
    assert [r["id"] for r in record["targets"]] == [t.id for t in targets()]
    rows = {r["id"]: r["results"] for r in record["targets"]}
    capacity = float(simulate(load_scenario(BASELINE))["steelmaking_capacity"].sel(year=2017))
    result = rows["steel_capacity_2017"]["as_happened"]
    assert result["reached"] == pytest.approx(capacity)
    assert result["met"] == (capacity <= 250)
    assert result["missed_by"] == pytest.approx(max(capacity - 250, 0))
    assert rows["coal_cut_2017"]["efficiency_only"] == {
        "reached": None,
        "met": None,
        "missed_by": None,
        "missed_percent": None,
        "reason": "not_modelled",
    }
    screen = hebei2025(*arguments, columns=200)
    assert screen.exit_code == 0, screen.output
    for word in ("as_happened", "efficiency_only", "equipment_first_2020", "✓", "missed by", "outside the model"):
        assert word in screen.stdout
    assert "coal_cut_2017" not in screen.stdout


def test_targets_after_the_end_of_a_scenario_are_not_yet_due(tmp_path):
    (tmp_path / "short.yaml").write_text("title: x\nuntil: 2018\nlevers: {}\n")
    record = json.loads(hebei2025("targets", "--scenario", tmp_path / "short.yaml", "--json").stdout)
    rows = {r["id"]: r["results"]["short"] for r in record["targets"]}
    assert rows["steel_capacity_2020"]["reason"] == "not_due"
    assert rows["steel_capacity_2017"]["met"] in (True, False)
    screen = hebei2025("targets", "--scenario", str(tmp_path / "short.yaml"), columns=200)
    assert "not yet due" in screen.stdout


def test_bad_scenarios_are_not_held_against_targets(tmp_path):
    (tmp_path / "bad.yaml").write_text("title: x\nlevers:\n  output_cap: 100\n  nope: 2\n")
    message = refused("targets", "--scenario", tmp_path / "bad.yaml")
    assert f"{tmp_path / 'bad.yaml'}:3: " in message and f"{tmp_path / 'bad.yaml'}:4: " in message
    assert "nowhere.yaml:1: no such file" in refused("targets", "--scenario", "nowhere.yaml")
    twice = refused("targets", "--scenario", BASELINE, "--scenario", BASELINE)
    assert "two scenarios are named 'as_happened'" in twice


def test_schema_goes_to_screen_or_file(tmp_path):
    from model.scenario.schema import schema_text

    assert hebei2025("schema").stdout == schema_text()
    assert hebei2025("schema", "--out", tmp_path / "s.json").exit_code == 0
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == schema_text()
    assert "cannot be written" in refused("schema", "--out", tmp_path / "no" / "s.json")


def test_ids_stay_whole_where_a_list_goes_into_a_file():
    screen = hebei2025("levers", columns=None).stdout
    assert all(f"│ {name} " in screen for name in levers())
