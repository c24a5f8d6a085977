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

    def __post_init__(self) -> None:
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

    @property
    def path_years(self) -> np.ndarray:
        """The years for which tables should have rows: those covered and the one after, which linear paths lead to."""
        return np.arange(self.start, self.end + 2)

    def weights(self, interpolation: str, offset: float, rows: int | None = None) -> np.ndarray:
        """Matrix (steps x rows) that turns a yearly table into values at `offset` of each step.

        A step table is constant within the calendar year in which the step begins. Linear tables
        join the middles of years; without a row for the year after the end they stay flat in the last half year.
        """
        years = len(self.years)
        count = years if rows is None else rows
        if interpolation == "step":
            position = np.repeat(np.arange(years, dtype=float), self.steps)
        else:
            moment = self.times + offset / self.steps - self.start
            position = np.clip(moment - 0.5, 0.0, count - 1.0)
        low = np.minimum(position.astype(int), count - 1)
        high = np.minimum(low + 1, count - 1)
        fraction = position - low
        matrix = np.zeros((len(position), count))
        rows_of_matrix = np.arange(len(position))
        matrix[rows_of_matrix, low] += 1.0 - fraction
        matrix[rows_of_matrix, high] += fraction
        return matrix
