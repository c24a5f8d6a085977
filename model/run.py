"""Running scenarios: one or many, as labelled results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from model.engine.horizon import Horizon
from model.engine.progress import Progress, ignored

from .inputs import START
from .run_limits import RunError, check_method, check_outputs, check_steps, check_until
from .scenario import Scenario, inputs_of, last_year

if TYPE_CHECKING:
    import xarray as xr

    from .run_dataset import Run

__all__ = [
    "STEPS",
    "RunError",
    "horizon_of",
    "indicator_names",
    "simulate",
    "simulate_batch",
    "with_titles",
]

STEPS = 16
"""Steps per year: halving the step moves no headline indicator by more than 0.5 %."""


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
    from model.engine.integrate import compiled
    from model.engine.result import to_dataset

    from .system import system

    model = system()
    check_outputs(outputs, model.variables)
    outputs = None if outputs is None else tuple(outputs)
    arrays = compiled(model, horizon, outputs, every_step)(*inputs_of(scenario, horizon.path_years))
    arrays = {name: arrays[name] for name in outputs or model.variables if name in arrays}
    return with_titles(to_dataset(model, horizon, arrays, every_step), scenario)


def simulate_batch(
    scenarios: Sequence[Scenario],
    until: int | None = None,
    steps: int = STEPS,
    method: str = "euler",
    outputs: tuple[str, ...] | None = None,
    progress: Progress = ignored,
) -> list[xr.Dataset]:
    """Run several scenarios, each up to its last year; `progress` counts scenarios. Raises as `simulate` does, before
    the first run where a horizon is not allowed.

    One runs after another: inputs and Dataset of a run take several times as long as its integration, so that an
    ensemble would save little.
    """
    for scenario in scenarios:
        horizon_of(scenario, until, steps, method)
    results = []
    for scenario in scenarios:
        results.append(simulate(scenario, until, steps, method, outputs=outputs))
        progress(len(results), len(scenarios))
    return results


def indicator_names() -> tuple[str, ...]:
    """Names of the yearly indicators, in the order of their chapter."""
    from .system import system

    return tuple(name for name, v in system().variables.items() if v.kind == "annual")


def with_titles(dataset: xr.Dataset, scenario: Scenario) -> Run:
    """The dataset with the scenario's name and titles as attributes."""
    from .run_dataset import as_run

    return as_run(dataset, scenario)
