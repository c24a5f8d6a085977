"""Programs that import what the README of the first edition showed."""

import os
import subprocess
import sys

import numpy as np

from model.engine.webassembly.module_cache import CACHE_VARIABLE
from release.facts import ROOT

FIRST_NAMES = ("Scenario", "ScenarioError", "load_scenario", "parse_scenario", "shipped_scenarios", "simulate")


def test_the_names_of_the_package_model_are_still_there():
    import model

    assert {*FIRST_NAMES, "simulate_batch"} <= set(model.__all__)
    assert all(hasattr(model, name) for name in model.__all__)


def test_the_example_of_the_readme_runs():
    from model import load_scenario, simulate

    from .stored import FOLDER

    result = simulate(load_scenario(FOLDER / "scenarios" / "as_happened.yaml"))
    steel = result["crude_steel_output"].sel(year=2020)
    assert float(steel) > 0 and result["crude_steel_output"].attrs["units"] == "Mt"
    assert np.isfinite(result["vai_above_scale_real"]).all()


def test_a_cache_of_the_first_edition_is_left_alone(tmp_path):
    """Both editions may keep compiled programs in the same folder."""
    old = tmp_path / "jit_run-0123456789abcdef-cache"
    old.write_bytes(b"compiled by another engine")
    command = [sys.executable, "-m", "hebei2025", "targets", "--scenario", "scenarios/as_happened.yaml"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, CACHE_VARIABLE: str(tmp_path)}, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert old.read_bytes() == b"compiled by another engine"
    assert len(list(tmp_path.iterdir())) > 1, "the present engine keeps its modules beside it"
