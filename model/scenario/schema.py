"""The JSON Schema of scenario files: editors use it to complete and check while people write."""

from __future__ import annotations

import json
from collections.abc import Iterable

from model.inputs import LATEST, START, Driver, Lever, Parameter, drivers, levers, parameters

from .checks import BRANCH_NAMES, HIGHEST_FACTOR, driver_range
from .lever_paths import NAMED_PATHS, lever_sectors
from .scenario import Scenario

YEAR_PATTERN = "^20(1[0-9]|2[0-9]|3[0-5])$"
"""Years from `START` to `LATEST`, as a key of a table."""
_YEAR = {"type": "integer", "minimum": START, "maximum": LATEST}
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
    return schema


def schema_text() -> str:
    """The schema as text, ready for a file."""
    return json.dumps(scenario_schema(), ensure_ascii=False, indent=1) + "\n"


def _closed(properties: dict) -> dict:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _named(names: Iterable[str], value: dict) -> dict:
    return {"type": "object", "propertyNames": {"enum": list(names)}, "additionalProperties": value, "minProperties": 1}


def _years(value: dict) -> dict:
    return _closed({}) | {"patternProperties": {YEAR_PATTERN: value}, "minProperties": 1}


def _path(number: dict) -> dict:
    ramp = _closed({"from": _YEAR, "to": _YEAR, "start": number, "end": number}) | {"required": ["from", "to", "end"]}
    return {"anyOf": [number, _PATH_NAMES, _years(number), _closed({"ramp": ramp}) | {"required": ["ramp"]}]}


def _lever(lever: Lever) -> dict:
    path = _path({"type": "number", "minimum": lever.min, "maximum": lever.max})
    choices = [_PATH_NAMES] if lever.spread == "own" else list(path["anyOf"])
    sectors = lever_sectors(lever)
    if sectors:
        choices.append(_named(sectors, path))
    return {"description": f"{lever.zh} / {lever.en} [{lever.unit}]", "anyOf": choices}


def _parameter(parameter: Parameter) -> dict:
    low, high = parameter.bounds()
    number = {"type": "number", "minimum": float(low.min()), "maximum": float(high.max())}
    described = {"description": f"{parameter.zh} / {parameter.en} [{parameter.unit}]"}
    if parameter.axis is None:
        return described | number
    return described | {"anyOf": [number, _named(BRANCH_NAMES, number)]}


def _driver(driver: Driver) -> dict:
    low, high = driver_range(driver)
    number = {"type": "number", "minimum": low, "maximum": high}
    multiply = {"type": "number", "minimum": 0, "maximum": HIGHEST_FACTOR}
    factor = _closed({"multiply": multiply, "from": _YEAR, "to": _YEAR}) | {"required": ["multiply"]}
    described = {"description": f"{driver.zh} / {driver.en} [{driver.unit}]"}
    return described | {"anyOf": [number, _years(number), factor]}
