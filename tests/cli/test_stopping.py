"""Signals that ask the program to stop."""

import os
import signal
import subprocess
import sys
import time

import pytest

from .support import BASELINE

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
BEGIN = (
    "import signal, sys, time\n"
    "from pathlib import Path\n"
    "import cli.running\n"
    "from batch.staging import Staged\n"
    "from cli.main import main\n"
)
WRITING = BEGIN + (
    "def writing(request, scenarios, reference, steps):\n"
    "    with Staged(request.out, lambda stage, mover: None) as stage:\n"
    "        (stage / 'half.csv').write_text('x')\n"
    "        print('ready', flush=True)\n"
    "        {what}\n"
    "cli.running._run_and_write = writing\n"
    "main()\n"
)
ASLEEP = "time.sleep(60)"
OUTSIDE_PYTHON = "import hashlib; hashlib.pbkdf2_hmac('sha256', b'', b'', 2**31 - 1)"
"""Outside Python for minutes, as a long call of a library is, without looking for signals."""


def started(code, folder, ignored=()):
    arguments = [sys.executable, "-c", code, "run", str(BASELINE), "--out", str(folder / "results")]

    def set_signals():
        # A runner in the background hands on that it ignores some of them.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)

    program = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=set_signals
    )
    assert program.stdout.readline() == "ready\n"
    assert any(p.name.startswith(".hebei2025-") for p in folder.iterdir())
    return program


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_every_request_to_stop_leaves_nothing(tmp_path, number):
    program = started(WRITING.replace("{what}", ASLEEP), tmp_path)
    program.send_signal(number)
    _, errors = program.communicate(timeout=30)
    assert program.returncode == 130
    assert errors == "interrupted; nothing was written\n"
    assert list(tmp_path.iterdir()) == []


def test_a_program_in_a_call_outside_python_stops_within_seconds(tmp_path):
    program = started(WRITING.replace("{what}", OUTSIDE_PYTHON), tmp_path)
    time.sleep(0.5)
    program.send_signal(signal.SIGTERM)
    begin = time.monotonic()
    _, errors = program.communicate(timeout=60)
    assert program.returncode == 130 and errors == "interrupted\n"
    assert time.monotonic() - begin < 30
    assert list(tmp_path.iterdir()) == []


def test_a_signal_that_was_switched_off_stays_off(tmp_path):
    """As under nohup."""
    program = started(WRITING.replace("{what}", "time.sleep(2)"), tmp_path, ignored=[signal.SIGHUP])
    program.send_signal(signal.SIGHUP)
    program.communicate(timeout=30)
    assert program.returncode == 0
