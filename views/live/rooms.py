"""The rules of the live class: who may do what at which step. Nothing here knows of addresses and pages."""

from __future__ import annotations

import re
import secrets
import time
import unicodedata
from collections.abc import Mapping
from typing import Any

from model.inputs import levers
from views.language import printable
from views.pages.classroom import game
from views.pages.classroom.lessons import lessons

from .store import Member, Room, Store, hashed

STEPS = ("join", "vote", "histogram", "run", "reveal", "debrief", "plan", "league")
"""The steps of a class in their order; a teacher may go to any of them at any time."""
JOIN, VOTE, PLAN = "join", "vote", "plan"
CODE_DIGITS = 6
CODE = re.compile(rf"\d{{{CODE_DIGITS}}}", re.ASCII)
DEVICE = re.compile(r"[0-9a-f]{32}", re.ASCII)
"""A key that a phone makes for itself, so that it joins once however often it asks."""
KEY_BYTES = 16
MOST_ROOMS = 50
MOST_MEMBERS = 200
LONGEST_NAME = 24
UNUSED_DAYS = 30
"""After these days without use a room is deleted when the server starts."""
DAY = 24 * 3600
TRIES = 100


class RefusedError(Exception):
    """What is asked for is not possible; `key` is the text that says why, `status` the one of HTTP."""

    def __init__(self, status: int, key: str, **values: object):
        super().__init__(key)
        self.status, self.key, self.values = status, key, values


class Rooms:
    """All rooms of a file."""

    def __init__(self, store: Store):
        self.store = store
        store.delete_unused(time.time() - UNUSED_DAYS * DAY)

    # --- What everybody may do -----------------------------------------------------------------------

    def open(self, lesson: str) -> tuple[str, str]:
        """Open a room for a lesson; its code, and the key that makes a teacher of whoever has it."""
        _known(lesson)
        if self.store.count_rooms() >= MOST_ROOMS:
            raise RefusedError(409, "live_class.too_many_rooms", most=MOST_ROOMS)
        key = secrets.token_urlsafe(KEY_BYTES)
        for _ in range(TRIES):
            code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
            if self.store.add_room(code, key, lesson, JOIN):
                return code, key
        raise RefusedError(409, "live_class.too_many_rooms", most=MOST_ROOMS)

    def room(self, code: str) -> Room:
        """The room with a code."""
        room = self.store.room(code) if CODE.fullmatch(code) else None
        if room is None:
            raise RefusedError(404, "live_class.no_room", code=code[:CODE_DIGITS])
        return room

    # --- What a phone may do -------------------------------------------------------------------------

    def join(self, code: str, device: str, name: str) -> None:
        """Join a room, or take another name in it."""
        if not DEVICE.fullmatch(device):
            raise RefusedError(400, "live_class.bad_request")
        name = clean_name(name)
        with self.store.change():
            room = self.room(code)
            member = self.store.member(room, device)
            if member is not None and member.name == name:
                return
            if member is not None:
                self.store.rename(member, name)
            elif len(self.store.members(room)) >= MOST_MEMBERS:
                raise RefusedError(409, "live_class.room_full", most=MOST_MEMBERS)
            else:
                self.store.add_member(room, device, name)
            self.store.count_change(room, is_stage=False)

    def vote(self, code: str, device: str, lesson: str, choice: Any) -> None:
        """Vote in the lesson that the class is at, or change the vote."""
        with self.store.change():
            room = self.room(code)
            member = self._member(room, device)
            if lesson != room.lesson or room.step != VOTE:
                raise RefusedError(409, "live_class.vote_closed")
            if type(choice) is not int or not 0 <= choice < len(lessons()[lesson].choices):
                raise RefusedError(400, "live_class.bad_request")
            self.store.set_vote(member, lesson, choice)
            self.store.count_change(room, is_stage=False)

    def hand_in(self, code: str, device: str, spending: Any) -> None:
        """Hand in a plan of the budget game; a later one replaces it while plans are taken."""
        self._member(self.room(code), device)
        checked = checked_spending(spending)
        plan = game.score_plan(checked)
        if not plan.within:
            raise RefusedError(409, "live_class.over_budget")
        with self.store.change():
            room = self.room(code)
            member = self._member(room, device)
            if room.step != PLAN:
                raise RefusedError(409, "live_class.plan_closed")
            self.store.set_plan(member, checked, plan.cost, plan.points, plan.total)
            self.store.count_change(room, is_stage=False)

    def leave(self, code: str, device: str) -> None:
        """Leave a room; votes and plan are deleted."""
        with self.store.change():
            room = self.room(code)
            self._remove(room, self._member(room, device))
        self.store.clean()

    def _member(self, room: Room, device: str) -> Member:
        member = self.store.member(room, device)
        if member is None:
            raise RefusedError(403, "live_class.not_joined")
        return member

    # --- What a teacher may do -----------------------------------------------------------------------

    def require_teacher(self, code: str, key: str) -> Room:
        """The room, for whoever has its key."""
        room = self.room(code)
        if not secrets.compare_digest(hashed(key), room.key):
            raise RefusedError(403, "live_class.not_teacher")
        return room

    def go_to(self, code: str, key: str, lesson: str, step: str) -> None:
        """Bring the class to a step of a lesson; asking twice is asking once, so that two teachers skip none."""
        _known(lesson)
        if step not in STEPS:
            raise RefusedError(400, "live_class.bad_request")
        with self.store.change():
            room = self.require_teacher(code, key)
            if (lesson, step) == (room.lesson, room.step):
                return
            self.store.set_step(room, lesson, step)
            self.store.count_change(room, is_stage=True)

    def remove(self, code: str, key: str, number: int) -> None:
        """Remove a member with votes and plan."""
        with self.store.change():
            room = self.require_teacher(code, key)
            for member in self.store.members(room):
                if member.number == number:
                    self._remove(room, member)
        self.store.clean()

    def _remove(self, room: Room, member: Member) -> None:
        self.store.delete_member(member)
        self.store.count_change(room, is_stage=True)

    def clear_names(self, code: str, key: str) -> None:
        """Take all names away; members keep their numbers."""
        with self.store.change():
            room = self.require_teacher(code, key)
            for member in self.store.members(room):
                self.store.rename(member, "")
            self.store.count_change(room, is_stage=True)
        self.store.clean()

    def delete(self, code: str, key: str) -> None:
        """Delete the room with everything that its class has left."""
        self.store.delete_room(self.require_teacher(code, key))


def _known(lesson: str) -> None:
    if lesson not in lessons():
        raise RefusedError(400, "live_class.bad_request")


def clean_name(name: Any) -> str:
    """A name as it may be shown: one line of visible characters that do not turn the direction of writing."""
    if not isinstance(name, str):
        raise RefusedError(400, "live_class.bad_request")
    visible = "".join(one for one in printable(name) if unicodedata.category(one) not in ("Cf", "Cc", "Co", "Cn"))
    return " ".join(visible.split())[:LONGEST_NAME].strip()


def checked_spending(spending: Any) -> Mapping[str, float]:
    """Spending by programme in 亿元 a year, each a value that its slider can have."""
    if not isinstance(spending, Mapping) or set(spending) != set(game.PROGRAMMES):
        raise RefusedError(400, "live_class.bad_request")
    for name, value in spending.items():
        lever = levers()[name]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not lever.min <= value <= lever.max:
            raise RefusedError(400, "live_class.bad_request")
    return {name: float(spending[name]) for name in game.PROGRAMMES}
