"""Importing the package: quick, and never with foreign modules of the names of its packages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hebei2025.guard import PACKAGES, is_command

ROOT = Path(__file__).parents[2]
LONGEST_IMPORT = 0.2
"""Seconds of processor time."""


def python(*arguments, folder=None, path=()):
    """Run Python in `folder` with the checkout behind `path` on its search path."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*map(str, path), str(ROOT)])}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_importing_is_quick_and_imports_nothing_heavy(tmp_path):
    code = (
        "import sys, time; begin = time.process_time(); import hebei2025; print(time.process_time() - begin)\n"
        "print([m for m in ('numpy', 'pandas', 'xarray', 'wasmtime', 'model', 'cli', 'plotly') if m in sys.modules])"
    )
    seconds, heavy = python("-c", code, folder=tmp_path).stdout.splitlines()
    assert float(seconds) < LONGEST_IMPORT
    assert heavy == "[]"


@pytest.mark.parametrize("name", PACKAGES)
def test_a_foreign_module_beside_the_script_is_named(tmp_path, name):
    foreign = tmp_path / f"{name}.py"
    foreign.write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "script.py").write_text("import hebei2025\n", encoding="utf-8")
    done = python("script.py", folder=tmp_path)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith(
        "hebei2025.guard.ForeignModuleError: hebei2025 has packages of its own that other files hide"
    )
    assert f"`import {name}` gives {foreign.resolve()}" in last and "Rename that file" in last


def test_a_foreign_package_and_one_imported_before_are_named_too(tmp_path):
    (tmp_path / "views").mkdir()
    (tmp_path / "views" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "model.py").write_text("", encoding="utf-8")
    done = python("-c", "import model, hebei2025", folder=tmp_path)
    last = done.stderr.splitlines()[-1]
    assert str(tmp_path / "model.py") in last and str(tmp_path / "views" / "__init__.py") in last
    assert "Rename those files" in last


def test_the_command_says_so_without_a_traceback(tmp_path):
    (tmp_path / "model.py").write_text("x = 1\n", encoding="utf-8")
    as_module = python("-m", "hebei2025", "levers", folder=tmp_path)
    program = tmp_path / "bin" / "hebei2025"
    program.parent.mkdir()
    program.write_text("import sys\nfrom hebei2025.__main__ import main\nsys.exit(main())\n", encoding="utf-8")
    as_program = python(program, "levers", folder=tmp_path, path=[tmp_path])
    for done in (as_module, as_program):
        assert done.returncode == 2, done.stderr
        assert str(tmp_path / "model.py") in done.stderr
        assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1


def test_folders_without_code_are_no_obstacle(tmp_path):
    for name in PACKAGES:
        (tmp_path / name).mkdir()
    done = python("-m", "hebei2025", "levers", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["python", "/usr/bin/hebei2025", "run"], True),
        (["python.exe", "C:/x/hebei2025-script.py"], True),
        (["python", "-P", "-m", "hebei2025", "app"], True),
        (["python", "-m", "pytest", "hebei2025"], False),
        (["python", "script.py", "hebei2025"], False),
        (["python"], False),
    ],
)
def test_how_a_process_started(arguments, expected):
    assert is_command(arguments) is expected
