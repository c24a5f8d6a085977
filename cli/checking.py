"""The command check: scenario files, and the model itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from model.scenario import load_scenario
from model.scenario.problems import Problem, ScenarioError

from .listing import print_json
from .refusals import BAD_INPUT, FAULT
from .running import load_all

ALLOWED = "allowed: "
"""Start of the part of a message that lists the allowed values."""


def check_files(files: Sequence[Path], as_json: bool) -> None:
    """Check scenario files and print what is wrong with them, or that they are fine."""
    if not as_json:
        for scenario in load_all(files):
            print(f"{scenario.name}: fine")
        return
    records = [_file_record(file) for file in files]
    print_json({"files": records})
    if not all(record["ok"] for record in records):
        raise typer.Exit(BAD_INPUT)


def _file_record(file: Path) -> dict[str, object]:
    try:
        load_scenario(file)
    except ScenarioError as error:
        return {"file": str(file), "ok": False, "problems": [_problem_record(p) for p in error.problems]}
    return {"file": str(file), "ok": True, "problems": []}


def _problem_record(problem: Problem) -> dict[str, object]:
    """One problem; its file is another one where a scenario that is extended has it."""
    _, separator, allowed = problem.message.rpartition(ALLOWED)
    return {
        "file": problem.file,
        "line": problem.line,
        "message": problem.message,
        "message_zh": problem.message_zh,
        "allowed": allowed if separator else None,
    }


def check_model() -> None:
    """Check the units of every equation; print the size of the model."""
    from model.engine.graph import feedback_loops
    from model.engine.units import check_units
    from model.system import system

    known = system()
    problems = check_units(known)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        raise typer.Exit(FAULT)
    kinds = [v.kind for v in known.variables.values()]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("stock", "flow", "auxiliary", "annual"))
    loops = feedback_loops(known, longest=6)
    print(f"{len(kinds)} variables ({counts}), {len(known.inputs)} inputs: all units agree")
    print(f"{len(loops)} feedback loops of at most 6 variables")
