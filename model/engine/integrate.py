"""Single runs of a system: parameters and yearly tables in, variables by year or by step out."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from model.engine.webassembly.blocks import Form
from model.engine.webassembly.packing import Packing
from model.engine.webassembly.program import Instance, program_of

from .checked_system import System
from .horizon import Horizon

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
    report = Report(system, program.form, names, every_step)

    def run(parameters: Mapping, tables: Mapping) -> dict[str, np.ndarray]:
        row, rows = packing.parameters(parameters), packing.tables(tables)
        with program.instance() as instance:
            instance.configure(horizon, every_step)
            instance.write(row, rows)
            instance.call("run")
            return report.read(instance)

    return run


class Report:
    """Which variables are taken from the rows of a report, and with which shapes.

    Annual statistics are left out where the rows are steps (`every_step`).
    """

    def __init__(self, system: System, form: Form, names: Iterable[str], every_step: bool = False):
        places = form.shown if every_step else form.shown | form.annual
        chosen = [(name, *places[name], system.shape_of(name)) for name in names if name in places]
        self._parts = [(n, slice(at, at + size) if shape else at) for n, at, size, shape in chosen]
        self._shapes = {name: shape for name, _, _, shape in chosen if len(shape) > 1}

    def read(self, instance: Instance) -> dict[str, np.ndarray]:
        """The variables of the run that an instance has carried out, time first."""
        count = instance.rows
        rows = instance.entries(instance.report, count * instance.row).reshape(count, instance.row).copy()
        values = {name: rows[:, part] for name, part in self._parts}
        return values | {name: values[name].reshape(count, *shape) for name, shape in self._shapes.items()}
