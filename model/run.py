"""Running scenarios: one or many, as labelled results."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from model.engine.chunks import in_chunks
from model.engine.horizon import Horizon
from model.engine.progress import Progress, ignored

from .fork_guard import require_own_process
from .inputs import START
from .run_limits import RunError, check_method, check_outputs, check_steps, check_until
from .scenario import Scenario, inputs_of, last_year

if TYPE_CHECKING:
    import xarray as xr

    from model.engine.checked_system import System

    from .run_dataset import Run

__all__ = [
    "CACHE_VARIABLE",
    "CHUNK",
    "MANY",
    "STEPS",
    "RunError",
    "horizon_of",
    "indicator_names",
    "prepared_system",
    "simulate",
    "simulate_batch",
    "with_titles",
]

STEPS = 16
"""Steps per year: halving the step moves no headline indicator by more than 0.5 %."""
CHUNK = 64
"""Members of an ensemble that are integrated together."""
MANY = 1000
"""Number of runs above which an ensemble is faster: it compiles some 30 s longer than one run, and a run with its
Dataset takes 20 ms alone, 10 ms in the ensemble."""
CACHE_VARIABLE = "HEBEI2025_CACHE"
"""Environment variable that names the folder for compiled functions."""


def prepared_system() -> System:
    """The system, with the compilation cache switched on. Raises a RunError in a child forked from a process that
    called this before."""
    require_own_process()
    return _prepared()


@functools.cache
def _prepared() -> System:
    import platformdirs

    from model.engine.backend import use_compilation_cache

    from .system import system

    use_compilation_cache(Path(os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("hebei2025")))
    return system()


def horizon_of(scenario: Scenario, until: int | None = None, steps: int = STEPS, method: str = "euler") -> Horizon:
    """The horizon over which a scenario runs. Raises a RunError for a year, step or method that no run may have."""
    check_until(until)
    check_steps(steps)
    check_method(method)
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
    `every_step`, values at the start of each step. Raises a RunError for an argument that is not allowed.
    """
    horizon = horizon_of(scenario, until, steps, method)
    system = prepared_system()
    check_outputs(outputs, system.variables)
    outputs = None if outputs is None else tuple(outputs)
    from model.engine.integrate import compiled
    from model.engine.result import to_dataset

    arrays = compiled(system, horizon, outputs, every_step)(*inputs_of(scenario, horizon.path_years))
    arrays = {name: arrays[name] for name in outputs or system.variables if name in arrays}
    return with_titles(to_dataset(system, horizon, arrays, every_step), scenario)


def simulate_batch(
    scenarios: Sequence[Scenario],
    until: int | None = None,
    steps: int = STEPS,
    method: str = "euler",
    outputs: tuple[str, ...] | None = None,
    progress: Progress = ignored,
) -> list[xr.Dataset]:
    """Run several scenarios, each up to its last year; `progress` counts scenarios.

    Up to `MANY` they go one after another through the function compiled for one run, which is ready
    within seconds; more of them go through the ensemble, in chunks. Only Euler runs as an ensemble.
    """
    for scenario in scenarios:
        horizon_of(scenario, until, steps, method)
    results: dict[int, xr.Dataset] = {}
    for end in sorted({last_year(scenario, until) for scenario in scenarios}):
        places = [k for k, scenario in enumerate(scenarios) if last_year(scenario, until) == end]
        chosen = [scenarios[k] for k in places]
        if len(places) > MANY and method == "euler":
            runs = _ensemble_runs(chosen, Horizon(START, end, steps, method), outputs)
        else:
            runs = (simulate(scenario, end, steps, method, outputs=outputs) for scenario in chosen)
        for place, run in zip(places, runs, strict=True):
            results[place] = run
            progress(len(results), len(scenarios))
    return [results[k] for k in range(len(scenarios))]


def _ensemble_runs(
    scenarios: Sequence[Scenario], horizon: Horizon, outputs: tuple[str, ...] | None
) -> Iterator[xr.Dataset]:
    """The runs of an ensemble in which all inputs may differ, one after another."""
    system = prepared_system()
    from model.engine.ensemble import compiled_batch
    from model.engine.result import to_dataset

    names = outputs or tuple(system.variables)
    batch = compiled_batch(system, horizon, tuple(system.inputs), outputs)

    def inputs(members: slice) -> dict[str, np.ndarray]:
        pairs = (inputs_of(scenario, horizon.path_years) for scenario in scenarios[members])
        values_of_members = [constants | tables for constants, tables in pairs]
        return {name: np.stack([values[name] for values in values_of_members]) for name in system.inputs}

    remaining = iter(scenarios)
    for arrays in in_chunks(lambda changes: batch(changes, {}, {}), inputs, len(scenarios), CHUNK):
        for k in range(len(arrays[names[0]])):
            run = to_dataset(system, horizon, {name: arrays[name][k] for name in names})
            yield with_titles(run, next(remaining))


def indicator_names() -> tuple[str, ...]:
    """Names of the yearly indicators, in the order of their chapter."""
    from .system import system

    return tuple(name for name, v in system().variables.items() if v.kind == "annual")


def with_titles(dataset: xr.Dataset, scenario: Scenario) -> Run:
    """The dataset with the scenario's name and titles as attributes."""
    from .run_dataset import as_run

    return as_run(dataset, scenario)
