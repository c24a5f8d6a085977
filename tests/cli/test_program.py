"""The program itself: the app server, faults, start-up, public names."""

import json
import os
import re
import socket
import subprocess
import sys
from importlib import metadata

import pytest

import model
from cli.main import main

from .support import BASELINE, hebei2025, refused

HEAVY = ("wasmtime", "pandas", "xarray", "scipy", "networkx", "streamlit", "pint")


class FakeServer:
    """A server process that ends when it is waited for."""

    started: list = []

    def __init__(self, command, **_):
        self.started.append(" ".join(command))

    def wait(self):
        return 0

    def poll(self):
        return None


@pytest.fixture
def app_started(monkeypatch):
    """The commands with which servers were started, and the addresses that were opened in a browser."""
    from cli import app_server

    opened = []
    monkeypatch.setattr(FakeServer, "started", [])
    monkeypatch.setattr(app_server.subprocess, "Popen", FakeServer)
    monkeypatch.setattr(app_server, "_answers", lambda *_: True)
    monkeypatch.setattr(app_server, "own_address", lambda: "10.1.2.3")
    monkeypatch.setattr(app_server.webbrowser, "open", opened.append)
    return FakeServer.started, opened


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_app_serves_this_machine_only_and_opens_a_browser(app_started):
    commands, opened = app_started
    port = free_port()
    done = hebei2025("app", "--port", port, "--headless")
    assert done.exit_code == 0 and done.stderr == ""
    assert opened == []
    command = commands[0]
    assert "-P -m streamlit run" in command and "views/shell/entry.py" in command
    assert "--server.address 127.0.0.1" in command
    assert f"--server.port {port}" in command
    assert "--server.headless true" in command
    assert hebei2025("app", "--port", port).exit_code == 0
    assert opened == [f"http://127.0.0.1:{port}"]
    assert refused("app", "--port", "99999")


def test_app_for_other_machines_says_that_everybody_can_use_it(app_started):
    commands, opened = app_started
    port = free_port()
    done = hebei2025("app", "--host", "0.0.0.0", "--port", port)
    assert done.exit_code == 0
    assert f"Everybody who reaches this machine can use the app at http://10.1.2.3:{port};" in done.stderr
    assert done.stdout == f"The app answers at http://127.0.0.1:{port}; Ctrl-C ends it.\n"
    assert "--server.address 0.0.0.0" in commands[0]
    assert "--logger.hideWelcomeMessage true" in commands[0], "no other machine is asked for an address"
    assert opened == [f"http://127.0.0.1:{port}"]
    assert hebei2025("app", "--host", "localhost", "--port", port).stderr == ""


def test_app_with_live_classes_starts_their_server(app_started, tmp_path, monkeypatch):
    commands, _ = app_started
    monkeypatch.setattr("cli.app_server.require_class_file", lambda path: None)
    done = hebei2025("app", "--port", free_port(), "--headless", "--class-file", tmp_path / "class.sqlite")
    assert done.exit_code == 0 and "views/live/entry.py" in commands[0]
    assert "Live classes are kept in" in done.stderr and "--host 0.0.0.0" in done.stderr


def test_app_at_a_port_in_use_names_another(app_started):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        message = refused("app", "--port", port)
    match = re.fullmatch(rf"port {port} is in use; choose another, such as --port (\d+)\n", message)
    assert match and port < int(match[1]) <= port + 50
    assert app_started[0] == []


def test_app_at_an_address_of_another_machine_is_refused(app_started):
    for host in ("192.0.2.1", "no.such.host.invalid", "x" * 300):
        assert f"--host {host}: the app cannot answer at" in refused("app", "--host", host)
    assert app_started[0] == []


# The program itself


def test_a_fault_of_the_program_is_one_line_and_exit_1(monkeypatch, capsys):
    def broken():
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr(sys, "argv", ["hebei2025", "targets"])
    monkeypatch.setattr("cli.main.stop_on_signals", lambda: None)
    monkeypatch.setattr("cli.scoreboard.targets", broken)
    monkeypatch.delenv("HEBEI2025_DEBUG", raising=False)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
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


def test_version():
    assert hebei2025("--version").stdout == f"hebei2025 {metadata.version('hebei2025')}\n"


def test_completion_proposes_scenarios_and_levers(tmp_path):
    from cli.arguments import scenario_files, settings

    for name in ("a.yaml", "b.yml", "c.csv"):
        (tmp_path / name).write_text("")
    (tmp_path / "more").mkdir()
    inside = f"{tmp_path}{os.sep}"
    assert scenario_files(inside) == [f"{inside}a.yaml", f"{inside}b.yml", f"{inside}more/"]
    assert scenario_files(f"{inside}a") == [f"{inside}a.yaml"]
    assert scenario_files(f"{inside}none/x") == []
    assert settings("output_c") == ["output_cap="]
    assert "--install-completion" in hebei2025("--help").stdout


@pytest.mark.parametrize("command", [["levers"], ["targets"], ["clauses"], ["parameters"], ["check", "x.yaml"]])
def test_every_json_output_carries_the_version_of_its_layout(command):
    record = json.loads(hebei2025(*command, "--json").stdout)
    assert record["schema_version"] == 1
