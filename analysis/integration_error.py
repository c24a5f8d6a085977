"""Integration error: how far a coarser step or another method moves the indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.run import indicator_names
from model.system import system


def largest_moves(
    inputs: tuple[Mapping, Mapping],
    coarse: Horizon,
    fine: Horizon,
    axis: int | None = None,
    names: Sequence[str] | None = None,
) -> dict[str, float]:
    """Largest change of each indicator between two ways to integrate, in relation to its largest value (over all
    sectors, or with `axis` 0 that of each sector).

    To the largest and not to each value, so that shares and growth rates near zero count fairly. `inputs` are
    parameters and tables of levers and drivers; `names` are indicators (default: all).
    """
    names = tuple(names or indicator_names())
    coarser, finer = (compiled(system(), horizon, names)(*inputs) for horizon in (coarse, fine))
    moved = {}
    for name in names:
        change = np.nanmax(np.abs(coarser[name] - finer[name]), axis=axis)
        size = np.nanmax(np.abs(finer[name]), axis=axis)
        moved[name] = float(np.max(change / np.where(size > 0, size, 1.0)))
    return moved
