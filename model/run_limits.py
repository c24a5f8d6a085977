"""Limits of the arguments of a run: last year, steps a year, method, names of results. One place for every caller."""

from __future__ import annotations

import operator
from collections.abc import Iterable

from model.engine.errors import suggestion

from .inputs import LATEST, START

METHODS = ("euler", "rk4")
SMALLEST_STEPS = 4
LARGEST_STEPS = 512


class RunError(ValueError):
    """A run with an argument that is not allowed; the message names the argument and the allowed values."""


def check_until(until: object) -> None:
    """Raise a RunError unless `until` is a year to which a run may go, or None (the last year of the scenario)."""
    if until is not None and not START <= _whole("until", until, f"{START} to {LATEST}") <= LATEST:
        raise RunError(f"until {until} is out of range; allowed: {START} to {LATEST}")


def check_steps(steps: object) -> None:
    """Raise a RunError unless a year may be divided into `steps`."""
    allowed = f"a whole number from {SMALLEST_STEPS} to {LARGEST_STEPS}"
    if not SMALLEST_STEPS <= _whole("steps", steps, allowed) <= LARGEST_STEPS:
        raise RunError(f"steps {steps} a year are out of range; allowed: {allowed}")


def check_method(method: object) -> None:
    """Raise a RunError unless `method` is a way of integration."""
    if method not in METHODS:
        raise RunError(f"method {method!r} is unknown; allowed: {', '.join(METHODS)}")


def check_outputs(outputs: Iterable[str] | None, known: Iterable[str]) -> None:
    """Raise a RunError unless every name in `outputs` is one of the variables `known`; None asks for all of them."""
    if isinstance(outputs, str):
        raise RunError(f"outputs {outputs!r} is one text; give a tuple of names, such as ({outputs!r},)")
    if outputs is None:
        return
    requested, names = list(outputs), list(known)
    if not requested:
        raise RunError("no output is named; give at least one variable, or None for all of them")
    for name in requested:
        if name not in names:
            raise RunError(f"output {name!r} is no variable of the model{suggestion(str(name), names)}")


def _whole(what: str, value: object, allowed: str) -> int:
    if isinstance(value, bool):
        raise RunError(f"{what} {value!r} is no whole number; allowed: {allowed}")
    try:
        return operator.index(value)  # type: ignore[arg-type]  # other types raise the TypeError below
    except TypeError:
        raise RunError(f"{what} {value!r} is no whole number; allowed: {allowed}") from None
