"""Limits of the arguments of a run: last year, steps a year, method, names of results. One place for every caller."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable
from fractions import Fraction

from model.engine.errors import suggestion

from .inputs import LATEST, START

METHODS = ("euler", "rk4")
SMALLEST_STEPS = 4
LARGEST_STEPS = 512
STEP_TEXT = re.compile(r"[0-9]{1,9}/[0-9]{1,9}|[0-9]{0,9}\.?[0-9]{1,12}")
"""A step as text. Without exponents: 1e-999999999 as a fraction would fill the memory."""
STEP_TOLERANCE = 1e-9
"""Relative difference up to which a step such as 0.16666666667 counts as a part of a year."""


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


def steps_per_year(dt: object) -> int:
    """Steps a year for a step of `dt` years, such as 1/16, 0.0625 or "1/16"; RunError unless it divides the year."""
    allowed = (
        f"allowed: 1/n of a year, n a whole number from {SMALLEST_STEPS} to {LARGEST_STEPS}, such as 1/16 or 0.0625"
    )
    step = _step(dt)
    if step is None or step <= 0:
        raise RunError(f"dt {dt!r} is no step; {allowed}")
    steps = round(1 / step)
    if not SMALLEST_STEPS <= steps <= LARGEST_STEPS or abs(step * steps - 1) > STEP_TOLERANCE:
        raise RunError(f"dt {dt} does not fit; {allowed}")
    return steps


def _step(dt: object) -> Fraction | None:
    """`dt` as a fraction; None where it is no finite number."""
    if isinstance(dt, bool) or (isinstance(dt, str) and not STEP_TEXT.fullmatch(dt.strip())):
        return None
    try:
        return Fraction(dt)  # type: ignore[call-overload]
    except (ValueError, TypeError, ZeroDivisionError, OverflowError):
        return None


def check_method(method: object) -> None:
    """Raise a RunError unless `method` is a way of integration."""
    if method not in METHODS:
        raise RunError(f"method {method!r} is unknown; allowed: {', '.join(METHODS)}")


def check_outputs(outputs: Iterable[str] | None, known: Iterable[str]) -> None:
    """Raise a RunError for no name in `outputs`, or one that is no variable in `known`; None stands for all of them."""
    if isinstance(outputs, str):
        raise RunError(f"outputs {outputs!r} is one text; give a tuple of names, such as ({outputs!r},)")
    if outputs is None:
        return
    names, chosen = list(known), list(outputs)
    if not chosen:
        raise RunError("no output is named; allowed: names of variables, or None for all of them")
    for name in chosen:
        if name not in names:
            raise RunError(f"output {name!r} is no variable of the model{suggestion(str(name), names)}")


def _whole(what: str, value: object, allowed: str) -> int:
    if isinstance(value, bool):
        raise RunError(f"{what} {value!r} is no whole number; allowed: {allowed}")
    try:
        return operator.index(value)  # type: ignore[arg-type]  # other types raise the TypeError below
    except TypeError:
        raise RunError(f"{what} {value!r} is no whole number; allowed: {allowed}") from None
