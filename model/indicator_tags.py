"""The indicators that each part of the product uses, as tags in data/indicators.yaml."""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml

from .inputs import FOLDER
from .system import system

FILE = FOLDER / "indicators.yaml"
TAGS = frozenset(
    {
        "app",
        "banded",
        "decomposed",
        "figures",
        "game",
        "headline",
        "integration",
        "leading_loops",
        "overview",
        "projections",
        "replications",
        "sensitivity",
        "summary",
        "tradeoffs",
    }
)
"""Every tag; the file explains them."""
DIRECTIONS = {"higher": 1, "neither": 0, "lower": -1}
DIRECTED = ("banded", "tradeoffs", "game")
"""Tags whose indicators need a direction."""


@dataclass(frozen=True)
class Tagged:
    """An indicator with its place under each of its tags, and whether more of it is better (1), worse (-1) or neither
    (0); None where the file has no direction."""

    id: str
    places: dict[str, int]
    better: int | None


def tagged(tag: str) -> tuple[str, ...]:
    """The indicators with a tag, in their order. Raises KeyError for a tag that does not exist."""
    if tag not in TAGS:
        raise KeyError(tag)
    members = [one for one in indicator_tags() if tag in one.places]
    return tuple(one.id for one in sorted(members, key=lambda one: one.places[tag]))


def directions(tag: str) -> dict[str, int]:
    """The indicators with a tag, in their order: 1 where more is better, -1 where less is, 0 where neither is."""
    better = {one.id: one.better for one in indicator_tags()}
    return {name: better[name] or 0 for name in tagged(tag)}


@functools.cache
def indicator_tags() -> tuple[Tagged, ...]:
    """All indicators of the file."""
    return read_tags(FILE, frozenset(system().variables))


def read_tags(file: Path, known: Collection[str]) -> tuple[Tagged, ...]:
    """Read a file of tags.

    Raises ValueError with file and line for an indicator that is not among `known` or occurs twice, for an unknown
    tag, for a place that two indicators share, and for a missing or unknown direction.
    """
    root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    entries: list[Tagged] = []
    occupied: dict[tuple[str, int], str] = {}
    for key, value in root.value:
        try:
            one = _checked(key.value, yaml.safe_load(yaml.serialize(value)), known)
            if any(other.id == one.id for other in entries):
                raise ValueError(f"{one.id} stands here for the second time; keep one of the two")
            for place in one.places.items():
                if place in occupied:
                    raise ValueError(f"place {place[1]} of {place[0]} belongs to {occupied[place]} already")
                occupied[place] = one.id
        except ValueError as error:
            raise ValueError(f"{file.name}:{key.start_mark.line + 1}: {error}") from None
        entries.append(one)
    return tuple(entries)


def _checked(name: str, entry: dict, known: Collection[str]) -> Tagged:
    """One entry of the file, checked. Raises ValueError for an entry that is not valid."""
    if name not in known:
        raise ValueError(f"{name}: the model has no indicator of this name")
    unknown = [key for key in entry if key not in ("tags", "better")]
    if unknown:
        raise ValueError(f"{name}: {unknown[0]} is unknown; allowed: tags, better")
    places = entry.get("tags") or {}
    for tag, place in places.items():
        if tag not in TAGS:
            raise ValueError(f"{name}: the tag {tag} is unknown; allowed: {', '.join(sorted(TAGS))}")
        if isinstance(place, bool) or not isinstance(place, int):
            raise ValueError(f"{name}: {tag}: {place} is no place; a whole number is needed")
    better = entry.get("better")
    if better is not None and better not in DIRECTIONS:
        raise ValueError(f"{name}: better: {better} is unknown; allowed: {', '.join(DIRECTIONS)}")
    needing = [tag for tag in DIRECTED if tag in places]
    if needing and better is None:
        raise ValueError(f"{name}: {needing[0]} needs better: {', '.join(DIRECTIONS)}")
    return Tagged(name, dict(places), None if better is None else DIRECTIONS[better])
