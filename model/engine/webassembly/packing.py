"""Parameters and yearly tables as the rows of numbers that a module reads."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.engine.checked_system import System
from model.engine.errors import DeclarationError, suggestion
from model.engine.horizon import Horizon

from .blocks import Form, Places


class Packing:
    """Packs the inputs of runs of a system over a horizon for modules of one form."""

    def __init__(self, system: System, horizon: Horizon, form: Form):
        self.form = form
        self.years = len(horizon.years)
        self._parameters = {name: system.inputs[name].shape for name in system.inputs_of("parameter")}
        self._tables = {name: i.shape for name, i in system.inputs.items() if i.kind != "parameter"}
        self._path_entries = _entries(form.paths)
        ends = {name: (at, at + size) for name, (at, size) in form.parameters.items()}
        self._places = {n: slice(*ends[n]) if self._parameters[n] else ends[n][0] for n in ends}

    def parameters(self, given: Mapping) -> np.ndarray:
        """One row of all parameters. A `DeclarationError` names one that is missing, unknown or of a wrong shape."""
        self._check_names("parameter", given, self._parameters)
        row = np.zeros(self.form.parameters_length)
        for name, shape in self._parameters.items():
            value = given[name]
            # The attribute is several times as quick as the function, and hundreds of parameters are usual.
            found = value.shape if isinstance(value, np.ndarray) else np.shape(value)
            if found != shape:
                _refuse(name, "parameter", found, shape)
            if name in self._places:
                row[self._places[name]] = value
        return row

    def tables(self, given: Mapping) -> np.ndarray:
        """A row of levers and drivers for each year and the year after; where a table lacks that, its last row again.

        A `DeclarationError` names a table that is missing, unknown or of a wrong shape.
        """
        self._check_names("table", given, self._tables)
        rows = np.zeros((self.years + 1, self.form.table_row))
        whole = {}
        for name, inner in self._tables.items():
            shape = np.shape(given[name])
            if shape == (self.years, *inner):
                whole[name] = np.concatenate([given[name], given[name][-1:]])
            elif shape == (self.years + 1, *inner):
                whole[name] = np.asarray(given[name])
            else:
                _refuse(name, "table", shape, (self.years, *inner))
        if self.form.paths:
            parts = [whole[name].reshape(self.years + 1, -1) for name in self.form.paths]
            rows[:, self._path_entries] = np.concatenate(parts, axis=1)
        return rows

    @staticmethod
    def _check_names(role: str, given: Mapping, known: Mapping) -> None:
        if given.keys() == known.keys():
            return
        for name in known:
            if name not in given:
                raise DeclarationError(f"{name}: no {role} of this name is given; give every input a value")
        for name in given:
            if name not in known:
                raise DeclarationError(f"{name}: the model has no such {role}{suggestion(name, known)}")


def _entries(places: Places) -> np.ndarray:
    """The positions of all entries, name after name."""
    return np.concatenate([np.arange(at, at + size) for at, size in places.values()] or [np.arange(0)])


def _refuse(name: str, role: str, shape: tuple[int, ...], needed: tuple[int, ...]) -> None:
    raise DeclarationError(f"{name}: the {role} has shape {shape}, it needs {needed}")
