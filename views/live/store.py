"""The SQLite file of the live class: rooms, members, votes and plans. Every change is on the disk when it returns.

Keys of teachers and of devices are kept as hashes, so that the file gives nobody the right to act for another. What is
deleted is overwritten.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FORM = 1
"""Version of the tables, kept in the file."""
APPLICATION = 0x48423235
"""What marks a file as one of the live class ("HB25"), kept in its header."""
BUSY = 5.0
"""Seconds to wait for another process that is writing to the file."""
TABLES = """
CREATE TABLE room (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, key TEXT NOT NULL, lesson TEXT NOT NULL, step TEXT NOT NULL,
  version INTEGER NOT NULL, stage INTEGER NOT NULL, seats INTEGER NOT NULL, opened REAL NOT NULL, used REAL NOT NULL
);
CREATE TABLE member (
  id INTEGER PRIMARY KEY, room INTEGER NOT NULL REFERENCES room(id) ON DELETE CASCADE, device TEXT NOT NULL,
  number INTEGER NOT NULL, name TEXT NOT NULL, joined REAL NOT NULL, UNIQUE (room, device), UNIQUE (room, number)
);
CREATE TABLE vote (
  member INTEGER NOT NULL REFERENCES member(id) ON DELETE CASCADE, lesson TEXT NOT NULL, choice INTEGER NOT NULL,
  PRIMARY KEY (member, lesson)
);
CREATE TABLE plan (
  member INTEGER PRIMARY KEY REFERENCES member(id) ON DELETE CASCADE, spending TEXT NOT NULL, cost REAL NOT NULL,
  points TEXT NOT NULL, total REAL NOT NULL
);
"""


class NotAClassFileError(Exception):
    """The file holds something else, or comes from a later version of the program."""


@dataclass(frozen=True)
class Room:
    """One room: `version` counts all changes, `stage` those that phones must show at once."""

    id: int
    code: str
    key: str
    lesson: str
    step: str
    version: int
    stage: int


@dataclass(frozen=True)
class Member:
    """One phone in a room; `number` is its place in the order of joining, `name` may be empty."""

    id: int
    number: int
    name: str


@dataclass(frozen=True)
class HandedIn:
    """The plan of one member: spending on each programme in 亿元 a year, its cost in 亿元, and the points by goal."""

    member: Member
    spending: Mapping[str, float]
    cost: float
    points: Mapping[str, float]
    total: float


def hashed(secret: str) -> str:
    """How a key stands in the file."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Store:
    """The file of the live class; safe to use from several threads."""

    def __init__(self, path: Path):
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(path)
        except sqlite3.DatabaseError as error:
            self._connection.close()
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise NotAClassFileError(f"{path} is not a file of live classes; name a new file") from error
        except NotAClassFileError:
            self._connection.close()
            raise

    def _prepare(self, path: Path) -> None:
        run = self._connection.execute
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA secure_delete = ON")
        tables = run("SELECT count(*) FROM sqlite_master").fetchone()[0]
        mark, form = run("PRAGMA application_id").fetchone()[0], run("PRAGMA user_version").fetchone()[0]
        if tables and mark != APPLICATION:
            raise NotAClassFileError(f"{path} is not a file of live classes; name a new file")
        if form > FORM:
            raise NotAClassFileError(f"{path} was written by a later version of hebei2025 (form {form})")
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        if not tables:
            marks = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORM};"
            self._connection.executescript(f"BEGIN IMMEDIATE; {marks} {TABLES} COMMIT;")

    def close(self) -> None:
        """Close the file; one file remains, without the files beside it that SQLite keeps while it is open."""
        with self._lock:
            self._connection.close()

    @contextlib.contextmanager
    def change(self) -> Iterator[None]:
        """Changes that are made together or not at all."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _rows(self, query: str, *values: object) -> list[tuple]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    # --- Rooms ---------------------------------------------------------------------------------------

    def room(self, code: str) -> Room | None:
        """The room with a code."""
        found = self._rows("SELECT id, code, key, lesson, step, version, stage FROM room WHERE code = ?", code)
        return Room(*found[0]) if found else None

    def count_rooms(self) -> int:
        """How many rooms there are."""
        return self._rows("SELECT count(*) FROM room")[0][0]

    def lessons_of_rooms(self) -> list[str]:
        """The lessons that classes are at."""
        return [row[0] for row in self._rows("SELECT DISTINCT lesson FROM room ORDER BY lesson")]

    def add_room(self, code: str, key: str, lesson: str, step: str) -> bool:
        """Open a room; false where the code is taken."""
        now = time.time()
        try:
            self._rows(
                "INSERT INTO room (code, key, lesson, step, version, stage, seats, opened, used) "
                "VALUES (?, ?, ?, ?, 1, 1, 0, ?, ?)",
                *(code, hashed(key), lesson, step, now, now),
            )
        except sqlite3.IntegrityError:
            return False
        return True

    def set_step(self, room: Room, lesson: str, step: str) -> None:
        """Go to a step of a lesson."""
        self._rows("UPDATE room SET lesson = ?, step = ? WHERE id = ?", lesson, step, room.id)

    def count_change(self, room: Room, is_stage: bool) -> None:
        """Give the room a new version, and a new stage where phones must show something else."""
        self._rows(
            "UPDATE room SET version = version + 1, stage = stage + ?, used = ? WHERE id = ?",
            *(int(is_stage), time.time(), room.id),
        )

    def delete_room(self, room: Room) -> None:
        """Delete a room with everything in it, from the disk too."""
        self._rows("DELETE FROM room WHERE id = ?", room.id)
        self.clean()

    def delete_unused(self, before: float) -> int:
        """Delete the rooms that were last used before a time; how many there were."""
        with self.change():
            count = self._rows("SELECT count(*) FROM room WHERE used < ?", before)[0][0]
            self._rows("DELETE FROM room WHERE used < ?", before)
        if count:
            self.clean()
        return count

    def clean(self) -> None:
        """Let nothing that was deleted remain in the log of changes beside the file."""
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    # --- Members -------------------------------------------------------------------------------------

    def member(self, room: Room, device: str) -> Member | None:
        """The member that a device is."""
        found = self._rows("SELECT id, number, name FROM member WHERE room = ? AND device = ?", room.id, hashed(device))
        return Member(*found[0]) if found else None

    def members(self, room: Room) -> list[Member]:
        """All members in the order of joining."""
        rows = self._rows("SELECT id, number, name FROM member WHERE room = ? ORDER BY number", room.id)
        return [Member(*row) for row in rows]

    def add_member(self, room: Room, device: str, name: str) -> None:
        """Let a device join; the number of a member who has left is not given again."""
        self._rows("UPDATE room SET seats = seats + 1 WHERE id = ?", room.id)
        self._rows(
            "INSERT INTO member (room, device, number, name, joined) SELECT id, ?, seats, ?, ? FROM room WHERE id = ?",
            *(hashed(device), name, time.time(), room.id),
        )

    def rename(self, member: Member, name: str) -> None:
        """Give a member another name."""
        self._rows("UPDATE member SET name = ? WHERE id = ?", name, member.id)

    def delete_member(self, member: Member) -> None:
        """Delete a member with votes and plan; `clean` lets nothing of it remain on the disk."""
        self._rows("DELETE FROM member WHERE id = ?", member.id)

    # --- Votes and plans -----------------------------------------------------------------------------

    def set_vote(self, member: Member, lesson: str, choice: int) -> None:
        """Keep a vote in place of an earlier one."""
        self._rows("INSERT OR REPLACE INTO vote VALUES (?, ?, ?)", member.id, lesson, choice)

    def vote(self, member: Member, lesson: str) -> int | None:
        """The vote of a member in a lesson."""
        found = self._rows("SELECT choice FROM vote WHERE member = ? AND lesson = ?", member.id, lesson)
        return found[0][0] if found else None

    def votes(self, room: Room, lesson: str) -> list[tuple[int, int]]:
        """Number of the member and choice, of all votes in a lesson."""
        return self._rows(
            "SELECT number, choice FROM vote JOIN member ON member.id = vote.member WHERE room = ? AND lesson = ? "
            "ORDER BY number",
            *(room.id, lesson),
        )

    def all_votes(self, room: Room) -> list[tuple[int, str, int]]:
        """Number of the member, lesson and choice, of all votes."""
        return self._rows(
            "SELECT number, lesson, choice FROM vote JOIN member ON member.id = vote.member WHERE room = ? "
            "ORDER BY lesson, number",
            room.id,
        )

    def set_plan(
        self, member: Member, spending: Mapping[str, float], cost: float, points: Mapping[str, float], total: float
    ) -> None:
        """Keep a plan in place of an earlier one."""
        self._rows(
            "INSERT OR REPLACE INTO plan VALUES (?, ?, ?, ?, ?)",
            *(member.id, json.dumps(dict(spending)), cost, json.dumps(dict(points)), total),
        )

    def plans(self, room: Room, member: Member | None = None) -> list[HandedIn]:
        """All plans, or that of one member; the best first, of equal ones the cheaper, then the earlier member."""
        rows = self._rows(
            "SELECT member.id, number, name, spending, cost, points, total FROM plan "
            "JOIN member ON member.id = plan.member WHERE room = ? AND (? IS NULL OR member.id = ?) "
            "ORDER BY total DESC, cost, number",
            *(room.id, member and member.id, member and member.id),
        )
        return [HandedIn(Member(*row[:3]), json.loads(row[3]), row[4], json.loads(row[5]), row[6]) for row in rows]
