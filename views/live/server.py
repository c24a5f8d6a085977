"""The addresses of the live class: its pages, what they load, and what they ask."""

from __future__ import annotations

import io
import re
import threading
from pathlib import Path
from typing import Any

import anyio
import segno
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from views.language import LANGUAGES, Locale

from . import game_data, pages, shown
from .answers import HEADERS, Answers, Asked
from .floods import NEW_ROOMS, Floods
from .network import reachable_addresses
from .presence import Presence
from .results_table import results_table
from .rooms import CODE, RefusedError, Rooms
from .store import Store

ROOT = "/live"
ADDRESS = re.compile(r"https?://[\w.:\-\[\]]{1,200}(/[\w./\-]{0,200})?", re.ASCII)
"""An address of a server, with the path under which it serves the app."""
ONE_YEAR = 365 * 24 * 3600
FOR_LONG = {"Cache-Control": f"public, max-age={ONE_YEAR}, immutable"}


class LiveClass:
    """Everything that the pages of the live class ask of a file with rooms."""

    def __init__(self, path: Path):
        self.store = Store(path)
        self.rooms = Rooms(self.store)
        self.presence = Presence()
        self.answers = Answers(Floods())

    def routes(self, below: str = "") -> list[Route]:
        """The routes; `below` is the path under which the server has the app, such as "/hebei"."""
        root = f"{below}{ROOT}"
        api, one = f"{root}/api/rooms", f"{root}/api/rooms/{{code}}"
        answering = [
            ("POST", api, self._open),
            ("GET", one, self._phone),
            ("GET", f"{one}/screen", self._screen),
            ("PUT", f"{one}/me", self._join),
            ("DELETE", f"{one}/me", self._leave),
            ("PUT", f"{one}/vote", self._vote),
            ("PUT", f"{one}/plan", self._plan),
            ("GET", f"{one}/charts", self._charts),
            ("PUT", f"{one}/step", self._step),
            ("GET", f"{one}/teacher", self._teacher),
            ("DELETE", f"{one}/members/{{number:int}}", self._remove),
            ("DELETE", f"{one}/names", self._clear_names),
            ("GET", f"{one}/results.csv", self._results),
            ("DELETE", one, self._delete),
            ("GET", f"{root}/api/model/{{stamp}}", self._model),
        ]
        return [
            Route(root, _page("phone", "live/assets")),
            Route(f"{root}/new", _page("teacher", "assets")),
            Route(f"{root}/qr.svg", _qr),
            Route(f"{root}/assets/{{name}}", _asset),
            Route(f"{root}/{{code}}", _page("phone", "assets")),
            Route(f"{root}/{{code}}/screen", _page("teacher", "../assets")),
            Route(f"{root}/{{code}}/teacher", _page("teacher", "../assets")),
            *(Route(path, self.answers.endpoint(call), methods=[method]) for method, path, call in answering),
        ]

    def prepare(self) -> None:
        """Compute what the first pages need, and the lessons of the rooms that are open."""
        for locale in map(Locale, LANGUAGES):
            pages.page("phone", locale.language, (), "")
        game_data.model_part()
        for lesson in self.store.lessons_of_rooms():
            _prepare_lesson(lesson)

    # --- Phones --------------------------------------------------------------------------------------

    def _phone(self, asked: Asked) -> dict[str, Any]:
        room = self.rooms.room(asked.code)
        member = self.store.member(room, asked.device) if asked.device else None
        if member is not None:
            self.presence.see(room.id, member.id)
            if asked.number("stage") == room.stage:
                return {"stage": room.stage, "same": True}
        return shown.phone_state(self.rooms, room, member, asked.locale)

    def _join(self, asked: Asked) -> dict[str, Any]:
        self.rooms.join(asked.code, asked.device, asked.content.get("name", ""))
        return self._after(asked)

    def _vote(self, asked: Asked) -> dict[str, Any]:
        content = asked.content
        self.rooms.vote(asked.code, asked.device, str(content.get("lesson")), content.get("choice"))
        return self._after(asked)

    def _plan(self, asked: Asked) -> dict[str, Any]:
        self.rooms.hand_in(asked.code, asked.device, asked.content.get("spending"))
        return self._after(asked)

    def _after(self, asked: Asked) -> dict[str, Any]:
        room = self.rooms.room(asked.code)
        return shown.phone_state(self.rooms, room, self.store.member(room, asked.device), asked.locale)

    def _leave(self, asked: Asked) -> dict[str, Any]:
        self.rooms.leave(asked.code, asked.device)
        return {}

    def _model(self, asked: Asked) -> Response:
        if asked.path["stamp"] != game_data.model_stamp():
            raise RefusedError(404, "live_class.bad_request")
        return Response(game_data.model_part(), media_type="application/json", headers=FOR_LONG)

    # --- Projector and teacher -----------------------------------------------------------------------

    def _open(self, asked: Asked) -> dict[str, Any]:
        self.answers.require(NEW_ROOMS, asked.address)
        lesson = str(asked.content.get("lesson"))
        code, key = self.rooms.open(lesson)
        threading.Thread(target=_prepare_lesson, args=(lesson,), daemon=True).start()
        return {"code": code, "key": key}

    def _screen(self, asked: Asked) -> dict[str, Any]:
        room = self.rooms.room(asked.code)
        present = self.presence.count(room.id)
        if asked.number("version") == room.version and asked.number("present") == present:
            return {"same": True}
        return shown.screen_state(self.rooms, room, present, asked.locale)

    def _teacher(self, asked: Asked) -> dict[str, Any]:
        self.rooms.require_teacher(asked.code, asked.key)
        return {}

    def _step(self, asked: Asked) -> dict[str, Any]:
        content = asked.content
        self.rooms.go_to(asked.code, asked.key, str(content.get("lesson")), str(content.get("step")))
        return self._screen(asked)

    def _remove(self, asked: Asked) -> dict[str, Any]:
        self.rooms.remove(asked.code, asked.key, asked.path["number"])
        return {}

    def _clear_names(self, asked: Asked) -> dict[str, Any]:
        self.rooms.clear_names(asked.code, asked.key)
        return {}

    def _delete(self, asked: Asked) -> dict[str, Any]:
        self.rooms.delete(asked.code, asked.key)
        return {}

    def _charts(self, asked: Asked) -> dict[str, Any]:
        room = self.rooms.room(asked.code)
        number = asked.number("plan")
        if number is None:
            if not shown.is_at(room, "run"):
                raise RefusedError(409, "live_class.not_yet")
            return shown.lesson_charts(room.lesson, asked.locale)
        found = shown.plan_charts(self.rooms, room, number, asked.locale) if room.step == "league" else None
        if found is None:
            raise RefusedError(409, "live_class.not_yet")
        return found

    def _results(self, asked: Asked) -> Response:
        room = self.rooms.require_teacher(asked.code, asked.key)
        table = results_table(self.rooms, room, asked.locale)
        return Response(table, media_type="text/csv; charset=utf-8", headers=HEADERS)


def _prepare_lesson(lesson: str) -> None:
    for locale in map(Locale, LANGUAGES):
        shown.lesson_charts(lesson, locale)


def _page(name: str, assets: str) -> Any:
    async def page(request: Request) -> Response:
        asked = request.query_params.get("lang", "")
        text = await anyio.to_thread.run_sync(pages.page, name, asked, reachable_addresses(), assets)
        return HTMLResponse(text, headers=pages.HEADERS)

    return page


async def _asset(request: Request) -> Response:
    found = pages.asset(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    content, kind = found
    return Response(content, media_type=kind, headers=FOR_LONG)


async def _qr(request: Request) -> Response:
    """The picture of a room's address; of nothing else, so that it leads nobody elsewhere by this server's name."""
    base, code = request.query_params.get("base", ""), request.query_params.get("code", "")
    if not ADDRESS.fullmatch(base) or not CODE.fullmatch(code):
        return Response(status_code=400)
    picture = io.BytesIO()
    segno.make(f"{base.rstrip('/')}{ROOT}/{code}", error="m").save(picture, kind="svg", border=2, omitsize=True)
    return Response(picture.getvalue(), media_type="image/svg+xml", headers=FOR_LONG)
