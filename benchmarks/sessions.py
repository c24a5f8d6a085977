"""Many sessions at once on one server: the round trip of a released slider, and whether sessions mix.

    python -m benchmarks.sessions [--sessions 20] [--seconds 60] [--think 2] [--json]

Starts the app on this machine and opens sessions that speak the protocol of the browser, because twenty browsers would
measure themselves. Each moves a slider every few seconds, at random around `--think`, and requests bands a moment
later, as the component does. Measured from sending the move to the answer and to the end of the script; charts need no
server. Every answer must be for exactly the sliders of its session, and at the end a session newly opened by the link
of each must say the same. The processor time of the clients is printed, too: they share the machine with the server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from dataclasses import dataclass, field
from random import Random

from views.results.moves import Move
from views.results.sliders import main_slots

from .client import Answer, Client, mistake, random_move
from .report import machine
from .server import running_app

TARGET = 60.0
"""Milliseconds of the round trip to the end of the script, 90 % quantile, with twenty sessions."""
SESSIONS, SECONDS, THINK = 20, 60.0, 2.0
AT_REST = 0.7
"""Seconds after a move until bands are requested, as in the component."""
SAME = ("query", "inputs", "charts", "texts")
"""What must be the same when a link is opened again."""
JITTER = 0.5
"""The time to think differs by up to this part."""
OPEN = "v=1&lang=en"


@dataclass
class Measured:
    """What all sessions measured, in seconds, and what went wrong."""

    opened: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    finished: list[float] = field(default_factory=list)
    bands: list[bool] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note(self, answer: Answer, wrong: str) -> None:
        """Record one move."""
        self.answered.append(answer.answered)
        self.finished.append(answer.finished)
        if wrong:
            self.errors.append(wrong)


async def session(
    address: str, number: int, given: argparse.Namespace, ready: asyncio.Barrier, measured: Measured
) -> None:
    """One session from its opening to its last move; all begin to move together."""
    random = Random(number)
    moved: dict[str, Move] = {}
    async with Client(address, OPEN) as client:
        measured.opened.append((await client.open()).finished)
        await ready.wait()
        end = time.monotonic() + given.seconds
        await asyncio.sleep(random.uniform(0, given.think))
        answer: Answer | None = None
        while answer is None or time.monotonic() < end:
            slot = random.choice(list(main_slots().values()))
            moved[slot.id] = random_move(slot, random)
            answer = await client.move(moved)
            measured.note(answer, mistake(answer, moved))
            await asyncio.sleep(AT_REST)
            if answer.data.get("pending"):
                measured.bands.append(not (await client.rest()).data.get("pending"))
            await asyncio.sleep(given.think * random.uniform(1 - JITTER, 1 + JITTER))
    await reopen(address, answer, measured)


async def reopen(address: str, last: Answer, measured: Measured) -> None:
    """Compare a session's last answer with that of a new session opened by its link."""
    if last.failed or not last.data:
        return
    async with Client(address, last.data["query"]) as client:
        again = await client.open()
        if [again.data[key] for key in SAME] != [last.data[key] for key in SAME]:
            measured.errors.append(f"another answer than that of {last.data['query']}")


async def measure(address: str, given: argparse.Namespace) -> tuple[Measured, float]:
    """All sessions at once; also the clients' part of one core."""
    async with Client(address, OPEN) as first:  # so that the model and its bands are ready
        answer = await first.open()
        while answer.data.get("pending"):
            await asyncio.sleep(AT_REST)
            answer = await first.rest()
    measured, ready = Measured(), asyncio.Barrier(given.sessions)
    begin, used = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for number in range(given.sessions):
            group.create_task(session(address, number, given, ready, measured))
    return measured, (time.process_time() - used) / (time.perf_counter() - begin)


def summary(measured: Measured, share: float, given: argparse.Namespace) -> dict:
    """The figures, in milliseconds."""

    def middle(seconds: list[float]) -> float:
        return round(statistics.median(seconds) * 1e3, 1)

    def tenth(seconds: list[float]) -> float:
        return round(statistics.quantiles(seconds, n=10)[-1] * 1e3, 1) if len(seconds) > 1 else middle(seconds)

    return {
        "sessions": given.sessions,
        "n": len(measured.finished),
        "errors": len(measured.errors),
        "median_ms": middle(measured.finished),
        "p90_ms": tenth(measured.finished),
        "most_ms": round(max(measured.finished) * 1e3),
        "answered_median_ms": middle(measured.answered),
        "answered_p90_ms": tenth(measured.answered),
        "bands_at_the_first_request": round(sum(measured.bands) / max(len(measured.bands), 1), 2),
        "all_opening_at_once_median_ms": middle(measured.opened),
        "target_p90_ms": given.target,
        "met": not measured.errors and tenth(measured.finished) <= given.target,
        "clients_part_of_a_core": round(share, 2),
        "machine": machine(),
    }


def main() -> None:
    """Measure and print; fails where an answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=SESSIONS, help="sessions at once")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long they move sliders")
    parser.add_argument("--think", type=float, default=THINK, help="mean seconds between two moves of a session")
    parser.add_argument("--target", type=float, default=TARGET, help="milliseconds, 90 %% quantile")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    given = parser.parse_args()
    with running_app() as address:
        measured, share = asyncio.run(measure(address, given))
    result = summary(measured, share, given)
    print(json.dumps(result) if given.json else "\n".join(f"{key}: {value}" for key, value in result.items()))
    if measured.errors:
        raise SystemExit("\n".join(["wrong answers:", *sorted(set(measured.errors))]))


if __name__ == "__main__":
    main()
