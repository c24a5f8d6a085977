"""The wheel in a fresh environment outside the checkout, and what is run there."""

from __future__ import annotations

import contextlib
import copy
import os
import subprocess
import time
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path

from .facts import CONSTRAINTS

REPORT = "installed.json"
"""Name of the report of an installation."""
TIME_LIMIT = 1200.0
"""Seconds that one command may take; on two idle cores the longest needs one minute."""
START_LIMIT = 120.0
"""Seconds that the app may take to answer."""


class Failure(Exception):
    """A check that failed; the message holds the command and its output."""


class Installed:
    """The wheel in a separate environment; commands run in the folder `home`."""

    def __init__(self, folder: Path):
        self.home = folder / "elsewhere"
        self.home.mkdir()
        self.programs = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
        inherited = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
        self.environment = {"HEBEI2025_CACHE": str(folder / "modules"), **inherited}

    def elsewhere(self, **variables: str) -> Installed:
        """The same environment as another person has it: in another folder, with other variables."""
        other = copy.copy(self)
        other.home = self.home / "of another person"
        other.home.mkdir()
        other.environment = self.environment | variables
        return other

    def run(self, *command: str | Path, expect: int = 0, search_path: Path | None = None) -> str:
        """Run a program of the environment, require its exit code, and return its output.

        `search_path` is a folder before all others in which Python looks for modules.
        """
        environment = self.environment | ({"PYTHONPATH": str(search_path)} if search_path else {})
        words = [str(self.programs / str(command[0])), *map(str, command[1:])]
        done = subprocess.run(
            words, cwd=self.home, env=environment, capture_output=True, encoding="utf-8", timeout=TIME_LIMIT
        )
        if done.returncode != expect or "Traceback" in done.stderr:
            raise Failure(
                f"{' '.join(words)}\nended with {done.returncode}, not {expect}\n{done.stdout}\n{done.stderr}"
            )
        return done.stdout + done.stderr

    def hebei2025(self, *arguments: str | Path, expect: int = 0, search_path: Path | None = None) -> str:
        """Run the command line."""
        return self.run("hebei2025", *arguments, expect=expect, search_path=search_path)


def install(wheel: Path, folder: Path) -> Installed:
    """Install the wheel with everything but the test tools; pip's report of it lies in the folder.

    Without compiling to bytecode: Python does that for the modules that are imported, a small part of all.
    """
    place = Installed(folder)
    venv.create(folder / "environment", with_pip=True)
    options = ("--quiet", "--no-compile", "--disable-pip-version-check", "--constraint", CONSTRAINTS)
    place.run("python", "-m", "pip", "install", *options, "--report", folder / REPORT, f"{wheel}[all]")
    return place


@contextlib.contextmanager
def running_app(place: Installed, port: int) -> Iterator[Path]:
    """The app on a port of this machine; stopped at the end, with the server that it started."""
    log = place.home / "app.log"
    command = [str(place.programs / "hebei2025"), "app", "--headless", "--port", str(port)]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=place.home, env=place.environment, stdout=stream, stderr=stream, start_new_session=True
        )
    try:
        yield log
    finally:
        stop(process)


def stop(process: subprocess.Popen) -> None:
    """End a process that leads its session, with its children."""
    if os.name == "nt":
        process.terminate()
    else:
        import signal

        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def fetch(address: str, log: Path) -> str:
    """The answer at an address, as soon as there is one."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        with contextlib.suppress(OSError), opener.open(address, timeout=5) as answer:
            return answer.read().decode("utf-8")
        time.sleep(0.3)
    raise Failure(f"{address} did not answer within {START_LIMIT:.0f} s\n{log.read_text(encoding='utf-8')}")
