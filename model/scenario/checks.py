"""Checks of numbers, years, parameters and drivers in scenarios."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TypeGuard

from model.axes import BRANCH, SECTOR
from model.engine.text import Text
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

from .first_edition import driver_note, parameter_note
from .lever_values import YEARS
from .problems import (
    Report,
    Where,
    alternatives,
    empty_table,
    key_and_value,
    missing,
    no_number,
    out_of_range,
    quoted,
    unknown_key,
)

BRANCH_NAMES = tuple(dict.fromkeys((*BRANCH.labels, *SECTOR.labels, DEFAULT)))
"""Keys by which the values of a parameter may differ; "default" is every other branch."""
FACTOR_KEYS = ("multiply", "from", "to")
SHIFT_KEYS = ("add", "from", "to")
FACTOR = Text(zh="{multiply: 倍数}", en="{multiply: factor}")
SHIFT = Text(zh="{add: 增减量}", en="{add: change}")
HIGHEST_FACTOR = 10
"""Drivers may reach this many times the highest value of their default path; more would be an error of units."""

GROWTH_UNIT = "1/yr"
GROWTH_RANGE = (-0.5, 0.5)
"""Allowed values of drivers that are rates of growth, the only ones that may be negative."""

PARAMETERS_LISTED = Text(zh="命令 `hebei2025 parameters` 所列的参数", en="those that `hebei2025 parameters` lists")
UNIT_WORDS = {
    "M weight cases": "百万重量箱",
    "MtCO2": "百万吨CO₂",
    "Mtce": "百万吨标准煤",
    "Mt": "百万吨",
    "m^3": "立方米",
    "product": "个",
    "centre": "个",
    "person": "人",
    "firm": "家",
    "yr": "年",
}
"""Chinese words for the parts of units; parts that are not here are written the same in Chinese."""
_UNIT_PART = re.compile("|".join(map(re.escape, UNIT_WORDS)))


def is_number(value: object) -> TypeGuard[float]:
    """Whether `value` is a finite number (true and false are not)."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number too large for a float
        return False


def describe_range(lever: Lever, sector: str | None = None) -> Text:
    """The allowed range in words, with unit; the unit may differ by sector."""
    return _range(lever.min, lever.max, lever.unit if sector is None else lever.shown_unit.get(sector, lever.unit))


def _range(low: float, high: float, unit: str) -> Text:
    if unit == "1":
        return Text(zh=f"{low:g} 至 {high:g}", en=f"{low:g} to {high:g}")
    return Text(zh=f"{low:g} 至 {high:g} {_unit_in_chinese(unit)}", en=f"{low:g} to {high:g} {unit}")


def _unit_in_chinese(unit: str) -> str:
    """A unit in Chinese, part by part: `Mt/yr` is 百万吨/年."""
    return _UNIT_PART.sub(lambda part: UNIT_WORDS[part[0]], unit)


def check_years(keys: list, where: Where, report: Report) -> bool:
    """Report invalid years, years outside the model and years out of order; true when there are none."""
    fine = True
    for year in keys:
        if not isinstance(year, int) or isinstance(year, bool) or not START <= year <= LATEST:
            what = quoted(year)
            text = Text(
                zh=f"{what.zh} 不是模型的年份；允许：{START} 至 {LATEST}",
                en=f"{what.en} is no year of the model; allowed: {START} to {LATEST}",
            )
            report((*where, year), text)
            fine = False
    if fine and keys != sorted(keys):
        years = ", ".join(map(str, keys))
        text = Text(
            zh=f"年份次序有误：{years}；允许：由早到晚", en=f"years are out of order: {years}; allowed: rising order"
        )
        report(where, text)
        fine = False
    return fine


def check_parameter(name: object, value: object, where: Where, report: Report) -> None:
    """Report everything wrong with the override of a parameter: its name, its branches, its numbers."""
    known = parameters()
    if name not in known:
        what, note, names = quoted(name), parameter_note(name), alternatives(name, known, PARAMETERS_LISTED)
        zh, en = f"未知参数 {what.zh}；{note.zh}{names.zh}", f"unknown parameter {what.en}; {note.en}{names.en}"
        report(where, Text(zh, en))
        return
    parameter = known[name]
    if not isinstance(value, Mapping):
        _check_constant(parameter, value, DEFAULT, where, report)
        return
    _, _, allowed = _bounds(parameter, DEFAULT)
    for branch, number in value.items():
        spot = (*where, branch)
        if parameter.axis is None:
            text = Text(
                zh=f"{name} 不能按行业设置；允许：一个数，{allowed.zh}",
                en=f"{name} is not set by branch; allowed: one number, {allowed.en}",
            )
            report(spot, text)
        elif branch not in BRANCH_NAMES:
            what, names = quoted(branch), alternatives(branch, BRANCH_NAMES)
            text = Text(
                zh=f"{name} 没有行业 {what.zh}；{names.zh}", en=f"unknown branch {what.en} for {name}; {names.en}"
            )
            report(spot, text)
        else:
            _check_constant(parameter, number, branch, spot, report)
    if not value:
        report(where, Text(zh=f"{name} 没有取值；允许：{allowed.zh}", en=f"no value for {name}; allowed: {allowed.en}"))


def _bounds(parameter: Parameter, branch: str) -> tuple[float, float, Text]:
    """Low, high and both in words for `branch`, or for all branches together under "default"."""
    low, high = parameter.bounds()
    if parameter.axis is not None and branch != DEFAULT:
        columns = [BRANCH.index(b) for b in branches_of(branch)]
        low, high = low[columns], high[columns]
    return low.min(), high.max(), _range(low.min(), high.max(), parameter.unit)


def _check_constant(parameter: Parameter, value: object, branch: str, where: Where, report: Report) -> None:
    low, high, allowed = _bounds(parameter, branch)
    if not is_number(value):
        report(where, no_number(parameter.id, value, allowed))
    elif not low <= value <= high:
        report(where, out_of_range(parameter.id, value, allowed))


def check_driver(name: object, value: object, where: Where, report: Report) -> None:
    """Report everything wrong with the override of a driver: its name, its years, its numbers."""
    known = drivers()
    if name not in known:
        what, note, names = quoted(name), driver_note(name), alternatives(name, known)
        zh, en = f"未知外部驱动 {what.zh}；{note.zh}{names.zh}", f"unknown driver {what.en}; {note.en}{names.en}"
        report(where, Text(zh, en))
    elif isinstance(value, Mapping) and any(isinstance(key, str) for key in value):
        _check_change(known[name], value, where, report)
    elif isinstance(value, Mapping):
        if not value:
            report(where, empty_table(known[name].id, _driver_allowed(known[name])))
        check_years(list(value), where, report)
        for year, number in value.items():
            _check_level(known[name], number, (*where, year), report)
    elif is_number(value):
        _check_level(known[name], value, where, report)
    else:
        what, allowed = quoted(value), _driver_allowed(known[name])
        change = SHIFT if known[name].unit == GROWTH_UNIT else FACTOR
        text = Text(
            zh=f"{what.zh} 不能作为 {name} 的取值；允许：一个数（{allowed.zh}）、年度表，或 {change.zh}",
            en=f"{what.en} is no value for {name}; allowed: a number from {allowed.en}, a table of years, or "
            f"{change.en}",
        )
        report(where, text)


def _check_change(driver: Driver, value: Mapping, where: Where, report: Report) -> None:
    """Report what is wrong with `{multiply: ...}` or `{add: ...}`. Rates of growth are shifted and not multiplied: a
    factor below 1 would make branches that shrink shrink less."""
    may_shift = driver.unit == GROWTH_UNIT
    mark, keys = ("add", SHIFT_KEYS) if may_shift else ("multiply", FACTOR_KEYS)
    low, high = GROWTH_RANGE if may_shift else (0, HIGHEST_FACTOR)
    for key in value:
        if key not in keys:
            report((*where, key), unknown_key(key, keys))
    number = value.get(mark)
    if not is_number(number) or not low <= number <= high:
        what = key_and_value(mark, number) if mark in value else missing(mark)
        text = Text(
            zh=f"{what.zh}；允许：{low} 至 {high} 的数", en=f"{what.en}; allowed: a number from {low} to {high}"
        )
        report((*where, mark), text)
    check_years([value[key] for key in ("from", "to") if key in value], where, report)


def driver_range(driver: Driver) -> tuple[float, float]:
    """Lowest and highest value that a scenario may give a driver."""
    if driver.unit == GROWTH_UNIT:
        return GROWTH_RANGE
    return 0.0, HIGHEST_FACTOR * float(driver_table(driver, YEARS).max())


def _driver_allowed(driver: Driver) -> Text:
    return _range(*driver_range(driver), driver.unit)


def _check_level(driver: Driver, value: object, where: Where, report: Report) -> None:
    low, high = driver_range(driver)
    allowed = _driver_allowed(driver)
    if not is_number(value):
        report(where, no_number(driver.id, value, allowed))
    elif not low <= value <= high:
        report(where, out_of_range(driver.id, value, allowed))
