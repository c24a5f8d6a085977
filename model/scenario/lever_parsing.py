"""Lever values from the plain data of YAML, JSON and `--set`. No other module reads the raw form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard, TypeVar

from model.engine.text import LANGUAGES, Text
from model.inputs import LATEST, POLICY_START, Lever, levers

from .checks import check_years, describe_range, is_number
from .lever_paths import lever_sectors
from .lever_refusals import EXAMPLES, NO_POINTS, NO_RAMP, no_sector, not_one_change
from .lever_values import (
    NAMED_PATHS,
    BySector,
    Constant,
    DelayedPath,
    Derived,
    HeldPath,
    Key,
    Kind,
    LeverPath,
    LeverValue,
    NamedPath,
    PointsPath,
    RaisedPath,
    Ramp,
    ScaledPath,
    YearTable,
)
from .problems import (
    Report,
    Where,
    alternatives,
    empty_table,
    key_and_value,
    no_number,
    out_of_range,
    quoted,
    unknown_key,
)

LARGEST_FACTOR = 1000
"""Largest factor of `scale`; more would be an error of units."""
LONGEST_DELAY = LATEST - POLICY_START
DELAYS = Text(
    zh=f"{-LONGEST_DELAY} 至 {LONGEST_DELAY} 的整年数", en=f"whole years from {-LONGEST_DELAY} to {LONGEST_DELAY}"
)
CHANGING: tuple[type[Derived], ...] = (ScaledPath, RaisedPath, HeldPath, DelayedPath)
"""Forms that are mappings themselves, identified by the key `MARK`."""
LEVERS_LISTED = Text(
    zh="应用侧栏或命令 `hebei2025 levers` 所列的政策措施", en="those that the app's sidebar or `hebei2025 levers` lists"
)
UNSCALED_MARKS = (RaisedPath.MARK, HeldPath.MARK)
"""Changes in the unit of the lever, which sectors with different units cannot share."""
MARKS = {form.MARK: form for form in CHANGING}
CLOSED_MARKS = {Ramp.MARK, PointsPath.MARK}
"""Keys of the forms that stand on their own and have their content below the key."""
FORM_KEYS = {name for form in CHANGING for name in form.KEYS}
_Form = TypeVar("_Form", bound=Ramp | Derived)


@dataclass(frozen=True)
class _Parser:
    """Parses the paths of one lever, or of one sector of it, and reports their problems.

    `number` is false where the sectors have different units, so that one number cannot be valid for all of them.
    """

    lever: Lever
    report: Report
    allowed: Text
    number: bool = True

    def path(self, data: object, where: Where) -> LeverPath | None:
        """One path; None after reporting its problems."""
        if isinstance(data, Mapping) and "ramp" in data and self.number:
            return self._ramp(data, where)
        if isinstance(data, Mapping) and PointsPath.MARK in data and self.number:
            return self._points(data, where)
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
            self.report(where, self._no_value(data))
            return None
        value = self._value(data, where)
        return None if value is None else Constant(value)

    def _refuse_number(self, where: Where) -> None:
        lever = self.lever
        ranges = {sector: describe_range(lever, sector) for sector in lever.sectors}
        example = f"{{{lever.sectors[0]}: {lever.max / 4:g}}}"
        zh, en = (", ".join(f"{sector} {words[code]}" for sector, words in ranges.items()) for code in LANGUAGES)
        text = Text(
            zh=f"{lever.id} 须按行业分别给出取值，如 {example}；允许：{zh}",
            en=f"{lever.id} needs a value for each sector that changes, such as {example}; allowed: {en}",
        )
        self.report(where, text)

    def _no_value(self, data: str) -> Text:
        what, names = quoted(data), ", ".join(NAMED_PATHS)
        return Text(
            zh=f"{what.zh} 不能作为 {self.lever.id} 的取值；允许：一个数（{self.allowed.zh}）、年度表、斜线 ramp、"
            f"折线 points、{EXAMPLES.zh}，或 {names}",
            en=f"{what.en} is no value for {self.lever.id}; allowed: a number from {self.allowed.en}, a table of "
            f"years, a ramp, points, {EXAMPLES.en}, {names}",
        )

    def _table(self, data: Mapping, where: Where) -> YearTable | None:
        if not data:
            self.report(where, empty_table(self.lever.id, self.allowed))
            return None
        fine = check_years(list(data), where, self.report)
        values = {year: self._value(number, (*where, year)) for year, number in data.items()}
        valid = tuple((year, value) for year, value in values.items() if value is not None)
        return YearTable(valid) if fine and len(valid) == len(data) else None

    def _points(self, data: Mapping, where: Where) -> PointsPath | None:
        inside = data[PointsPath.MARK]
        if len(data) > 1 or not isinstance(inside, Mapping):
            self.report(where, NO_POINTS)
            return None
        table = self._table(inside, (*where, PointsPath.MARK))
        return None if table is None else PointsPath(table.values)

    def _ramp(self, data: Mapping, where: Where) -> Ramp | None:
        inside, where = data["ramp"], (*where, "ramp")
        if len(data) > 1 or not isinstance(inside, Mapping):
            self.report(where[:-1], NO_RAMP)
            return None
        missing = [name for name, key in Ramp.KEYS.items() if key.required and name not in inside]
        ramp = self._keyed(Ramp, inside, where, Text(zh="斜线中", en="in a ramp"))
        if missing:
            lacking, keys = ", ".join(missing), ", ".join(Ramp.KEYS)
            text = Text(
                zh=f"斜线缺少 {lacking}；允许：{keys}（start 可以省略）",
                en=f"the ramp lacks {lacking}; allowed: {keys} (start may be left out)",
            )
            self.report(where, text)
        elif ramp is not None and ramp.first == ramp.last:
            text = Text(
                zh=f"斜线的起止年份都是 {ramp.last}；允许：`to` 晚于 `from`",
                en=f"the ramp starts and ends in {ramp.last}; allowed: `to` later than `from`",
            )
            self.report(where, text)
            return None
        return ramp

    def _changed(self, data: Mapping, where: Where) -> LeverPath | None:
        marks = [name for name in MARKS if name in data]
        if len(marks) != 1:
            self.report(where, not_one_change(marks, MARKS))
            return None
        if marks[0] in UNSCALED_MARKS and not self.number:
            self._refuse_number(where)
            return None
        return self._keyed(MARKS[marks[0]], data, where, Text(zh=f"{marks[0]} 旁", en=f"beside {marks[0]}"))

    def _keyed(self, form: type[_Form], data: Mapping, where: Where, place: Text) -> _Form | None:
        """A form with keys; None after reporting their problems."""
        for name in data:
            if name not in form.KEYS:
                self.report((*where, name), unknown_key(name, form.KEYS, place))
        present = {name: key for name, key in form.KEYS.items() if name in data}
        years = [data[name] for name, key in present.items() if key.kind is Kind.YEAR]
        fine = check_years(years, where, self.report) and present.keys() == data.keys()
        values: dict[str, Any] = {
            key.attribute: self._entry(key, data[name], (*where, name)) for name, key in present.items()
        }
        fine &= all(key.attribute in values for key in form.KEYS.values() if key.required)
        return form(**values) if fine and None not in values.values() else None

    def _entry(self, key: Key, data: object, where: Where) -> object:
        """The value of one key; None after reporting its problems."""
        if key.kind is Kind.PATH:
            return self.path(data, where)
        if key.kind is Kind.VALUE:
            return self._value(data, where)
        if key.kind is Kind.YEAR:
            return data
        if key.kind is Kind.FLAG:
            return self._checked(isinstance(data, bool), data, where, Text(zh="true 或 false", en="true or false"))
        if key.kind is Kind.DELAY:
            whole = isinstance(data, int) and not isinstance(data, bool) and abs(data) <= LONGEST_DELAY
            return self._checked(whole, data, where, DELAYS)
        low, high = key_range(key.kind, self.lever)
        inside = is_number(data) and low <= data <= high
        numbers = Text(zh=f"{low:g} 至 {high:g} 的数", en=f"a number from {low:g} to {high:g}")
        number = self._checked(inside, data, where, numbers)
        return None if number is None else float(number)

    def _checked(self, fine: bool, data: object, where: Where, allowed: Text) -> Any:
        if fine:
            return data
        what = key_and_value(where[-1], data)
        self.report(where, Text(zh=f"{what.zh}；允许：{allowed.zh}", en=f"{what.en}; allowed: {allowed.en}"))
        return None

    def _value(self, data: object, where: Where) -> float | None:
        if not is_number(data):
            self.report(where, no_number(self.lever.id, data, self.allowed))
        elif not self.lever.min <= data <= self.lever.max:
            self.report(where, out_of_range(self.lever.id, data, self.allowed))
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
    """The value of the lever `name`; None after reporting all problems of its name or value."""
    known = levers()
    if name not in known:
        what, names = quoted(name), alternatives(name, known, LEVERS_LISTED)
        report(where, Text(zh=f"未知政策措施 {what.zh}；{names.zh}", en=f"unknown lever {what.en}; {names.en}"))
        return None
    lever = known[name]
    if _is_by_sector(data):
        return _parse_sectors(lever, data, where, report)
    return _Parser(lever, report, describe_range(lever), number=lever.spread != "own").path(data, where)


def _is_by_sector(data: object) -> TypeGuard[Mapping]:
    """Whether the data is a mapping of sectors, rather than a path for all of them."""
    if not isinstance(data, Mapping) or CLOSED_MARKS.intersection(data) or FORM_KEYS.intersection(data):
        return False
    return any(isinstance(key, str) for key in data)


def _parse_sectors(lever: Lever, data: Mapping, where: Where, report: Report) -> BySector | None:
    sectors, parts = lever_sectors(lever), []
    for sector, part in data.items():
        spot = (*where, sector)
        if not sectors or sector not in sectors:
            report(spot, no_sector(lever, sector, sectors))
        else:
            path = _Parser(lever, report, describe_range(lever, sector)).path(part, spot)
            parts += [(sector, path)] if path is not None else []
    return BySector(tuple(parts)) if len(parts) == len(data) else None


def lever_value(name: str, data: object) -> LeverValue:
    """The value of a lever from plain data; a ValueError lists all its problems."""
    problems: list[str] = []
    value = parse_lever(name, data, (), lambda _, text: problems.append(text.en))
    if value is None:
        raise ValueError("\n".join(problems))
    return value
