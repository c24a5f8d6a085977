"""A headless Firefox without network, driven by WebDriver BiDi, which every Firefox speaks."""

import contextlib
import json
import re
import shutil
import subprocess
import time
from dataclasses import dataclass, field

from websockets.sync.client import connect

NAMES = ("firefox-esr", "firefox")
START_LIMIT, LIMIT = 60, 30
LOOK_EVERY = 0.05
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
EVENTS = ("network.beforeRequestSent", "log.entryAdded")
NOWHERE = 9
"""A port of this machine where nothing answers: the proxy of every request to another machine."""
PREFERENCES = {
    "network.proxy.type": 1,
    **{f"network.proxy.{kind}": "127.0.0.1" for kind in ("http", "ssl", "socks")},
    **{f"network.proxy.{kind}_port": NOWHERE for kind in ("http", "ssl", "socks")},
    "network.proxy.allow_hijacking_localhost": True,
    "app.update.auto": False,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.download.alwaysOpenPanel": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
}


def firefox_path():
    """Where Firefox is installed, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@dataclass
class Firefox:
    """The browser: calls, and what it has told of meanwhile."""

    socket: object
    number: int = 0
    requests: list = field(default_factory=list)
    errors: list = field(default_factory=list)

    def call(self, method, **parameters):
        """A command and its answer; a refusal fails the test."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.socket.recv(timeout=LIMIT))
            if told.get("id") == self.number:
                assert told["type"] == "success", told
                return told["result"]
            self._hear(told)

    def _hear(self, told):
        if told.get("method") == "network.beforeRequestSent":
            self.requests.append(told["params"]["request"]["url"])
        elif told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
            self.errors.append(told["params"]["text"])

    def open(self, address, width=1440, height=900):
        """A window with a page."""
        window = Window(self, self.call("browsingContext.create", type="window")["context"])
        self.call("browsingContext.setViewport", context=window.context, viewport={"width": width, "height": height})
        self.call("browsingContext.navigate", context=window.context, url=address, wait="complete")
        return window


@dataclass
class Window:
    """A page, or a frame in it."""

    firefox: Firefox
    context: str

    def evaluate(self, expression):
        """The value of an expression of the page, or what it promises."""
        told = self.firefox.call(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))",
            target={"context": self.context},
            awaitPromise=True,
        )
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        return json.loads(told["result"]["value"])

    def wait_for(self, expression):
        """Wait until an expression holds; gives its value."""
        end = time.monotonic() + LIMIT
        while not (value := self.evaluate(expression)):
            assert time.monotonic() < end, expression
            time.sleep(LOOK_EVERY)
        return value

    def frame(self):
        """The only frame of the page."""
        (tree,) = self.firefox.call("browsingContext.getTree", root=self.context)["contexts"]
        (child,) = tree["children"]
        return Window(self.firefox, child["context"])

    def drag(self, start, end):
        """Move the mouse with its button held from one point to another."""

        def to(place):
            return {"type": "pointerMove", "x": round(place[0]), "y": round(place[1]), "duration": 50}

        middle = [(one + other) / 2 for one, other in zip(start, end, strict=True)]
        held = [
            to(start),
            {"type": "pointerDown", "button": 0},
            to(middle),
            to(end),
            {"type": "pointerUp", "button": 0},
        ]
        self.firefox.call(
            "input.performActions",
            context=self.context,
            actions=[{"type": "pointer", "id": "mouse", "actions": held}],
        )

    def close(self):
        """Close the window."""
        self.firefox.call("browsingContext.close", context=self.context)


@contextlib.contextmanager
def running_firefox(executable, folder):
    """Start Firefox with a profile of its own in a folder, into which it also saves files; ended afterwards."""
    profile = folder / "profile"
    profile.mkdir()
    preferences = PREFERENCES | {"browser.download.dir": str(folder)}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [executable, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0"]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
    try:
        with connect(f"{_address(folder / 'log')}/session", max_size=None, proxy=None) as socket:
            firefox = Firefox(socket)
            firefox.call("session.new", capabilities={})
            firefox.call("session.subscribe", events=list(EVENTS))
            yield firefox
    finally:
        process.terminate()
        process.wait(LIMIT)


def _address(log):
    """The address at which Firefox listens, which it writes when it has started."""
    end = time.monotonic() + START_LIMIT
    while not (told := LISTENING.search(log.read_text(errors="replace"))):
        assert time.monotonic() < end, log.read_text(errors="replace")
        time.sleep(LOOK_EVERY)
    return told[1]
