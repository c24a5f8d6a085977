"""Running scenarios: one or many, as labelled results."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .inputs import START
from .scenario import Scenario, inputs_of, last_year

if TYPE_CHECKING:
    import xarray as xr

    from .engine.integrate import Horizon

STEPS = 16
"""Steps per year: halving the step moves no headline indicator by more than 0.5 %."""
CHUNK = 64
"""Members of a batch that are integrated together."""
CACHE_VARIABLE = "HEBEI2025_CACHE"
"""Environment variable that names the folder for compiled functions."""


@functools.cache
def _prepare():
    """The system, with the compilation cache switched on."""
    import platformdirs

    from .build import system
    from .engine.integrate import use_compilation_cache

    use_compilation_cache(Path(os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("hebei2025")))
    return system()


def horizon_of(scenario: Scenario, until: int | None = None, steps: int = STEPS, method: str = "euler") -> Horizon:
    """The horizon over which a scenario runs."""
    from .engine.integrate import Horizon

    return Horizon(START, last_year(scenario, until), steps, method)


def simulate(
    scenario: Scenario,
    until: int | None = None,
    steps: int = STEPS,
    method: str = "euler",
    every_step: bool = False,
    outputs: tuple[str, ...] | None = None,
) -> xr.Dataset:
    """Run one scenario and return a Dataset of `outputs` (default: all variables).

    Values are yearly: means of flows, ends of stocks, yearly statistics for indicators; with
    `every_step`, values at the start of each step.
    """
    system = _prepare()
    from .engine.integrate import compiled
    from .engine.result import to_dataset

    horizon = horizon_of(scenario, until, steps, method)
    arrays = compiled(system, horizon, outputs, every_step)(*inputs_of(scenario, horizon.years))
    return _titled(to_dataset(system, horizon, arrays, every_step), scenario)


def simulate_batch(
    scenarios: Sequence[Scenario],
    until: int | None = None,
    steps: int = STEPS,
    method: str = "euler",
    outputs: tuple[str, ...] | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[xr.Dataset]:
    """Run several scenarios of one horizon together; `progress` is told how many have been finished.

    Scenarios with different last years run up to the latest of them.
    """
    if method != "euler":
        return _one_by_one(scenarios, max(last_year(s, until) for s in scenarios), steps, method, outputs, progress)
    system = _prepare()
    from .engine.ensemble import compiled_batch
    from .engine.horizon import Horizon
    from .engine.result import to_dataset

    horizon = Horizon(START, max(last_year(s, until) for s in scenarios), steps, method)
    varied = tuple(system.inputs)
    function = compiled_batch(system, horizon, varied, outputs)
    results: list[xr.Dataset] = []
    for first in range(0, len(scenarios), CHUNK):
        chunk = scenarios[first : first + CHUNK]
        members = [{**p, **t} for p, t in (inputs_of(s, horizon.years) for s in chunk)]
        stacked = {name: np.stack([member[name] for member in members]) for name in varied}
        arrays = {name: np.asarray(values) for name, values in function(stacked, {}, {}).items()}
        for k, scenario in enumerate(chunk):
            mine = {name: values[k] for name, values in arrays.items()}
            results.append(_titled(to_dataset(system, horizon, mine), scenario))
        if progress:
            progress(len(results))
    return results


def _one_by_one(scenarios, until, steps, method, outputs, progress) -> list[xr.Dataset]:
    """Batches run by Euler; for other methods each scenario runs by itself."""
    results = []
    for scenario in scenarios:
        results.append(simulate(scenario, until, steps, method, outputs=outputs))
        if progress:
            progress(len(results))
    return results


def indicator_names() -> tuple[str, ...]:
    """Names of the yearly indicators, in the order of their chapter."""
    from .build import system

    return tuple(name for name, v in system().variables.items() if v.kind == "annual")


def _titled(dataset: xr.Dataset, scenario: Scenario) -> xr.Dataset:
    dataset.attrs |= {
        "scenario": scenario.name,
        "title_zh": scenario.text("title", "zh"),
        "title_en": scenario.text("title", "en"),
    }
    return dataset
