"""Checks of numbers, years, parameters and drivers in scenarios."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from model.axes import BRANCH, SECTOR
from model.inputs import (
    DEFAULT,
    LATEST,
    START,
    Driver,
    Lever,
    Parameter,
    branches_of,
    driver_table,
    drivers,
    parameters,
)

from .lever_values import YEARS
from .yaml_source import Where, nearest, shown, suggestion

BRANCH_NAMES = tuple(dict.fromkeys((*BRANCH.labels, *SECTOR.labels, DEFAULT)))
"""What the value of a parameter may be set apart by; "default" is all the rest."""
FACTOR_KEYS = ("multiply", "from", "to")
HIGHEST_FACTOR = 10
"""Drivers may reach this many times the highest value of their own path; beyond lies a slip of units."""

GROWTH_UNIT = "1/yr"
GROWTH_RANGE = (-0.5, 0.5)
"""Allowed values of drivers that are rates of growth, the only ones that may be negative."""

Report = Callable[[Where, str], None]


def is_number(value: object) -> bool:
    """Whether `value` is a finite number (true and false are not)."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number too large for a float
        return False


def describe_range(lever: Lever, sector: str | None = None) -> str:
    """The allowed range in words, with unit; the unit may differ by sector."""
    return _range(lever.min, lever.max, lever.shown_unit.get(sector, lever.unit))


def _range(low: float, high: float, unit: str) -> str:
    return f"{low:g} to {high:g}{'' if unit == '1' else f' {unit}'}"


def check_years(keys: list, where: Where, report: Report) -> bool:
    """Report years that are none, lie outside the run, or are out of order; true when all is well."""
    fine = True
    for year in keys:
        if not isinstance(year, int) or isinstance(year, bool) or not START <= year <= LATEST:
            report((*where, year), f"{shown(year)} is no year of the model; allowed: {START} to {LATEST}")
            fine = False
    if fine and keys != sorted(keys):
        report(where, f"years are out of order: {', '.join(map(str, keys))}; allowed: rising order")
        fine = False
    return fine


def check_parameter(name: object, value: object, where: Where, report: Report) -> None:
    """Report everything wrong with the override of a parameter: its name, its branches, its numbers."""
    known = parameters()
    if name not in known:
        near = nearest(name, known)
        report(where, f"unknown parameter {shown(name)}; {near}allowed: those that `hebei2025 parameters` lists")
        return
    parameter = known[name]
    if not isinstance(value, Mapping):
        _check_constant(parameter, value, DEFAULT, where, report)
        return
    for branch, number in value.items():
        if parameter.axis is None:
            report(
                (*where, branch), f"{name} is not set by branch; allowed: one number, {_bounds(parameter, DEFAULT)[2]}"
            )
        elif branch not in BRANCH_NAMES:
            report((*where, branch), f"unknown branch {shown(branch)} for {name}; {suggestion(branch, BRANCH_NAMES)}")
        else:
            _check_constant(parameter, number, branch, (*where, branch), report)
    if not value:
        report(where, f"no value for {name}; allowed: {_bounds(parameter, DEFAULT)[2]}")


def _bounds(parameter: Parameter, branch: str) -> tuple[float, float, str]:
    """Low, high and both in words for `branch`, or for all branches together under "default"."""
    low, high = parameter.bounds()
    if parameter.axis is not None and branch != DEFAULT:
        columns = [BRANCH.index(b) for b in branches_of(branch)]
        low, high = low[columns], high[columns]
    return low.min(), high.max(), _range(low.min(), high.max(), parameter.unit)


def _check_constant(parameter: Parameter, value: object, branch: str, where: Where, report: Report) -> None:
    low, high, allowed = _bounds(parameter, branch)
    if not is_number(value):
        report(where, f"{shown(value)} is no finite number; {parameter.id} allows {allowed}")
    elif not low <= value <= high:
        report(where, f"{value:g} is out of range for {parameter.id}; allowed: {allowed}")


def check_driver(name: object, value: object, where: Where, report: Report) -> None:
    """Report everything wrong with the override of a driver: its name, its years, its numbers."""
    known = drivers()
    if name not in known:
        report(where, f"unknown driver {shown(name)}; {suggestion(name, known)}")
    elif isinstance(value, Mapping) and any(isinstance(key, str) for key in value):
        _check_factor(value, where, report)
    elif isinstance(value, Mapping):
        if not value:
            report(where, f"an empty table for {name}; allowed: at least one `year: value`")
        check_years(list(value), where, report)
        for year, number in value.items():
            _check_level(known[name], number, (*where, year), report)
    elif is_number(value):
        _check_level(known[name], value, where, report)
    else:
        allowed = _range(*driver_range(known[name]), known[name].unit)
        form = f"a number from {allowed}, a table of years, or {{multiply: factor}}"
        report(where, f"{shown(value)} is no value for {name}; allowed: {form}")


def _check_factor(value: Mapping, where: Where, report: Report) -> None:
    for key in value:
        if key not in FACTOR_KEYS:
            report((*where, key), f"unknown key {shown(key)}; {suggestion(key, FACTOR_KEYS)}")
    factor = value.get("multiply")
    if not is_number(factor) or not 0 <= factor <= HIGHEST_FACTOR:
        what = "is missing" if "multiply" not in value else f"is {shown(factor)}"
        report((*where, "multiply"), f"`multiply` {what}; allowed: a number from 0 to {HIGHEST_FACTOR}")
    check_years([value[key] for key in ("from", "to") if key in value], where, report)


def driver_range(driver: Driver) -> tuple[float, float]:
    """Lowest and highest value that a scenario may give a driver."""
    if driver.unit == GROWTH_UNIT:
        return GROWTH_RANGE
    return 0.0, HIGHEST_FACTOR * float(driver_table(driver, YEARS).max())


def _check_level(driver: Driver, value: object, where: Where, report: Report) -> None:
    low, high = driver_range(driver)
    allowed = _range(low, high, driver.unit)
    if not is_number(value):
        report(where, f"{shown(value)} is no finite number; {driver.id} allows {allowed}")
    elif not low <= value <= high:
        report(where, f"{value:g} is out of range for {driver.id}; allowed: {allowed}")
