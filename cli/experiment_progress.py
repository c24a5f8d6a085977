"""Progress of an experiment: a bar with the time left in a window, lines now and then elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

from model.engine.progress import Progress, ignored

RUN = "run"
EVERY = 10.0
"""Seconds between two lines where nobody looks at a window."""


@contextlib.contextmanager
def shown_progress(runs_a_chunk: int, hidden: bool, one: str = RUN) -> Iterator[Progress]:
    """What is called with the chunks that are done and all chunks, on standard error; `one` is what a chunk has so
    many of."""
    if hidden:
        yield ignored
    elif sys.stderr.isatty():
        with _bar(one) as progress:
            yield progress
    else:
        yield _lines(runs_a_chunk, one)


@contextlib.contextmanager
def _bar(one: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("Chunks" if one == RUN else f"{one.capitalize()}s"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
    )
    with Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("Running", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(runs_a_chunk: int, one: str) -> Progress:
    begin = last = time.monotonic()
    first: int | None = None

    def show(done: int, total: int) -> None:
        nonlocal last, first
        first = done if first is None else first
        now = time.monotonic()
        if now - last < EVERY or done == first:
            return
        last = now
        left = (now - begin) / (done - first) * (total - done)
        runs = f"{done * runs_a_chunk:,} of about {total * runs_a_chunk:,} {one}s"
        print(f"{runs}, about {left / 60:.1f} minutes left", file=sys.stderr, flush=True)

    return show
