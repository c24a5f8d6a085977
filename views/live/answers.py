"""From a request to an answer: reads it within limits, has it answered in a thread, and says refusals in words."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from views.language import LANGUAGES, Locale, language_of_browser

from .floods import BY_ADDRESS, BY_DEVICE, WRONG_CODES, Floods, Rate
from .rooms import RefusedError

MOST_BYTES = 4096
"""Size of what a page sends at most."""
THREADS = 4
"""Requests that are answered at the same time; more wait."""
NO_ROOM = "live_class.no_room"
Answering = Callable[["Asked"], Any]
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


class Asked:
    """One request: the parts of its path, its query, what it sends, and who asks."""

    def __init__(self, request: Request, content: Mapping[str, Any]):
        self.path, self.query, self.content = request.path_params, request.query_params, content
        self.key, self.device = request.headers.get("x-key", ""), request.headers.get("x-device", "")
        self.address = address_of(request)
        self.locale = locale_of(request)

    @property
    def code(self) -> str:
        """The code of the room."""
        return str(self.path["code"])

    def number(self, name: str) -> int | None:
        """A whole number of the query; None where there is none."""
        text = self.query.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def address_of(request: Request) -> str:
    """The address of who asks, as the server sees it."""
    return request.client.host if request.client else ""


def locale_of(request: Request) -> Locale:
    """The language that the page asks for, else that of the browser."""
    asked = request.query_params.get("lang")
    return Locale(asked if asked in LANGUAGES else language_of_browser(request.headers.get("accept-language")))


class Answers:
    """Makes endpoints of functions that take an `Asked` and return plain data or a response."""

    def __init__(self, floods: Floods):
        self._floods = floods
        self._threads: anyio.CapacityLimiter | None = None

    def endpoint(self, answer: Answering) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a function."""

        async def respond(request: Request) -> Response:
            locale = locale_of(request)
            try:
                self.require(BY_ADDRESS, address_of(request))
                if device := request.headers.get("x-device", ""):
                    self.require(BY_DEVICE, device)
                asked = Asked(request, await _content(request))
                found = await anyio.to_thread.run_sync(answer, asked, limiter=self._limiter())
            except RefusedError as refused:
                return self._refusal(refused, request, locale)
            return found if isinstance(found, Response) else JSONResponse(found, headers=HEADERS)

        return respond

    def require(self, rate: Rate, who: str) -> None:
        """Refuse what comes too often."""
        if not self._floods.allows(rate, who):
            raise RefusedError(429, "live_class.too_often")

    def _refusal(self, refused: RefusedError, request: Request, locale: Locale) -> Response:
        if refused.key == NO_ROOM and not self._floods.allows(WRONG_CODES, address_of(request)):
            refused = RefusedError(429, "live_class.too_many_codes")
        text = locale.translate(refused.key, **refused.values)
        return JSONResponse({"error": refused.key, "text": text}, refused.status, HEADERS)

    def _limiter(self) -> anyio.CapacityLimiter:
        # Made in the event loop that uses it.
        self._threads = self._threads or anyio.CapacityLimiter(THREADS)
        return self._threads


async def _content(request: Request) -> Mapping[str, Any]:
    """The object that a request sends, as JSON; empty where it sends nothing."""
    if request.method not in ("POST", "PUT"):
        return {}
    # A page of another site may not send this type without asking first.
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise RefusedError(415, "live_class.bad_request")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise RefusedError(413, "live_class.bad_request")
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise RefusedError(400, "live_class.bad_request") from None
    if not isinstance(content, dict):
        raise RefusedError(400, "live_class.bad_request")
    return content
