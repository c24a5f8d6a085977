"""Units: a pint registry that a model extends, and the check that every equation has the unit it declares."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pint

from .checked_system import HOLDING, TIME, System
from .declare import Variable
from .errors import DeclarationError, UnitError
from .shapes import check_shape
from .unit_files import ADDED

if TYPE_CHECKING:
    from .ops import Value

_REGISTRY: pint.UnitRegistry = pint.UnitRegistry()
_ALIASES: dict[str, str] = {}
_LOADED: set[Path] = set()
_ALIAS = "alias:"
_TOLERANCE = 1e-9
_RANGES = ((0.2, 0.8), (0.01, 1.0), (1.0, 100.0), (0.01, 100.0))
"""Ranges from which magnitudes are drawn: fractions first, then numbers on both sides of the limits in equations."""


def load(definitions: Path) -> None:
    """Add the units in `definitions` to the registry of this process, once.

    The file is in pint's syntax, plus lines "alias: shown = meaning" for units whose usual spelling
    pint cannot read, such as one with a space. A `UnitError` names file and line of a bad definition.
    """
    if definitions in _LOADED:
        return
    _LOADED.add(definitions)
    for number, line in enumerate(definitions.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.partition("#")[0].strip()
        try:
            if text.startswith(_ALIAS):
                shown, _, meaning = text.removeprefix(_ALIAS).partition("=")
                unit(meaning.strip())
                _ALIASES[shown.strip()] = meaning.strip()
            elif text:
                _REGISTRY.define(text)
        except (UnitError, ValueError, TypeError) as error:
            _LOADED.discard(definitions)
            raise UnitError(f"{definitions}:{number}: {error}") from None


def aliases() -> dict[str, str]:
    """Units that are shown otherwise than pint reads them, such as one with a space, and their meaning."""
    for definitions in ADDED:
        load(definitions)
    return dict(_ALIASES)


@functools.cache
def unit(text: str) -> pint.Unit:
    """The unit written as `text`; "1" is a pure number. Raises a `UnitError` where it cannot be read."""
    for definitions in ADDED:
        load(definitions)
    if text == "1":
        return _REGISTRY.dimensionless
    meaning = text
    for shown in sorted(_ALIASES, key=len, reverse=True):
        meaning = meaning.replace(shown, _ALIASES[shown])
    try:
        return _REGISTRY.Unit(meaning.replace("%", "percent"))
    except (pint.errors.PintError, ValueError, TypeError) as error:
        raise UnitError(f"unit {text!r} cannot be read: {error}; define it in the units file") from None


@functools.cache
def conversion_factor(source: str, target: str) -> float:
    """The factor that converts a number in `source` to `target`."""
    try:
        return float((1.0 * unit(source)).to(unit(target)).magnitude)
    except pint.errors.DimensionalityError as error:
        raise UnitError(f"{source!r} and {target!r} have different dimensions: {error}") from None


def check_units(system: System) -> list[str]:
    """Evaluate every equation with quantities in the declared units of its causes; return one line per problem.

    Dimension and scale must both agree with the declaration: a factor such as 1e8 between yuan and
    亿元 is a problem too. Every equation is also evaluated with the bare numbers, as a run does; where
    the two differ, it combines units of one dimension but different scale. Its value must have the shape of the axes
    that are declared.
    """
    declared = {name: i.unit for name, i in system.inputs.items()} | {n: v.unit for n, v in system.variables.items()}
    declared[TIME] = "yr"
    problems = []
    for variable in system.variables.values():
        try:
            if variable.kind in HOLDING:
                problems += _check_holding(variable, declared)
            else:
                problems += _check_equation(system, variable, declared)
        except UnitError as error:
            problems.append(f"{variable.name} ({variable.chapter}): {error}")
        except DeclarationError as error:
            problems.append(str(error))
    return problems


def require_units(system: System) -> None:
    """Raise a `UnitError` that lists all problems, if there are any."""
    problems = check_units(system)
    if problems:
        raise UnitError("\n".join(problems))


def _check_equation(system: System, variable: Variable, declared: Mapping[str, str]) -> list[str]:
    where = f"{variable.name} ({variable.chapter})"
    causes = ", ".join(f"{cause} [{declared[cause]}]" for cause in variable.causes)
    for low, high in _RANGES:
        numbers = [_numbers(system, variable, c, low, high) for c in variable.causes]
        quantities = [n * unit(declared[c]) for n, c in zip(numbers, variable.causes, strict=True)]
        with np.errstate(all="ignore"):
            try:
                plain = variable.equation(*numbers)
                value = variable.equation(*quantities)
            except (pint.errors.PintError, TypeError, ValueError) as error:
                return [f"{where}: {error}; its causes are {causes}"]
        check_shape(variable, np.shape(plain), _years(variable))
        problems = _compare(where, variable.unit, value, plain, causes)
        if problems:
            return problems
    return []


def _years(variable: Variable) -> tuple[int, ...]:
    """What trails in the values of a variable: two years in annual statistics."""
    return (2,) if variable.kind == "annual" else ()


def _numbers(system: System, variable: Variable, cause: str, low: float, high: float) -> np.ndarray:
    """Random magnitudes for a cause, the same in every run; paths of annual statistics get two years."""
    source = system.inputs.get(cause)
    shape, trail = system.shape_of(cause), _years(variable)
    if source is not None and source.kind == "parameter":
        trail = (1,) * len(trail) if shape else ()
    generator = np.random.default_rng(zlib.crc32(f"{cause} {low} {high}".encode()))
    return np.exp(generator.uniform(np.log(low), np.log(high), (*shape, *trail)))


def _compare(where: str, declared: str, value: Value, plain: Value, causes: str) -> list[str]:
    quantity = value if isinstance(value, pint.Quantity) else value * _REGISTRY.dimensionless
    expected = unit(declared)
    if quantity.units.dimensionality != expected.dimensionality:
        advice = f"change the declaration or the equation; its causes are {causes}"
        return [f"{where}: declared {declared!r}, but the equation gives '{quantity.units:~}'; {advice}"]
    factor = float((1.0 * quantity.units).to(expected).magnitude)
    if abs(factor - 1) > _TOLERANCE:
        advice = f"which differs by the factor {factor:g}; use convert(), percent() or fraction()"
        return [f"{where}: declared {declared!r}, but the equation gives '{quantity.units:~}', {advice}"]
    if not np.allclose(quantity.magnitude, plain, rtol=_TOLERANCE, atol=0, equal_nan=True):
        advice = f"use convert(), percent() or fraction() on one of its causes {causes}"
        return [f"{where}: the equation combines units of one dimension but different scale; {advice}"]
    return []


def _check_holding(variable: Variable, declared: Mapping[str, str]) -> list[str]:
    """Flows of a stock, what a fixed delay delays, its time, and initial values."""
    problems = []
    expected = unit(variable.unit)
    rule = "a flow has the unit of the stock per year, an initial value that of the stock"
    parts = [(flow, expected / _REGISTRY.yr) for flow in (*variable.inflows, *variable.outflows)]
    if variable.kind == "delayed":
        rule = "a fixed delay has the unit of what it delays and of its initial value, and a time in years"
        parts = [(variable.of, expected), (variable.time, _REGISTRY.yr)]
    if isinstance(variable.initial, str):
        parts.append((variable.initial, expected))
    for name, needed in parts:
        its_unit = unit(declared[name])
        same = its_unit.dimensionality == needed.dimensionality
        if not same or abs(float((1.0 * its_unit).to(needed).magnitude) - 1) > _TOLERANCE:
            problems.append(
                f"{variable.name} ({variable.chapter}): unit {variable.unit!r} does not fit {name} in "
                f"{declared[name]!r}; {rule}"
            )
    return problems
