"""A live class of simulated phones, led to its league table through a crash of the server.

    python -m benchmarks.live_class [--phones 60] [--visitors 0] [--json]

Each phone joins, votes, hands in a plan and asks every second and a half in between, as its page does. The server is
killed in the middle of the vote and started again with the same file. Measured is every answer, in milliseconds, from
the question to the last byte, but for questions that were asked while there was no server; the phones share the machine
with the server. `--visitors` are sessions of the app that
move a slider every two seconds meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import statistics
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from views.results.moves import Move
from views.results.sliders import main_slots

from .client import Client, random_move
from .phones import AGAIN, Phone, Teacher
from .report import machine
from .server import free_port, running_server

TARGET = 300.0
"""Milliseconds within which nine of ten answers come, with 60 phones."""
PHONES = 60
LESSON = "closure"
DECILES = 10


@dataclass
class Class:
    """What a class has come to: its phones, the votes on the projector, and the league table."""

    phones: list[Phone]
    histogram: list[int]
    league: list[dict[str, Any]]
    members: list[dict[str, Any]]
    away: tuple[float, float]
    """When the server was killed and when it answered again, by the clock of `time.perf_counter`."""

    def times(self, during_restart: bool) -> list[float]:
        """Milliseconds of the answers to all questions, those asked while the server was away or the others."""
        down, up = self.away
        asked = [one for phone in self.phones for one in phone.asking.times]
        return sorted(1000 * took for begin, took in asked if (down <= begin < up) == during_restart)


def hold_class(folder: Path, phones: int, poll: float = 1.5, visitors: int = 0) -> Class:
    """Lead a class from joining to the league table; the server is killed in the middle of the vote."""
    file, port = folder / "class.sqlite", free_port()
    with ExitStack() as first:
        server = first.enter_context(running_server(folder / "log", file, port))
        teacher = Teacher(server.address, LESSON)
        joined = [Phone(server.address, teacher.code, number, poll) for number in range(phones)]
        for phone in joined:
            phone.start()
        teacher.wait_for(lambda state: len(state["members"]) == phones)
        teacher.go_to("vote")
        teacher.wait_for(lambda state: state["voted"] >= phones // 3)
        os.kill(server.pid, signal.SIGKILL)
        down = time.perf_counter()
    with ExitStack() as second:
        server = second.enter_context(running_server(folder / "log", file, port))
        up = time.perf_counter()
        moving = [_visitor(server.address, number) for number in range(visitors)]
        second.enter_context(_in_background(moving))
        teacher.wait_for(lambda state: state["voted"] == phones)
        histogram = teacher.go_to("histogram")["histogram"]
        for step in ("run", "reveal", "debrief", "plan"):
            teacher.go_to(step)
            time.sleep(poll * 2)
        teacher.wait_for(lambda state: state["planned"] == phones)
        end = teacher.go_to("league")
        time.sleep(poll * 2)
        for phone in joined:
            phone.stopped.set()
        for phone in joined:
            phone.join()
    return Class(joined, histogram, end["league"], end["members"], (down, up))


async def _visitor(address: str, number: int) -> None:
    random, sliders = Random(number), list(main_slots().values())
    moved: dict[str, Move] = {}
    async with Client(address, "v=1&lang=en") as client:
        await client.open()
        while True:
            slot = random.choice(sliders)
            moved |= {slot.id: random_move(slot, random)}
            await client.move(moved)
            await asyncio.sleep(1 + 2 * random.random())


@contextlib.contextmanager
def _in_background(moving: list[Coroutine[Any, Any, None]]) -> Iterator[None]:
    """Run coroutines in a thread until the end of the block."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    tasks = [asyncio.run_coroutine_threadsafe(one, loop) for one in moving]
    yield
    for task in tasks:
        task.cancel()
    time.sleep(AGAIN)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


def main() -> None:
    """Hold a class and print what was measured."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--phones", type=int, default=PHONES)
    given.add_argument("--visitors", type=int, default=0)
    given.add_argument("--json", action="store_true")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        held = hold_class(Path(folder), asked.phones, visitors=asked.visitors)
    times, late = held.times(during_restart=False), held.times(during_restart=True)
    tenths = statistics.quantiles(times, n=DECILES)
    found = {
        "machine": machine(),
        "phones": asked.phones,
        "visitors": asked.visitors,
        "answers": len(times),
        "p50_ms": round(statistics.median(times), 1),
        "p90_ms": round(tenths[-1], 1),
        "max_ms": round(times[-1], 1),
        "target_p90_ms": TARGET,
        "seconds_without_server": round(held.away[1] - held.away[0], 1),
        "answers_to_questions_of_that_time": len(late),
        "unanswered": sum(phone.asking.failures for phone in held.phones),
        "votes": sum(held.histogram),
        "plans": len(held.league),
        "members": len(held.members),
    }
    print(json.dumps(found) if asked.json else "\n".join(f"{name}: {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
