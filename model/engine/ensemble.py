"""Many runs at once: two members in every vector, a loop over pairs of members inside the module."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

import numpy as np

from model.engine.webassembly.packing import Packing
from model.engine.webassembly.program import Instance, program_of

from .checked_system import System
from .errors import DeclarationError, suggestion
from .horizon import Horizon

PAIRS = 32
"""Pairs of members that are in the memory of an instance at a time."""


@functools.lru_cache(maxsize=64)
def compiled_batch(
    system: System, horizon: Horizon, varied: tuple[str, ...], outputs: tuple[str, ...] | None = None
) -> Callable[[Mapping, Mapping, Mapping], dict[str, np.ndarray]]:
    """A function (varied values, fixed parameters, fixed tables) -> {name: array, members first}, for any threads.

    The inputs `varied`, at least one, carry members on their first axis. Results hold a value per member and year, the
    same to the last bit as `compiled` gives for one run. A `DeclarationError` names an input that is missing, unknown
    or of a wrong shape.
    """
    if not varied:
        raise DeclarationError("an ensemble needs an input that varies")
    for name in varied:
        if name not in system.inputs:
            raise DeclarationError(f"{name}: no input of this name to vary{suggestion(name, system.inputs)}")
    names = tuple(outputs) if outputs is not None else tuple(system.variables)
    program = program_of(system, names, members=True)
    packing = Packing(system, horizon, program.form)
    constants = system.inputs_of("parameter")

    def run(changes: Mapping, parameters: Mapping, tables: Mapping) -> dict[str, np.ndarray]:
        given = _members_of(changes, varied)
        first = {name: values[0] for name, values in given.items()}
        row = packing.parameters({**parameters, **{n: v for n, v in first.items() if n in constants}})
        rows = packing.tables({**tables, **{n: v for n, v in first.items() if n not in constants}})
        members = len(next(iter(given.values())))
        results = {n: np.empty((members, len(horizon.years), *system.shape_of(n))) for n in names}
        with program.instance() as instance:
            for begin in range(0, members, 2 * PAIRS):
                chosen = slice(begin, min(begin + 2 * PAIRS, members))
                _run_pairs(instance, horizon, row, rows, {n: values[chosen] for n, values in given.items()})
                for name, values in _reports(instance, names).items():
                    results[name][chosen] = values[: chosen.stop - begin].reshape(-1, *results[name].shape[1:])
        return results

    return run


def _members_of(changes: Mapping, varied: tuple[str, ...]) -> dict[str, np.ndarray]:
    """The varied values as arrays, all with the same number of members, at least one."""
    for name in changes:
        if name not in varied:
            raise DeclarationError(f"{name}: not among the inputs that vary, {', '.join(varied)}")
    for name in varied:
        if name not in changes:
            raise DeclarationError(f"{name}: no values are given; give every input that varies a value for each member")
    given = {name: np.asarray(changes[name], dtype=float) for name in varied}
    members = {name: len(values) if values.ndim else 0 for name, values in given.items()}
    most = max(members.values())
    if not most:
        raise DeclarationError("an ensemble needs at least one member, on the first axis of each input that varies")
    for name, number in members.items():
        if number != most:
            raise DeclarationError(f"{name}: the number of members is {number}, of other inputs {most}")
    return given


def _run_pairs(
    instance: Instance, horizon: Horizon, row: np.ndarray, rows: np.ndarray, changes: Mapping[str, np.ndarray]
) -> None:
    """Run up to `PAIRS` pairs of members, which differ from the given inputs in `changes`."""
    form = instance.form
    pairs = -(-len(next(iter(changes.values()))) // 2)
    moves = any(name in form.paths for name in changes)
    tables_length = rows.size if moves else 0
    record = form.parameters_length + tables_length
    instance.configure(horizon, inputs=PAIRS * record, reports=PAIRS)
    instance.write(row, rows)
    inputs = instance.entries(instance.inputs, pairs * record).reshape(pairs, record, 2)
    inputs[:] = np.concatenate([row, rows.ravel()])[:record, None]
    for name, values in changes.items():
        lanes = _in_pairs(values)
        if name in form.parameters:
            at, size = form.parameters[name]
            inputs[:, at : at + size] = lanes.reshape(pairs, 2, size).swapaxes(1, 2)
        elif name in form.paths:
            at, size = form.paths[name]
            table = inputs[:, form.parameters_length :].reshape(pairs, *rows.shape, 2)
            given = np.moveaxis(lanes.reshape(pairs, 2, -1, size), 1, -1)
            table[:, : given.shape[1], at : at + size] = given
            table[:, given.shape[1] :, at : at + size] = given[:, -1:]
    instance.pairs = pairs
    instance.call("run_members", pairs, instance.address(instance.inputs), instance.address(tables_length))


def _in_pairs(values: np.ndarray) -> np.ndarray:
    """Values of an even number of members: the last one twice where it has no partner."""
    return np.concatenate([values, values[-1:]]) if len(values) % 2 else values


def _reports(instance: Instance, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """The variables `names` of all members in memory: arrays (members, years, entries)."""
    length = instance.pairs * instance.rows * instance.row
    rows = instance.entries(instance.report, length).reshape(instance.pairs, instance.rows, instance.row, 2)
    places = instance.form.shown | instance.form.annual
    chosen = {name: rows[:, :, at : at + size] for name, (at, size) in ((n, places[n]) for n in names)}
    return {n: np.moveaxis(v, 3, 1).reshape(-1, instance.rows, v.shape[2]) for n, v in chosen.items()}
