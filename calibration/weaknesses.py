"""What is wrong with the model, as data (weaknesses.yaml)."""

from __future__ import annotations

import functools

from model.engine.text import Text, with_texts
from model.inputs import load_yaml

from .observations import DATA


@functools.cache
def weaknesses() -> tuple[dict[str, Text], ...]:
    """Title, what is wrong, and what hangs on it, each in both languages; the weightiest first."""
    return tuple(with_texts(load_yaml(DATA.parent / "weaknesses.yaml")))
