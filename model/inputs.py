"""Parameters, levers and drivers: the data about the model, read from the YAML files beside this module.

Importing this module needs only numpy and PyYAML, so that listing levers starts quickly.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import yaml

from model.engine.checked_system import Input
from model.engine.declare import Axis
from model.engine.text import Labelled, Text, with_texts

from .axes import BRANCH, SECTOR_OF
from .parameter_files import placed_entries
from .priors import Prior, read_prior

if TYPE_CHECKING:
    from typing_extensions import TypeIs

FOLDER = Path(__file__).parent / "data"
START = 2010
"""First year of every run: the first for which prices, shares and output are all observed."""
LAST_OBSERVED = 2023
"""Last year whose outcomes may enter a calibration."""
POLICY_START = 2016
"""First full year after the document (November 2015): constants and ramps of levers apply from here."""
END = 2025
"""Last year of the document's horizon and default end of a run."""
LATEST = 2035
"""Latest year a run may be extended to; years after `END` are an extrapolation."""
DEFAULT = "default"

YearValues = Mapping[int, float]
"""Year -> number; each value holds until the next year in the table."""
Path_ = float | YearValues
"""A path: a number, or a table of years."""
SectorPaths = Mapping[str, Path_]
"""A path for each sector."""


@dataclass(frozen=True)
class Parameter(Labelled):
    """A constant of the model with its evidence; `value` is a number or one per branch.

    `low` and `high` bound every value (one number for all, or one per branch), or are factors on it where `relative`.
    `before` has, by branch, the values from before the estimation; factors apply to these, so that an estimate does
    not move its range. `prior` is what is known about the value, one entry or one per branch (see model/priors.py).
    """

    id: str
    value: float | Mapping[str, float]
    unit: str
    low: float | Mapping[str, float]
    high: float | Mapping[str, float]
    grade: str
    source: str
    zh: str
    en: str
    relative: bool = False
    before: Mapping[str, float] | None = None
    prior: Mapping | None = None

    @property
    def axis(self) -> Axis | None:
        """The branch axis where the value differs by branch."""
        return BRANCH if isinstance(self.value, Mapping) else None

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """Low and high, in the shape of the value."""
        scale = np.ones_like(self.array())
        if self.relative:
            prior = {**self.value, **(self.before or {})} if isinstance(self.value, Mapping) else self.value
            scale = np.abs(self.array(prior))
        return self.array(self.low) * scale, self.array(self.high) * scale

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest `low` and the highest `high` of all branches: factors where `relative`."""
        return float(self.array(self.low).min()), float(self.array(self.high).max())

    def priors(self) -> dict[int | None, Prior]:
        """Priors by position on the axis, or by None where the value is a single number; empty where none is declared.

        Raises ValueError for a prior that is wrong, or is given for a branch that does not exist.
        """
        if self.prior is None:
            return {}
        low, high = self.bounds()
        if self.axis is None:
            return {None: read_prior(self.prior, float(low), float(high), self.grade, self.source)}
        labels = self.axis.labels
        priors: dict[int | None, Prior] = {}
        for branch in self.prior:
            if branch not in labels:
                raise ValueError(f"prior: {branch} is no branch; allowed: {', '.join(labels)}")
        for branch, entry in self.prior.items():
            place = labels.index(branch)
            try:
                priors[place] = read_prior(entry, low[place], high[place], self.grade, self.source)
            except ValueError as error:
                raise ValueError(f"{branch}: {error}") from None
        return priors

    def check(self) -> None:
        """Raise ValueError where bounds or priors are wrong."""
        low, high = self.bounds()
        if (low > high).any():
            raise ValueError("low is above high")
        self.priors()

    def array(self, value: float | Mapping[str, float] | None = None) -> np.ndarray:
        """`value` (default: that of the parameter) as a scalar or an array over branches."""
        return _spread(self.id, self.value if value is None else value, self.axis)


@dataclass(frozen=True)
class Driver(Labelled):
    """An exogenous path with its source; `values` is a table of years, or one per branch."""

    id: str
    unit: str
    zh: str
    en: str
    grade: str
    source: str
    values: Mapping
    interpolation: str = "linear"

    @property
    def axis(self) -> Axis | None:
        """The branch axis where the path differs by branch."""
        return BRANCH if any(isinstance(key, str) for key in self.values) else None


@dataclass(frozen=True)
class Lever(Labelled):
    """A policy lever: names, range, paths, cost and the clauses of the document that it represents.

    `spread` is the meaning of a single number: "scalar" (no branches), "broadcast" (the same in
    every branch of `sectors`), "allocate" (a provincial total, shared out by `allocation`), or
    "own" (each of `sectors` has a separate number, in `shown_unit`, converted to `unit` by `conversion`).
    `off` is the value at which the lever does nothing.
    """

    id: str
    zh: str
    en: str
    group: str
    unit: str
    min: float
    max: float
    step: float
    spread: str
    sectors: Sequence[str]
    off: float
    baseline: Path_ | SectorPaths
    document: Path_ | SectorPaths
    grade: str
    source: str
    bounds_source: str
    clauses: Sequence[str]
    quote: Mapping[str, str]
    enters: Sequence[str]
    cost: Text
    levels: Sequence[Mapping]
    what: Text
    watch: Text
    allocation: Mapping[str, float] = field(default_factory=dict)
    conversion: Mapping[str, float] = field(default_factory=dict)
    shown_unit: Mapping[str, str] = field(default_factory=dict)

    @property
    def axis(self) -> Axis | None:
        """The branch axis, unless the lever is a single number for the province."""
        return None if self.spread == "scalar" else BRANCH


def load_yaml(path: Path) -> dict:
    """Read a YAML file of the product with the safe loader."""
    with open(path, encoding="utf-8") as stream:
        return yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@functools.cache
def parameters() -> dict[str, Parameter]:
    """All parameters by id, chapter by chapter in reading order.

    Raises ValueError, with file and line, for wrong bounds or a wrong prior.
    """
    return {name: checked_parameter(name, entry, place) for name, (place, entry) in placed_entries().items()}


def checked_parameter(name: str, entry: Mapping, place: str) -> Parameter:
    """The parameter of an entry at `place`, a file and line. Raises ValueError, with the place, for a wrong entry."""
    parameter = Parameter(id=name, **entry)
    try:
        parameter.check()
    except ValueError as error:
        text = str(error).removeprefix(f"{name}: ")
        raise ValueError(f"{place}: {name}: {text}") from None
    return parameter


@functools.cache
def drivers() -> dict[str, Driver]:
    """All drivers by id."""
    return {name: Driver(id=name, **entry) for name, entry in load_yaml(FOLDER / "drivers.yaml").items()}


@functools.cache
def levers() -> dict[str, Lever]:
    """All levers by id, the four spine tasks first."""
    return {name: Lever(id=name, **with_texts(entry)) for name, entry in load_yaml(FOLDER / "levers.yaml").items()}


def branches_of(sector: str) -> tuple[str, ...]:
    """The branches of a sector, or the branch of this name. Raises KeyError for an unknown name."""
    inside = tuple(b for b in BRANCH.labels if b == sector or SECTOR_OF[b] == sector)
    if not inside:
        raise KeyError(sector)
    return inside


def _spread(name: str, value: float | Mapping[str, float], axis: Axis | None) -> np.ndarray:
    if not isinstance(value, Mapping):
        return np.asarray(float(value)) if axis is None else np.full(len(axis), float(value))
    if axis is None:
        raise ValueError(f"{name}: one number is needed, not one per branch")
    result = np.full(len(axis), float(value.get(DEFAULT, np.nan)))
    for sector, number in value.items():
        if sector != DEFAULT:
            try:
                branches = branches_of(sector)
            except KeyError:
                raise ValueError(f"{name}: {sector} is no branch or sector of the model") from None
            for branch in branches:
                result[axis.index(branch)] = float(number)
    for branch, number in value.items():
        if branch in axis.labels:
            result[axis.index(branch)] = float(number)
    if np.isnan(result).any():
        missing = [b for b, v in zip(axis.labels, result, strict=True) if np.isnan(v)]
        raise ValueError(f"{name}: no value for {', '.join(missing)}; give them or a default")
    return result


def path_values(path: Path_, years: np.ndarray, interpolation: str = "step") -> np.ndarray:
    """A path at `years`: the last value so far (step) or straight lines (linear), constant beyond the ends."""
    if not isinstance(path, Mapping):
        return np.full(len(years), float(path))
    known = np.array(sorted(path), dtype=float)
    values = np.array([float(path[int(year)]) for year in known])
    if interpolation == "linear":
        return np.interp(years, known, values)
    position = np.searchsorted(known, years, side="right") - 1
    return values[np.maximum(position, 0)]


def default_parameters() -> dict[str, np.ndarray]:
    """Every parameter at its default value, as scalars or arrays over branches."""
    return {name: parameter.array() for name, parameter in parameters().items()}


def driver_table(driver: Driver, years: np.ndarray, values: Mapping | None = None) -> np.ndarray:
    """One row per year for a driver: scalars, or arrays over branches."""
    chosen = driver.values if values is None else values
    if driver.axis is None:
        return path_values(chosen, years, driver.interpolation)
    rows = {name: path_values(path, years, driver.interpolation) for name, path in chosen.items()}
    return np.stack([_spread(driver.id, {n: r[k] for n, r in rows.items()}, BRANCH) for k in range(len(years))])


def is_by_sector(path: Path_ | SectorPaths) -> TypeIs[SectorPaths]:
    """Whether there is a path for each sector, rather than one for all."""
    return isinstance(path, Mapping) and any(isinstance(key, str) for key in path)


def lever_table(lever: Lever, path: Path_ | SectorPaths, years: np.ndarray) -> np.ndarray:
    """One row per year for a lever, from a path for all or a mapping of sector -> path.

    Branches outside the lever's sectors, or not named in a mapping by sector, have the `off` value.
    """
    if lever.spread == "scalar":
        if is_by_sector(path):
            raise ValueError(f"{lever.id}: one path is needed, not one for each sector")
        return path_values(path, years)
    table = np.full((len(years), len(BRANCH)), float(lever.off))
    parts: SectorPaths = path if is_by_sector(path) else dict.fromkeys(lever.sectors, path)
    for sector, part in parts.items():
        for branch in branches_of(sector):
            values = path_values(part, years)
            if lever.spread == "allocate":
                share = lever.allocation.get(branch, 0.0)
                if is_by_sector(path):
                    share /= sum(lever.allocation.get(b, 0.0) for b in branches_of(sector))
                values = values * share
            table[:, BRANCH.index(branch)] = values * lever.conversion.get(branch, 1.0)
    return table


def model_inputs() -> list[Input]:
    """Everything that enters the equations from outside, described for the engine."""
    described = [Input(p.id, "parameter", p.unit, p.zh, p.en, p.axis) for p in parameters().values()]
    described += [Input(d.id, "driver", d.unit, d.zh, d.en, d.axis, d.interpolation) for d in drivers().values()]
    described += [Input(v.id, "lever", v.unit, v.zh, v.en, v.axis, "step") for v in levers().values()]
    return described
