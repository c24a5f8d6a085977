"""Running an ensemble in chunks: any number of members in bounded memory, on several threads, in one compiled size."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from .progress import Progress, ignored

Arrays = Mapping[str, np.ndarray]
"""Arrays by name, members first."""


def in_chunks(
    run: Callable[[Arrays], Arrays],
    inputs: Callable[[slice], Arrays],
    members: int,
    size: int,
    threads: int | None = None,
    progress: Progress = ignored,
) -> Iterator[dict[str, np.ndarray]]:
    """Yield the results of an ensemble, `size` members at a time (fewer in the last chunk), in the order of members.

    `inputs` returns the varied inputs of a range of members, `run` their results; `progress` counts members. The
    last chunk is padded with its last member, so that `run` takes arrays of one size only. `threads` chunks (default:
    one a core) run at a time and as many results wait to be taken, so memory does not grow with the members.
    """

    def chunk(first: int) -> dict[str, np.ndarray]:
        last = min(first + size, members)
        padded = {name: _padded(np.asarray(array), size) for name, array in inputs(slice(first, last)).items()}
        return {name: np.asarray(array)[: last - first] for name, array in run(padded).items()}

    starts = range(0, members, size)
    for first, results in zip(starts, _in_order(chunk, starts, threads or os.cpu_count() or 1), strict=True):
        progress(min(first + size, members), members)
        yield results


def stacked(chunks: Iterable[Arrays]) -> dict[str, np.ndarray]:
    """The results of all members in one array by name; a ValueError where there are no members."""
    parts = list(chunks)
    if not parts:
        raise ValueError("an ensemble needs at least one member")
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _padded(array: np.ndarray, size: int) -> np.ndarray:
    missing = size - len(array)
    return np.concatenate([array, np.repeat(array[-1:], missing, axis=0)]) if missing else array


def _in_order(
    function: Callable[[int], dict[str, np.ndarray]], items: range, threads: int
) -> Iterator[dict[str, np.ndarray]]:
    """Results of `function` in the order of `items`; at most twice `threads` are in memory."""
    if min(threads, len(items)) <= 1:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[dict[str, np.ndarray]]] = deque()
        for item in items:
            if len(waiting) == 2 * threads:
                yield waiting.popleft().result()
            waiting.append(pool.submit(function, item))
        while waiting:
            yield waiting.popleft().result()
