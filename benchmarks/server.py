"""Servers on this machine, of the app or of a folder, for benchmarks and browser tests, and a headless browser."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cli.app_server import ANSWERING_HOST, CLASS_FILE, ENTRY, LIVE_ENTRY, server_command

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
START_LIMIT = 60.0
END_LIMIT = 10.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LIGHT_BROWSER = "chromium-headless-shell"
"""The same browser without windows of its own, in which pages open sooner; not for timings therefore."""
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
)
"""No graphics card, no background requests of the browser."""


def browser_path(*, light: bool = False) -> str | None:
    """Where Chromium is installed, or None; if `light`, the light one where there is one."""
    names = (LIGHT_BROWSER, *BROWSERS) if light else BROWSERS
    return next(filter(None, map(shutil.which, names)), None)


def free_port() -> int:
    """A port of this machine at which nothing answers."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Server:
    """A running server: its address and the id of its process."""

    address: str
    pid: int


@contextlib.contextmanager
def running_server(
    log: Path | None = None, class_file: Path | None = None, port: int = 0, health: str = "/_stcore/health"
) -> Iterator[Server]:
    """Start the app, on a free port unless one is given; stopped at the end. Its error output goes to `log`, or is
    discarded. With `class_file` it has live classes."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", HOST, "--server.port", str(port)]
    folder, environment = ROOT, dict(os.environ)
    if class_file is not None:
        command, folder = server_command(HOST, port, LIVE_ENTRY), ENTRY.parent
        environment |= {CLASS_FILE: str(class_file), ANSWERING_HOST: HOST}
    with open(log or os.devnull, "ab") as errors:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=errors)
    try:
        _wait_until_ready(process, f"http://{HOST}:{port}{health}")
        yield Server(f"http://{HOST}:{port}", process.pid)
    finally:
        _end(process)


def _end(process: subprocess.Popen) -> None:
    """Terminate the server; kill it where it does not end in time."""
    process.terminate()
    try:
        process.wait(timeout=END_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def running_app(log: Path | None = None) -> Iterator[str]:
    """Start the app on a free port and yield its address; stopped at the end."""
    with running_server(log) as server:
        yield server.address


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line on screen for each."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served_folder(folder: Path) -> Iterator[str]:
    """Serve the files of a folder on a free port and yield its address; stopped at the end."""
    with ThreadingHTTPServer((HOST, 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{HOST}:{server.server_port}"
        finally:
            server.shutdown()


def _wait_until_ready(process: subprocess.Popen, address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise RuntimeError(f"the app ended with code {process.returncode}; run `streamlit run app.py` to see why")
        with contextlib.suppress(OSError), opener.open(address, timeout=1) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the app did not answer within {START_LIMIT:.0f} s")
