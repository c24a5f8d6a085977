"""What is wrong with the model, as data (weaknesses.yaml)."""

from __future__ import annotations

import functools

from model.inputs import load_yaml

from .observations import DATA


@functools.cache
def weaknesses() -> tuple[dict, ...]:
    """Title, what is wrong, and what hangs on it, each in both languages; the weightiest first."""
    return tuple(load_yaml(DATA.parent / "weaknesses.yaml"))
