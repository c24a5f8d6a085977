"""Lever values from plain data: YAML, JSON and `--set`. This is the only place that looks at their raw form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from model.inputs import LATEST, POLICY_START, Lever, levers

from .checks import Report, check_years, describe_range, is_number
from .lever_paths import lever_sectors
from .lever_values import (
    NAMED_PATHS,
    BySector,
    Constant,
    DelayedPath,
    Key,
    KeyedForm,
    Kind,
    LeverPath,
    LeverValue,
    NamedPath,
    RaisedPath,
    Ramp,
    ScaledPath,
    YearTable,
)
from .yaml_source import ScenarioError, Where, parse_document, shown, suggestion

LARGEST_FACTOR = 1000
"""Largest factor of `scale`; beyond lies a slip of units."""
LONGEST_DELAY = LATEST - POLICY_START
CHANGING: tuple[type[KeyedForm], ...] = (ScaledPath, RaisedPath, DelayedPath)
"""Forms that stand flat in a mapping, told by their first key."""
EXAMPLES = "{scale: 1.2}, {add: 5} or {delay: 2}"
MARKS = {form.MARK: form for form in CHANGING}
FORM_KEYS = {name for form in CHANGING for name in form.KEYS}
_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)"
_SHORT = re.compile(rf"(?:[x×](?P<scale>{_NUMBER})|(?P<add>[+-]{_NUMBER}))(?:@(?P<year>\d{{4}}))?", re.ASCII)
_SHORT_DELAY = re.compile(r"delay:(?P<delay>[+-]?\d{1,4})", re.ASCII)


@dataclass(frozen=True)
class _Parser:
    """Parses the paths of one lever, or of one sector of it, and reports what is wrong with them.

    `number` is false where the sectors have units of their own, so that no one number fits them all.
    """

    lever: Lever
    report: Report
    allowed: str
    number: bool = True

    def path(self, data: object, where: Where) -> LeverPath | None:
        """One path; None after reporting what is wrong with it."""
        if isinstance(data, Mapping) and "ramp" in data and self.number:
            return self._ramp(data, where)
        if isinstance(data, Mapping) and FORM_KEYS.intersection(data):
            return self._changed(data, where)
        if isinstance(data, str) and data in NAMED_PATHS:
            return NamedPath(data)
        if not self.number:
            self._refuse_number(where)
            return None
        if isinstance(data, Mapping):
            return self._table(data, where)
        if isinstance(data, str):
            forms = f"a table of years, a ramp, {EXAMPLES}, {', '.join(NAMED_PATHS)}"
            message = f"{shown(data)} is no value for {self.lever.id}; allowed: a number from {self.allowed}, {forms}"
            self.report(where, message)
            return None
        value = self._value(data, where)
        return None if value is None else Constant(value)

    def _refuse_number(self, where: Where) -> None:
        lever = self.lever
        ranges = ", ".join(f"{sector} {describe_range(lever, sector)}" for sector in lever.sectors)
        example = f"{{{lever.sectors[0]}: {lever.max / 4:g}}}"
        message = f"{lever.id} needs a value for each sector that changes, such as {example}; allowed: {ranges}"
        self.report(where, message)

    def _table(self, data: Mapping, where: Where) -> YearTable | None:
        if not data:
            allowed = f"at least one `year: value`, {self.allowed}"
            self.report(where, f"an empty table for {self.lever.id}; allowed: {allowed}")
            return None
        fine = check_years(list(data), where, self.report)
        values = [(year, self._value(number, (*where, year))) for year, number in data.items()]
        return YearTable(tuple(values)) if fine and all(value is not None for _, value in values) else None

    def _ramp(self, data: Mapping, where: Where) -> Ramp | None:
        inside, where = data["ramp"], (*where, "ramp")
        if len(data) > 1 or not isinstance(inside, Mapping):
            form = "{ramp: {from: year, to: year, start: value, end: value}} and nothing beside it"
            self.report(where[:-1], f"this is no ramp; allowed: {form}")
            return None
        missing = [name for name, key in Ramp.KEYS.items() if key.required and name not in inside]
        made = self._keyed(Ramp, inside, where, "in a ramp")
        if missing:
            keys = ", ".join(Ramp.KEYS)
            self.report(where, f"the ramp lacks {', '.join(missing)}; allowed: {keys} (start may be left out)")
        elif made is not None and made.first == made.last:
            self.report(where, f"the ramp starts and ends in {made.last}; allowed: `to` later than `from`")
            return None
        return made

    def _changed(self, data: Mapping, where: Where) -> LeverPath | None:
        marks = [name for name in MARKS if name in data]
        if len(marks) != 1:
            what = f"{' and '.join(marks)} stand together" if marks else f"one of {', '.join(MARKS)} is missing"
            self.report(where, f"{what}; allowed: {EXAMPLES}, one inside the other by `of`")
            return None
        if marks == [RaisedPath.MARK] and not self.number:
            self._refuse_number(where)
            return None
        return self._keyed(MARKS[marks[0]], data, where, f"beside {marks[0]}")

    def _keyed(self, form: type[KeyedForm], data: Mapping, where: Where, place: str) -> Any:
        """A form with keys; None after reporting what is wrong with them."""
        for name in data:
            if name not in form.KEYS:
                self.report((*where, name), f"unknown key {shown(name)} {place}; {suggestion(name, form.KEYS)}")
        given = {name: key for name, key in form.KEYS.items() if name in data}
        years = [data[name] for name, key in given.items() if key.kind is Kind.YEAR]
        fine = check_years(years, where, self.report) and given.keys() == data.keys()
        values = {key.attribute: self._entry(key, data[name], (*where, name)) for name, key in given.items()}
        fine &= all(key.attribute in values for key in form.KEYS.values() if key.required)
        return form(**values) if fine and None not in values.values() else None

    def _entry(self, key: Key, data: object, where: Where) -> object:
        """The value of one key; None after reporting what is wrong with it."""
        if key.kind is Kind.PATH:
            return self.path(data, where)
        if key.kind is Kind.VALUE:
            return self._value(data, where)
        if key.kind is Kind.YEAR:
            return data
        if key.kind is Kind.FLAG:
            return self._checked(isinstance(data, bool), data, where, "true or false")
        if key.kind is Kind.DELAY:
            whole = isinstance(data, int) and not isinstance(data, bool) and abs(data) <= LONGEST_DELAY
            return self._checked(whole, data, where, f"whole years from {-LONGEST_DELAY} to {LONGEST_DELAY}")
        low, high = key_range(key.kind, self.lever)
        inside = is_number(data) and low <= data <= high
        found = self._checked(inside, data, where, f"a number from {low:g} to {high:g}")
        return None if found is None else float(found)

    def _checked(self, fine: bool, data: object, where: Where, allowed: str) -> Any:
        if fine:
            return data
        self.report(where, f"`{where[-1]}` is {shown(data)}; allowed: {allowed}")
        return None

    def _value(self, data: object, where: Where) -> float | None:
        if not is_number(data):
            self.report(where, f"{shown(data)} is no finite number; {self.lever.id} allows {self.allowed}")
        elif not self.lever.min <= data <= self.lever.max:
            self.report(where, f"{data:g} is out of range for {self.lever.id}; allowed: {self.allowed}")
        else:
            return float(data)
        return None


def key_range(kind: Kind, lever: Lever) -> tuple[float, float]:
    """Lowest and highest number that a key of this kind takes for a lever."""
    if kind is Kind.FACTOR:
        return 0.0, LARGEST_FACTOR
    if kind is Kind.DELAY:
        return -LONGEST_DELAY, LONGEST_DELAY
    width = lever.max - lever.min
    return (-width, width) if kind is Kind.CHANGE else (lever.min, lever.max)


def parse_lever(name: object, data: object, where: Where, report: Report) -> LeverValue | None:
    """The value of the lever `name`; None after reporting everything wrong with its name or value."""
    known = levers()
    if name not in known:
        report(where, f"unknown lever {shown(name)}; {suggestion(name, known)}")
        return None
    lever = known[name]
    if _is_by_sector(data):
        return _parse_sectors(lever, data, where, report)
    return _Parser(lever, report, describe_range(lever), number=lever.spread != "own").path(data, where)


def _is_by_sector(data: object) -> bool:
    """Whether the data is a mapping of sectors, rather than a path for all of them."""
    if not isinstance(data, Mapping) or "ramp" in data or FORM_KEYS.intersection(data):
        return False
    return any(isinstance(key, str) for key in data)


def _parse_sectors(lever: Lever, data: Mapping, where: Where, report: Report) -> BySector | None:
    sectors, parts = lever_sectors(lever), []
    for sector, part in data.items():
        spot = (*where, sector)
        if not sectors:
            report(spot, f"{lever.id} is not set by sector; allowed: one value, {describe_range(lever)}")
        elif not isinstance(sector, str):
            report(spot, f"{shown(sector)} stands beside sectors; allowed: either sectors or a table of years")
        elif sector not in sectors:
            report(spot, f"unknown sector {shown(sector)} for {lever.id}; {suggestion(sector, sectors)}")
        else:
            path = _Parser(lever, report, describe_range(lever, sector)).path(part, spot)
            parts += [(sector, path)] if path is not None else []
    return BySector(tuple(parts)) if len(parts) == len(data) else None


def lever_value(name: str, data: object) -> LeverValue:
    """The value of a lever from plain data; a ValueError says everything that is wrong with it."""
    problems: list[str] = []
    value = parse_lever(name, data, (), lambda _, message: problems.append(message))
    if value is None:
        raise ValueError("\n".join(problems))
    return value


def parse_setting(name: str, sector: str | None, text: str, report: Report) -> LeverValue | None:
    """The value that `--set` gives a lever, or one sector of it: a short form, or what YAML has after the colon.

    Short forms change the path that the scenario has: `x1.2` scales it and `+5` or `-5` moves it, from 2016 or from the
    year after an `@` on, and `delay:2` delays it.
    """
    try:
        data = _setting_data(text)
    except ScenarioError as error:
        for problem in error.problems:
            report((), problem.message)
        return None
    return parse_lever(name, data if sector is None else {sector: data}, (), report)


def _setting_data(text: str) -> object:
    if short := _SHORT.fullmatch(text):
        year = {} if short["year"] is None else {"from": int(short["year"])}
        mark = "add" if short["scale"] is None else "scale"
        return {mark: float(short[mark])} | year
    if delay := _SHORT_DELAY.fullmatch(text):
        return {"delay": int(delay["delay"])}
    if not text or "\n" in text or "\r" in text:
        return text
    return parse_document(f"value: {text}\n", "setting").data["value"]
