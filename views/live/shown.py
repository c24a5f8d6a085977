"""What phones and the projector show: the state of a room as plain data, with no more than its step tells."""

from __future__ import annotations

import functools
import threading
from collections import Counter
from collections.abc import Sequence
from typing import Any

from model.scenario import shipped_scenarios
from views.charts.small_multiples import panels_of
from views.language import Locale
from views.offline.lesson_data import chart_of_runs, legend_of_runs
from views.pages.classroom import game
from views.pages.classroom.lessons import ROLES, lessons, reveal_text, runs_of
from views.pages.classroom.sheets import card_bodies
from views.results.cache import ResultCache
from views.results.comparison import Run

from .rooms import STEPS, Rooms
from .store import HandedIn, Member, Room

PLAN_CHARTS = ("energy_intensity", "lead", "cost")
"""Charts of a plan of the budget game: what it scores, and what it costs."""

_RUNNING = threading.Lock()
_STATES: ResultCache[dict[str, Any]] = ResultCache(32)


def is_at(room: Room, step: str) -> bool:
    """Whether the class has come to a step."""
    return STEPS.index(room.step) >= STEPS.index(step)


def phone_state(rooms: Rooms, room: Room, member: Member | None, locale: Locale) -> dict[str, Any]:
    """What one phone shows."""
    state = _of_step(rooms, room, locale) | {"stage": room.stage, "me": None}
    if member is not None:
        state["me"] = {
            "number": member.number,
            "name": member.name,
            "vote": rooms.store.vote(member, room.lesson),
            "plan": next((_plan(one) for one in rooms.store.plans(room, member)), None),
        }
        if is_at(room, "debrief"):
            state["role"] = _with_runs(room.lesson, locale)["cards"][(member.number - 1) % len(ROLES)]
    return state


def screen_state(rooms: Rooms, room: Room, present: int, locale: Locale) -> dict[str, Any]:
    """What the projector and the teacher show."""
    members = rooms.store.members(room)
    votes, plans = rooms.store.votes(room, room.lesson), rooms.store.plans(room)
    return _of_step(rooms, room, locale) | {
        "version": room.version,
        "members": [{"number": one.number, "name": one.name} for one in members],
        "present": present,
        "voted": len(votes),
        "planned": len(plans),
    }


def _of_step(rooms: Rooms, room: Room, locale: Locale) -> dict[str, Any]:
    """What is the same for all phones of a room."""
    return _STATES.get((room.key, room.version, locale), lambda: _computed_step(rooms, room, locale))


def _computed_step(rooms: Rooms, room: Room, locale: Locale) -> dict[str, Any]:
    lesson = told(room.lesson, locale)
    state: dict[str, Any] = {"code": room.code, "lesson": room.lesson, "step": room.step}
    state |= {"title": lesson["title"], "question": lesson["question"], "choices": lesson["choices"]}
    if is_at(room, "histogram"):
        counted = Counter(choice for _, choice in rooms.store.votes(room, room.lesson))
        state["histogram"] = [counted[position] for position in range(len(lesson["choices"]))]
    if is_at(room, "reveal"):
        state |= {"right": lesson["right"], "reveal": reveal(room.lesson, locale)}
    if is_at(room, "debrief"):
        state["discuss"] = lesson["discuss"]
    if room.step == "league":
        state["league"] = [_plan(one) for one in rooms.store.plans(room)]
    return state


@functools.cache
def told(lesson_id: str, locale: Locale) -> dict[str, Any]:
    """What a lesson tells without running the model, in one language."""
    lesson = lessons()[lesson_id]
    return {
        "title": locale.text(lesson.title),
        "question": locale.text(lesson.question),
        "choices": [locale.text(choice) for choice in lesson.choices],
        "right": lesson.right,
        "discuss": [locale.text(point) for point in lesson.discuss],
    }


def reveal(lesson_id: str, locale: Locale) -> str:
    """What the runs of a lesson show, with their figures."""
    return _with_runs(lesson_id, locale)["reveal"]


def lesson_charts(lesson_id: str, locale: Locale) -> dict[str, Any]:
    """The charts of a lesson's runs, ready to be drawn, with the runs by colour."""
    return _with_runs(lesson_id, locale)["charts"]


def _with_runs(lesson_id: str, locale: Locale) -> dict[str, Any]:
    # One of the phones that ask at once computes it, the others wait.
    with _RUNNING:
        return _computed(lesson_id, locale)


@functools.lru_cache(maxsize=64)
def _computed(lesson_id: str, locale: Locale) -> dict[str, Any]:
    lesson = lessons()[lesson_id]
    runs = runs_of(lesson, locale)
    return {
        "reveal": reveal_text(lesson, runs, locale),
        "charts": _charts(lesson.charts, runs, locale),
        "cards": list(card_bodies(lesson, runs, locale).values()),
    }


def _plan(one: HandedIn) -> dict[str, Any]:
    return {
        "number": one.member.number,
        "name": one.member.name,
        "spending": dict(one.spending),
        "cost": one.cost,
        "points": dict(one.points),
        "total": one.total,
    }


def plan_charts(rooms: Rooms, room: Room, number: int, locale: Locale) -> dict[str, Any] | None:
    """The charts of a plan beside the runs without the document and with all of it; None without such a plan."""
    found = next((one for one in rooms.store.plans(room) if one.member.number == number), None)
    if found is None:
        return None
    none, whole = (shipped_scenarios()[name] for name in (game.REFERENCE, game.WHOLE))
    name = found.member.name or locale.translate("live_class.member", number=number)
    results = (game.run_of(found.spending), *game.references())
    titles = (name, *(locale.text(scenario.title) for scenario in (none, whole)))
    runs = [
        Run(f"plan_{position}", title, none, result)
        for position, (title, result) in enumerate(zip(titles, results, strict=True))
    ]
    return _charts(PLAN_CHARTS, runs, locale, (*game.GOALS, game.COST))


def _charts(
    charts: Sequence[str], runs: Sequence[Run], locale: Locale, indicators: Sequence[str] = ()
) -> dict[str, Any]:
    """One chart for each strong line; with `indicators`, of those that show one of them."""
    panels = panels_of(charts, runs, locale)
    panels = [panel for panel in panels if not indicators or panel.source.indicator in indicators]
    return {"runs": legend_of_runs(runs), "charts": [chart_of_runs(panel, runs, locale) for panel in panels]}
