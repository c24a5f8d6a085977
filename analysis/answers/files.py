"""The files of the stored answers: where they are, reading them, and whether they belong to the present model."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from calibration.series import FOLDER as CALIBRATION

FOLDER = CALIBRATION / "results" / "answers"
SENSITIVITY, CHOICES, TARGETS, ATTRIBUTION = "sensitivity", "choices", "targets", "attribution"
NAMES = (SENSITIVITY, CHOICES, TARGETS, ATTRIBUTION)
RENEW = "hebei2025 documents robust --slow"
"""The command that computes all answers again."""


class NoAnswerError(KeyError):
    """A question to which no answer is stored."""


def file_of(name: str) -> Path:
    """The file of the answers to a question."""
    return FOLDER / f"{name}.json"


def text_of(record: Mapping[str, Any]) -> str:
    """A record as it is stored: JSON with a line for each answer."""
    answers = ",\n".join(json.dumps(answer, ensure_ascii=False) for answer in record["answers"])
    return f'{{"hashes": {json.dumps(record["hashes"], ensure_ascii=False)},\n"answers": [\n{answers}\n]}}\n'


@functools.cache
def stored(name: str) -> dict[str, Any]:
    """The record of a file. Raises FileNotFoundError where it has not been computed yet."""
    return json.loads(file_of(name).read_text(encoding="utf-8"))


def answer(name: str, **asked: object) -> dict[str, Any]:
    """The one answer of a file with these entries. Raises NoAnswerError where there is none."""
    for one in stored(name)["answers"]:
        if all(one[key] == value for key, value in asked.items()):
            return one
    raise NoAnswerError(f"{name}: no answer is stored for {asked}; computed by {RENEW}")


def table_of(columns: Mapping[str, Any]) -> pd.DataFrame:
    """A table from its stored columns, with NaN where there is no value."""
    table = pd.DataFrame(columns)
    return table.assign(**{name: table[name].astype(float) for name in table if table[name].isna().any()})


def outdated(name: str) -> list[str]:
    """What the answers of a file were computed from and has changed since, such as "what_decides: model_hash"."""
    from .computed import present_hashes

    then, now = stored(name)["hashes"], present_hashes(name)
    kinds = dict.fromkeys((*then, *now))
    entries = {kind: dict.fromkeys((*then.get(kind, {}), *now.get(kind, {}))) for kind in kinds}
    return [
        f"{kind}: {entry}"
        for kind in kinds
        for entry in entries[kind]
        if then.get(kind, {}).get(entry) != now.get(kind, {}).get(entry)
    ]


def require_present(name: str) -> None:
    """Raise a ValueError where the answers of a file are of another model, other data or other questions."""
    if changed := outdated(name):
        raise ValueError(f"{file_of(name).name} is out of date, because of {', '.join(changed)}; renew it with {RENEW}")
