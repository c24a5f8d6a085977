"""Arrays over the branches for calls of equations with plain numbers."""

import numpy as np

from model.axes import BRANCH


def over_branches(value: float = 0.0, **named: float) -> np.ndarray:
    """An array with `value` in every branch except the named ones."""
    array = np.full(len(BRANCH), float(value))
    for name, number in named.items():
        array[BRANCH.index(name)] = number
    return array
