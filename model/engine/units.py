"""Units: a pint registry that a model extends, and the check that every equation has the unit it declares."""

from __future__ import annotations

import functools
import zlib
from pathlib import Path

import numpy as np
import pint

from .declare import Axis, Variable
from .errors import UnitError
from .system import TIME, System

_REGISTRY = pint.UnitRegistry()
_ALIASES: dict[str, str] = {}
_LOADED: set[Path] = set()
_ALIAS = "alias:"
_TOLERANCE = 1e-9


def load(definitions: Path) -> None:
    """Add the units in `definitions` (pint's syntax, plus lines "alias: shown = meaning") to the registry, once."""
    if definitions in _LOADED:
        return
    for line in definitions.read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith(_ALIAS):
            shown, _, meaning = text.removeprefix(_ALIAS).partition("=")
            _ALIASES[shown.strip()] = meaning.strip()
        elif text:
            _REGISTRY.define(text)
    _LOADED.add(definitions)


@functools.cache
def unit(text: str) -> pint.Unit:
    """The unit written as `text`; "1" is a pure number. A `UnitError` says when it cannot be read."""
    if text == "1":
        return _REGISTRY.dimensionless
    for shown, meaning in _ALIASES.items():
        text = text.replace(shown, meaning)
    try:
        return _REGISTRY.Unit(text.replace("%", "percent"))
    except (pint.errors.UndefinedUnitError, pint.errors.DefinitionSyntaxError, ValueError, TypeError) as error:
        raise UnitError(f"unit {text!r} cannot be read: {error}; define it in the units file") from None


@functools.cache
def conversion_factor(source: str, target: str) -> float:
    """What a number in `source` is multiplied by to give it in `target`."""
    try:
        return float((1.0 * unit(source)).to(unit(target)).magnitude)
    except pint.errors.DimensionalityError as error:
        raise UnitError(f"{source!r} and {target!r} have different dimensions: {error}") from None


def check_units(system: System) -> list[str]:
    """Evaluate every equation with quantities in the declared units of its causes; return one line per problem.

    Dimension and scale must both agree with the declaration: a factor such as 1e8 between yuan and
    亿元 is a problem too. Arrays take the shape that the variable has in a run.
    """
    axes = _axes(system)
    declared = {name: i.unit for name, i in system.inputs.items()} | {n: v.unit for n, v in system.variables.items()}
    declared[TIME] = "yr"
    problems = []
    for variable in system.variables.values():
        try:
            if variable.kind == "stock":
                problems += _check_stock(variable, declared)
            else:
                arguments = [_sample(c, declared[c], axes.get(c), variable.kind == "annual") for c in variable.causes]
                with np.errstate(divide="ignore"):
                    problems += _compare(variable, variable.function(*arguments))
        except (pint.errors.DimensionalityError, pint.errors.OffsetUnitCalculusError) as error:
            problems.append(
                f"{variable.name} ({variable.chapter}): {error}; check the units of {list(variable.causes)}"
            )
        except UnitError as error:
            problems.append(f"{variable.name} ({variable.chapter}): {error}")
    return problems


def require_units(system: System) -> None:
    """Raise a `UnitError` that lists all problems, if there are any."""
    problems = check_units(system)
    if problems:
        raise UnitError("\n".join(problems))


def _axes(system: System) -> dict[str, Axis | None]:
    """The axis of every variable and input, found by tracing the shapes of one run."""
    import jax

    from .integrate import Horizon, build

    horizon = Horizon(0, 1, 1)
    parameters = {n: _zeros(i.axis, ()) for n, i in system.inputs.items() if i.kind == "parameter"}
    tables = {n: _zeros(i.axis, (2,)) for n, i in system.inputs.items() if i.kind != "parameter"}
    shapes = jax.eval_shape(build(system, horizon), parameters, tables)
    by_size = {len(axis): axis for axis in system.axes}
    found: dict[str, Axis | None] = {n: by_size[s.shape[1]] if len(s.shape) > 1 else None for n, s in shapes.items()}
    return {**{n: i.axis for n, i in system.inputs.items()}, **found}


def _zeros(axis: Axis | None, lead: tuple[int, ...]) -> np.ndarray:
    return np.ones((*lead, len(axis)) if axis else lead)


def _sample(name: str, text: str, axis: Axis | None, yearly: bool):
    """A quantity between 0.2 and 0.8 in the declared unit; yearly statistics get two rows."""
    generator = np.random.default_rng(zlib.crc32(name.encode()))
    shape = (2,) * yearly + ((len(axis),) if axis else ())
    return generator.uniform(0.2, 0.8, shape) * unit(text)


def _compare(variable: Variable, result) -> list[str]:
    given = result if hasattr(result, "units") else result * _REGISTRY.dimensionless
    expected = unit(variable.unit)
    if given.units.dimensionality != expected.dimensionality:
        return [
            f"{variable.name} ({variable.chapter}): declared {variable.unit!r}, but the equation gives "
            f"'{given.units:~}'; change the declaration or the equation"
        ]
    factor = float((1.0 * given.units).to(expected).magnitude)
    if abs(factor - 1) > _TOLERANCE:
        return [
            f"{variable.name} ({variable.chapter}): declared {variable.unit!r}, the equation gives '{given.units:~}', "
            f"which differs by the factor {factor:g}; use convert() or percent()"
        ]
    return []


def _check_stock(variable: Variable, declared: dict[str, str]) -> list[str]:
    problems = []
    expected = 1.0 * unit(variable.unit)
    parts = [(flow, unit(declared[flow]) * _REGISTRY.yr) for flow in (*variable.inflows, *variable.outflows)]
    if isinstance(variable.initial, str):
        parts.append((variable.initial, unit(declared[variable.initial])))
    for name, given in parts:
        try:
            factor = float((1.0 * given).to(expected.units).magnitude)
        except pint.errors.DimensionalityError:
            factor = float("nan")
        if not abs(factor - 1) <= _TOLERANCE:
            problems.append(
                f"{variable.name} ({variable.chapter}): unit {variable.unit!r} does not fit {name} in "
                f"{declared[name]!r}; a flow has the unit of the stock per year, an initial value that of the stock"
            )
    return problems
