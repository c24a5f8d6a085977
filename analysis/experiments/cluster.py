"""Chunks of an experiment on a Dask cluster: one chunk a task; each worker builds the model once."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .chunk_runs import ChunkRuns, Results
from .design import Design
from .execution import Columns, Runner

if TYPE_CHECKING:
    from dask.distributed import Client, Worker, WorkerPlugin

PLUGIN = "hebei2025 experiment"
AHEAD = 2
"""Chunks that wait at the cluster for each of its threads, so that none is idle."""
RETRIES = 3
"""Times that a chunk is tried again after a fault of its worker."""
CONNECTION = 30
"""Seconds in which the scheduler must answer."""


class ClusterError(ValueError):
    """A cluster that cannot be used; the message says why."""


def model_plugin(design: Design) -> WorkerPlugin:
    """Builds the model on each worker, once, for the chunks of one design."""
    from dask.distributed import WorkerPlugin

    class ModelPlugin(WorkerPlugin):
        name = PLUGIN

        def setup(self, worker: Worker) -> None:
            self.runs = ChunkRuns(design)

    return ModelPlugin()


def run_on_worker(chunk: int, columns: Columns) -> Results:
    """Run a chunk on the worker that this is called on."""
    from dask.distributed import get_worker

    plugin: Any = get_worker().plugins[PLUGIN]
    return plugin.runs.run(chunk, columns)


@contextlib.contextmanager
def cluster_runner(address: str, design: Design) -> Iterator[Runner]:
    """What runs chunks on the cluster whose scheduler answers at `address`, such as tcp://10.0.0.5:8786.

    Raises a `ClusterError` where nothing answers, or no worker is there.
    """
    from dask.distributed import Client

    try:
        client = Client(address, timeout=CONNECTION)
    except (OSError, ValueError) as error:
        raise ClusterError(f"--cluster {address}: no scheduler answers there ({error})") from None
    with client:
        if not client.nthreads():
            raise ClusterError(f"--cluster {address}: the scheduler has no workers; start some and try again")
        client.register_plugin(model_plugin(design))
        yield lambda chunks, columns: _on_cluster(client, chunks, columns)


def _on_cluster(
    client: Client, chunks: Sequence[int], columns: Callable[[int], Columns]
) -> Iterator[tuple[int, Results]]:
    """Run chunks, `AHEAD` for each thread of the cluster at a time.

    The sample goes out and results come back over the network, so that workers need no common disk; the chunks of a
    worker that is lost run again on another one.
    """
    from dask.distributed import as_completed

    left, identity = iter(chunks), uuid.uuid4().hex
    numbers: dict[Any, int] = {}

    def submit(chunk: int) -> Any:
        future = client.submit(
            run_on_worker, chunk, columns(chunk), pure=False, key=f"{PLUGIN} {identity} {chunk}", retries=RETRIES
        )
        numbers[future.key] = chunk
        return future

    threads = sum(client.nthreads().values())
    first = [chunk for _, chunk in zip(range(AHEAD * threads), left, strict=False)]
    running = as_completed([submit(chunk) for chunk in first], with_results=True)
    for future, results in running:
        chunk = numbers.pop(future.key)
        future.release()
        following = next(left, None)
        if following is not None:
            running.add(submit(following))
        yield chunk, results
