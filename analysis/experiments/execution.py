"""Running an experiment: its chunks on threads of this machine, or on a cluster, in bounded memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import numpy as np

from batch.staging import OutputError
from model.engine.progress import Progress, ignored

from .chunk_runs import ChunkRuns, Results
from .design import Design
from .experiment_folder import ExperimentFolder, opened

Columns = Mapping[str, np.ndarray]
"""Sampled values of a chunk, by dimension."""
Runner = Callable[[Sequence[int], Callable[[int], Columns]], Iterator[tuple[int, Results]]]
"""Runs chunks, given their numbers and what returns their sampled values; yields their results in any order."""


def run_experiment(
    design: Design,
    out: Path,
    form: str = "parquet",
    resume: bool = False,
    threads: int | None = None,
    cluster: str | None = None,
    progress: Progress = ignored,
) -> Path:
    """Run an experiment into the folder `out`; `progress` counts chunks.

    With `resume` what an interrupted one has done is kept. The results are the same, to the last byte, whatever the
    number of threads or workers, their order, and interruptions. Raises an `OutputError` where the folder cannot be
    used, or the disk is full.
    """
    with _runner(design, threads, cluster) as runner, opened(out, design, form, resume) as folder:
        try:
            _run_missing(folder, runner, progress)
            folder.finish()
        except OutputError:
            raise
        except OSError as error:
            raise OutputError(f"{out}: {error.strerror or error}; what is done is kept: go on with --resume") from None
    return out


def _runner(design: Design, threads: int | None, cluster: str | None) -> AbstractContextManager[Runner]:
    """What runs the chunks. A cluster is called first, so that one that is not there leaves no folder behind."""
    if cluster is None:
        return nullcontext(lambda chunks, columns: on_threads(design, chunks, columns, threads))
    from .cluster import cluster_runner

    return cluster_runner(cluster, design)


def _run_missing(folder: ExperimentFolder, runner: Runner, progress: Progress) -> None:
    missing = folder.missing()
    done = folder.chunks - len(missing)
    progress(done, folder.chunks)
    for chunk, results in runner(missing, folder.columns) if missing else ():
        folder.write(chunk, results)
        done += 1
        progress(done, folder.chunks)


def on_threads(
    design: Design, chunks: Sequence[int], columns: Callable[[int], Columns], threads: int | None = None
) -> Iterator[tuple[int, Results]]:
    """Run chunks on threads of this machine (default: one a core); at most twice as many are in memory."""
    runs, threads = ChunkRuns(design), threads or os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        yield from in_window(lambda chunk: pool.submit(runs.run, chunk, columns(chunk)), chunks, 2 * threads)


def in_window(
    submit: Callable[[int], Future[Results]], chunks: Sequence[int], most: int
) -> Iterator[tuple[int, Results]]:
    """Submit chunks, `most` at a time, and yield their results as they come; what is left is cancelled at the end."""
    waiting: dict[Future[Results], int] = {}
    left = iter(chunks)
    try:
        while True:
            while len(waiting) < most and (chunk := next(left, None)) is not None:
                waiting[submit(chunk)] = chunk
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    finally:
        for future in waiting:
            future.cancel()
