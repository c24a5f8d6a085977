"""Costs of runs and ensembles: this engine, the one before, plain numpy and Simlin, in turns."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from .rounds import Cost, Results
from .trees import Tree, Worker
from .worker import CHUNK, CHUNKS

NUMPY, SIMLIN, PYSD = "plain numpy", "Simlin", "PySD"
ONE_RUN, ALL = "one run, all indicators", "one run, all variables"
ALONE = "the integration alone, all variables"
"""Inputs and results stay in the memory of the compiled code, as they do in Simlin."""
ENSEMBLE = "a member of an ensemble, all indicators"
ONE_THREAD, TWO_THREADS = "one thread", "two threads"
REPEATS = 20
"""Runs that a round times together."""


def runs(results: Results, trees: list[Tree], exported: Path, rounds: int) -> None:
    """Compare single runs and ensembles of the trees; the first one runs plain numpy and Simlin as well.

    `exported` is the model as XMILE file.
    """
    with ExitStack() as stack:
        engines = {tree.name: stack.enter_context(Worker(tree)) for tree in trees}
        numpy, simlin = (stack.enter_context(Worker(trees[0], str(exported))) for _ in range(2))

        def compare(
            what: str, task: str, repeats: int = REPEATS, others: dict[str, Callable[[], Cost]] | None = None
        ) -> None:
            contestants = {name: _ready(worker, task, repeats) for name, worker in engines.items()}
            results.compare(what, contestants | (others or {}), rounds)

        compare(ONE_RUN, "single indicators", others={NUMPY: _ready(numpy, "reference indicators", 1)})
        run_in_simlin = {SIMLIN: _ready(simlin, "simlin", 3)}
        compare(ALL, "single all", others={NUMPY: _ready(numpy, "reference all", 1)} | run_in_simlin)
        compare("the integration alone, all indicators", "integration indicators")
        compare(ALONE, "integration all", others=run_in_simlin)
        compare("one run, all indicators, RK4", "single indicators 16 rk4", 5)
        compare("one run, all indicators, 1,024 steps", "single indicators 64", 5)
        compare("`simulate`, Dataset of all variables", "dataset all", 5)
        members = {
            f"{name}, {threads}": _per_member(worker, f"ensemble indicators {number}")
            for name, worker in engines.items()
            for number, threads in enumerate((ONE_THREAD, TWO_THREADS), 1)
        }
        results.compare(ENSEMBLE, members, rounds)


def _ready(worker: Worker, task: str, repeats: int) -> Callable[[], Cost]:
    """A measurement of a task, which is compiled and run before."""
    worker.measure(task, 1)
    return functools.partial(worker.measure, task, repeats)


def _per_member(worker: Worker, task: str) -> Callable[[], Cost]:
    """A measurement of an ensemble, as cost of one of its members."""
    measure_whole = _ready(worker, task, 1)

    def measure() -> Cost:
        whole, members = measure_whole(), CHUNK * CHUNKS
        return Cost(whole.cpu / members, whole.wall / members)

    return measure
