"""Compares this engine with the one before it, plain numpy, Simlin and PySD, in turns: python -m benchmarks

The engine before is run from the commit given by --old, in an environment of its own, which takes some minutes to
install the first time; --old-python names one that is there. What cannot be had is left out, with the reason.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import hebei2025 as hb

from . import engines, exchange, processes
from .report import load, machine
from .rounds import Cost, Results
from .summary import printed
from .trees import BEFORE, Tree, earlier_tree, this_tree

ROUNDS, PROCESS_ROUNDS = 15, 7
OLD_PACKAGES, NEW_PACKAGES = ["jax", "jaxlib", "ml_dtypes", "opt_einsum"], ["wasmtime"]
"""What the engine before needed and this one does not, and the reverse."""


def main() -> None:
    """Measure everything and print the tables of `docs/benchmarks.md`."""
    given = _arguments()
    results = Results()
    results.notes.append(f"{machine()}, {load()} at the start")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trees = [this_tree(folder / "cache"), *_old_trees(given, results)]
        processes.fresh_processes(results, trees, folder, given.process_rounds, given.old_uncached)
        processes.imports(results, trees[0], given.process_rounds)
        processes.commands(results, trees[0], given.process_rounds)
        processes.edited_equation(results, trees[0], folder, given.process_rounds)
        exported = folder / "as_happened.xmile"
        hb.export("as_happened", exported)
        engines.runs(results, trees, exported, given.rounds)
        _pysd(results, exported)
        _sizes(results, trees)
    results.notes.append(f"{load()} at the end")
    print(printed(results))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--old", default=BEFORE, help="commit of the engine before; empty for none")
    parser.add_argument("--old-python", type=Path, help="a Python that has the packages of that commit")
    parser.add_argument(
        "--old-uncached", type=int, default=0, metavar="ROUNDS", help="rounds in which it compiles (a minute or two)"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of runs and ensembles")
    parser.add_argument("--process-rounds", type=int, default=PROCESS_ROUNDS, help="rounds of whole processes")
    return parser.parse_args()


def _old_trees(given: argparse.Namespace, results: Results) -> list[Tree]:
    """The tree of the engine before; none, with a note, where it cannot be had."""
    if not given.old:
        return []
    try:
        tree = earlier_tree(given.old, given.old_python)
        processes.process_cost(tree, ["-c", "import jax"])
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        results.notes.append(f"without the engine before, which cannot be had here: {error}")
        return []
    return [tree]


def _pysd(results: Results, exported: Path) -> None:
    """One run in PySD."""
    print("one run in PySD", file=sys.stderr)
    seconds = exchange.pysd_seconds(exported)
    if seconds is None:
        results.notes.append(f"without PySD; {exchange.HOW}")
    else:
        results.compare(engines.ALL, {engines.PYSD: lambda: Cost(seconds, seconds)}, 1)


def _sizes(results: Results, trees: list[Tree]) -> None:
    """Note what the packages of both engines take on the disk."""
    if len(trees) > 1:
        before = processes.installed_bytes(trees[1].python, OLD_PACKAGES)
        now = processes.installed_bytes(trees[0].python, NEW_PACKAGES)
        results.sizes = {"old engine": before, "new engine": now}


if __name__ == "__main__":
    main()
