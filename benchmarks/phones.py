"""Simulated phones and teachers of a live class, which ask the server as the pages in the browser do."""

from __future__ import annotations

import http.client
import json
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any
from urllib.parse import urlsplit

from model.inputs import levers
from views.pages.classroom import game

POLL = 1.5
"""Seconds between questions of a phone, as in views/live/js/phone.js."""
AGAIN = 0.5
"""Seconds until a question without an answer is asked again."""
TIMEOUT = 8.0
BUSY = (429, 500, 502, 503, 504)
"""Statuses after which the same question may be answered later."""
LARGEST_RISE = 0.06
"""Part of a programme's range by which a phone raises its spending at most, so that its plan is within the budget."""


class NoAnswer(Exception):
    """The server did not answer."""


class Asking:
    """Asks a server over one connection; keeps when each question began and how long its answer took, in seconds."""

    def __init__(self, address: str):
        place = urlsplit(address)
        self._host, self._port = str(place.hostname), int(place.port or 80)
        self._connection: http.client.HTTPConnection | None = None
        self.times: list[tuple[float, float]] = []
        self.failures = 0

    def ask(self, method: str, path: str, content: Any = None, **headers: str) -> tuple[int, Any]:
        """Status and content of the answer."""
        body = None if content is None else json.dumps(content)
        own = {"Content-Type": "application/json"} if body else {}
        begin = time.perf_counter()
        try:
            self._connection = self._connection or http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT)
            self._connection.request(method, f"/live/api/{path}", body, own | headers)
            answer = self._connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            self.failures += 1
            raise NoAnswer from error
        if answer.status in BUSY:
            self.failures += 1
            raise NoAnswer
        self.times.append((begin, time.perf_counter() - begin))
        return answer.status, json.loads(text)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None


class Phone(threading.Thread):
    """One phone: joins, votes where the class votes, plans where it plans, and goes on asking until stopped."""

    def __init__(self, address: str, code: str, number: int, poll: float = POLL):
        super().__init__(daemon=True)
        self.asking, self.device = Asking(address), secrets.token_hex(16)
        self._code, self._poll, self._random = code, poll, Random(number)
        self.name = f"Team {number}" if number % 3 else ""
        self.choice, self.spending = self._random.randrange(3), self._plan()
        self.state: dict[str, Any] = {}
        self.refused: list[Any] = []
        self.stopped = threading.Event()

    def _plan(self) -> dict[str, float]:
        ranges = {name: levers()[name] for name in game.PROGRAMMES}
        return {
            name: game.level_2015(name)
            + round(self._random.random() * LARGEST_RISE * lever.max / lever.step) * lever.step
            for name, lever in ranges.items()
        }

    def tell(self, kind: str, content: Any) -> None:
        """Tell the server until it has answered, as the page does."""
        while not self.stopped.is_set():
            try:
                status, state = self.asking.ask("PUT", self._room(f"/{kind}"), content, **{"X-Device": self.device})
            except NoAnswer:
                time.sleep(AGAIN)
                continue
            if status == 200:
                self.state = state
            else:
                self.refused.append(state)
            return

    def _room(self, path: str = "") -> str:
        return f"rooms/{self._code}{path}"

    def run(self) -> None:
        """Take part in the class."""
        time.sleep(self._random.random() * self._poll)
        self.tell("me", {"name": self.name})
        done: set[tuple[str, str]] = set()
        while not self.stopped.is_set():
            with suppress(NoAnswer):
                stage = self.state.get("stage", 0)
                status, state = self.asking.ask("GET", self._room(f"?stage={stage}"), **{"X-Device": self.device})
                if status == 200 and not state.get("same"):
                    self.state = state
            step, lesson = self.state.get("step", ""), self.state.get("lesson", "")
            if step in ("vote", "plan") and (step, lesson) not in done:
                done.add((step, lesson))
                time.sleep(self._random.random() * self._poll)
                content = {"lesson": lesson, "choice": self.choice} if step == "vote" else {"spending": self.spending}
                self.tell(step, content)
            self.stopped.wait(self._poll * (0.8 + 0.4 * self._random.random()))
        self.asking.close()


class Teacher:
    """A teacher with a room, and the projector."""

    def __init__(self, address: str, lesson: str):
        self.asking = Asking(address)
        _, opened = self.asking.ask("POST", "rooms", {"lesson": lesson})
        self.code, self.key, self.lesson = opened["code"], opened["key"], lesson

    def go_to(self, step: str) -> dict[str, Any]:
        """Bring the class to a step; asked again until the server answers."""
        content = {"step": step, "lesson": self.lesson}
        return self._until_answered("PUT", f"rooms/{self.code}/step", content, **{"X-Key": self.key})

    def screen(self) -> dict[str, Any]:
        """What the projector shows."""
        return self._until_answered("GET", f"rooms/{self.code}/screen")

    def _until_answered(self, *question: Any, **headers: str) -> dict[str, Any]:
        while True:
            with suppress(NoAnswer):
                return self.asking.ask(*question, **headers)[1]
            time.sleep(AGAIN)

    def wait_for(self, holds: Callable[[dict[str, Any]], bool], seconds: float = 60.0) -> dict[str, Any]:
        """Wait until something holds for what the projector shows; a TimeoutError where it does not come."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if holds(state := self.screen()):
                return state
            time.sleep(0.2)
        raise TimeoutError(f"the class has not come so far: {state}")
