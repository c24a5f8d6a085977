"""The model for the Explore component: its module, what describes it, and the inputs of a scenario, as plain data."""

from __future__ import annotations

import functools
import gzip
import hashlib
from typing import Any

from model.browser import model_bundle, scenario_data
from model.scenario import Scenario
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
    """The description of the module, as far as its host reads it. The caller must not change it."""
    whole = model_bundle(indicators_used()).model
    inputs = {name: {"kind": one["kind"], "size": one["size"]} for name, one in whole["inputs"].items()}
    return {"form": whole["form"], "inputs": inputs, "variables": {}}


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
    }


def inputs_stamp(scenario: Scenario, until: int) -> str:
    """A name for the inputs of a scenario until a last year."""
    return hashlib.sha256(f"{until} {scenario_key(scenario)}".encode()).hexdigest()
