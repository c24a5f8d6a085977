"""Starting the app: Streamlit on this machine only, and a browser tab once it answers."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

from .main import require_extra

ENTRY = Path(__file__).parents[1] / "views" / "shell" / "entry.py"
"""Script that Streamlit runs, with the settings beside it; part of a package, so that every installation has it."""
ADDRESS = "127.0.0.1"
PATIENCE = 60.0
"""Seconds to wait for the server before giving up on opening a browser."""
PAUSE = 0.2


def server_command(port: int) -> list[str]:
    """The command that serves the app; headless, because Streamlit otherwise asks and advertises on page and screen."""
    settings = {"server.address": ADDRESS, "server.port": str(port), "server.headless": "true"}
    options = [word for name, value in settings.items() for word in (f"--{name}", value)]
    # -P: modules in the folder where the user starts the app must not take the place of ours.
    return [sys.executable, "-P", "-m", "streamlit", "run", str(ENTRY), *options]


def start_streamlit(port: int, headless: bool) -> int:
    """Serve the app until it is stopped; opens a browser unless `headless`. Returns the server's exit code."""
    require_extra("app", "the app")
    server = subprocess.Popen(server_command(port), cwd=ENTRY.parent)
    try:
        if not headless and _answers(f"http://{ADDRESS}:{port}/_stcore/health", server):
            webbrowser.open(f"http://{ADDRESS}:{port}")
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0


def _answers(address: str, server: subprocess.Popen) -> bool:
    """Wait until the server answers; false when it ends or takes too long."""
    begin = time.monotonic()
    while server.poll() is None and time.monotonic() - begin < PATIENCE:
        try:
            with urllib.request.urlopen(address, timeout=PAUSE * 5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(PAUSE)
    return False
