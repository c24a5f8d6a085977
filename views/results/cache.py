"""A cache for results that take a moment: shared by all sessions, bounded, and filled one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from model.scenario import Scenario

Value = TypeVar("Value")


class ResultCache(Generic[Value]):
    """Results by key, at most `capacity` of them; the oldest goes first. Safe to share between sessions."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._values: dict[Hashable, Value] = {}
        self._computing = threading.Lock()

    def cached(self, key: Hashable) -> Value | None:
        """The result of a key where there is one."""
        return self._values.get(key)

    def get(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """The result of a key, computed where there is none yet, after those that others are waiting for."""
        with self._computing:
            return self._get(key, compute)

    def get_if_free(self, key: Hashable, compute: Callable[[], Value]) -> Value | None:
        """The same, but None where there is none and another result is being computed."""
        if key in self._values or not self._computing.acquire(blocking=False):
            return self.cached(key)
        try:
            return self._get(key, compute)
        finally:
            self._computing.release()

    def _get(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        if key not in self._values:
            value = compute()
            while len(self._values) >= self._capacity:
                self._values.pop(next(iter(self._values)))
            self._values[key] = value
        return self._values[key]


def scenario_key(scenario: Scenario) -> str:
    """Everything of a scenario that decides its run: all but its title and description."""
    return scenario.model_dump_json(exclude={"title", "description"})
