"""Running scenarios: one or many, as labelled results."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from model.engine.horizon import Horizon

from .inputs import START
from .scenario import Scenario, inputs_of, last_year

if TYPE_CHECKING:
    import xarray as xr

    from .run_dataset import Run

STEPS = 16
"""Steps per year: halving the step moves no headline indicator by more than 0.5 %."""
CHUNK = 64
"""Members of an ensemble that are integrated together."""
MANY = 1000
"""Runs above which an ensemble pays: compiling it takes some 30 s longer than compiling one run, and a run made into
a Dataset takes 20 ms alone, 10 ms in the ensemble."""
CACHE_VARIABLE = "HEBEI2025_CACHE"
"""Environment variable that names the folder for compiled functions."""


@functools.cache
def prepared_system():
    """The system, with the compilation cache switched on."""
    import platformdirs

    from model.engine.backend import use_compilation_cache

    from .system import system

    use_compilation_cache(Path(os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("hebei2025")))
    return system()


def horizon_of(scenario: Scenario, until: int | None = None, steps: int = STEPS, method: str = "euler") -> Horizon:
    """The horizon over which a scenario runs."""
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
    system = prepared_system()
    from model.engine.integrate import compiled
    from model.engine.result import to_dataset

    horizon = horizon_of(scenario, until, steps, method)
    arrays = compiled(system, horizon, outputs, every_step)(*inputs_of(scenario, horizon.path_years))
    arrays = {name: arrays[name] for name in outputs or system.variables if name in arrays}
    return titled(to_dataset(system, horizon, arrays, every_step), scenario)


def simulate_batch(
    scenarios: Sequence[Scenario],
    until: int | None = None,
    steps: int = STEPS,
    method: str = "euler",
    outputs: tuple[str, ...] | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[xr.Dataset]:
    """Run several scenarios, each up to its own last year; `progress` is told how many have been finished.

    Up to `MANY` they go one after another through the function compiled for one run, which is ready
    within seconds; more of them go through the ensemble, in chunks. Only Euler runs as an ensemble.
    """
    results: dict[int, xr.Dataset] = {}
    for end in sorted({last_year(scenario, until) for scenario in scenarios}):
        places = [k for k, scenario in enumerate(scenarios) if last_year(scenario, until) == end]
        size = CHUNK if len(places) > MANY and method == "euler" else 1
        for first in range(0, len(places), size):
            chunk = places[first : first + size]
            if size == 1:
                results[chunk[0]] = simulate(scenarios[chunk[0]], end, steps, method, outputs=outputs)
            else:
                runs = _together([scenarios[k] for k in chunk], Horizon(START, end, steps, method), outputs)
                results |= zip(chunk, runs, strict=True)
            if progress:
                progress(len(results))
    return [results[k] for k in range(len(scenarios))]


def _together(scenarios: Sequence[Scenario], horizon: Horizon, outputs: tuple[str, ...] | None) -> list[xr.Dataset]:
    """One chunk of an ensemble; repeats fill it up, so that one size only is ever compiled."""
    system = prepared_system()
    from model.engine.ensemble import compiled_batch
    from model.engine.result import to_dataset

    varied = tuple(system.inputs)
    members = [constants | tables for constants, tables in (inputs_of(s, horizon.path_years) for s in scenarios)]
    members += members[:1] * (CHUNK - len(members))
    stacked = {name: np.stack([member[name] for member in members]) for name in varied}
    arrays = compiled_batch(system, horizon, varied, outputs)(stacked, {}, {})
    arrays = {name: np.asarray(arrays[name]) for name in outputs or system.variables}
    return [
        titled(to_dataset(system, horizon, {name: values[k] for name, values in arrays.items()}), scenario)
        for k, scenario in enumerate(scenarios)
    ]


def indicator_names() -> tuple[str, ...]:
    """Names of the yearly indicators, in the order of their chapter."""
    from .system import system

    return tuple(name for name, v in system().variables.items() if v.kind == "annual")


def titled(dataset: xr.Dataset, scenario: Scenario) -> Run:
    """The dataset with the scenario's name and titles as attributes."""
    from .run_dataset import as_run

    return as_run(dataset, scenario)
