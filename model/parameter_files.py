"""Reads the files of parameters, one for each chapter, in the reading order of the chapters."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml

from .reading_order import READING_ORDER

FOLDER = Path(__file__).parent / "data" / "parameters"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def placed_entries(folder: Path = FOLDER) -> dict[str, tuple[str, dict]]:
    """The entries of all files in `folder` by parameter, in reading order, each with its file and line.

    Raises ValueError, with file and line, for a file that belongs to no chapter, and for a parameter that occurs twice.
    """
    entries: dict[str, tuple[str, dict]] = {}
    for file in parameter_files(folder):
        for line, name, entry in _entries_of(file):
            place = f"{file.name}:{line}"
            if name in entries:
                raise ValueError(f"{place}: the parameter {name} is already in {entries[name][0]}; keep one of the two")
            entries[name] = place, entry
    return entries


def parameter_files(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The files of parameters in reading order; chapters without parameters have none.

    Raises ValueError for a file that is not named like a chapter.
    """
    names = {file.stem for file in folder.glob("*.yaml")}
    unknown = sorted(names.difference(READING_ORDER))
    if unknown:
        raise ValueError(f"{unknown[0]}.yaml: no chapter has this name; allowed: {', '.join(READING_ORDER)}")
    return tuple(folder / f"{chapter}.yaml" for chapter in READING_ORDER if chapter in names)


def _entries_of(file: Path) -> list[tuple[int, str, dict]]:
    """Line, name and entry of each parameter of a file."""
    loader = _LOADER(file.read_text(encoding="utf-8"))
    try:
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            raise ValueError(f"{file.name}:1: a mapping of parameters is needed")
        return [
            (key.start_mark.line + 1, key.value, loader.construct_object(value, deep=True)) for key, value in root.value
        ]
    finally:
        loader.dispose()


@functools.cache
def chapters_of_parameters() -> dict[str, str]:
    """The chapter of each parameter."""
    return {name: place.partition(".")[0] for name, (place, _) in placed_entries().items()}
