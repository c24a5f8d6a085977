"""A design: what varies, over which values, under which policies, how it is sampled, and what is kept of each run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from calibration.estimated import Estimated, values_at
from model.engine.text import Text
from model.run import STEPS
from model.scenario import Scenario

SOBOL, LATIN, MORRIS, SALTELLI, GRID, FILE = "sobol", "latin", "morris", "saltelli", "grid", "file"
METHODS = (SOBOL, LATIN, MORRIS, SALTELLI, GRID, FILE)
"""Ways of sampling: Sobol sequence, Latin hypercube, Morris trajectories, the sample from which Sobol indices are
computed, full factorial, and rows of a CSV file."""
POSTERIOR, PRIORS, RANGES = "posterior", "priors", "ranges"
SOURCES = (POSTERIOR, PRIORS, RANGES)
"""Where values of parameters come from."""
VALUE, FACTOR, SHIFT, DELAY = "value", "factor", "shift", "delay"
CHANGES = (VALUE, FACTOR, SHIFT, DELAY)
"""What an experiment may vary of a lever."""
CHUNK = 256
"""Points of the sample in a chunk, unless the design says otherwise."""


@dataclass(frozen=True)
class Between:
    """Numbers from `low` to `high`; whole ones where `whole`."""

    low: float
    high: float
    whole: bool = False

    def values(self, units: np.ndarray) -> np.ndarray:
        """Values at coordinates from 0 to 1."""
        if self.whole:
            count = self.high - self.low + 1
            return self.low + np.minimum(np.floor(units * count), count - 1)
        return self.low + units * (self.high - self.low)


@dataclass(frozen=True)
class Among:
    """One of several values, numbers or names; all are equally probable."""

    choices: tuple[float | str, ...]

    def values(self, units: np.ndarray) -> np.ndarray:
        """Values at coordinates from 0 to 1."""
        places = np.minimum((units * len(self.choices)).astype(int), len(self.choices) - 1)
        return np.array(self.choices)[places]


@dataclass(frozen=True)
class FromPrior:
    """The prior of a number of the model."""

    number: Estimated

    def values(self, units: np.ndarray) -> np.ndarray:
        """Values at quantiles of the prior."""
        return values_at((self.number,), np.clip(units, 1e-9, 1 - 1e-9)[:, None])[:, 0]


Spread = Between | Among | FromPrior
"""The values over which a dimension goes."""


@dataclass(frozen=True)
class LeverPart:
    """What varies of a lever, or of one of its sectors: one of `CHANGES`, in the years `first` to `last`."""

    lever: str
    sector: str | None
    change: str
    first: int
    last: int


@dataclass(frozen=True)
class DriverPart:
    """A factor on a driver, or a shift of it where it is a rate of growth, in the years `first` to `last`."""

    driver: str
    mark: str
    first: int
    last: int


@dataclass(frozen=True)
class ParameterPart:
    """A number of the model."""

    number: Estimated


@dataclass(frozen=True)
class PosteriorPart:
    """The draws of a calibration: all its numbers together, as one of its draws has them."""

    window: int
    disturbed: bool
    """Whether national demand is disturbed after the window, as in the bands: draw k has the disturbances k."""


@dataclass(frozen=True)
class DriversPart:
    """The drivers of one of several scenarios."""

    scenarios: tuple[Scenario, ...]


PartKind = TypeVar("PartKind")
Part = LeverPart | DriverPart | ParameterPart | PosteriorPart | DriversPart


@dataclass(frozen=True)
class Dimension:
    """One column of the sample: its name, the part of the model's inputs that it sets, and its values."""

    name: str
    part: Part
    spread: Spread


@dataclass(frozen=True)
class Sample:
    """How the dimensions are sampled. `size` counts points (of Morris trajectories, of `saltelli` base points, of a
    grid the values of each range); `rows` are the values of a file, by dimension."""

    method: str = SOBOL
    size: int = 1024
    seed: int = 1
    rows: Mapping[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """A yearly number that is kept: an indicator, at an entry of its axis. Without entry it has no axis, or all entries
    are added up. `total`: added up over the years from 2016 on. `name` is its column."""

    name: str
    indicator: str
    entry: int | None
    total: bool = False


@dataclass(frozen=True)
class Projects:
    """Single projects in place of their mean stream: how many replications each run has."""

    replications: int


@dataclass(frozen=True)
class Design:
    """An experiment, checked and complete. `policies` are scenarios of different names, crossed with the sample."""

    title: str | Text
    policies: tuple[Scenario, ...]
    dimensions: tuple[Dimension, ...]
    sample: Sample
    kept: tuple[Kept, ...]
    years: tuple[int, ...]
    description: str | Text = ""
    projects: Projects | None = None
    chunk: int = CHUNK
    steps: int = STEPS
    data: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The design as its file has it, joined with those that it extends."""

    @property
    def last(self) -> int:
        """The last year of the runs."""
        return self.years[-1]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the dimensions."""
        return tuple(dimension.name for dimension in self.dimensions)

    @property
    def replications(self) -> int:
        """Runs of each policy at each point."""
        return self.projects.replications if self.projects else 1

    def parts_of(self, kind: type[PartKind]) -> list[tuple[str, PartKind]]:
        """The parts of a kind that vary, with the names of their dimensions."""
        return [(dimension.name, dimension.part) for dimension in self.dimensions if isinstance(dimension.part, kind)]
