"""The time span of a run and how yearly tables are read within it. Needs numpy only, so that it imports quickly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Horizon:
    """From the start of year `start` to the end of year `end`, in `steps` per year, by "euler" or "rk4"."""

    start: int
    end: int
    steps: int = 16
    method: str = "euler"

    def __post_init__(self):
        if self.end < self.start:
            raise ValueError(f"end year {self.end} lies before start year {self.start}")
        if self.steps < 1:
            raise ValueError(f"steps per year must be at least 1, not {self.steps}")
        if self.method not in ("euler", "rk4"):
            raise ValueError(f"method must be euler or rk4, not {self.method!r}")

    @property
    def years(self) -> np.ndarray:
        """Calendar years covered."""
        return np.arange(self.start, self.end + 1)

    @property
    def times(self) -> np.ndarray:
        """Start of every step."""
        return self.start + np.arange(len(self.years) * self.steps) / self.steps

    def weights(self, interpolation: str, offset: float) -> np.ndarray:
        """Matrix (steps x years) that turns a yearly table into values at `offset` of each step.

        A step table keeps its value through the calendar year in which the step begins.
        """
        count = len(self.years)
        if interpolation == "step":
            position = np.repeat(np.arange(count, dtype=float), self.steps)
        else:
            moment = self.times + offset / self.steps - self.start
            position = np.clip(moment - 0.5, 0.0, count - 1.0)
        low = np.minimum(position.astype(int), count - 1)
        high = np.minimum(low + 1, count - 1)
        fraction = position - low
        matrix = np.zeros((len(position), count))
        rows = np.arange(len(position))
        matrix[rows, low] += 1.0 - fraction
        matrix[rows, high] += fraction
        return matrix
