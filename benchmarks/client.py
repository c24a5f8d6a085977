"""A session of the app without a browser, over Streamlit's protocol, so that many fit on a small machine."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from views.results.links import to_link
from views.results.settings import Settings
from views.results.sliders import Factor, Move, Slot

PANEL = "levers"
"""Key of the lever panel on the Explore page."""
TRIGGERS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
"""Widget id of the events of a component, by the id of the component."""
CHARTS = 2
"""Charts on the Explore page."""
XSRF_COOKIE = "_streamlit_xsrf"
LARGEST_MESSAGE = 64 * 2**20
PATIENCE = 60.0
"""Seconds to wait for an answer."""


@dataclass
class Answer:
    """What one run of the script sent: times in seconds since the request, and what was in it."""

    finished: float = 0.0
    charts: float = 0.0
    specs: list[str] = field(default_factory=list)
    panel: dict = field(default_factory=dict)
    html: list[str] = field(default_factory=list)
    failed: str = ""


class Client:
    """One session: opened by a link, moved by its sliders, sent to other pages."""

    def __init__(self, address: str, query: str):
        self.address, self.query = address, query
        self.panel_id = self.fragment = self.page = ""
        self.pages: dict[str, str] = {}
        self.sliders: dict[str, dict[str, Any]] = {}
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

    async def move(self, slot: str, move: Move) -> Answer:
        """Release a slider at a value or a factor, as the panel does."""
        return await self._send_event("moved", [{"slot": slot, **plain(move)}])

    async def settle(self) -> Answer:
        """Request the bands, as the panel does when its sliders rest."""
        return await self._send_event("settled", self.query)

    async def _send_event(self, event: str, value: object) -> Answer:
        events = [{"event": event, "value": value}]
        state = WidgetState(id=TRIGGERS.format(self.panel_id), json_trigger_value=json.dumps(events))
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
        if kind == "echarts_chart":
            answer.specs.append(element.echarts_chart.spec)
            answer.charts = passed
        elif kind == "bidi_component" and element.bidi_component.id.endswith(f"-{PANEL}"):
            self.panel_id, self.fragment = element.bidi_component.id, delta.fragment_id
            answer.panel = json.loads(element.bidi_component.json)
            self.sliders = answer.panel["state"]
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


def plain(move: Move) -> dict[str, object]:
    """A move as the panel sends and shows it: the position, and whether it is a factor on the path of the scenario."""
    if isinstance(move, Factor):
        return {"value": move.value, "scales": True}
    return {"value": move, "scales": False}


def random_move(slot: Slot, state: Mapping[str, Any], random: Random) -> Move:
    """A position anywhere on a slider in the `state` that the panel shows, on a step of the slider: a factor where the
    slider scales the path of the scenario, otherwise a value."""
    position = random.uniform(state["low"], state["high"])
    if not state["scales"]:
        return slot.rounded(position)
    steps = round((position - state["low"]) / state["step"])
    return Factor(state["low"] + steps * state["step"]).rounded()


def lines(answer: Answer) -> list[dict[str, list]]:
    """The lines of the present run in each chart by their id, without bands, which depend on the cache."""
    charts = [json.loads(spec)["series"] for spec in answer.specs]
    return [{s["id"]: s["data"] for s in series if s.get("id", "").startswith("line:")} for series in charts]


def mistake(answer: Answer, moved: Mapping[str, Move]) -> str:
    """The first error in an answer to a session that has moved these sliders; empty where the answer is right."""
    if answer.failed or len(answer.specs) != CHARTS:
        return answer.failed or f"{len(answer.specs)} charts instead of {CHARTS}"
    state = {name: each for name, each in answer.panel["state"].items() if each["moved"]}
    shown = {name: {"value": each["value"], "scales": each["scales"]} for name, each in state.items()}
    link = parse_qs(answer.panel["query"]).get("set", [""])[0]
    expected = to_link(Settings(moved=moved), "en").get("set", "")
    if link != expected or shown != {name: plain(move) for name, move in moved.items()}:
        return f"not the state of this session: {link} instead of {expected}"
    return ""
