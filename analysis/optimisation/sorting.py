"""Which points no other point beats."""

from __future__ import annotations

import numpy as np


def undominated(goals: np.ndarray) -> np.ndarray:
    """Rows of `goals` (points, goals; less is better) that no other row beats, in rising order; equal rows once.

    A row is beaten by one that is nowhere larger and somewhere smaller.
    """
    distinct, first = np.unique(goals, axis=0, return_index=True)
    # In the order of np.unique a row can only be beaten by an earlier one, so the kept rows suffice to test the next.
    kept = np.empty_like(distinct)
    rows: list[int] = []
    for row, values in enumerate(distinct):
        if not (kept[: len(rows)] <= values).all(axis=1).any():
            kept[len(rows)] = values
            rows.append(row)
    return np.sort(first[rows])
