"""`app --class-file`: what is refused before the app starts."""

import sqlite3
import subprocess
import sys

import pytest

from benchmarks.server import ROOT

BAD_INPUT = 2


def started(*given):
    """Exit code and error output of the program."""
    command = [sys.executable, "-m", "hebei2025", "app", "--headless", "--port", "8599", *map(str, given)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stderr


@pytest.mark.parametrize("kind", ["folder", "no_folder", "text", "other"])
def test_a_file_that_cannot_hold_classes_is_refused(tmp_path, kind):
    text, other = tmp_path / "notes.txt", tmp_path / "other.sqlite"
    text.write_text("notes\n" * 300)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE bank (balance REAL)")
    path, told = {
        "folder": (tmp_path, "is a folder; give a file for --class-file"),
        "no_folder": (tmp_path / "none" / "class.sqlite", "does not exist"),
        "text": (text, "is not a file of live classes; name a new file"),
        "other": (other, "is not a file of live classes; name a new file"),
    }[kind]
    code, errors = started("--class-file", path)
    assert code == BAD_INPUT and told in errors and "Traceback" not in errors
    assert sorted(one.name for one in tmp_path.iterdir()) == ["notes.txt", "other.sqlite"]
