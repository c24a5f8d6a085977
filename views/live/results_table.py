"""What a class has voted and planned, as a table for the teacher."""

from __future__ import annotations

import csv
import io

from views.language import Locale
from views.pages.classroom import game
from views.pages.classroom.lessons import lessons

from .rooms import Rooms
from .store import Room

MARK = "\ufeff"
"""Put first, so that a spreadsheet reads Chinese."""
FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet would take for a formula."""


def results_table(rooms: Rooms, room: Room, locale: Locale) -> str:
    """One row for each member: name, vote by lesson, plan with cost and points; CSV."""
    votes: dict[int, dict[str, int]] = {}
    for number, lesson, choice in rooms.store.all_votes(room):
        votes.setdefault(number, {})[lesson] = choice
    voted = [lesson for lesson in lessons() if any(lesson in one for one in votes.values())]
    plans = {one.member.number: one for one in rooms.store.plans(room)}
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    titles = [locale.text(lessons()[lesson].title) for lesson in voted]
    game_columns = [*game.PROGRAMMES, "public_cost", *game.GOALS, "points"]
    rows.writerow(["number", "name", *titles, *game_columns])
    for member in rooms.store.members(room):
        chosen = votes.get(member.number, {})
        answers = [locale.text(lessons()[one].choices[chosen[one]]) if one in chosen else "" for one in voted]
        plan = plans.get(member.number)
        numbers: list[object] = [""] * len(game_columns)
        if plan is not None:
            spent, reached = (list(part.values()) for part in (plan.spending, plan.points))
            numbers = [*spent, round(plan.cost, 1), *(round(value, 2) for value in reached), round(plan.total, 2)]
        rows.writerow([member.number, _safe(member.name), *answers, *numbers])
    return MARK + text.getvalue()


def _safe(name: str) -> str:
    return f"'{name}" if name.startswith(FORMULA) else name
