"""Which files of a folder of results belong to which run."""

import json

import pytest

from batch.folder import earlier_results, replace_results, require_writable, run_record, write_manifest
from batch.staging import OutputError, Staged

COMPARISON = "scenario,indicator,sector,year,value,unit,target,met,reference,difference\n"
RANKING = "scenario,indicator,sector,year,unit,better,probability_best,expected_regret\n"


def tree(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def write(folder, *names, files=("timeseries.csv", "indicators.csv"), text="new"):
    """Results of scenarios, written as a run writes them."""
    run = run_record(names)
    with Staged(folder, lambda stage, mover: replace_results(folder, names, stage, mover)) as stage:
        for name in names:
            (stage / name).mkdir()
            for file in files:
                (stage / name / file).write_text(text)
            write_manifest(stage / name, {"scenario": name, "run": run})
        if len(names) > 1:
            (stage / "comparison.csv").write_text(COMPARISON)
            (stage / "best.csv").write_text(RANKING)


def manifest(folder, name):
    return json.loads((folder / name / "manifest.json").read_text())


def test_a_comparison_of_an_earlier_run_goes_and_other_results_stay_marked(tmp_path):
    write(tmp_path, "a", "b", text="old")
    assert "comparison.csv" in tree(tmp_path)
    write(tmp_path, "a")
    assert "comparison.csv" not in tree(tmp_path)
    assert (tmp_path / "b" / "indicators.csv").read_text() == "old"
    assert earlier_results(tmp_path, ["a"]) == ["b"] and earlier_results(tmp_path, ["a", "b"]) == []
    new, old = manifest(tmp_path, "a")["run"], manifest(tmp_path, "b")["run"]
    assert new["id"] != old["id"]
    assert new["scenarios"] == ["a"] and old["scenarios"] == ["a", "b"]


def test_a_comparison_that_no_run_has_written_is_never_touched(tmp_path):
    (tmp_path / "comparison.csv").write_text("my,own\n1,2\n")
    write(tmp_path, "a")
    assert (tmp_path / "comparison.csv").read_text() == "my,own\n1,2\n"
    with pytest.raises(OutputError, match="comparison.csv is no comparison that a run has written"):
        require_writable(tmp_path, ["a", "b"])
    require_writable(tmp_path, ["a"])


def test_a_ranking_of_an_earlier_run_goes_and_one_that_no_run_has_written_stays(tmp_path):
    write(tmp_path, "a", "b")
    assert (tmp_path / "best.csv").read_text() == RANKING
    write(tmp_path, "a")
    assert "best.csv" not in tree(tmp_path)
    (tmp_path / "best.csv").write_text("my,own\n1,2\n")
    write(tmp_path, "a")
    assert (tmp_path / "best.csv").read_text() == "my,own\n1,2\n"
    with pytest.raises(OutputError, match="best.csv is no ranking of scenarios that a run has written"):
        require_writable(tmp_path, ["a", "b"])


def test_older_tables_of_the_scenario_go_in_whatever_format(tmp_path):
    write(tmp_path, "a", files=("timeseries.parquet", "bands.parquet", "bands_differences.parquet"))
    write(tmp_path, "a")
    assert tree(tmp_path) == ["a/indicators.csv", "a/manifest.json", "a/timeseries.csv"]
    assert manifest(tmp_path, "a")["files"] == ["indicators.csv", "timeseries.csv"]


def test_files_that_no_run_has_written_stay_even_under_the_names_of_tables(tmp_path):
    write(tmp_path, "a")
    for name in ("bands.csv", "targets.docx", "notes.txt"):
        (tmp_path / "a" / name).write_text("mine")
    write(tmp_path, "a")
    assert {"a/bands.csv", "a/targets.docx", "a/notes.txt"} <= set(tree(tmp_path))
    with pytest.raises(OutputError, match=r"bands\.csv was not written by a run; move it away"):
        write(tmp_path, "a", files=("timeseries.csv", "bands.csv"), text="newer")
    assert (tmp_path / "a" / "bands.csv").read_text() == "mine"
    assert (tmp_path / "a" / "timeseries.csv").read_text() == "new", "all or nothing"


def test_results_of_versions_without_a_list_of_files_give_way_by_their_usual_names(tmp_path):
    (tmp_path / "a").mkdir()
    for name in ("manifest.json", "timeseries.nc", "bands.csv", "bands.png"):
        (tmp_path / "a" / name).write_text("{}")
    write(tmp_path, "a")
    assert tree(tmp_path) == ["a/bands.png", "a/indicators.csv", "a/manifest.json", "a/timeseries.csv"]


def test_a_manifest_changed_by_hand_leads_nowhere_else(tmp_path):
    write(tmp_path / "out", "a")
    (tmp_path / "precious.txt").write_text("mine")
    listed = json.dumps({"files": ["../../precious.txt", str(tmp_path / "precious.txt"), 3, "timeseries.csv"]})
    (tmp_path / "out" / "a" / "manifest.json").write_text(listed)
    (tmp_path / "out" / "a" / "indicators.csv").unlink()
    write(tmp_path / "out", "a")
    assert (tmp_path / "precious.txt").read_text() == "mine"
