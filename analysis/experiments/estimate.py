"""What an experiment takes: time and disk, from a small part of it that is run."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from .chunk_runs import TOGETHER, ChunkRuns
from .design import Design
from .experiment_folder import ExperimentFolder
from .sampling import points_of, sampled

TRIED = 2 * TOGETHER
"""Points that are tried."""
TRIED_PROJECTS = 2
"""Points that are tried where single projects are simulated."""


@dataclass(frozen=True)
class Estimate:
    """Seconds with so many threads, chunks, and bytes of the results with their sample."""

    seconds: float
    threads: int
    chunks: int
    bytes: int


def estimate(design: Design, threads: int | None = None) -> Estimate:
    """Run a few points of a design, and say what all of them take."""
    threads = threads or os.cpu_count() or 1
    points = points_of(design)
    tried = min(points, TRIED_PROJECTS if design.projects else TRIED)
    columns = {name: values[:tried] for name, values in next(sampled(design)).items()}
    tried = len(next(iter(columns.values())))
    runs = ChunkRuns(design)
    runs.run(0, {name: values[:1] for name, values in columns.items()})  # compiles what is not compiled yet
    begin = time.perf_counter()
    results = runs.run(0, columns)
    seconds = (time.perf_counter() - begin) * points / tried / min(threads, -(-points // design.chunk))
    with tempfile.TemporaryDirectory() as place:
        folder = ExperimentFolder(Path(place), design, "parquet")
        folder.done.mkdir()
        folder.store.write(0, results)
        size = sum(file.stat().st_size for file in folder.done.iterdir())
    numbers = 8 * len(design.dimensions) * points
    return Estimate(seconds, threads, -(-points // design.chunk), round(size * points / tried) + numbers)
