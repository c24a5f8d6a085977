"""Experiments come to the same bytes whatever the threads, formats of interruption, and order; nothing is lost."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.experiments import execution
from analysis.experiments.chunk_runs import ChunkRuns
from analysis.experiments.dataset import ExperimentError, open_experiment
from analysis.experiments.execution import in_window, run_experiment
from analysis.experiments.experiment_folder import ExperimentFolder
from batch.staging import OutputError, holding

from .support import small, written


class StoppedError(Exception):
    """Stands for a machine that dies."""


def contents(folder):
    """Every file below a folder with its bytes."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished experiment: its design, and its folder, which tests must not change."""
    place = tmp_path_factory.mktemp("finished")
    design = small(place)
    return design, run_experiment(design, place / "out", threads=1)


def test_the_folder_says_what_was_run(finished):
    design, out = finished
    table = pd.read_parquet(out / "runs.parquet")
    assert list(table.columns) == ["run", "policy", "year", "crude_steel_output", "smart_adoption", "public_cost_total"]
    assert len(table) == 20 * 2 * 2
    sample = pd.read_parquet(out / "design.parquet")
    assert list(sample.columns) == ["run", "capacity_closure.factor", "smart_manufacturing"]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["state"] == "complete" and manifest["runs"] == 40 and manifest["chunks"] == 3
    assert {kept["name"]: kept["unit"] for kept in manifest["kept"]}["public_cost_total"] == "亿元"
    assert sorted(mark.name for mark in (out / "done").iterdir()) == [f"{k:08d}.json" for k in range(3)]
    columns = {name: sample[name].to_numpy() for name in design.names}
    direct = ChunkRuns(design).run(0, columns)["smart_adoption"]
    assert (table["smart_adoption"].to_numpy().reshape(20, 2, 2) == direct[:, :, 0]).all()


@pytest.mark.parametrize("form", ["parquet", "zarr"])
def test_threads_and_interruptions_do_not_change_a_byte(form, tmp_path, monkeypatch):
    design = small(tmp_path)
    one = run_experiment(design, tmp_path / "one", form, threads=1)
    two = run_experiment(design, tmp_path / "two", form, threads=3)
    stopped = tmp_path / "stopped"
    write = ExperimentFolder.write

    def stopping(self, chunk, results):
        if chunk == 1:
            raise StoppedError
        write(self, chunk, results)

    with monkeypatch.context() as patched:
        patched.setattr(ExperimentFolder, "write", stopping)
        with pytest.raises(StoppedError):
            run_experiment(design, stopped, form, threads=1)
    seen = []
    run_experiment(design, stopped, form, resume=True, progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (1, 3) and seen[-1] == (3, 3)
    results = [contents(place) for place in (one, two, stopped)]
    assert results[0].keys() == results[1].keys() == results[2].keys()
    assert all(results[0][name] == other[name] for other in results[1:] for name in other if name != "manifest.json")


@given(st.lists(st.integers(0, 2), unique=True), st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_lost_or_damaged_chunks_are_run_again(finished, tmp_path_factory, lost, damaged):
    design, whole = finished
    out = tmp_path_factory.mktemp("again") / "out"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ExperimentFolder, "finish", lambda self: None)
        run_experiment(design, out)
    for chunk in lost:
        part = out / "done" / f"{chunk:08d}.parquet"
        if damaged:
            part.write_bytes(part.read_bytes()[:-7])
        else:
            part.unlink()
    run_experiment(design, out, resume=True)
    assert (out / "runs.parquet").read_bytes() == (whole / "runs.parquet").read_bytes()


def test_a_changed_design_is_not_resumed(finished, tmp_path):
    _, whole = finished
    out = shutil.copytree(whole, tmp_path / "out")
    other = small(tmp_path, sample={"size": 20, "seed": 4})
    with pytest.raises(OutputError, match="since it was begun, the design changed"):
        run_experiment(other, out, resume=True)
    with pytest.raises(OutputError, match="begun with --format parquet"):
        run_experiment(small(tmp_path), out, "zarr", resume=True)
    same_but_for_words = small(tmp_path, title={"zh": "另一个题目", "en": "Another title"})
    run_experiment(same_but_for_words, out, resume=True)


def test_a_changed_model_or_changed_data_are_not_resumed(finished, tmp_path, monkeypatch):
    design, whole = finished
    out = shutil.copytree(whole, tmp_path / "out")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    (out / "manifest.json").write_text(json.dumps(manifest | {"model_hash": "0", "data_hash": "0"}), encoding="utf-8")
    with pytest.raises(OutputError, match="the equations or the engine and data or the calibration changed"):
        run_experiment(design, out, resume=True)


def test_other_content_and_finished_experiments_are_left_alone(finished, tmp_path):
    design, whole = finished
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"holds notes.txt, which no experiment has written"):
        run_experiment(design, tmp_path / "mine")
    with pytest.raises(OutputError, match="holds an experiment \\(complete\\); add --resume"):
        run_experiment(design, whole)
    with pytest.raises(OutputError, match="holds notes.txt"):
        run_experiment(design, tmp_path / "mine", resume=True)
    assert contents(tmp_path / "mine") == {"notes.txt": b"mine"}


def test_two_processes_do_not_share_a_folder(finished, tmp_path):
    design, _ = finished
    (tmp_path / "out").mkdir()
    script = "import sys,time;from pathlib import Path;from batch.staging import holding\n"
    script += "with holding(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "out")], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OutputError, match="in use by another process"):
            run_experiment(design, tmp_path / "out")
    finally:
        other.kill()
        other.wait()
        other.stdout.close()
    with holding(tmp_path / "out"):
        pass
    run_experiment(design, tmp_path / "out")


def test_a_full_disk_keeps_what_is_done(tmp_path, monkeypatch):
    design = small(tmp_path)
    write = ExperimentFolder.write

    def full(self, chunk, results):
        if chunk == 2:
            raise OSError(28, "No space left on device")
        write(self, chunk, results)

    with monkeypatch.context() as patched:
        patched.setattr(ExperimentFolder, "write", full)
        with pytest.raises(OutputError, match="No space left on device; what is done is kept: go on with --resume"):
            run_experiment(design, tmp_path / "out", threads=1)
    assert sorted(p.name for p in (tmp_path / "out" / "done").glob("*.json")) == ["00000000.json", "00000001.json"]
    run_experiment(design, tmp_path / "out", resume=True)


KILLED = 4
"""Times that an experiment is killed."""


def test_a_process_killed_at_random_moments_loses_nothing_but_the_chunk_in_hand(tmp_path):
    file = written(tmp_path, sample={"size": 240, "seed": 3})
    command = [sys.executable, "-m", "hebei2025", "experiment", str(file), "--quiet"]
    environment = os.environ | {"PYTHONPATH": os.getcwd()}
    subprocess.run([*command, "--out", str(tmp_path / "whole")], env=environment, check=True)
    out, random = tmp_path / "killed", np.random.default_rng(11)
    for k in range(KILLED):
        process = subprocess.Popen([*command, "--out", str(out), *(["--resume"] if k else [])], env=environment)
        until = time.monotonic() + 20
        wanted = len(list(out.glob("done/*.json"))) + int(random.integers(1, 6))
        while time.monotonic() < until and process.poll() is None and len(list(out.glob("done/*.json"))) < wanted:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
        marks = len(list(out.glob("done/*.json")))
        assert marks >= min(wanted, 30), "the marks of earlier processes are there"
    subprocess.run([*command, "--out", str(out), "--resume"], env=environment, check=True)
    assert (out / "runs.parquet").read_bytes() == (tmp_path / "whole" / "runs.parquet").read_bytes()
    assert (out / "design.parquet").read_bytes() == (tmp_path / "whole" / "design.parquet").read_bytes()


def test_no_more_chunks_are_under_way_than_asked_for(monkeypatch):
    from concurrent.futures import Future

    under_way, most = set(), 0

    def submit(chunk):
        nonlocal most
        future = Future()
        under_way.add(chunk)
        most = max(most, len(under_way))
        future.set_result({"x": np.array([chunk])})
        return future

    done = []
    for chunk, _ in in_window(submit, range(20), 4):
        under_way.discard(chunk)
        done.append(chunk)
    assert sorted(done) == list(range(20)) and most <= 4


def test_a_failing_chunk_is_raised_and_the_rest_is_not_run(tmp_path, monkeypatch):
    design, ran = small(tmp_path, chunk=1), []

    def failing(self, chunk, columns):
        ran.append(chunk)
        raise ZeroDivisionError

    monkeypatch.setattr(execution.ChunkRuns, "run", failing)
    with pytest.raises(ZeroDivisionError):
        run_experiment(design, tmp_path / "out", threads=1)
    assert len(ran) <= 2


@pytest.mark.parametrize("form", ["parquet", "zarr"])
def test_results_open_as_a_dataset_that_reads_what_is_used(form, tmp_path, finished):
    design = small(tmp_path)
    run_experiment(design, tmp_path / "out", form)
    data = open_experiment(tmp_path / "out")
    table = pd.read_parquet(finished[1] / "runs.parquet")
    assert data.sizes == {"run": 20, "policy": 2, "year": 2}
    assert data["public_cost_total"].attrs["units"] == "亿元"
    every = table["crude_steel_output"].to_numpy().reshape(20, 2, 2)
    assert (data["crude_steel_output"].to_numpy() == every).all()
    part = data["crude_steel_output"].sel(policy="no_document", year=2018).isel(run=[17, 3, 3])
    assert (part.to_numpy() == every[[17, 3, 3], 0, 1]).all()
    assert (data["crude_steel_output"].isel(run=slice(7, 17, 3)).to_numpy() == every[7:17:3]).all()
    assert data["crude_steel_output"].isel(run=-1, policy=1, year=0).item() == every[-1, 1, 0]
    assert data.coords["smart_manufacturing"].sizes == {"run": 20}
    effect = data.sel(policy="document_implemented") - data.sel(policy="no_document")
    assert set(effect.data_vars) == {"crude_steel_output", "smart_adoption", "public_cost_total"}
    mean = data["smart_adoption"].mean("run").sel(policy="document_implemented", year=2018)
    assert float(mean) == pytest.approx(
        table.query("policy == 'document_implemented' and year == 2018")["smart_adoption"].mean()
    )


def test_a_folder_without_finished_experiment_is_refused(tmp_path, finished):
    with pytest.raises(ExperimentError, match="holds no experiment"):
        open_experiment(tmp_path)
    out = shutil.copytree(finished[1], tmp_path / "out")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    (out / "manifest.json").write_text(json.dumps(manifest | {"state": "running"}), encoding="utf-8")
    with pytest.raises(ExperimentError, match="not finished; finish it with --resume"):
        open_experiment(out)
