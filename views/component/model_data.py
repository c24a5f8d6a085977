"""The model for the Explore component: its module, what describes it, and the inputs of a scenario, as plain data."""

from __future__ import annotations

import functools
import gzip
import hashlib
from typing import Any

import numpy as np

from model.axes import BRANCH
from model.browser import model_bundle, scenario_data
from model.inputs import driver_table, drivers
from model.scenario import Scenario
from views.results import simulation
from views.results.assumptions import is_shifted
from views.results.cache import ResultCache, scenario_key
from views.results.catalogue import indicators_used

from .lever_data import lever_data

_INPUTS: ResultCache[dict[str, Any]] = ResultCache(32)


@functools.cache
def module() -> bytes:
    """The module that the server runs for Explore, compressed with gzip."""
    return gzip.compress(model_bundle(indicators_used()).module, mtime=0)


@functools.cache
def description() -> dict[str, Any]:
    """The description of the module, as far as the component reads it, with the branches in the order of the columns
    and the drivers that are shifted. The caller must not change it."""
    whole = model_bundle(indicators_used()).model
    inputs = {name: {"kind": one["kind"], "size": one["size"]} for name, one in whole["inputs"].items()}
    shifted = [name for name, driver in drivers().items() if is_shifted(driver)]
    return {
        "form": whole["form"],
        "inputs": inputs,
        "variables": {},
        "branches": list(BRANCH.labels),
        "shifted": shifted,
    }


def model_inputs(scenario: Scenario, until: int) -> dict[str, Any]:
    """The inputs of a scenario until a last year; `levers` has what moved sliders change, `stamp` names this content.

    The caller must not change it.
    """
    return _INPUTS.get((scenario_key(scenario), until), lambda: _model_inputs(scenario, until))


def _model_inputs(scenario: Scenario, until: int) -> dict[str, Any]:
    # Explore runs every scenario without random projects.
    data = scenario_data(scenario.model_copy(update={"until": until, "pipeline": None}))
    return {
        "stamp": inputs_stamp(scenario, until),
        "horizon": data["horizon"],
        "parameters": data["parameters"],
        "tables": data["tables"],
        "levers": lever_data(scenario),
        "drivers": _drivers_as_happened(scenario, until),
    }


def _drivers_as_happened(scenario: Scenario, until: int) -> dict[str, list[float]]:
    """Tables as happened of the drivers that the scenario sets for itself; changed assumptions replace what it says."""
    years = simulation.runner(until).horizon.path_years
    return {name: np.ravel(driver_table(drivers()[name], years)).tolist() for name in scenario.drivers}


def inputs_stamp(scenario: Scenario, until: int) -> str:
    """A name for the inputs of a scenario until a last year."""
    return hashlib.sha256(f"{until} {scenario_key(scenario)}".encode()).hexdigest()
