"""Uncertain numbers of the model: one entry each of its parameters, by name or `name.branch`, with its range."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.inputs import LAST_OBSERVED, default_parameters, load_yaml, parameters

from .series import FOLDER, fitted_series

SEARCHED_UNTIL = LAST_OBSERVED
"""Last year of the data used by the search that set the default values."""


@dataclass(frozen=True)
class Estimated:
    """One number that may be estimated: a scalar parameter, or its entry for one branch. Flat prior on [low, high]."""

    id: str
    parameter: str
    entry: int | None
    value: float
    low: float
    high: float

    @property
    def grade(self) -> str:
        """Grade of the evidence for its range."""
        return parameters()[self.parameter].grade


@functools.cache
def candidates() -> dict[str, Estimated]:
    """Every number of the model that has a range, by id."""
    ranges = {}
    for name, parameter in parameters().items():
        values = np.asarray(parameter.array(), dtype=float)
        lows, highs = (np.broadcast_to(np.asarray(bound, dtype=float), values.shape) for bound in parameter.bounds())
        labels = parameter.axis.labels if parameter.axis else ()
        for index in np.ndindex(values.shape):
            low, high = float(lows[index]), float(highs[index])
            if low < high:
                entry = index[0] if index else None
                id_ = name if entry is None else f"{name}.{labels[entry]}"
                ranges[id_] = Estimated(id_, name, entry, float(values[index]), low, high)
    return ranges


@dataclass(frozen=True)
class Part:
    """A part of the model whose parameters are fitted to the series of this part first (see estimated.yaml)."""

    id: str
    zh: str
    en: str
    series: tuple[str, ...]
    numbers: tuple[str, ...]
    once_searched: tuple[str, ...] = ()

    def of(self, window: int) -> tuple[str, ...]:
        """Names of the numbers that are estimated with observations up to `window`."""
        return self.numbers + (self.once_searched if window < SEARCHED_UNTIL else ())


@functools.cache
def parts() -> tuple[Part, ...]:
    """The parts in the order of causes. Raises ValueError for a number or a series that does not exist."""
    entries = []
    for name, entry in load_yaml(FOLDER / "estimated.yaml")["parts"].items():
        lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
        part = Part(id=name, **{**entry, **lists})
        for kind, given, known in (
            ("number of the model with a range", part.numbers + part.once_searched, candidates()),
            ("fitted series", part.series, fitted_series()),
        ):
            unknown = [wrong for wrong in given if wrong not in known]
            if unknown:
                raise ValueError(f"estimated.yaml: {name}: {', '.join(unknown)}: no {kind} has this name")
        entries.append(part)
    return tuple(entries)


@functools.cache
def estimated(window: int) -> tuple[Estimated, ...]:
    """The numbers that the calibration with observations up to `window` moves."""
    return tuple(candidates()[name] for part in parts() for name in part.of(window))


def varied(numbers: Sequence[Estimated]) -> tuple[str, ...]:
    """The parameters that these numbers belong to."""
    return tuple(dict.fromkeys(number.parameter for number in numbers))


def with_values(numbers: Sequence[Estimated], values: np.ndarray) -> dict[str, np.ndarray]:
    """Parameters for an ensemble, members first, from `values` of shape (members, numbers)."""
    values = np.atleast_2d(values)
    base = default_parameters()
    members = len(values)
    arrays = {n: np.repeat(np.asarray(base[n], dtype=float)[None], members, axis=0) for n in varied(numbers)}
    for position, number in enumerate(numbers):
        if number.entry is None:
            arrays[number.parameter] = values[:, position]
        else:
            arrays[number.parameter][:, number.entry] = values[:, position]
    return arrays


def positions(numbers: Sequence[Estimated], values: np.ndarray) -> np.ndarray:
    """Positions of values in their ranges, from 0 to 1."""
    low, high = (np.array([getattr(n, bound) for n in numbers]) for bound in ("low", "high"))
    return (np.asarray(values) - low) / (high - low)


def values_at(numbers: Sequence[Estimated], places: np.ndarray) -> np.ndarray:
    """Values at positions from 0 to 1 of their ranges."""
    low, high = (np.array([getattr(n, bound) for n in numbers]) for bound in ("low", "high"))
    return low + np.asarray(places) * (high - low)
