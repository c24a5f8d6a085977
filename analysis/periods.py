"""The years of an indicator cut into periods: where it turns, where the policy begins, where a rule decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.inputs import POLICY_START, START

from .varied_runs import Run, whole

TOUCHES = 1e-3
"""A rule holds an indicator in a year in which the two differ by less than this part."""


@dataclass(frozen=True)
class Rule:
    """A rule that can hold an indicator: its `lever`, the variable that is the `limit`, and the one it is set on."""

    lever: str
    limit: str
    limited: str


RULES = {"crude_steel_output": Rule("output_cap", "steel_cap", "steel_output")}
"""Rules by the indicator that they hold."""


def held_years(indicator: str, run: Run) -> tuple[int, ...]:
    """Years in which a rule holds an indicator."""
    rule = RULES.get(indicator)
    if rule is None:
        return ()
    limit = whole(run[rule.limit])
    gap = np.abs(whole(run[rule.limited]) - limit)
    return tuple(int(year) for year in START + np.flatnonzero(gap < TOUCHES * np.abs(limit)))


def periods(path: np.ndarray, least: float, held: Sequence[int] = ()) -> list[tuple[int, int]]:
    """First and last years of the periods of a path that begins in START: cut in the year before the policy begins,
    around the years `held`, and elsewhere where the path turns by more than `least`."""
    end = START + len(path) - 1
    cuts = {START, POLICY_START - 1, end}
    ruled = (max(held[0] - 1, START), held[-1]) if held else (end, START)
    cuts = {cut for cut in cuts if not ruled[0] < cut < ruled[1]} | ({*ruled} if held else set())
    found = sorted(cuts)
    for first, last in zip(found, found[1:], strict=False):
        if (first, last) != ruled:
            cuts |= {first + k for k in turns(path[first - START : last + 1 - START], least)}
    found = sorted(cuts)
    return list(zip(found, found[1:], strict=False))


def turns(path: np.ndarray, least: float) -> list[int]:
    """Positions at which a path turns and then goes back by more than `least`."""
    found, extreme, direction = [], 0, 0.0
    for k in range(1, len(path)):
        move = path[k] - path[extreme]
        if direction and move * direction >= 0:
            extreme = k
        elif abs(move) > least:
            if direction:
                found.append(extreme)
            extreme, direction = k, np.sign(move)
    return found
