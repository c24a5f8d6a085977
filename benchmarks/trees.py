"""Trees of files to measure: this one, and that of an earlier commit with an environment of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from .rounds import Cost

ROOT = Path(__file__).parents[1]
WORKER = Path(__file__).with_name("worker.py")
BEFORE = "2ba08ae"
"""The last commit with the engine that used JAX."""


@dataclass(frozen=True)
class Tree:
    """Files of the project, the Python that runs them, and the folder of their compiled functions."""

    name: str
    root: Path
    python: Path
    cache: Path

    def environment(self, cache: Path | None = None) -> dict[str, str]:
        """The environment for its processes; modules are stored as bytecode, as in every installation."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, "PYTHONPATH": str(self.root), "HEBEI2025_CACHE": str(cache or self.cache)}


class Worker:
    """A process in a tree that runs parts of the model on request; see `worker`."""

    def __init__(self, tree: Tree, *arguments: str):
        self.process = subprocess.Popen(
            [tree.python, "-P", WORKER, *arguments],
            cwd=tree.root,
            env=tree.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def measure(self, task: str, repeats: int) -> Cost:
        """Mean cost of one repeat of a task."""
        assert self.process.stdin and self.process.stdout
        print(task, repeats, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the worker stopped during {task!r} with code {self.process.wait()}")
        return Cost(*json.loads(answer))

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def this_tree(cache: Path) -> Tree:
    """The files here, with this Python."""
    return Tree("new engine", ROOT, Path(sys.executable), cache)


def earlier_tree(commit: str, python: Path | None) -> Tree:
    """The files of a commit, with `python` or an environment of their own, kept in the user's cache for the next time.

    Raises `subprocess.CalledProcessError` where the commit or its packages cannot be had.
    """
    folder = Path(platformdirs.user_cache_dir("hebei2025-benchmarks")) / commit
    root, environment = folder / "tree", folder / "environment"
    if not root.exists():
        archive = subprocess.run(["git", "-C", str(ROOT), "archive", commit], check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(root, filter="data")
    if python is None:
        python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        packages = ["--constraint", root / "constraints.txt", f"{root}[files]"]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True, stdout=sys.stderr)
    return Tree("old engine", root, python, folder / "compiled")
