"""The program itself: the app server, faults, start-up, public names."""

import os
import subprocess
import sys

import pytest

import model
from cli.main import main

from .support import BASELINE, hebei2025, refused

HEAVY = ("jax", "pandas", "xarray", "scipy", "networkx", "streamlit", "pint")


class FakeServer:
    """A server process that ends when it is waited for."""

    started: list = []

    def __init__(self, command, **_):
        self.started.append(" ".join(command))

    def wait(self):
        return 0

    def poll(self):
        return None


def test_app_serves_this_machine_only_and_opens_a_browser(monkeypatch):
    from cli import app_server

    opened = []
    monkeypatch.setattr(FakeServer, "started", [])
    monkeypatch.setattr(app_server.subprocess, "Popen", FakeServer)
    monkeypatch.setattr(app_server, "_answers", lambda *_: True)
    monkeypatch.setattr(app_server.webbrowser, "open", opened.append)
    assert hebei2025("app", "--port", "8765", "--headless").exit_code == 0
    assert opened == []
    command = FakeServer.started[0]
    assert "-P -m streamlit run" in command and "views/shell/entry.py" in command
    assert "--server.address 127.0.0.1" in command
    assert "--server.port 8765" in command
    assert "--server.headless true" in command
    assert hebei2025("app", "--port", "8765").exit_code == 0
    assert opened == ["http://127.0.0.1:8765"]
    assert refused("app", "--port", "99999")


# The program itself


def test_a_fault_of_the_program_is_one_line_and_exit_1(monkeypatch, capsys):
    def broken():
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr(sys, "argv", ["hebei2025", "targets"])
    monkeypatch.setattr("cli.scoreboard.targets", broken)
    monkeypatch.delenv("HEBEI2025_DEBUG", raising=False)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "hebei2025: a fault of the program: RuntimeError: first line",
        "Set HEBEI2025_DEBUG=1 to see where.",
    ]
    monkeypatch.setenv("HEBEI2025_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main()


def in_new_process(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env={**os.environ, **environment}, timeout=60
    )


@pytest.mark.parametrize("arguments", [["--help"], ["levers", "--json"], ["targets"], ["check", str(BASELINE)]])
def test_quick_commands_import_nothing_heavy(arguments):
    code = (
        f"import sys, json; sys.argv = ['hebei2025', *{arguments!r}]\n"
        "from cli.main import main\n"
        "try: main()\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        f"heavy = [m for m in {HEAVY!r} if m in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    done = in_new_process(code)
    assert done.returncode == 0, done.stderr.decode()


def test_chinese_text_survives_a_terminal_that_cannot_show_it():
    code = "import sys; sys.argv = ['hebei2025', 'levers', '--json']; from cli.main import main; main()"
    done = in_new_process(code, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr.decode()
    assert "技术改造投资" in done.stdout.decode("utf-8")


def test_public_names_of_the_package():
    for name in model.__all__:
        assert getattr(model, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        model.simulat  # noqa: B018
