"""Memory of the server over thousands of moves: does it grow without end?

    python -m benchmarks.memory [--moves 4000] [--clients 4] [--json]

Starts the app on this machine and drives a few sessions as fast as they are answered; one person who moves a slider
every two seconds makes 1,800 moves in an hour. Every so often a session visits the other pages, changes the language,
or ends and gives way to a new one. Prints the memory of the server at the start, at each tenth and at the end,
and its slope over the second half, when everything has been used once. Reads /proc, so it runs on Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import statistics
from pathlib import Path
from random import Random

from views.results.moves import Move
from views.results.sliders import main_slots
from views.shell.frame import PAGES

from .client import Client, mistake, random_move
from .report import machine
from .server import Server, running_server

MOVES, CLIENTS = 4000, 4
SAMPLES = 10
VISITS_EVERY, LANGUAGE_EVERY, GONE_AFTER = 100, 150, 250
"""Moves of a session between visits of all pages, between changes of the language, and until it ends."""
LANGUAGES = ("中文", "English")
ROUND = [page for page in PAGES if page != "explore"]
MEGABYTE = 1024.0
"""Kilobytes."""
PER = 1000
"""Moves to which the slope refers."""


def private_memory(pid: int) -> float:
    """Private memory of a process in MB: anonymous pages, resident or in swap, without mapped files."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return sum(int(status[key].split()[0]) for key in ("RssAnon", "VmSwap")) / MEGABYTE


class Drive:
    """What all sessions have done together, and the memory of the server meanwhile."""

    def __init__(self, server: Server, moves: int):
        self.server, self.moves = server, moves
        self.done = 0
        self.samples: list[tuple[int, float]] = []
        self.errors: list[str] = []

    def sample(self) -> None:
        """Note the memory at the start and at each tenth."""
        if self.done >= len(self.samples) * self.moves / SAMPLES:
            self.samples.append((self.done, private_memory(self.server.pid)))

    async def client(self, number: int) -> None:
        """Sessions one after another, until all moves are done."""
        for life in itertools.count():
            if self.done >= self.moves:
                return
            await self.session(Random(f"{number} {life}"))

    async def session(self, random: Random) -> None:
        """One session: moves, with visits and changes of the language between them."""
        moved: dict[str, Move] = {}
        async with Client(self.server.address, "v=1&lang=en") as client:
            await client.open()
            for k in range(1, GONE_AFTER + 1):
                if self.done >= self.moves:
                    return
                slot = random.choice(list(main_slots().values()))
                moved[slot.id] = random_move(slot, random)
                wrong = mistake(await client.move(moved), moved)
                self.errors += [wrong] if wrong else []
                self.done += 1
                self.sample()
                await self.wander(client, k)

    async def wander(self, client: Client, k: int) -> None:
        """Between two moves, now and then: all other pages, or another language."""
        if k % LANGUAGE_EVERY == 0:
            await client.choose("w_language", LANGUAGES[k // LANGUAGE_EVERY % len(LANGUAGES)])
        if k % VISITS_EVERY == 0:
            for page in (*ROUND, ""):
                answer = await client.visit(page)
                self.errors += [f"{page}: {answer.failed}"] if answer.failed else []


async def drive(server: Server, moves: int, clients: int) -> Drive:
    """Use every page once, then make all moves."""
    async with Client(server.address, "v=1&lang=en") as first:
        await first.open()
        for page in (*ROUND, ""):
            await first.visit(page)
    progress = Drive(server, moves)
    progress.sample()
    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            group.create_task(progress.client(number))
    return progress


def slope(samples: list[tuple[int, float]]) -> float:
    """MB per thousand moves, by least squares."""
    return round(statistics.linear_regression(*zip(*samples, strict=True)).slope * PER, 1)


def main() -> None:
    """Measure and print; fails where an answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=MOVES, help="moves of all sessions together")
    parser.add_argument("--clients", type=int, default=CLIENTS, help="sessions at once")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    given = parser.parse_args()
    with running_server() as server:
        driven = asyncio.run(drive(server, given.moves, given.clients))
    result = {
        "moves": driven.done,
        "errors": len(driven.errors),
        "mb": {moves: round(size) for moves, size in driven.samples},
        "mb_per_1000_moves": slope(driven.samples),
        "mb_per_1000_moves_second_half": slope(driven.samples[len(driven.samples) // 2 :]),
        "machine": machine(),
    }
    print(json.dumps(result) if given.json else "\n".join(f"{key}: {value}" for key, value in result.items()))
    if driven.errors:
        raise SystemExit("\n".join(["wrong answers:", *sorted(set(driven.errors))]))


if __name__ == "__main__":
    main()
