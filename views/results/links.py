"""Settings as parts of a link: numbers and ids only, no translated words."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from model.inputs import END
from model.scenario import BASELINE, shipped_scenarios

from .assumptions import allowed_driver, allowed_parameter
from .catalogue import CHARTS
from .moves import read_move, shortened, write_move, written
from .settings import DEFAULT_CHARTS, ENDS, TARGET_YEAR, Settings, years_to_show
from .sliders import slots

LINK_VERSION = "1"
"""Version of the link; links of another version are refused with a notice."""


def to_link(settings: Settings, language: str) -> dict[str, str]:
    """The settings as query parameters."""
    query = {"v": LINK_VERSION, "lang": language, "base": settings.base}
    moves = {slot_id: write_move(move) for slot_id, move in settings.moved.items()}
    parameters, drivers = ({k: written(v) for k, v in part.items()} for part in (settings.parameters, settings.drivers))
    for key, part in (("set", moves), ("par", parameters), ("drv", drivers)):
        if part:
            query[key] = ",".join(f"{name}:{text}" for name, text in part.items())
    if settings.until != END:
        query["until"] = str(settings.until)
    if settings.year != TARGET_YEAR:
        query["year"] = str(settings.year)
    if settings.charts != DEFAULT_CHARTS:
        query["charts"] = ",".join(settings.charts)
    return query


def from_link(query: Mapping[str, str], known: Collection[str] | None = None) -> tuple[Settings, list[str]]:
    """Settings from query parameters, and the parts of the link that could not be used.

    `known` are the scenarios that a link may start from (default: those that are shipped).
    """
    refused: list[str] = []
    if "v" in query and query["v"] != LINK_VERSION:
        return Settings(), [f"v={query['v']}"]
    settings = Settings()
    base = query.get("base", BASELINE)
    if base in (shipped_scenarios() if known is None else known):
        settings = replace(settings, base=base)
    else:
        refused.append(f"base={base}")
    settings = _with_moves(settings, query.get("set", ""), refused)
    settings = replace(
        settings,
        parameters=_numbers(query.get("par", ""), allowed_parameter, refused),
        drivers=_numbers(query.get("drv", ""), allowed_driver, refused),
    )
    until, year = _finite(query.get("until", str(END))), _finite(query.get("year", str(TARGET_YEAR)))
    if until in ENDS:
        settings = replace(settings, until=int(until))
    else:
        refused.append(f"until={query['until']}")
    if year in years_to_show(settings.until):
        settings = replace(settings, year=int(year))
    else:
        refused.append(f"year={query['year']}")
    charts = tuple(filter(None, query.get("charts", ",".join(DEFAULT_CHARTS)).split(",")))
    if len(charts) == len(DEFAULT_CHARTS) and all(c in CHARTS for c in charts):
        settings = replace(settings, charts=charts)
    else:
        refused.append(f"charts={query['charts']}")
    return settings, refused


def _parts(text: str) -> list[tuple[str, str, str]]:
    """The parts of a list: name, what stands behind the colon, and the whole."""
    return [(part.partition(":")[0], part.partition(":")[2], part) for part in text.split(",") if part]


def _with_moves(settings: Settings, text: str, refused: list[str]) -> Settings:
    for slot_id, content, part in _parts(text):
        slot, move = slots().get(slot_id), read_move(content)
        numbers = () if move is None else (*(v for _, v in move.points), *(() if move.hold is None else (move.hold,)))
        inside = slot is not None and all(slot.low <= number <= slot.high for number in numbers)
        exact = slot.exact(move) if slot is not None and move is not None and inside else None
        if exact is None:
            refused.append(part)
        else:
            settings = settings.with_moved(slot_id, exact)
    return settings


def _numbers(text: str, allowed: Callable[[str, float], bool], refused: list[str]) -> dict[str, float]:
    found = {}
    for name, content, part in _parts(text):
        value = _finite(content)
        if value is not None and allowed(name, value):
            found[name] = shortened(value)
        else:
            refused.append(part)
    return found


def _finite(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
