"""The command experiment: what it writes, says and refuses, and how it is interrupted and resumed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from cli.experiment_progress import duration, shown_progress
from tests.analysis.experiments.support import written

from .support import hebei2025, refused, tree


def experiment(*arguments):
    """Run and require success."""
    result = hebei2025("experiment", *arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result


def test_a_design_is_run_and_opened(tmp_path):
    result = experiment(written(tmp_path), "--out", tmp_path / "out")
    assert f"40 runs are in {tmp_path / 'out'}" in result.stdout
    assert len(pd.read_parquet(tmp_path / "out" / "runs.parquet")) == 80
    again = experiment(written(tmp_path), "--out", tmp_path / "out", "--resume", "--json")
    assert json.loads(again.stdout)["runs"] == 40
    assert "holds an experiment (complete); add --resume" in refused(
        "experiment", written(tmp_path), "--out", tmp_path / "out"
    )


def test_a_dry_run_says_what_it_takes_and_writes_nothing(tmp_path):
    file = written(tmp_path)
    result = experiment(file, "--dry-run")
    assert "20 points (sobol) of 2 numbers: capacity_closure.factor, smart_manufacturing" in result.stdout
    assert "40 runs in 3 chunks" in result.stdout
    found = json.loads(experiment(file, "--dry-run", "--json").stdout)
    assert found["runs"] == 40 and found["seconds"] >= 0 and found["bytes"] > 0
    assert tree(tmp_path) == ["design.yaml"]


def test_an_estimate_of_the_size_is_near_the_truth(tmp_path):
    file = written(tmp_path, sample={"size": 512}, chunk=128)
    expected = json.loads(experiment(file, "--dry-run", "--json").stdout)["bytes"]
    experiment(file, "--out", tmp_path / "out")
    size = sum((tmp_path / "out" / name).stat().st_size for name in ("runs.parquet", "design.parquet"))
    assert size / 2 < expected < 2 * size


def test_a_shipped_design_is_known_by_its_name():
    assert "1,210 points (morris)" in experiment("screen_numbers", "--dry-run").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.yaml", "--dry-run"], "nowhere.yaml:1: no such file"),
        (["plan_or_no_plan"], "--out is missing: give a folder for the results, or --dry-run"),
        (["plan_or_no_plan", "--out", "x", "--format", "cvs"], "--format 'cvs' is unknown; allowed: parquet, zarr"),
        (["plan_or_no_plan", "--out", "x", "--cluster", "nowhere"], "--cluster nowhere: no scheduler answers there"),
        (["plan_or_no_plan", "--out", "x", "--threads", "0"], "Invalid value for '--threads'"),
    ],
)
def test_what_is_refused(arguments, message, tmp_path, monkeypatch):
    from analysis.experiments import cluster

    monkeypatch.setattr(cluster, "CONNECTION", 1)
    monkeypatch.chdir(tmp_path)
    assert message in refused("experiment", *arguments).replace("\n", " ")
    assert tree(tmp_path) == []


MISSING = (
    ("pyarrow", "analysis", []),
    ("SALib", "analysis", []),
    ("zarr", "analysis", ["--format", "zarr"]),
    ("distributed", "cluster", ["--cluster", "x"]),
)


@pytest.mark.parametrize(("module", "extra", "arguments"), MISSING)
def test_a_missing_extra_is_named(module, extra, arguments, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    message = refused("experiment", written(tmp_path), "--out", tmp_path / "out", *arguments)
    assert module in message and f'pip install "hebei2025[{extra}]"' in message


def test_a_fault_in_the_design_is_named_with_file_and_line(tmp_path):
    file = written(tmp_path, chunk=0)
    assert f"{file}:" in refused("experiment", file, "--out", tmp_path / "out")
    assert tree(tmp_path) == ["design.yaml"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_experiment_says_how_to_go_on(number, tmp_path):
    file = written(tmp_path, sample={"size": 4000, "seed": 3}, chunk=8)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "hebei2025", "experiment", str(file), "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": os.getcwd()})
    until = time.monotonic() + 30
    while len(list(out.glob("done/*.json"))) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "go on with --resume" in said and "Traceback" not in said
    done = len(list(out.glob("done/*.json")))
    assert 3 <= done < 500
    assert not list(out.rglob("*.part"))
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["state"] == "running"


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 150 kB; skipped where none can be made."""
    place = tmp_path / "disk"
    place.mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=150k", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("a file system of its own cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_disk_that_is_full_is_told_and_the_experiment_goes_on_elsewhere(small_disk, tmp_path):
    file = written(tmp_path, sample={"size": 1600, "seed": 3}, chunk=100)
    out = small_disk / "out"
    message = refused("experiment", file, "--out", out, "--quiet")
    assert "No space left on device" in message
    done = {mark.name: mark.read_bytes() for mark in out.glob("done/*.json")}
    assert 0 < len(done) < 16
    moved = shutil.copytree(out, tmp_path / "moved")
    experiment(file, "--out", moved, "--resume")
    experiment(file, "--out", tmp_path / "whole")
    assert (moved / "runs.parquet").read_bytes() == (tmp_path / "whole" / "runs.parquet").read_bytes()
    assert all((moved / "done" / name).read_bytes() == content for name, content in done.items())


def test_the_schema_of_designs_is_printed():
    assert json.loads(hebei2025("schema", "--design").stdout)["title"] == "hebei2025 design of an experiment"


@pytest.mark.parametrize(
    "seconds, said", [(0.2, "1 second"), (8.4, "8 seconds"), (90, "1.5 minutes"), (9000, "2.5 hours")]
)
def test_times_are_said_as_people_do(seconds, said):
    assert duration(seconds) == said


def test_progress_in_a_file_says_what_is_left_and_nothing_at_the_end(monkeypatch, capsys):
    moment = iter([0.0, 0.0, 20.0, 40.0])
    monkeypatch.setattr("cli.experiment_progress.time.monotonic", lambda: next(moment))
    with shown_progress("parts", hidden=False) as progress:
        for done in (0, 1, 2):
            progress(done, 2)
    assert capsys.readouterr().err == "1 of 2 parts, about 20 seconds left\n"
