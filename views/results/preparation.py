"""Slow preparations that no page should wait for: they run once for the process, beside the sessions."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds after a failure until a preparation is tried again."""


class Preparation:
    """Slow work that has to be done once before a result can be used; the first call of `ready` starts it."""

    def __init__(self, work: Callable[[], object]):
        self._work = work
        self._lock = threading.Lock()
        self._started = False
        self._done = threading.Event()

    def ready(self) -> bool:
        """Whether it is done; starts it where that has not happened yet."""
        with self._lock:
            if not self._started:
                self._started = True
                threading.Thread(target=self._run, daemon=True).start()
        return self._done.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is done, at most so many seconds; returns whether it is."""
        self.ready()
        return self._done.wait(seconds)

    def _run(self) -> None:
        try:
            self._work()
        except Exception:
            logging.getLogger(__name__).exception("a preparation failed; it will be tried again")
            threading.Timer(PATIENCE, self._allow_retry).start()
        else:
            self._done.set()

    def _allow_retry(self) -> None:
        with self._lock:
            self._started = False
