"""Refusals of bad input: a message on standard error, and the exit code for it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import typer

BAD_INPUT = 2
FAULT = 1


def fail(message: str) -> typer.Exit:
    """Print `message` to standard error and give the exit for bad input."""
    print(message, file=sys.stderr)
    return typer.Exit(BAD_INPUT)


def write_file(out: Path, text: str) -> None:
    """Write one file, all or nothing; the exit for bad input where that is not possible."""
    from batch.staging import OutputError, write_whole

    try:
        write_whole(out, text)
    except OutputError as error:
        raise fail(str(error)) from None


def require_extra(extra: str, purpose: str, modules: Iterable[str] | None = None) -> None:
    """Exit as for bad input, saying what to install, unless `modules` (default: all) of an extra are there."""
    from model.extras import MissingExtraError, require

    try:
        require(extra, purpose, modules)
    except MissingExtraError as error:
        raise fail(str(error)) from None
