"""The JSON Schema of design files: editors use it to complete and check while people write."""

from __future__ import annotations

import json
from typing import Any

from calibration.estimated import candidates
from calibration.posterior import WINDOWS
from model.inputs import LATEST, START, Driver, Lever, drivers, levers
from model.run import indicator_names
from model.scenario import shipped_scenarios
from model.scenario.checks import GROWTH_RANGE, GROWTH_UNIT, HIGHEST_FACTOR
from model.scenario.lever_parsing import key_range
from model.scenario.lever_paths import lever_sectors
from model.scenario.scenario import MOST_REPLICATIONS
from model.system import system

from .design import CHANGES, DELAY, METHODS, SHIFT, SOURCES, VALUE
from .design_reading import FIELDS, LARGEST_CHUNK, LARGEST_SEED, LARGEST_SIZE
from .varying_levers import KINDS

_YEAR = {"type": "integer", "minimum": START, "maximum": LATEST}
_TEXT = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
            "required": ["zh", "en"],
            "additionalProperties": False,
        },
    ]
}


def design_schema() -> dict[str, Any]:
    """The schema, with every lever, parameter, driver and indicator spelled out."""
    fields = {
        "title": _TEXT,
        "description": _TEXT,
        "extends": {"type": "string"},
        "base": _scenario(),
        "vary": _closed({"levers": _levers(), "parameters": _parameters(), "drivers": _drivers()}),
        "policies": _list({"anyOf": [_scenario(), {"type": "object", "minProperties": 1, "maxProperties": 1}]}),
        "sample": _closed(
            {
                "method": {"enum": list(METHODS)},
                "size": _whole(1, LARGEST_SIZE),
                "seed": _whole(0, LARGEST_SEED),
                "file": {"type": "string"},
            }
        ),
        "keep": _keep(),
        "pipeline": {
            "anyOf": [
                {"enum": ["deterministic", "stochastic"]},
                _closed({"mode": {"const": "stochastic"}, "replications": _whole(1, MOST_REPLICATIONS)}),
            ]
        },
        "chunk": _whole(1, LARGEST_CHUNK),
        "dt": {"type": ["string", "number"]},
    }
    assert set(fields) == set(FIELDS)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hebei2025 design of an experiment",
        **_closed(fields),
        # What a design extends may have the others.
        "required": ["title"],
        "$defs": _lever_definitions(),
    }


def design_schema_text() -> str:
    """The schema as text, ready for a file."""
    return json.dumps(design_schema(), ensure_ascii=False, indent=1) + "\n"


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": 1}


def _whole(low: int, high: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": low, "maximum": high}


def _scenario() -> dict[str, Any]:
    return {"type": "string", "examples": list(shipped_scenarios())}


def _spread(low: float, high: float, whole: bool = False) -> dict[str, Any]:
    """A range or a list of values."""
    number = {"type": "integer" if whole else "number", "minimum": low, "maximum": high}
    values = {"type": "array", "items": number, "minItems": 2, "uniqueItems": True}
    return {"anyOf": [values, _closed({"values": values})]}


def _levers() -> dict[str, Any]:
    properties = {}
    for lever in levers().values():
        properties[lever.id] = {"$ref": f"#/$defs/{lever.id}"}
        sectors = {f"{lever.id}.{sector}": {"$ref": f"#/$defs/{lever.id}.sector"} for sector in lever_sectors(lever)}
        properties |= sectors
    return _closed(properties) | {"minProperties": 1}


def _lever_definitions() -> dict[str, Any]:
    """What may vary of each lever, and of a sector of it."""
    found = {}
    for lever in levers().values():
        found[lever.id] = _lever(lever, number=lever.spread != "own")
        if lever_sectors(lever):
            found[f"{lever.id}.sector"] = _lever(lever, number=True)
    return found


def _lever(lever: Lever, number: bool) -> dict[str, Any]:
    """The changes of a lever; without `number` those that sectors with different units can share."""
    kinds = [change for change in CHANGES if number or change not in (VALUE, SHIFT)]
    spreads = {change: _spread(*key_range(KINDS[change], lever), whole=change == DELAY) for change in kinds}
    values = {"values": spreads[VALUE]["anyOf"][0]} if number else {}
    changes = _closed({**spreads, **values, "from": _YEAR, "to": _YEAR})
    described = {"description": f"{lever.zh} / {lever.en} [{lever.unit}]"}
    return described | ({"anyOf": [spreads[VALUE], changes]} if VALUE in kinds else changes)


def _parameters() -> dict[str, Any]:
    fields = {
        "from": {"enum": list(SOURCES)},
        "only": _list({"enum": list(candidates())}),
        "window": {"enum": list(WINDOWS)},
        "disturbances": {"type": "boolean"},
    }
    return {"anyOf": [{"enum": list(SOURCES)}, _closed(fields) | {"required": ["from"]}]}


def _drivers() -> dict[str, Any]:
    named = {name: _driver(driver) for name, driver in drivers().items()}
    alternatives = {"type": "array", "items": {"enum": list(shipped_scenarios())}, "minItems": 2, "uniqueItems": True}
    return {"anyOf": [alternatives, _closed(named) | {"minProperties": 1}]}


def _driver(driver: Driver) -> dict[str, Any]:
    shifts = driver.unit == GROWTH_UNIT
    mark, spread = ("add", _spread(*GROWTH_RANGE)) if shifts else ("multiply", _spread(0, HIGHEST_FACTOR))
    described = {"description": f"{driver.zh} / {driver.en} [{driver.unit}]"}
    return described | _closed({mark: spread, "from": _YEAR, "to": _YEAR}) | {"required": [mark]}


def _keep() -> dict[str, Any]:
    names = []
    for indicator in indicator_names():
        axis = system().variables[indicator].axis
        names += [indicator, *(f"{indicator}.{label}" for label in (axis.labels if axis else ()))]
    kept = _list({"enum": names})
    return _closed({"indicators": kept, "totals": kept, "years": _list(_YEAR)}) | {
        "anyOf": [{"required": ["indicators"]}, {"required": ["totals"]}]
    }
