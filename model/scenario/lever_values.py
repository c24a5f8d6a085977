"""Values of levers: the forms in which a scenario writes a path, as a closed set of immutable types.

A `LeverPath` gives one value for each of `YEARS`; a `BySector` gives one path for each sector. `lever_parsing` reads
them from plain data (YAML, JSON, `--set`), `to_data` writes them, `lever_merging` combines two of them.
The keys of each form with keys are declared once, in `KEYS`; the parser and the JSON Schema are derived from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum, auto
from typing import ClassVar

import numpy as np

from model.inputs import LATEST, POLICY_START, START, path_values

YEARS = np.arange(START, LATEST + 1)
"""The years for which every path has a value."""
FROZEN_YEAR = POLICY_START - 1
NAMED_PATHS = ("baseline", "document", "frozen_2015")
"""Known paths of a lever: as happened, as the document requires, and constant at its value of 2015."""


@dataclass(frozen=True)
class KnownPaths:
    """The known paths of a lever, or of one sector of it, over `YEARS`, and the range allowed in every year."""

    baseline: np.ndarray
    document: np.ndarray
    low: float
    high: float


class Kind(Enum):
    """The kind of value that a key of a form takes."""

    YEAR = auto()
    VALUE = auto()
    """A value in the range of the lever."""
    CHANGE = auto()
    """A difference of two values of the lever."""
    FACTOR = auto()
    DELAY = auto()
    """A whole number of years."""
    PATH = auto()
    FLAG = auto()


@dataclass(frozen=True)
class Key:
    """A key of a form: the attribute that holds it, the kind of its value, and whether it is required."""

    attribute: str
    kind: Kind
    required: bool = False


@dataclass(frozen=True)
class Constant:
    """One value from 2016 on; the baseline before."""

    value: float

    def resolve(self, known: KnownPaths) -> np.ndarray:
        """Values over `YEARS`."""
        return np.where(YEARS >= POLICY_START, self.value, known.baseline)

    def to_data(self) -> float:
        """The number."""
        return _plain(self.value)


@dataclass(frozen=True)
class NamedPath:
    """A known path of the lever: one of `NAMED_PATHS`."""

    name: str

    def resolve(self, known: KnownPaths) -> np.ndarray:
        """Values over `YEARS`."""
        if self.name == "document":
            return known.document
        if self.name == "frozen_2015":
            return np.where(YEARS > FROZEN_YEAR, known.baseline[FROZEN_YEAR - START], known.baseline)
        return known.baseline

    def to_data(self) -> str:
        """The name."""
        return self.name


@dataclass(frozen=True)
class YearTable:
    """A table of (year, value) in rising order: each value holds until the next; the baseline before the first."""

    values: tuple[tuple[int, float], ...]

    def resolve(self, known: KnownPaths) -> np.ndarray:
        """Values over `YEARS`."""
        return np.where(self.values[0][0] <= YEARS, path_values(dict(self.values), YEARS), known.baseline)

    def to_data(self) -> dict[int, float]:
        """The table as a mapping."""
        return {year: _plain(value) for year, value in self.values}


@dataclass(frozen=True)
class PointsPath:
    """Straight lines between points (year, value) in rising order; the baseline before the first, the last value after
    the last."""

    points: tuple[tuple[int, float], ...]

    MARK: ClassVar[str] = "points"

    def resolve(self, known: KnownPaths) -> np.ndarray:
        """Values over `YEARS`."""
        years, values = zip(*self.points, strict=True)
        return np.where(years[0] <= YEARS, np.interp(YEARS, years, values), known.baseline)

    def to_data(self) -> dict[str, object]:
        """The points as a mapping below `points`."""
        return {self.MARK: {year: _plain(value) for year, value in self.points}}


@dataclass(frozen=True)
class KeyedForm:
    """A form written as a mapping with fixed keys; the key `MARK` identifies the form."""

    MARK: ClassVar[str]
    KEYS: ClassVar[Mapping[str, Key]]

    def to_data(self) -> dict[str, object]:
        """The required keys, and those that differ from their defaults."""
        defaults = {each.name: each.default for each in fields(self)}
        data = {}
        for name, key in self.KEYS.items():
            value = getattr(self, key.attribute)
            if key.required or value != defaults[key.attribute]:
                data[name] = value.to_data() if key.kind is Kind.PATH else _plain(value)
        return data


@dataclass(frozen=True)
class Ramp(KeyedForm):
    """A straight line from `start` in the year `first` to `end` in the year `last`, constant from then on.

    The baseline holds before `first`, and gives `start` where that is left out.
    """

    first: int
    last: int
    end: float
    start: float | None = None

    MARK = "ramp"
    KEYS = {
        "from": Key("first", Kind.YEAR, required=True),
        "to": Key("last", Kind.YEAR, required=True),
        "start": Key("start", Kind.VALUE),
        "end": Key("end", Kind.VALUE, required=True),
    }

    def resolve(self, known: KnownPaths) -> np.ndarray:
        """Values over `YEARS`."""
        start = known.baseline[self.first - START] if self.start is None else self.start
        values = np.interp(YEARS, [self.first, self.last], [start, self.end])
        return np.where(self.first <= YEARS, values, known.baseline)

    def to_data(self) -> dict[str, object]:
        """The keys below `ramp`."""
        return {self.MARK: super().to_data()}


_PERIOD = {"from": Key("first", Kind.YEAR), "to": Key("last", Kind.YEAR), "clip": Key("clip", Kind.FLAG)}
_OF = {"of": Key("of", Kind.PATH)}


@dataclass(frozen=True)
class ScaledPath(KeyedForm):
    """`factor` times the path `of`, in the years `first` to `last`; the path itself before and after.

    Without `of` (None) the path that the lever would have otherwise is changed; merging sets it. A result outside the
    range of the lever is refused, or, with `clip`, moved to the nearer end of the range.
    """

    factor: float
    of: LeverPath | None = None
    first: int = POLICY_START
    last: int = LATEST
    clip: bool = False

    MARK = "scale"
    KEYS = {"scale": Key("factor", Kind.FACTOR, required=True), **_OF, **_PERIOD}

    def resolve(self, known: KnownPaths) -> np.ndarray:
        """Values over `YEARS`."""
        base = _changed_path(self).resolve(known)
        return _clipped(self.clip, scaled(base, YEARS, self.factor, self.first, self.last), known)


@dataclass(frozen=True)
class RaisedPath(KeyedForm):
    """The path `of` plus `change`, in the lever's unit, in the years `first` to `last`; see `ScaledPath`."""

    change: float
    of: LeverPath | None = None
    first: int = POLICY_START
    last: int = LATEST
    clip: bool = False

    MARK = "add"
    KEYS = {"add": Key("change", Kind.CHANGE, required=True), **_OF, **_PERIOD}

    def resolve(self, known: KnownPaths) -> np.ndarray:
        """Values over `YEARS`."""
        base = _changed_path(self).resolve(known)
        inside = (self.first <= YEARS) & (self.last >= YEARS)
        return _clipped(self.clip, np.where(inside, base + self.change, base), known)


@dataclass(frozen=True)
class HeldPath(KeyedForm):
    """One value in the years `first` to `last`, and the path `of` before and after; see `ScaledPath`."""

    value: float
    of: LeverPath | None = None
    first: int = POLICY_START
    last: int = LATEST

    MARK = "hold"
    KEYS = {
        "hold": Key("value", Kind.VALUE, required=True),
        **_OF,
        "from": Key("first", Kind.YEAR),
        "to": Key("last", Kind.YEAR),
    }

    def resolve(self, known: KnownPaths) -> np.ndarray:
        """Values over `YEARS`."""
        inside = (self.first <= YEARS) & (self.last >= YEARS)
        return np.where(inside, self.value, _changed_path(self).resolve(known))


@dataclass(frozen=True)
class DelayedPath(KeyedForm):
    """The path `of` with everything after 2015 coming `years` later, or earlier where `years` is negative.

    In the year y from 2016 on it has the value of `of` in y - `years`, but never one from before 2015 or after 2035:
    the value of 2015 holds until the delayed path begins, and the last value holds where the path has come to its
    end. Values until 2015 stay the same.
    """

    years: int
    of: LeverPath | None = None

    MARK = "delay"
    KEYS = {"delay": Key("years", Kind.DELAY, required=True), **_OF}

    def resolve(self, known: KnownPaths) -> np.ndarray:
        """Values over `YEARS`."""
        base = _changed_path(self).resolve(known)
        moved = base[np.clip(YEARS - self.years, FROZEN_YEAR, LATEST) - START]
        return np.where(YEARS >= POLICY_START, moved, base)


Derived = ScaledPath | RaisedPath | HeldPath | DelayedPath
"""Forms that change another path."""
DERIVED = (ScaledPath, RaisedPath, HeldPath, DelayedPath)
LeverPath = Constant | NamedPath | YearTable | PointsPath | Ramp | Derived


@dataclass(frozen=True)
class BySector:
    """Paths by sector or branch; other sectors have the baseline, and a branch overrides its sector."""

    parts: tuple[tuple[str, LeverPath], ...]

    def to_data(self) -> dict[str, object]:
        """Plain data by sector."""
        return {sector: path.to_data() for sector, path in self.parts}


LeverValue = LeverPath | BySector
AS_HAPPENED = NamedPath("baseline")
"""The value of a lever that a scenario does not set."""


def scaled(values: np.ndarray, years: np.ndarray, factor: float, first: int, last: int) -> np.ndarray:
    """`factor` times the rows of `values` (years first) from the year `first` to `last`, the other rows unchanged."""
    return np.where((years >= first) & (years <= last), values.T * factor, values.T).T


def shifted(values: np.ndarray, years: np.ndarray, change: float, first: int, last: int) -> np.ndarray:
    """`values` (years first) with `change` added from the year `first` to `last`, the other rows unchanged."""
    return np.where((years >= first) & (years <= last), values.T + change, values.T).T


def _changed_path(path: Derived) -> LeverPath:
    """The path that is changed; without `of` the path as happened."""
    return AS_HAPPENED if path.of is None else path.of


def _clipped(clip: bool, values: np.ndarray, known: KnownPaths) -> np.ndarray:
    return np.clip(values, known.low, known.high) if clip else values


def _plain(value: float) -> float:
    """A whole number as an integer, without decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
