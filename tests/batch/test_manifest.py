"""Hashes of a manifest cover exactly what a run reads, on every machine alike."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from batch import manifest
from batch.manifest import MODEL, arrays_hash, manifest_of, model_files, model_hash
from model import parse_scenario
from model.scenario import SHIPPED, load_scenario

EQUATIONS = {Path("axes.py"), Path("system.py")}
TITLE = "title: x\nlevers: {}\n"


@pytest.fixture
def folder(tmp_path):
    """A copy of the model that may be changed."""
    place = tmp_path / "model"
    shutil.copytree(MODEL, place, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def hashes(folder):
    """Model hashes of a run without and with discrete projects; the cache is left out, as the files change."""
    return tuple(model_hash.__wrapped__(discrete, folder) for discrete in (False, True))


def run_until(end, start=2010):
    """What a manifest reads of a result."""
    return xr.Dataset(attrs={"start": start, "end": end, "steps_per_year": 16, "method": "euler"})


def of(text, end=2025):
    """The manifest of a scenario given as text."""
    return manifest_of(parse_scenario(text), run_until(end), 1.0)


def changed(first, second):
    """The hashes in which two manifests differ."""
    return {name for name in first if name.endswith("_hash") and first[name] != second[name]}


@pytest.mark.parametrize(
    "file",
    [
        "chapters/energy.py",
        "axes.py",
        "system.py",
        "engine/integrate.py",
        "engine/webassembly/phase.py",
        "engine/webassembly/control.wat",
        "engine/webassembly/elementary_table.bin",
        "data/belts.yaml",
        "data/units.txt",
    ],
)
def test_a_change_of_an_equation_the_engine_or_their_data_changes_the_model_hash(folder, file):
    before = hashes(folder)
    (folder / file).write_bytes((folder / file).read_bytes() + b"\n# changed\n")
    after = hashes(folder)
    assert before[0] != after[0] and before[1] != after[1]


@pytest.mark.parametrize("file", ["projects/pipeline.py", "data/projects.yaml", "engine/advance.py"])
def test_discrete_projects_count_only_where_they_are_run(folder, file):
    before = hashes(folder)
    (folder / file).write_bytes((folder / file).read_bytes() + b"\n# changed\n")
    after = hashes(folder)
    assert before[0] == after[0] and before[1] != after[1]


@pytest.mark.parametrize(
    "file",
    [
        "data/clauses.yaml",
        "data/targets.yaml",
        "data/parameters/capacity.yaml",
        "engine/graph.py",
        "engine/units.py",
        "engine/xmile/document.py",
        "run.py",
    ],
)
def test_what_no_number_depends_on_or_another_hash_covers_leaves_the_model_hash(folder, file):
    before = hashes(folder)
    (folder / file).write_bytes((folder / file).read_bytes() + b"\n# changed\n")
    assert hashes(folder) == before


def test_command_line_writers_and_pages_do_not_count():
    inside = {file.relative_to(MODEL).parts[0] for file in model_files(discrete_projects=True)}
    assert inside == {"axes.py", "system.py", "chapters", "engine", "data", "projects"}


def test_the_model_hash_depends_on_neither_line_endings_nor_place(folder, tmp_path):
    before = hashes(folder)
    for file in (file for file in model_files(True, folder) if file.suffix != ".bin"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert hashes(folder) == before
    assert hashes(folder.rename(tmp_path / "elsewhere")) == before == hashes(MODEL)


def test_bytes_of_a_table_that_look_like_line_endings_are_none(folder):
    """Two tables that differ in such bytes are two tables."""
    table = folder / "engine" / "webassembly" / "elementary_table.bin"
    before = table.read_bytes()
    seen = []
    for ending in (b"\n", b"\r\n"):
        table.write_bytes(before + ending)
        seen.append(hashes(folder)[0])
    assert seen[0] != seen[1]


def test_moving_an_equation_file_changes_the_model_hash(folder):
    before = hashes(folder)
    (folder / "chapters" / "energy.py").rename(folder / "chapters" / "fuels.py")
    assert hashes(folder) != before


def test_the_model_hash_covers_exactly_the_engine_that_a_run_imports():
    program = """
import sys
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.scenario import inputs_of, shipped_scenarios
from model.system import system
horizon = Horizon(2010, 2011)
compiled(system(), horizon)(*inputs_of(shipped_scenarios()["as_happened"], horizon.path_years))
print(*(module.__file__ for name, module in sys.modules.items() if name.startswith("model.")), sep="\\n")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    imported = {Path(file).relative_to(MODEL) for file in done.stdout.splitlines()}
    hashed = {file.relative_to(MODEL) for file in model_files() if file.suffix == ".py"}
    assert {file for file in imported if file.parts[0] in ("engine", "chapters")} | EQUATIONS == hashed


def test_a_lever_counts_as_data_and_a_parameter_as_a_parameter():
    plain = of(TITLE)
    assert changed(plain, of("title: y\nlevers: {}\n")) == {"scenario_hash"}
    assert changed(plain, of("title: x\nlevers: {rd_and_innovation: 200}\n")) == {"scenario_hash", "data_hash"}
    with_parameter = of(TITLE + "parameters: {initial_national_steel_utilisation: 0.75}\n")
    assert changed(plain, with_parameter) == {"scenario_hash", "parameters_hash"}


def test_a_lever_that_says_what_the_run_assumes_anyhow_changes_the_text_only():
    assert changed(of(TITLE), of("title: x\nlevers: {rd_and_innovation: baseline}\n")) == {"scenario_hash"}


def test_data_count_up_to_the_year_that_linear_paths_lead_to(monkeypatch):
    assert changed(of(TITLE, 2020), of(TITLE, 2025)) == {"data_hash"}
    rows = {}
    monkeypatch.setattr(manifest, "arrays_hash", lambda arrays: rows.update(arrays) or "")
    of(TITLE, 2020)
    assert len(rows["rd_and_innovation"]) == 2021 - 2010 + 1


def test_values_after_the_run_do_not_count():
    late = "title: x\nlevers: {rd_and_innovation: {2016: 280, 2024: 150}}\n"
    later = "title: x\nlevers: {rd_and_innovation: {2016: 280, 2024: 140}}\n"
    assert changed(of(late, 2020), of(later, 2020)) == {"scenario_hash"}
    assert changed(of(late, 2025), of(later, 2025)) == {"scenario_hash", "data_hash"}


def test_array_hashes_see_names_shapes_and_values_but_not_order_or_byte_order():
    one, two = np.array([1.0, 2.0]), np.array([3.0])
    assert arrays_hash({"a": one, "b": two}) == arrays_hash({"b": two, "a": one})
    assert arrays_hash({"a": one.astype(">f8"), "b": two}) == arrays_hash({"a": one, "b": two})
    different = [{"b": one, "a": two}, {"a": one.reshape(2, 1), "b": two}, {"a": np.array([1.0, 2.5]), "b": two}]
    different += [{"a": one, "c": two}, {"a": np.array([1.0]), "b": np.array([2.0, 3.0])}]
    assert len({arrays_hash(arrays) for arrays in [{"a": one, "b": two}, *different]}) == 6


def test_runs_with_discrete_projects_have_a_model_hash_of_their_own():
    discrete = load_scenario(SHIPPED / "projects_at_random.yaml")
    assert manifest_of(discrete, run_until(2025), 1.0)["model_hash"] == model_hash(discrete_projects=True)
    assert of(TITLE)["model_hash"] == model_hash() != model_hash(discrete_projects=True)
