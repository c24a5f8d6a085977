"""The JSON Schema of scenario files: editors use it to complete and check while people write."""

from __future__ import annotations

import json
from collections.abc import Iterable

from model.inputs import LATEST, START, Driver, Lever, Parameter, drivers, levers, parameters

from .checks import BRANCH_NAMES, GROWTH_RANGE, GROWTH_UNIT, HIGHEST_FACTOR, driver_range
from .lever_parsing import CHANGING, UNSCALED_MARKS, key_range
from .lever_paths import lever_sectors
from .lever_values import NAMED_PATHS, KeyedForm, Kind, PointsPath, Ramp
from .scenario import Scenario

YEAR_PATTERN = "^20(1[0-9]|2[0-9]|3[0-5])$"
"""Years from `START` to `LATEST`, as a key of a table."""
_YEAR = {"$ref": "#/$defs/year"}
_PATH_NAMES = {"enum": list(NAMED_PATHS)}


def scenario_schema() -> dict:
    """The schema of `Scenario`, with every lever, parameter and driver and their ranges spelled out."""
    schema = Scenario.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "hebei2025 scenario"
    properties = schema["properties"]
    properties.pop("name", None)
    properties["pipeline"] = {"anyOf": [{"enum": ["deterministic", "stochastic"]}, properties["pipeline"]]}
    properties["levers"] |= _closed({name: _lever(lever) for name, lever in levers().items()})
    properties["parameters"] |= _closed({name: _parameter(p) for name, p in parameters().items()})
    properties["drivers"] |= _closed({name: _driver(d) for name, d in drivers().items()})
    schema["$defs"]["year"] = {"type": "integer", "minimum": START, "maximum": LATEST}
    for lever in levers().values():
        schema["$defs"].update(_path_definitions(lever))
    return schema


def schema_text() -> str:
    """The schema as text, ready for a file."""
    return json.dumps(scenario_schema(), ensure_ascii=False, indent=1) + "\n"


def _closed(properties: dict) -> dict:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _by_name(names: Iterable[str], value: dict) -> dict:
    return {"type": "object", "propertyNames": {"enum": list(names)}, "additionalProperties": value, "minProperties": 1}


def _years(value: dict) -> dict:
    return _closed({}) | {"patternProperties": {YEAR_PATTERN: value}, "minProperties": 1}


def _keyed(form: type[KeyedForm], lever: Lever, path: dict) -> dict:
    """The schema of a form with keys, from the keys that it declares."""
    return _closed({name: _key(key.kind, lever, path) for name, key in form.KEYS.items()}) | {
        "required": [name for name, key in form.KEYS.items() if key.required]
    }


def _key(kind: Kind, lever: Lever, path: dict) -> dict:
    if kind is Kind.PATH:
        return path
    if kind is Kind.YEAR:
        return _YEAR
    if kind is Kind.VALUE:
        return {"$ref": _reference(lever, "value")}
    if kind is Kind.FLAG:
        return {"type": "boolean"}
    low, high = key_range(kind, lever)
    return {"type": "integer" if kind is Kind.DELAY else "number", "minimum": low, "maximum": high}


def _path_definitions(lever: Lever) -> dict[str, dict]:
    """The forms of a path, named so that one can contain another; `path` is any of them.

    `known` are those that apply at once to sectors with separate numbers.
    """
    number = {"$ref": _reference(lever, "value")}
    ramp = _closed({Ramp.MARK: _keyed(Ramp, lever, {})}) | {"required": [Ramp.MARK]}
    points = _closed({PointsPath.MARK: _years(number)}) | {"required": [PointsPath.MARK]}
    known = [
        _keyed(form, lever, {"$ref": _reference(lever, "known")})
        for form in CHANGING
        if form.MARK not in UNSCALED_MARKS
    ]
    changed = [_keyed(form, lever, {"$ref": _reference(lever, "path")}) for form in CHANGING]
    definitions = {f"{lever.id}.value": {"type": "number", "minimum": lever.min, "maximum": lever.max}}
    definitions |= {f"{lever.id}.path": {"anyOf": [number, _PATH_NAMES, _years(number), ramp, points, *changed]}}
    return definitions | ({f"{lever.id}.known": {"anyOf": [_PATH_NAMES, *known]}} if lever.spread == "own" else {})


def _reference(lever: Lever, form: str) -> str:
    return f"#/$defs/{lever.id}.{form}"


def _lever(lever: Lever) -> dict:
    choices = [{"$ref": _reference(lever, "known" if lever.spread == "own" else "path")}]
    sectors = lever_sectors(lever)
    if sectors:
        choices.append(_by_name(sectors, {"$ref": _reference(lever, "path")}))
    return {"description": f"{lever.zh} / {lever.en} [{lever.unit}]", "anyOf": choices}


def _parameter(parameter: Parameter) -> dict:
    low, high = parameter.bounds()
    number = {"type": "number", "minimum": float(low.min()), "maximum": float(high.max())}
    described = {"description": f"{parameter.zh} / {parameter.en} [{parameter.unit}]"}
    if parameter.axis is None:
        return described | number
    return described | {"anyOf": [number, _by_name(BRANCH_NAMES, number)]}


def _driver(driver: Driver) -> dict:
    low, high = driver_range(driver)
    number = {"type": "number", "minimum": low, "maximum": high}
    if driver.unit == GROWTH_UNIT:
        mark, change = "add", {"type": "number", "minimum": GROWTH_RANGE[0], "maximum": GROWTH_RANGE[1]}
    else:
        mark, change = "multiply", {"type": "number", "minimum": 0, "maximum": HIGHEST_FACTOR}
    changed = _closed({mark: change, "from": _YEAR, "to": _YEAR}) | {"required": [mark]}
    described = {"description": f"{driver.zh} / {driver.en} [{driver.unit}]"}
    return described | {"anyOf": [number, _years(number), changed]}
