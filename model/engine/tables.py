"""Tables: functions given by points, such as the effect of scarcity on a price. Equations read them by `ops.lookup`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .errors import DeclarationError
from .text import Labelled

BEYOND = ("clamp", "extrapolate", "discrete")


@dataclass(frozen=True)
class Table(Labelled):
    """A function of one variable by its points, with straight lines between them.

    `x` rises strictly, `y` has a value for each; `x_unit` and `y_unit` are their units. `beyond` says what holds
    outside: the value of the nearest point ("clamp"), or the line through the last two ("extrapolate"); "discrete"
    holds each value up to the next point instead of joining them. `source` is where the points come from. A
    `DeclarationError` names what is wrong.
    """

    x: Sequence[float]
    y: Sequence[float]
    x_unit: str
    y_unit: str
    beyond: str = "clamp"
    zh: str = ""
    en: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        label = self.en or self.zh or "table"
        for axis in ("x", "y"):
            try:
                values = tuple(float(value) for value in getattr(self, axis))
            except (TypeError, ValueError) as error:
                raise DeclarationError(f"{label}: {axis} must be a list of numbers: {error}") from None
            if not np.isfinite(values).all():
                raise DeclarationError(f"{label}: {axis} must be finite, got {values}")
            object.__setattr__(self, axis, values)
        if len(self.x) != len(self.y) or len(self.x) < 2:
            raise DeclarationError(f"{label}: needs as many y as x, at least 2; got {len(self.x)} x, {len(self.y)} y")
        for before, after in zip(self.x, self.x[1:], strict=False):
            if after <= before:
                raise DeclarationError(f"{label}: x must rise strictly, but {after:g} follows {before:g}")
        if self.beyond not in BEYOND:
            raise DeclarationError(f"{label}: beyond must be {', '.join(BEYOND)}, not {self.beyond!r}")

    @property
    def slopes(self) -> tuple[float, ...]:
        """The slope behind each point but the last; 0 in a discrete table."""
        if self.beyond == "discrete":
            return (0.0,) * (len(self.x) - 1)
        return tuple((np.diff(self.y) / np.diff(self.x)).tolist())


def tables_of(equation: Callable) -> dict[str, Table]:
    """The tables that an equation uses by name, for documentation and export."""
    names = inspect.getclosurevars(equation)
    return {name: value for name, value in {**names.globals, **names.nonlocals}.items() if isinstance(value, Table)}
