"""Progress of experiments and searches: a bar with the time left in a window, lines now and then elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

from model.engine.progress import Progress, ignored

EVERY = 10.0
"""Seconds between two lines where nobody looks at a window."""


@contextlib.contextmanager
def shown_progress(what: str, hidden: bool, runs_each: int = 1) -> Iterator[Progress]:
    """What is called with how many of `what`, of so many runs each, are done, and how many there are."""
    if hidden:
        yield ignored
    elif sys.stderr.isatty():
        with _bar(what) as progress:
            yield progress
    else:
        yield _lines("runs" if runs_each > 1 else what, runs_each)


def duration(seconds: float) -> str:
    """A time as people say it: in seconds up to a minute, else in minutes or hours."""
    if seconds < 60:
        whole = max(1, round(seconds))
        return f"{whole} second{'' if whole == 1 else 's'}"
    return f"{seconds / 60:.1f} minutes" if seconds < 3600 else f"{seconds / 3600:.1f} hours"


@contextlib.contextmanager
def _bar(what: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn(what.capitalize()),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
    )
    with Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Running", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(what: str, runs_each: int) -> Progress:
    begin = last = time.monotonic()
    first: int | None = None

    def show(done: int, total: int) -> None:
        nonlocal last, first
        first = done if first is None else first
        now = time.monotonic()
        if now - last < EVERY or done in (first, total):
            return
        last = now
        left = (now - begin) / (done - first) * (total - done)
        about = "about " if runs_each > 1 else ""  # the last chunk may be smaller
        runs = f"{done * runs_each:,} of {about}{total * runs_each:,} {what}"
        print(f"{runs}, about {duration(left)} left", file=sys.stderr, flush=True)

    return show
