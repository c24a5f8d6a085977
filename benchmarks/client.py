"""A session of the app without a browser, over Streamlit's protocol, so that many fit on a small machine."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from urllib.parse import parse_qs, urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from model.scenario import AS_HAPPENED
from views.results.links import to_link
from views.results.moves import Move, held, scaled
from views.results.settings import Settings
from views.results.sliders import Slot

COMPONENT = "explore"
"""Key of the component on the Explore page."""
TRIGGERS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
"""Widget id of the events of a component, by the id of the component."""
XSRF_COOKIE = "_streamlit_xsrf"
LARGEST_MESSAGE = 64 * 2**20
PATIENCE = 60.0
"""Seconds to wait for an answer."""


@dataclass
class Answer:
    """What one run of the script sent: times in seconds since the request, and what was in it."""

    finished: float = 0.0
    answered: float = 0.0
    data: dict = field(default_factory=dict)
    html: list[str] = field(default_factory=list)
    failed: str = ""


class Client:
    """One session: opened by a link, moved by its sliders, sent to other pages."""

    def __init__(self, address: str, query: str):
        self.address, self.query = address, query
        self.component_id = self.fragment = self.page = ""
        self.pages: dict[str, str] = {}
        self.sent = 0
        self.widgets: dict[str, str] = {}
        self.socket: ClientConnection

    async def __aenter__(self) -> Client:
        cookie = await asyncio.to_thread(xsrf_cookie, self.address)
        host = urlsplit(self.address).netloc
        self.socket = await connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=["streamlit", cookie],
            origin=self.address,
            proxy=None,
            additional_headers={"Cookie": f"{XSRF_COOKIE}={cookie}"},
            max_size=LARGEST_MESSAGE,
            compression=None,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def open(self) -> Answer:
        """The first page, as the link has it."""
        return await self._run()

    async def move(self, moved: Mapping[str, Move]) -> Answer:
        """Come to a state with these sliders moved, as the component does when one is released."""
        self.sent += 1
        query = urlencode(to_link(Settings(moved=moved), "en"), safe=":,~")
        return await self._send_event("settled", {"n": self.sent, "query": query})

    async def rest(self) -> Answer:
        """Request the bands, as the component does when its sliders rest."""
        return await self._send_event("rest", self.sent)

    async def _send_event(self, event: str, value: object) -> Answer:
        events = [{"event": event, "value": value}]
        state = WidgetState(id=TRIGGERS.format(self.component_id), json_trigger_value=json.dumps(events))
        return await self._run([state], self.fragment)

    async def visit(self, page: str) -> Answer:
        """Go to a page by the name in its address; the first has none."""
        self.page, self.query = self.pages[page], ""
        return await self._run()

    async def choose(self, key: str, option: str) -> Answer:
        """Choose one of the buttons of a group by its label."""
        state = WidgetState(id=self.widgets[key])
        state.string_array_value.data.append(option)
        return await self._run([state])

    async def _run(self, states: Iterable[WidgetState] = (), fragment: str = "") -> Answer:
        message = BackMsg()
        wanted = message.rerun_script
        wanted.query_string, wanted.page_script_hash, wanted.fragment_id = self.query, self.page, fragment
        wanted.widget_states.widgets.extend(states)
        wanted.context_info.url, wanted.context_info.locale = f"{self.address}/", "en-US"
        begin = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            return await self._answer(begin)

    async def _answer(self, begin: float) -> Answer:
        answer = Answer()
        async for raw in self.socket:
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._read(message.delta, answer, time.perf_counter() - begin)
            elif kind == "navigation":
                self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
                self.page = message.navigation.page_script_hash
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                answer.finished = time.perf_counter() - begin
                return answer
        raise ConnectionError("the server closed the session")

    def _read(self, delta: Delta, answer: Answer, passed: float) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "bidi_component" and element.bidi_component.id.endswith(f"-{COMPONENT}"):
            self.component_id, self.fragment = element.bidi_component.id, delta.fragment_id
            answer.data, answer.answered = json.loads(element.bidi_component.json), passed
        elif kind == "button_group":
            self.widgets[element.button_group.id.rpartition("-")[2]] = element.button_group.id
        elif kind == "html":
            answer.html.append(element.html.body)
        elif kind == "exception":
            answer.failed = element.exception.message


def xsrf_cookie(address: str) -> str:
    """The cookie against cross-site request forgery that the server sets; empty where it sets none."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{address}/_stcore/health", timeout=PATIENCE) as answer:
        cookies = answer.headers.get_all("Set-Cookie") or []
    values = [part.split(";")[0].partition("=")[2] for part in cookies if part.startswith(XSRF_COOKIE)]
    return values[0] if values else ""


def random_move(slot: Slot, random: Random) -> Move:
    """A place anywhere on a slider: a factor where the path as happened changes over the years, otherwise a value."""
    if slot.scalable and slot.varies(AS_HAPPENED):
        scale = slot.scale(AS_HAPPENED)
        return scaled(round(random.uniform(scale.low, scale.high), 2))
    return held(slot.rounded(random.uniform(slot.low, slot.high)))


def mistake(answer: Answer, moved: Mapping[str, Move]) -> str:
    """The first error in an answer to a session that has moved these sliders; empty where the answer is right."""
    if answer.failed or not answer.data:
        return answer.failed or "no answer of the component"
    link = parse_qs(answer.data["query"]).get("set", [""])[0]
    moving = {name: move for name, move in moved.items() if not move.changes_nothing}
    expected = to_link(Settings(moved=moving), "en").get("set", "")
    if link != expected or answer.data["answer"]["query"] != answer.data["query"]:
        return f"not the state of this session: {link} instead of {expected}"
    return "" if answer.data["answer"]["sentence"] else "no sentence"
