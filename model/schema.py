"""The JSON Schema of scenario files: editors use it to complete and check while people write."""

from __future__ import annotations

import json

from .axes import BRANCH, SECTOR
from .inputs import LATEST, START, Lever, drivers, levers, parameters
from .paths import NAMED_PATHS, lever_sectors
from .scenario import Scenario

YEAR_PATTERN = "^20(1[0-9]|2[0-9]|3[0-5])$"
"""Years from `START` to `LATEST`, as a key of a table."""


def scenario_schema() -> dict:
    """The schema of `Scenario`, with every lever, parameter and driver and their ranges spelled out."""
    schema = Scenario.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "hebei2025 scenario"
    properties = schema["properties"]
    properties.pop("name", None)
    properties["levers"] |= _closed({name: _lever(lever) for name, lever in levers().items()})
    properties["parameters"] |= _closed({name: _parameter(p) for name, p in parameters().items()})
    properties["drivers"] |= _closed({name: _driver(d.en) for name, d in drivers().items()})
    return schema


def schema_text() -> str:
    """The schema as text, ready for a file."""
    return json.dumps(scenario_schema(), ensure_ascii=False, separators=(",", ": ")) + "\n"


def _closed(properties: dict) -> dict:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _years(value: dict) -> dict:
    return {
        "type": "object",
        "patternProperties": {YEAR_PATTERN: value},
        "additionalProperties": False,
        "minProperties": 1,
    }


def _path(number: dict) -> dict:
    year = {"type": "integer", "minimum": START, "maximum": LATEST}
    ramp = {"type": "object", "properties": {"from": year, "to": year, "start": number, "end": number},
            "required": ["from", "to", "end"], "additionalProperties": False}  # fmt: skip
    ramp_path = {"type": "object", "properties": {"ramp": ramp}, "required": ["ramp"], "additionalProperties": False}
    return {"anyOf": [number, {"enum": list(NAMED_PATHS)}, _years(number), ramp_path]}


def _lever(lever: Lever) -> dict:
    path = _path({"type": "number", "minimum": lever.min, "maximum": lever.max})
    choices = list(path["anyOf"]) if lever.spread != "own" else [{"enum": list(NAMED_PATHS)}]
    sectors = lever_sectors(lever)
    if sectors:
        choices.append(_closed({sector: path for sector in sectors}))
    return {"description": f"{lever.zh} / {lever.en} [{lever.unit}]", "anyOf": choices}


def _parameter(parameter) -> dict:
    low, high = parameter.bounds()
    number = {"type": "number", "minimum": float(low.min()), "maximum": float(high.max())}
    described = {"description": f"{parameter.zh} / {parameter.en} [{parameter.unit}]"}
    if parameter.axis is None:
        return {**described, **number}
    names = dict.fromkeys((*BRANCH.labels, *SECTOR.labels, "default"))
    return {**described, "anyOf": [number, _closed({name: number for name in names})]}


def _driver(description: str) -> dict:
    number = {"type": "number"}
    year = {"type": "integer", "minimum": START, "maximum": LATEST}
    factor = {"type": "object", "properties": {"multiply": {"type": "number", "minimum": 0}, "from": year, "to": year},
              "required": ["multiply"], "additionalProperties": False}  # fmt: skip
    return {"description": description, "anyOf": [number, _years(number), factor]}
