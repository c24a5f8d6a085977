"""Running an ensemble in chunks: any number of members in bounded memory, on several threads."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from .progress import Progress, ignored

Arrays = Mapping[str, np.ndarray]
"""Arrays by name, members first."""
CHUNK = 64
"""Most members that are run together: enough that calls cost little, few enough for the cache of a core."""


def in_chunks(
    run: Callable[[Arrays], Arrays],
    inputs: Callable[[slice], Arrays],
    members: int,
    size: int | None = None,
    threads: int | None = None,
    progress: Progress = ignored,
) -> Iterator[Arrays]:
    """Yield the results of an ensemble, `size` members at a time (fewer in the last chunk), in the order of members.

    `inputs` returns the varied inputs of a range of members, `run` their results; `progress` counts members.
    `threads` chunks (default: one a core) run at a time and as many results wait to be taken, so memory does not grow
    with the members. The default `size` shares few members out among the threads and is at most `CHUNK`.
    """
    threads = threads or os.cpu_count() or 1
    size = size or _shared_out(members, threads)

    def chunk(first: int) -> Arrays:
        return run(inputs(slice(first, min(first + size, members))))

    starts = range(0, members, size)
    for first, results in zip(starts, _in_order(chunk, starts, threads), strict=True):
        progress(min(first + size, members), members)
        yield results


def stacked(chunks: Iterable[Arrays]) -> dict[str, np.ndarray]:
    """The results of all members in one array by name; a ValueError where there are no members."""
    parts = list(chunks)
    if not parts:
        raise ValueError("an ensemble needs at least one member")
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _shared_out(members: int, threads: int) -> int:
    """An equal share of the members for each thread, at most `CHUNK`; even, as the engine runs members in pairs."""
    share = -(-members // threads)
    return max(2, min(share + share % 2, CHUNK))


def _in_order(function: Callable[[int], Arrays], items: range, threads: int) -> Iterator[Arrays]:
    """Results of `function` in the order of `items`; at most twice `threads` are in memory."""
    if min(threads, len(items)) <= 1:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Arrays]] = deque()
        for item in items:
            if len(waiting) == 2 * threads:
                yield waiting.popleft().result()
            waiting.append(pool.submit(function, item))
        while waiting:
            yield waiting.popleft().result()
