"""Streams that are closed, or that nobody reads to the end."""

import json
import os
import subprocess
import sys

import pytest

from .support import BASELINE

pytestmark = pytest.mark.skipif(os.name != "posix", reason="closes streams as a POSIX shell does")
PROGRAM = f"'{sys.executable}' -c 'from cli.main import main; main()'"


def shell(command):
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr and "fault" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_commands_run_with_closed_streams(closing):
    for arguments, code in (
        (f"check '{BASELINE}'", 0),
        ("levers", 0),
        ("levers --json", 0),
        ("check nowhere.yaml", 2),
        ("nonsense", 2),
    ):
        assert shell(f"{PROGRAM} {arguments} {closing}").returncode == code, arguments


def test_messages_do_not_go_into_a_file_that_takes_the_place_of_a_closed_stream(tmp_path):
    code = (
        "from cli.streams import open_streams; open_streams(); import sys\n"
        f"with open({str(tmp_path / 'x')!r}, 'w') as file:\n"
        "    print('out'); print('err', file=sys.stderr); file.write('data')\n"
    )
    subprocess.run(["bash", "-c", f"'{sys.executable}' -c \"$0\" >&- 2>&-", code], timeout=60, check=True)
    assert (tmp_path / "x").read_text() == "data"


@pytest.mark.parametrize("command", ["levers", "variables", "parameters", "targets", "clauses", "schema"])
@pytest.mark.parametrize("option", ["", "--json"])
def test_a_reader_that_goes_away_is_no_fault(command, option):
    if command == "schema" and option:
        return
    done = shell(f"{PROGRAM} {command} {option} | head -c 1; echo ${{PIPESTATUS[0]}}")
    assert done.stdout[1:].strip() in ("0", "141"), done.stdout
    assert done.stderr == ""


def test_help_and_refusals_into_a_pipe_that_nobody_reads():
    assert shell(f"{PROGRAM} --help | true; exit ${{PIPESTATUS[0]}}").returncode in (0, 141)
    assert shell(f"{PROGRAM} check nowhere.yaml 2>&1 | true; exit ${{PIPESTATUS[0]}}").returncode in (2, 141)


def test_json_goes_through_a_pipe_whole():
    assert len(json.loads(shell(f"{PROGRAM} clauses --json | cat").stdout)["clauses"]) > 40
