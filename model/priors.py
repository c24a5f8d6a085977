"""Priors of uncertain numbers, as the files of parameters declare them.

A prior has a shape and three quantiles. Of a `lognormal` the logarithm, of a `logit_normal` the logit, of a `normal`
the number itself is normal on each side of the median, with the spread of that side, so that all three quantiles hold
exactly. A lognormal of negative numbers is one of their magnitudes. A `uniform` prior declares that nothing is known
inside `low` and `high`. Every prior is truncated at the bounds of its parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LOGNORMAL, LOGIT_NORMAL, NORMAL, UNIFORM = "lognormal", "logit_normal", "normal", "uniform"
SHAPES = (LOGNORMAL, LOGIT_NORMAL, NORMAL, UNIFORM)
QUANTILES = ("p5", "median", "p95")
EVIDENCE = ("grade", "source")


@dataclass(frozen=True)
class Prior:
    """The prior of one number: its shape, bounds at which it is truncated, grade and source of the evidence, and
    (except where it is uniform) its median and its 5 and 95 % quantiles before truncation."""

    shape: str
    low: float
    high: float
    grade: str = ""
    source: str = ""
    p5: float | None = None
    median: float | None = None
    p95: float | None = None

    @property
    def quantiles(self) -> tuple[float, float, float]:
        """The 5 % quantile, the median and the 95 % quantile of a prior that is not uniform, before truncation."""
        if self.p5 is None or self.median is None or self.p95 is None:
            raise ValueError(f"a {self.shape} prior has no quantiles")
        return self.p5, self.median, self.p95


def read_prior(entry: Mapping, low: float, high: float, grade: str, source: str) -> Prior:
    """The prior of an entry of a file, for a number with these bounds; grade and source hold where it gives none.

    Raises ValueError where the shape is unknown or the quantiles do not rise inside the bounds.
    """
    shape = entry.get("shape")
    if shape not in SHAPES:
        raise ValueError(f"prior: shape {shape!r} is unknown; allowed: {', '.join(SHAPES)}")
    needed = ("low", "high") if shape == UNIFORM else QUANTILES
    unknown = [key for key in entry if key not in ("shape", *needed, *EVIDENCE)]
    missing = [key for key in needed if not isinstance(entry.get(key), int | float)]
    if unknown or missing:
        wrong = f"{unknown[0]} is unknown" if unknown else f"{missing[0]} is missing or no number"
        raise ValueError(f"prior: {wrong}; a {shape} prior has shape, {', '.join(needed)} and may have grade, source")
    numbers = [float(entry[key]) for key in needed]
    _check_order(shape, numbers, low, high)
    grade, source = entry.get("grade", grade), entry.get("source", source)
    if shape == UNIFORM:
        return Prior(shape, numbers[0], numbers[1], grade, source)
    return Prior(shape, low, high, grade, source, *numbers)


def _check_order(shape: str, numbers: list[float], low: float, high: float) -> None:
    """Raise ValueError where the numbers do not rise inside the bounds, or lie where the shape has no density."""
    shown = ", ".join(f"{number:g}" for number in numbers)
    if any(before >= after for before, after in zip(numbers, numbers[1:], strict=False)):
        names = "low < high" if shape == UNIFORM else "p5 < median < p95"
        raise ValueError(f"prior: {names} is needed, got {shown}")
    if numbers[0] < low or numbers[-1] > high:
        raise ValueError(f"prior: {shown} must lie inside the bounds {low:g} to {high:g}")
    if shape == LOGNORMAL and numbers[0] * numbers[-1] <= 0:
        raise ValueError(f"prior: quantiles of a lognormal prior have one sign and are not 0, got {shown}")
    if shape == LOGIT_NORMAL and not 0 < numbers[0] < numbers[-1] < 1:
        raise ValueError(f"prior: quantiles of a logit_normal prior lie between 0 and 1, got {shown}")
