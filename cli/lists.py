"""The commands levers, variables, parameters, targets and clauses: what the model has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from . import listing
from .arguments import Json, given_path, scenario_files


def levers(as_json: Json = False) -> None:
    """List the levers: range, default, clauses, cost."""
    listing.show_levers(as_json)


def variables(as_json: Json = False) -> None:
    """List every variable with unit, equation and definition."""
    listing.show_variables(as_json)


def parameters(as_json: Json = False) -> None:
    """List every parameter with value, range, grade and source."""
    listing.show_parameters(as_json)


def targets(
    scenario: Annotated[
        Optional[list[Path]],
        typer.Option(
            metavar="SCENARIO.yaml",
            help="Run this scenario and show how far it keeps them; may be repeated.",
            parser=given_path,
            autocompletion=scenario_files,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the targets of the document, of the province, and national ones; or hold scenarios against them."""
    from .scoreboard import show_targets

    show_targets(scenario or (), as_json)


def clauses(as_json: Json = False) -> None:
    """List the clauses of the document and where each acts in the model."""
    listing.show_clauses(as_json)


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (levers, variables, parameters, targets, clauses):
        app.command()(command)
