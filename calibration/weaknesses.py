"""Known weaknesses of the model, as data (weaknesses.yaml)."""

from __future__ import annotations

import functools

from model.engine.text import Text, with_texts
from model.inputs import load_yaml

from .observations import DATA


@functools.cache
def weaknesses() -> tuple[dict[str, Text], ...]:
    """Title, explanation and consequences of each weakness in both languages, the most serious first."""
    return tuple(with_texts(load_yaml(DATA.parent / "weaknesses.yaml")))
