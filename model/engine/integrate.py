"""Single runs of a system: parameters and yearly tables in, variables by year or by step out."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

import numpy as np

from .checked_system import System
from .horizon import Horizon
from .packing import Packing
from .program import Instance, program_of

Run = Callable[[Mapping, Mapping], dict[str, np.ndarray]]


@functools.lru_cache(maxsize=64)
def compiled(system: System, horizon: Horizon, outputs: tuple[str, ...] | None = None, every_step: bool = False) -> Run:
    """A function (parameters, tables) -> {name: array, time first}, for any number of threads.

    `parameters` maps names to scalars or axis arrays; `tables` maps levers and drivers to arrays of one row per year of
    the horizon, and one for the year after (else linear paths stay flat in the last half year). The result holds
    `outputs` (default: every variable) per year: the mean over the year, or the end of the year for stocks; with
    `every_step`, the values at the start of each step, annual statistics left out.
    """
    names = tuple(outputs) if outputs is not None else tuple(system.variables)
    program = program_of(system, names)
    packing = Packing(system, horizon, program.form)

    def run(parameters: Mapping, tables: Mapping) -> dict[str, np.ndarray]:
        row, rows = packing.parameters(parameters), packing.tables(tables)
        with program.instance() as instance:
            instance.configure(horizon, every_step)
            instance.write(row, rows)
            instance.call("run")
            return report_of(instance, system, names)

    return run


def report_of(instance: Instance, system: System, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """The variables `names` from the report of a run, time first; annual statistics only where it has years."""
    rows = instance.entries(instance.report, instance.rows * instance.row).reshape(instance.rows, instance.row).copy()
    places = instance.form.shown | (instance.form.annual if instance.row == instance.form.report_row else {})
    found = {}
    for name in names:
        if name in places:
            at, size = places[name]
            found[name] = rows[:, at : at + size].reshape(len(rows), *system.shape_of(name))
    return found
