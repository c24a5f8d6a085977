"""Uncertain numbers of the model: one entry each of its parameters, by name or `name.branch`, with its prior."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from model.inputs import Parameter, default_parameters, load_yaml, parameters
from model.priors import UNIFORM, Prior

from .normal_scores import score_of, value_of
from .series import FOLDER, fitted_series


@dataclass(frozen=True)
class Estimated:
    """One number that may be estimated: a scalar parameter, or its entry for one branch. `declared`: whether its prior
    is declared with the parameter; otherwise it is uniform between the bounds."""

    id: str
    parameter: str
    entry: int | None
    value: float
    prior: Prior
    declared: bool = False

    @property
    def grade(self) -> str:
        """Grade of the evidence for its prior."""
        return self.prior.grade

    @property
    def low(self) -> float:
        """Lower bound of its prior."""
        return self.prior.low

    @property
    def high(self) -> float:
        """Upper bound of its prior."""
        return self.prior.high


@functools.cache
def candidates() -> dict[str, Estimated]:
    """Every number of the model that has a range, by id."""
    numbers = (number for parameter in parameters().values() for number in _numbers_of(parameter))
    return {number.id: number for number in numbers}


def _numbers_of(parameter: Parameter) -> list[Estimated]:
    """The entries of a parameter whose bounds differ."""
    values = np.asarray(parameter.array(), dtype=float)
    lows, highs = parameter.bounds()
    labels = parameter.axis.labels if parameter.axis else ()
    priors, numbers = parameter.priors(), []
    for index in np.ndindex(values.shape):
        low, high = float(lows[index]), float(highs[index])
        if low < high:
            entry = index[0] if index else None
            id_ = parameter.id if entry is None else f"{parameter.id}.{labels[entry]}"
            prior = priors.get(entry) or Prior(UNIFORM, low, high, parameter.grade, parameter.source)
            numbers.append(Estimated(id_, parameter.id, entry, float(values[index]), prior, entry in priors))
    return numbers


@dataclass(frozen=True)
class Part:
    """A part of the model: the numbers that are estimated in it, and the series that inform them (estimated.yaml)."""

    id: str
    zh: str
    en: str
    series: tuple[str, ...]
    numbers: tuple[str, ...]


@functools.cache
def parts() -> tuple[Part, ...]:
    """The parts in the order of causes. Raises ValueError for a number or a series that does not exist or is named
    twice."""
    entries = []
    for name, entry in load_yaml(FOLDER / "estimated.yaml")["parts"].items():
        lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
        entries.append(Part(id=name, **{**entry, **lists}))
    _check_names("number of the model with a range", [n for part in entries for n in part.numbers], candidates())
    _check_names("fitted series", [s for part in entries for s in part.series], fitted_series())
    return tuple(entries)


def _check_names(kind: str, given: Sequence[str], known: dict) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f"estimated.yaml: {name}: no {kind} has this name")
        if given.count(name) > 1:
            raise ValueError(f"estimated.yaml: {name} is named twice; keep one of the two")


@functools.cache
def estimated() -> tuple[Estimated, ...]:
    """The numbers that a calibration moves, the same in all windows."""
    return tuple(candidates()[name] for part in parts() for name in part.numbers)


def varied(numbers: Sequence[Estimated]) -> tuple[str, ...]:
    """The parameters that these numbers belong to."""
    return tuple(dict.fromkeys(number.parameter for number in numbers))


def with_values(
    numbers: Sequence[Estimated], values: np.ndarray, base: Mapping[str, np.ndarray] | None = None
) -> dict[str, np.ndarray]:
    """Parameters for an ensemble, members first, from `values` of shape (members, numbers). Other branches of these
    parameters have their values of `base` (default: the model's)."""
    values = np.atleast_2d(values)
    base = default_parameters() if base is None else base
    members = len(values)
    arrays = {n: np.repeat(np.asarray(base[n], dtype=float)[None], members, axis=0) for n in varied(numbers)}
    for position, number in enumerate(numbers):
        if number.entry is None:
            arrays[number.parameter] = values[:, position]
        else:
            arrays[number.parameter][:, number.entry] = values[:, position]
    return arrays


def values_of_scores(numbers: Sequence[Estimated], scores: np.ndarray) -> np.ndarray:
    """Values (..., numbers) at standard normal scores of the same shape."""
    scores = np.asarray(scores, dtype=float)
    return np.stack([value_of(n.prior, scores[..., k]) for k, n in enumerate(numbers)], axis=-1)


def scores_of_values(numbers: Sequence[Estimated], values: np.ndarray) -> np.ndarray:
    """Standard normal scores (..., numbers) of values of the same shape."""
    values = np.asarray(values, dtype=float)
    return np.stack([score_of(n.prior, values[..., k]) for k, n in enumerate(numbers)], axis=-1)


def values_at(numbers: Sequence[Estimated], quantiles: np.ndarray) -> np.ndarray:
    """Values at quantiles (from 0 to 1) of their priors, as for a Latin hypercube."""
    return values_of_scores(numbers, ndtri(quantiles))
