"""Costs of whole processes: commands, scripts, imports, and an equation edited in a copy of the tree."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
import math
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from .rounds import Cost, Results
from .trees import Tree

BASELINE = "scenarios/as_happened.yaml"
SIMULATE = f"import hebei2025 as hb; hb.simulate({BASELINE!r})"
COMMAND = "from hebei2025.__main__ import main; main()"
SIMULATE_NAME, RUN_NAME = "`simulate` in a new process", "`hebei2025 run`"
CACHED, UNCACHED = "compiled functions cached", "nothing cached"
EDITED = "`hebei2025 run` after an edited equation"
IMPORTS = {
    "Python alone": "pass",
    "… and numpy": "import numpy",
    "… and pandas": "import numpy, pandas",
    "… and xarray": "import numpy, pandas, xarray",
    "… and wasmtime, pydantic, PyYAML": "import numpy, pandas, xarray, wasmtime, pydantic, yaml",
    "… and `hebei2025.simulate`": "import numpy, pandas, xarray, wasmtime, pydantic, yaml, hebei2025 as h; h.simulate",
}
"""What a process imports before it simulates, each line with those above it."""
_SIZES = """
import json, sys
from importlib import metadata
size = lambda name: sum(f.locate().stat().st_size for f in metadata.files(name) or () if f.locate().is_file())
print(json.dumps({name: size(name) for name in sys.argv[1:]}))
"""
EDITED_CHAPTER = Path("model/chapters/quality.py")
_EDIT = """

@auxiliary("1", "试算", "Trial")
def trial_of_the_benchmark(quality_index):
    \"\"\"Half of the index, or so.\"\"\"
    return quality_index * {factor}
"""


def process_cost(tree: Tree, arguments: list[str], cache: Path | None = None) -> Cost:
    """Cost of a process of a tree from start to end, with another folder of compiled functions where one is given.

    A process starts as a copy of this one, so peak memory below that of this one is unknown. Raises RuntimeError where
    the process fails.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(
        [tree.python, *arguments],
        cwd=tree.root,
        env=tree.environment(cache),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} failed: {message.decode(errors='replace')[-2000:]}")
    peak, own = _megabytes(usage), _megabytes(resource.getrusage(resource.RUSAGE_SELF))
    return Cost(usage.ru_utime + usage.ru_stime, wall, peak if peak > 1.05 * own else math.nan)


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def run_command(folder: Path) -> list[str]:
    """Arguments of Python for `hebei2025 run` of the baseline."""
    return ["-c", COMMAND, "run", BASELINE, "--out", str(folder / "results"), "--quiet"]


def fresh_processes(results: Results, trees: list[Tree], folder: Path, rounds: int, old_uncached: int) -> None:
    """Compare simulate and run in new processes of the trees.

    The first tree is measured with nothing cached too, the others then only in `old_uncached` rounds.
    """
    fresh = (folder / f"cache{number}" for number in itertools.count())
    for name, arguments in ((SIMULATE_NAME, ["-c", SIMULATE]), (RUN_NAME, run_command(folder))):
        for tree in trees:
            process_cost(tree, arguments)
        cached = {tree.name: functools.partial(process_cost, tree, arguments) for tree in trees}
        results.compare(f"{name}, {CACHED}", cached, rounds)
        uncached = {tree.name: _uncached(tree, arguments, fresh) for tree in trees}
        this = trees[0].name
        if old_uncached:
            results.compare(f"{name}, {UNCACHED}", uncached, old_uncached)
        results.compare(f"{name}, {UNCACHED}", {this: uncached[this]}, rounds)


def _uncached(tree: Tree, arguments: list[str], folders: Iterator[Path]) -> Callable[[], Cost]:
    return lambda: process_cost(tree, arguments, next(folders))


def imports(results: Results, tree: Tree, rounds: int) -> None:
    """What the imports of a process that simulates take."""
    contestants = {
        name: functools.partial(process_cost, tree, ["-c", statement]) for name, statement in IMPORTS.items()
    }
    results.compare("imports", contestants, rounds)


def commands(results: Results, tree: Tree, rounds: int) -> None:
    """Commands that run no model."""
    words = {f"`hebei2025 {line}`": line.split() for line in ("--help", "levers", f"check {BASELINE}")}
    calls = {name: functools.partial(process_cost, tree, ["-c", COMMAND, *given]) for name, given in words.items()}
    results.compare("commands", calls, rounds)


def edited_equation(results: Results, tree: Tree, folder: Path, rounds: int) -> None:
    """`hebei2025 run` after each of several changes of an equation in a copy of the tree."""
    copy = folder / "edited"
    shutil.copytree(tree.root, copy, ignore=shutil.ignore_patterns(".*", "tests", "docs"))
    edited = dataclasses.replace(tree, root=copy)
    chapter = copy / EDITED_CHAPTER
    original = chapter.read_text(encoding="utf-8")
    factors = itertools.count(1)

    def edit_and_run() -> Cost:
        chapter.write_text(original + _EDIT.format(factor=next(factors) / 100), encoding="utf-8")
        return process_cost(edited, run_command(folder))

    edit_and_run()
    results.compare(EDITED, {tree.name: edit_and_run}, rounds)


def installed_bytes(python: Path, packages: list[str]) -> dict[str, int]:
    """Bytes of the files of packages in the environment of a Python. Raises CalledProcessError for a missing one."""
    done = subprocess.run([python, "-c", _SIZES, *packages], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)
