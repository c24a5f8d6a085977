"""Searches in the background, shared by all sessions: one runs at a time, and goes on while pages are drawn anew.

A page asks again and again how far its search has got. A search that nobody has asked about for a while is given up.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from model.engine.progress import Progress

Value = TypeVar("Value")
ABANDONED_AFTER = 15.0
"""Seconds without a question after which a search is given up."""
PAUSE = 0.1
"""Seconds between two looks of a search that waits for its turn."""
_turn = threading.Lock()


class Abandoned(Exception):
    """Nobody asks for the search any more."""


@dataclass
class Job(Generic[Value]):
    """A search: what it has found so far, the latest last, steps that are done and all steps (0 while it waits)."""

    stages: list[Value] = field(default_factory=list)
    done: int = 0
    total: int = 0
    finished: bool = False
    error: Exception | None = None
    asked: float = field(default_factory=time.monotonic)

    @property
    def waits(self) -> bool:
        """Whether another search has to end first."""
        return not self.finished and self.total == 0

    def ask(self) -> None:
        """Say that somebody still wants the result. Raises what the search has raised."""
        self.asked = time.monotonic()
        if self.error is not None:
            raise self.error

    def count(self, done: int, total: int) -> None:
        """Keep the progress. Raises Abandoned where nobody asks any more."""
        self.done, self.total = done, total
        self._give_up_if_forgotten()

    def run(self, search: Callable[[Progress], Iterator[Value]]) -> None:
        """Wait for the turn, then search to the end."""
        try:
            while not _turn.acquire(timeout=PAUSE):
                self._give_up_if_forgotten()
            try:
                for stage in search(self.count):
                    self.stages.append(stage)
            finally:
                _turn.release()
            self.finished = True
        except Exception as error:  # the session that asks gets it
            self.error = error

    def _give_up_if_forgotten(self) -> None:
        if time.monotonic() - self.asked > ABANDONED_AFTER:
            raise Abandoned


class Jobs(Generic[Value]):
    """Searches by key, at most `capacity` of them; of those that are over, the oldest goes first."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._jobs: dict[Hashable, Job[Value]] = {}
        self._lock = threading.Lock()

    def known(self, key: Hashable) -> bool:
        """Whether there is a search of this key that has not failed."""
        job = self._jobs.get(key)
        return job is not None and job.error is None

    def job(self, key: Hashable, search: Callable[[Progress], Iterator[Value]]) -> Job[Value]:
        """The search of a key, begun where there is none yet, or none that ended well."""
        with self._lock:
            if not self.known(key):
                self._make_room()
                self._jobs[key] = job = Job[Value]()
                threading.Thread(target=job.run, args=(search,), daemon=True).start()
            self._jobs[key].asked = time.monotonic()
            return self._jobs[key]

    def _make_room(self) -> None:
        over = [key for key, job in self._jobs.items() if job.finished or job.error is not None]
        while len(self._jobs) >= self._capacity and over:
            self._jobs.pop(over.pop(0))
