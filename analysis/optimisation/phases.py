"""Progress of a search in phases, of which some end sooner than they might."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from model.engine.progress import Progress

Step = Callable[[], None]
"""Called when one more step is done."""


def nothing() -> None:
    """A step that nobody counts."""


class Steps:
    """Counts the steps of phases, of which each may have up to as many as `most` says, for `progress`."""

    def __init__(self, progress: Progress, most: Sequence[int]):
        self._progress, self._total = progress, sum(most)
        self._ends, self._done = iter([sum(most[: k + 1]) for k in range(len(most))]), 0
        self._end = next(self._ends)
        progress(0, self._total)

    def step(self) -> None:
        """One more step of the present phase is done."""
        self._done = min(self._done + 1, self._end)
        self._progress(self._done, self._total)

    def end_phase(self) -> None:
        """The present phase is over."""
        self._done, self._end = self._end, next(self._ends, self._total)
        self._progress(self._done, self._total)
