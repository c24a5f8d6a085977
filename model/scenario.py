"""Scenarios: files in which people say what the levers do, checked before anything runs."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .axes import BRANCH, SECTOR
from .inputs import (
    DEFAULT,
    END,
    LATEST,
    POLICY_START,
    START,
    branches_of,
    default_parameters,
    driver_table,
    drivers,
    levers,
    parameters,
)  # fmt: skip
from .paths import YEARS, check_lever_value, check_years, is_number, lever_array
from .source import Document, Problem, ScenarioError, parse_document, read_document, suggestion

SHIPPED = Path(__file__).parent.parent / "scenarios"
"""Folder of the scenarios that come with the model."""
BASELINE = "as_happened"
SUFFIX = ".yaml"
DRIVER_KEYS = ("multiply", "from", "to")


class Text(BaseModel):
    """A text in Chinese and English."""

    model_config = ConfigDict(extra="forbid")
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Scenario(BaseModel):
    """One scenario: what the levers do, and what else differs from the run "as happened".

    Only `title` and `levers` are needed. `parameters` and `drivers` override what the model assumes,
    `extends` names a scenario to start from, `until` is the last year of the run.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str | Text
    levers: dict[str, Any]
    description: str | Text = ""
    extends: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    drivers: dict[str, Any] = Field(default_factory=dict)
    until: int | None = Field(default=None, ge=START, le=LATEST)
    name: str = Field(default="scenario", exclude=True)

    def text(self, field: str, language: str) -> str:
        """Title or description in "zh" or "en"."""
        value = getattr(self, field)
        return value if isinstance(value, str) else getattr(value, language)


def load_scenario(path: str | Path) -> Scenario:
    """Load and check a scenario file, with everything it extends; a `ScenarioError` lists what is wrong."""
    return _load(Path(path), ())


def parse_scenario(text: str | bytes, name: str = "scenario") -> Scenario:
    """Check scenario text, such as an upload; it may extend shipped scenarios only."""
    return _from_document(parse_document(text, f"{name}{SUFFIX}"), Path(name).stem, (), None)


@functools.cache
def shipped_scenarios() -> dict[str, Scenario]:
    """The scenarios that come with the model, the baseline first."""
    files = sorted(SHIPPED.glob(f"*{SUFFIX}"), key=lambda f: (f.stem != BASELINE, f.stem))
    return {file.stem: load_scenario(file) for file in files}


def _load(path: Path, chain: tuple[Path, ...]) -> Scenario:
    return _from_document(read_document(path), path.stem, (*chain, path.resolve()), path.parent)


def _from_document(document: Document, name: str, chain: tuple[Path, ...], folder: Path | None) -> Scenario:
    problems: list[Problem] = []

    def report(where, message):
        problems.append(document.problem(where, message))

    if "name" in document.data:
        report(("name",), "unknown key 'name'; the name of a scenario is that of its file")
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        for found in error.errors():
            where = tuple(p for p in found["loc"] if p not in ("str", "Text"))
            report(where, _message(found, where))
        raise ScenarioError(dict.fromkeys(problems)) from None
    _check(scenario, report)
    parent = None
    if scenario.extends is not None and not problems:
        parent = _parent(scenario.extends, document, chain, folder)
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return _merged(parent, scenario).model_copy(update={"name": name})


def _message(found: Mapping, where: tuple) -> str:
    key = where[-1] if where else ""
    if found["type"] == "extra_forbidden":
        fields = [f for f in Scenario.model_fields if f != "name"] if len(where) == 1 else list(Text.model_fields)
        return f"unknown key {key!r}; {suggestion(key, fields)}"
    if found["type"] == "missing":
        return f"`{key}` is missing; a scenario needs at least `title` and `levers`"
    if key == "until":
        return f"`until` is {found['input']!r}; allowed: a year from {START} to {LATEST}"
    if where and where[0] in ("title", "description"):
        return f"`{'.'.join(map(str, where))}` must be a text, or {{zh: …, en: …}}"
    return f"`{'.'.join(map(str, where))}`: {found['msg'].lower()}"


def _check(scenario: Scenario, report) -> None:
    for name, value in scenario.levers.items():
        if name not in levers():
            report(("levers", name), f"unknown lever {name!r}; {suggestion(name, levers())}")
        else:
            check_lever_value(levers()[name], value, ("levers", name), report)
    for name, value in scenario.parameters.items():
        _check_parameter(name, value, report)
    for name, value in scenario.drivers.items():
        _check_driver(name, value, report)


def _check_parameter(name: str, value: object, report) -> None:
    where = ("parameters", name)
    if name not in parameters():
        report(where, f"unknown parameter {name!r}; {suggestion(name, parameters(), 0)}see `hebei2025 parameters`")
        return
    parameter = parameters()[name]
    parts = value.items() if isinstance(value, Mapping) else [(None, value)]
    low, high = parameter.bounds()
    for branch, number in parts:
        spot = (*where, branch) if branch is not None else where
        allowed = (*BRANCH.labels, *SECTOR.labels, DEFAULT)
        if branch is not None and (parameter.axis is None or branch not in allowed):
            what = f"{name} is one number" if parameter.axis is None else suggestion(branch, dict.fromkeys(allowed))
            report(spot, f"unknown branch {branch!r} for {name}; {what}")
        elif not is_number(number):
            report(
                spot, f"{number!r} is no finite number; {name} lies between {parameter.low:g} and {parameter.high:g}"
            )
        elif not low.min() <= number <= high.max():
            report(
                spot,
                f"{number:g} is out of range for {name}; allowed: {low.min():g} to {high.max():g} {parameter.unit}",
            )


def _check_driver(name: str, value: object, report) -> None:
    where = ("drivers", name)
    if name not in drivers():
        report(where, f"unknown driver {name!r}; {suggestion(name, drivers())}")
    elif isinstance(value, Mapping) and any(isinstance(key, str) for key in value):
        for key in value:
            if key not in DRIVER_KEYS:
                report((*where, key), f"unknown key {key!r}; {suggestion(key, DRIVER_KEYS)}")
        if not is_number(value.get("multiply")) or value["multiply"] < 0:
            report((*where, "multiply"), "`multiply` must be a number of at least 0")
        check_years([value[key] for key in ("from", "to") if key in value], where, report)
    elif isinstance(value, Mapping):
        check_years(list(value), where, report)
        for year, number in value.items():
            if not is_number(number):
                report((*where, year), f"{number!r} is no finite number")
    elif not is_number(value):
        report(
            where, f"{value!r} is no value for a driver; allowed: a number, a table of years, or {{multiply: factor}}"
        )


def _parent(target: str, document: Document, chain: tuple[Path, ...], folder: Path | None) -> Scenario:
    """The scenario that `extends` names: a file beside this one, or a shipped scenario."""
    file_name = target if target.endswith(SUFFIX) else f"{target}{SUFFIX}"
    candidates = [folder / file_name] if folder is not None else []
    if Path(file_name).name == file_name:
        candidates.append(SHIPPED / file_name)
    path = next((c for c in candidates if c.is_file()), None)
    if path is None:
        known = [f.stem for f in sorted(SHIPPED.glob(f"*{SUFFIX}"))]
        message = (
            f"`extends` names {target!r}, which is not there; a file beside this one, or {suggestion(target, known)}"
        )
        raise ScenarioError([document.problem(("extends",), message)])
    if path.resolve() in chain:
        names = " -> ".join(p.stem for p in (*chain, path.resolve()))
        raise ScenarioError([document.problem(("extends",), f"circular extends: {names}; remove one of them")])
    return _load(path, chain)


def _merged(parent: Scenario | None, child: Scenario) -> Scenario:
    """The child on top of its parent; values per sector are merged by sector."""
    if parent is None:
        return child
    merged = {}
    for field in ("levers", "parameters", "drivers"):
        values = dict(getattr(parent, field))
        for name, value in getattr(child, field).items():
            values[name] = _joined(values.get(name), value)
        merged[field] = values
    if child.until is None:
        merged["until"] = parent.until
    return child.model_copy(update=merged)


def _joined(old: object, new: object) -> object:
    def per_sector(value):
        return isinstance(value, Mapping) and any(isinstance(k, str) and k != "ramp" for k in value)

    return {**old, **new} if per_sector(old) and per_sector(new) else new


def inputs_of(scenario: Scenario, years: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Parameters, and tables of levers and drivers with one row per year, as the compiled model takes them."""
    constants = default_parameters()
    for name, value in scenario.parameters.items():
        constants[name] = _parameter_array(name, value)
    tables = {name: driver_table(driver, years) for name, driver in drivers().items()}
    for name, value in scenario.drivers.items():
        tables[name] = _driver_override(tables[name], value, years)
    for name, lever in levers().items():
        tables[name] = lever_array(lever, scenario.levers.get(name, "baseline"), years)
    return constants, tables


def _parameter_array(name: str, value: object) -> np.ndarray:
    parameter = parameters()[name]
    if not isinstance(value, Mapping):
        return parameter.array(value)
    array = parameter.array().copy()
    for branch, number in sorted(value.items(), key=lambda item: item[0] != DEFAULT):
        columns = range(len(BRANCH)) if branch == DEFAULT else [BRANCH.index(b) for b in branches_of(branch)]
        array[list(columns)] = number
    return array


def _driver_override(table: np.ndarray, value: object, years: np.ndarray) -> np.ndarray:
    if is_number(value):
        return np.where(years >= POLICY_START, float(value), table)
    if "multiply" in value:
        active = (years >= value.get("from", POLICY_START)) & (years <= value.get("to", YEARS[-1]))
        return np.where(active, table * value["multiply"], table)
    known = sorted(value)
    return np.where(years >= known[0], np.interp(years, known, [float(value[y]) for y in known]), table)


def last_year(scenario: Scenario, until: int | None = None) -> int:
    """Last year of the run: `until`, else the scenario's own, else 2025."""
    return until or scenario.until or END
