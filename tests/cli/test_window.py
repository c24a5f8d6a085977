"""What long commands show in a window: a bar with the time left that goes away, lines that fit, and how they stop."""

import os
import re
import signal
import subprocess
import sys

import pytest
from rich.cells import cell_len

pty = pytest.importorskip("pty", reason="opens a terminal as POSIX systems do")

ROOT = os.getcwd()
ERASE = "\x1b[2K"
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")
NARROW = 60
SMALL = ("find", "--target", "brand_products_2020>=850", "--alternatives", "0")
SMALL += ("--levers", "quality_and_brand,technical_renovation_investment")


def in_window(arguments, folder, stop_at=None):
    """Exit code and everything that a command sends to a narrow window; stopped once it has shown some text."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": ROOT, "TERM": "xterm", "COLUMNS": str(NARROW)}
    program = subprocess.Popen(
        [sys.executable, "-m", "hebei2025", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env=environment,
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # as Linux says that the other end is closed
            break
        if not part:
            break
        said += part
        if stop_at is not None and stop_at in said.decode(errors="ignore"):
            program.send_signal(signal.SIGINT)
            stop_at = None
    os.close(ours)
    return program.wait(timeout=30), said.decode()


def test_a_search_shows_the_time_left_and_then_only_its_result(tmp_path):
    code, said = in_window(SMALL, tmp_path)
    assert code == 0
    during, after = said.rsplit(ERASE, 1)
    assert "Parts" in during and "left" in during and re.search(r"\d:\d\d:\d\d", during)
    assert "Parts" not in after and "Scoreboard 目标完成情况" in after
    lines = CODES.sub("", after).split("\n")
    assert max(map(cell_len, lines)) <= NARROW
    assert any(line.startswith("Strength: 0 the base") and line.rstrip().endswith(" the") for line in lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ("attribute", "--indicator", "crude_steel_output", "--year", "2020", "--out", "parts.csv"),
        ("robust", "plan_or_no_plan", "--indicator", "smart_adoption", "--year", "2025", "--better", "higher"),
        ("find", "--target", "document", "--out", "found.yaml"),
        ("frontier", "--out", "front"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_request_to_stop_is_answered_and_leaves_nothing(arguments, tmp_path):
    code, said = in_window(arguments, tmp_path, stop_at="left")
    assert code == 130
    assert CODES.sub("", said.rsplit(ERASE, 1)[1]).strip().endswith("interrupted; nothing was written")
    assert "Traceback" not in said and list(tmp_path.iterdir()) == []


def test_a_command_that_is_stopped_before_it_begins_says_so(tmp_path):
    slow = "import time, hebei2025.experiments, cli.many_runs as m; from cli import main; "
    slow += "m.split_names = lambda names: (print('ready', flush=True), time.sleep(60)); main.main()"
    program = subprocess.Popen(
        [sys.executable, "-c", slow, "find", "--target", "document"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": ROOT},
    )
    assert program.stdout.readline() == "ready\n"
    program.send_signal(signal.SIGINT)
    _, errors = program.communicate(timeout=30)
    assert program.returncode == 130 and errors == "interrupted\n"
