"""Which phones are there: those that have asked in the last seconds. Kept in memory only."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

SECONDS = 12.0
"""After these seconds without a question a phone counts as away."""
KEPT = 20_000


class Presence:
    """When each member was last seen."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: OrderedDict[tuple[int, int], float] = OrderedDict()

    def see(self, room: int, member: int) -> None:
        """A phone has asked."""
        with self._lock:
            self._seen[room, member] = self._clock()
            self._seen.move_to_end((room, member))
            if len(self._seen) > KEPT:
                self._seen.popitem(last=False)

    def count(self, room: int) -> int:
        """How many phones of a room are there."""
        since = self._clock() - SECONDS
        with self._lock:
            return sum(1 for (one, _), seen in self._seen.items() if one == room and seen >= since)
