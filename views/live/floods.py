"""Keeps one device or one address from asking too much of the server: buckets of tokens that fill up with time."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

KEPT = 10_000
"""Buckets that are kept; the one unused for longest is forgotten first."""


@dataclass(frozen=True)
class Rate:
    """How often something may happen: `burst` times at once, `per_second` in the long run."""

    burst: float
    per_second: float


BY_DEVICE = Rate(burst=30, per_second=8)
"""Questions and answers of one phone; its page asks once in a second or two."""
BY_ADDRESS = Rate(burst=1200, per_second=400)
"""Everything from one address; a whole school may stand behind one."""
WRONG_CODES = Rate(burst=60, per_second=1)
"""Codes without a room from one address: a class that mistypes is let through, a search through all codes is not."""
NEW_ROOMS = Rate(burst=12, per_second=1 / 60)
"""Rooms opened from one address."""


class Floods:
    """Counts what happens by kind and by whom."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[tuple[Rate, str], tuple[float, float]] = OrderedDict()

    def allows(self, rate: Rate, who: str) -> bool:
        """Whether it may happen once more now, which is then counted."""
        now = self._clock()
        with self._lock:
            tokens, before = self._buckets.pop((rate, who), (rate.burst, now))
            tokens = min(rate.burst, tokens + (now - before) * rate.per_second)
            is_allowed = tokens >= 1
            self._buckets[rate, who] = (tokens - is_allowed, now)
            if len(self._buckets) > KEPT:
                self._buckets.popitem(last=False)
        return is_allowed
