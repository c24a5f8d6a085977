"""The inputs of a scenario as plain data for the host in JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from model.engine.horizon import Horizon
from model.engine.text import LANGUAGES
from model.run import STEPS, horizon_of
from model.scenario import Scenario, inputs_of


class ScenarioDataError(ValueError):
    """A scenario that the model in a browser cannot run; the message says why."""


def scenario_data(
    scenario: Scenario, until: int | None = None, steps: int = STEPS, method: str = "euler"
) -> dict[str, Any]:
    """Name, titles, horizon, parameters and tables of a scenario, as the host's `run` takes them.

    Arrays are lists, row after row; tables have a row for the year after the last one too. As JSON the numbers are
    exact, since Python writes the shortest text that reads as the same number. Raises a RunError for a year, step or
    method that is not allowed, and a `ScenarioDataError` for a scenario with random projects.
    """
    if scenario.pipeline:
        raise ScenarioDataError(
            f"{scenario.name}: `pipeline: stochastic` runs projects one by one, which the module for browsers does not "
            "contain; leave `pipeline` out"
        )
    horizon = horizon_of(scenario, until, steps, method)
    parameters, tables = inputs_of(scenario, horizon.path_years)
    return {
        "name": scenario.name,
        "title": {language: scenario.text("title", language) for language in LANGUAGES},
        "horizon": _horizon(horizon),
        "parameters": _lists(parameters),
        "tables": _lists(tables),
    }


def _horizon(horizon: Horizon) -> dict[str, Any]:
    return {"start": horizon.start, "end": horizon.end, "steps": horizon.steps, "method": horizon.method}


def _lists(arrays: Mapping[str, np.ndarray]) -> dict[str, list[float]]:
    return {name: np.ravel(values).astype(float).tolist() for name, values in arrays.items()}
