"""Refusing to run in a forked child of a process that has run the model.

The engine has background threads. A fork copies their locks but not the threads, so that the next run in the child
would wait for ever.
"""

from __future__ import annotations

import os

from .run_limits import RunError

_process: int | None = None
"""The process that first ran the model in this memory; a forked child inherits it."""


def require_own_process() -> None:
    """Remember this process as one that runs the model; raise a RunError in a child forked from such a process."""
    global _process
    if _process is None:
        _process = os.getpid()
    elif _process != os.getpid():
        raise RunError(
            f"process {os.getpid()} was forked from one that had already run the model, and would hang; start "
            "processes with multiprocessing.get_context('spawn'), or use threads, or simulate_batch"
        )
