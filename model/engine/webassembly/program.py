"""A compiled module with the instances that run it: the host of the engine in Python."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import numpy as np
import wasmtime

from model.engine.checked_system import System
from model.engine.errors import DeclarationError, suggestion
from model.engine.horizon import Horizon
from model.engine.trace import trace

from .blocks import Form
from .module_cache import compiled_module, engine
from .module_text import PAGE, module_text

NUMBER = 8
"""Bytes of a number."""


class Program:
    """A module in the machine code of this computer, with its instances: each serves one caller at a time."""

    def __init__(self, module: wasmtime.Module, form: Form):
        self.module, self.form = module, form
        # Threads share it without a lock, which a forked process might inherit locked.
        self._free: deque[Instance] = deque()

    @contextmanager
    def instance(self) -> Iterator[Instance]:
        """An instance that nobody else uses meanwhile; after an error it is not used again."""
        try:
            chosen = self._free.pop()
        except IndexError:
            chosen = Instance(self)
        yield chosen
        self._free.append(chosen)


@functools.lru_cache(maxsize=64)
def program_of(
    system: System,
    names: tuple[str, ...],
    members: bool = False,
    prescribed: tuple[str, ...] = (),
    watched: tuple[str, ...] = (),
) -> Program:
    """The program that reports the variables `names`; a `DeclarationError` for one that does not exist."""
    for name in (*names, *prescribed, *watched):
        if name not in system.variables:
            raise DeclarationError(f"{name}: no variable of this name{suggestion(name, system.variables)}")
    text, form = module_text(trace(system, names, prescribed, watched), members)
    return Program(compiled_module(text), form)


class Instance:
    """One memory with the functions of a program. Positions and lengths are in entries, as in its form."""

    def __init__(self, program: Program):
        self.form = program.form
        self._width = 2 if self.form.members else 1
        self._store = wasmtime.Store(engine())
        exports = wasmtime.Instance(self._store, program.module, []).exports(self._store)
        self._functions = {name: part for name, part in exports.items() if isinstance(part, wasmtime.Func)}
        self._memory = cast(wasmtime.Memory, exports["memory"])
        self.pairs = 0
        """Pairs of members that ran last."""
        self._configured: tuple[Horizon, bool, int, int] | None = None

    def call(self, function: str, *arguments: float) -> None:
        """Call an exported function of the module; other threads of Python go on meanwhile."""
        self._functions[function](self._store, *arguments)

    def configure(self, horizon: Horizon, every_step: bool = False, inputs: int = 0, reports: int = 1) -> None:
        """Prepare runs over a horizon that report years or steps, and make room in memory for their tables.

        For ensembles also room for `inputs` entries of all members and for so many `reports`.
        """
        wanted = (horizon, every_step, inputs, reports)
        if wanted == self._configured:
            return
        self._configured = wanted
        form, years, steps = self.form, len(horizon.years), len(horizon.times)
        self.tables = form.free
        self.inputs = self.tables + (years + 1) * form.table_row
        history = self.inputs + inputs
        self.report = history + steps * form.history_row
        self.rows, self.row = (steps, form.shown_row) if every_step else (years, form.report_row)
        needed = (self.report + reports * self.rows * self.row) * self._width * NUMBER
        missing = needed - self._memory.data_len(self._store)
        if missing > 0:
            self._memory.grow(self._store, -(-missing // PAGE))
        addresses = (position * self._width * NUMBER for position in (self.tables, history, self.report))
        method = horizon.method == "rk4"
        self.call("configure", years, horizon.steps, method, every_step, float(horizon.start), *addresses)

    def write(self, parameters: np.ndarray, tables: np.ndarray) -> None:
        """Write packed inputs, for ensembles the same for both members of a pair."""
        for position, values in ((0, parameters), (self.tables, tables.ravel())):
            place = self.entries(position, len(values))
            place[:] = values[:, None] if self.form.members else values

    def address(self, position: int) -> int:
        """The address in bytes of an entry."""
        return position * self._width * NUMBER

    def entries(self, position: int, length: int) -> np.ndarray:
        """A part of the memory, to read and to write, until memory grows: entries, for ensembles pairs of them."""
        size = self._memory.data_len(self._store)
        everything = np.ctypeslib.as_array(self._memory.data_ptr(self._store), (size,)).view("<f8")
        chosen = everything[position * self._width : (position + length) * self._width]
        return chosen.reshape(-1, 2) if self.form.members else chosen
