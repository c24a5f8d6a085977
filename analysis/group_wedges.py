"""What moved the results since 2015: momentum, drivers, and each group of levers.

The split of `decomposition.shares` into momentum, drivers and levers, with the levers divided further into the groups
of the app. Every combination of groups, moved or held at 2015, is run with moving and with held drivers, so that
nothing is sampled: the part of a group is the mean of what it adds over all orders of the groups, and over drivers
first and levers first (the Owen value). The parts add up to the whole change.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model import shipped_scenarios
from model.engine.chunks import in_chunks, stacked
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.inputs import END, START, drivers, levers
from model.run import STEPS
from model.scenario import BASELINE, inputs_of
from model.system import system

from .decomposition import FROZEN, SPLIT

MOMENTUM, DRIVERS, INTERACTION, WHOLE = "momentum", "drivers", "interaction", "whole"
"""What stands beside the groups of levers where a change is split."""


@dataclass(frozen=True)
class GroupShares:
    """Change of an indicator since 2015, in its unit: in all, by momentum, by drivers, and by each group of levers;
    `interaction` is the change less momentum and what drivers and every group change alone. It is part of the others,
    not to be added to them."""

    whole: float
    momentum: float
    drivers: float
    groups: Mapping[str, float]
    interaction: float


@functools.cache
def groups() -> dict[str, tuple[str, ...]]:
    """Ids of the levers of each group, in the order of the levers."""
    found: dict[str, list[str]] = {}
    for lever in levers().values():
        found.setdefault(lever.group, []).append(lever.id)
    return {group: tuple(members) for group, members in found.items()}


@functools.cache
def group_runs(until: int = END) -> dict[str, np.ndarray]:
    """Indicators of `SPLIT` under the actual policies: arrays (drivers held or moving, combinations, years).

    Combination k moves the groups whose bits are set in k and holds the others at their values of 2015. Of several
    sectors the last (all) is kept.
    """
    horizon = Horizon(START, until, STEPS)
    parameters, tables = inputs_of(shipped_scenarios()[BASELINE], horizon.path_years)
    varied = (*levers(), *drivers())
    batch = compiled_batch(system(), horizon, varied, SPLIT)
    combinations = np.arange(2 ** len(groups()))
    moved = {name: (combinations >> k) & 1 for k, names in enumerate(groups().values()) for name in names}
    moving = np.repeat([0, 1], len(combinations))
    chosen = {name: np.tile(moved[name], 2) if name in moved else moving for name in varied}

    def inputs(rows: slice) -> dict[str, np.ndarray]:
        return {name: _moved_or_held(tables[name], chosen[name][rows]) for name in varied}

    results = stacked(in_chunks(lambda changes: batch(changes, parameters, tables), inputs, len(moving)))
    whole = {name: values if values.ndim == 2 else values[:, :, -1] for name, values in results.items()}
    return {name: values.reshape(2, len(combinations), -1) for name, values in whole.items()}


def _moved_or_held(table: np.ndarray, moves: np.ndarray) -> np.ndarray:
    """A yearly table for every member: as it is where the member moves it, else held at its value of 2015."""
    held = np.array(table, dtype=float)
    held[FROZEN + 1 - START :] = held[FROZEN - START]
    return np.where(moves.reshape(-1, *(1,) * held.ndim) == 1, table, held)


def shapley(values: np.ndarray) -> np.ndarray:
    """Mean of what each of n players adds over all orders; `values` (2^n,) by the bits of the players that are in."""
    players = int(math.log2(len(values)))
    combinations = np.arange(len(values))
    sizes = np.array([int(k).bit_count() for k in combinations])
    weights = np.array([math.factorial(s) * math.factorial(players - s - 1) for s in range(players)])
    added = np.empty(players)
    for player in range(players):
        without = combinations[(combinations >> player) & 1 == 0]
        steps = values[without | 1 << player] - values[without]
        added[player] = np.sum(weights[sizes[without]] * steps) / math.factorial(players)
    return added


def group_shares(values: np.ndarray, base: float) -> GroupShares:
    """Split the change from `base`; `values` (2, 2^n) are the results with drivers held and moving."""
    held, moving = values
    both, neither = float(moving[-1] - base), float(held[0] - base)
    by_group = (shapley(held) + shapley(moving)) / 2
    by_drivers = float(moving[0] - held[0] + moving[-1] - held[-1]) / 2
    alone = sum(float(held[1 << k] - held[0]) for k in range(len(by_group))) + float(moving[0] - held[0])
    named = dict(zip(groups(), by_group.tolist(), strict=True))
    return GroupShares(both, neither, by_drivers, named, both - neither - alone)


def group_shares_of(name: str, year: int) -> GroupShares:
    """What moved an indicator of `SPLIT` from 2015 to a year. Raises KeyError for another indicator."""
    runs = group_runs()[name]
    return group_shares(runs[:, :, year - START], float(runs[1, -1, FROZEN - START]))
