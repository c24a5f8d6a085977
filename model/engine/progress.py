"""Progress reports of long computations."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], object]
"""Called after each part of a piece of work with the number of parts that are done and of all parts."""


def ignored(done: int, total: int) -> None:
    """Report nothing."""


def within(progress: Progress, before: int, total: int) -> Progress:
    """The progress of a stage of work of `total` parts, of which `before` are done when the stage begins."""
    return lambda done, _: progress(before + done, total)
