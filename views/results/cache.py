"""Results that take a moment: kept for the process, the latest few, and computed one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from model.scenario import Scenario

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Results by key, at most `most` of them; the oldest goes first. Safe to share between sessions."""

    def __init__(self, most: int):
        self._most = most
        self._values: dict[Hashable, Value] = {}
        self._computing = threading.Lock()

    def known(self, key: Hashable) -> Value | None:
        """The result of a key where there is one."""
        return self._values.get(key)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The result of a key, made where there is none yet, after those that others are waiting for."""
        with self._computing:
            return self._made(key, make)

    def at_once(self, key: Hashable, make: Callable[[], Value]) -> Value | None:
        """The same, but None where another result is being made."""
        if key in self._values or not self._computing.acquire(blocking=False):
            return self.known(key)
        try:
            return self._made(key, make)
        finally:
            self._computing.release()

    def _made(self, key: Hashable, make: Callable[[], Value]) -> Value:
        if key not in self._values:
            value = make()
            while len(self._values) >= self._most:
                self._values.pop(next(iter(self._values)))
            self._values[key] = value
        return self._values[key]


def scenario_key(scenario: Scenario) -> str:
    """What decides the run of a scenario, whatever it is called."""
    return scenario.model_dump_json(exclude={"title", "description"})
