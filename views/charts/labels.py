"""Labels in charts: cut to fit, and moved apart where they would touch."""

from __future__ import annotations

import unicodedata

import numpy as np


def shorten(text: str, most: int) -> str:
    """A text cut where it is wider than `most` narrow characters."""
    width = np.cumsum([2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text])
    fitting = int(np.searchsorted(width, most, side="right"))
    return text if fitting == len(text) else f"{text[: fitting - 1]}…"


def spread(wanted: list[float], gap: float, room: float) -> list[float]:
    """Places from 0 to `room` as near to the wanted ones as they can be, in their order and at least `gap` apart."""
    from scipy.optimize import isotonic_regression

    order = np.argsort(wanted, kind="stable")
    steps = gap * np.arange(len(wanted))
    nearest = isotonic_regression(np.array(wanted, dtype=float)[order] - steps).x
    found = np.empty(len(wanted))
    found[order] = np.clip(nearest, 0.0, max(room - steps[-1], 0.0)) + steps
    return found.tolist()
