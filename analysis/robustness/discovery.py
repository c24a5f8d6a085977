"""Scenario discovery: boxes of conditions in which something happens more often, each held against unseen runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from .prim import MOST_LIMITS, Box, best_box, inside

if TYPE_CHECKING:
    from .conditions import Conditions

SEED = 1
MOST_BOXES = 3
GROUPS_A_LIMIT = 10
"""Interesting groups that each limit of a box needs, so that boxes of few runs stay simple."""
MOST_NUMBERS = 10
"""Numbers in which a box is looked for."""
RESAMPLES = 1000
CHANCE = 0.05
"""Probability, by bootstrap over groups, up to which a held-out density may be no better than outside the box."""
LEAST_INTERESTING = 20
"""Fewest interesting runs, and fewest others, in which a box is looked for."""


@dataclass(frozen=True)
class Density:
    """Of the runs of a half: share in which it happens (`base`), share of those in the box (`density`), part of what
    happens that the box holds (`coverage`), and part of all runs that it holds (`mass`)."""

    base: float
    density: float
    coverage: float
    mass: float


@dataclass(frozen=True)
class Discovered:
    """A box with its densities in the half in which it was found and in the held-out half."""

    box: Box
    found: Density
    held_out: Density


def discovered(conditions: Conditions, interesting: np.ndarray, seed: int = SEED) -> tuple[Discovered, ...] | None:
    """Boxes of conditions in which the `interesting` runs are denser, the first the best; the next are found in what
    the ones before leave. No box where held-out runs do not confirm it; None where there are too few runs to look.

    The halves share no group: the draw of a calibration with other drivers is no new evidence.
    """
    if min(interesting.sum(), (~interesting).sum()) < LEAST_INTERESTING:
        return None
    random = np.random.default_rng(seed)
    known = np.unique(conditions.groups)
    first = np.isin(conditions.groups, random.permutation(known)[: len(known) // 2])
    left = np.ones(len(first), dtype=bool)
    boxes: list[Discovered] = []
    while len(boxes) < MOST_BOXES and (interesting & first & left).sum() >= LEAST_INTERESTING // 2:
        training = first & left
        table, happens = _related(conditions.table[training], interesting[training]), interesting[training]
        groups = len(np.unique(conditions.groups[training & interesting]))
        box = best_box(table, happens, max(1, min(MOST_LIMITS, groups // GROUPS_A_LIMIT)))
        mask = inside(conditions.table, box)
        if not box or not _confirmed(mask, interesting, conditions.groups, ~first & left, random):
            break
        boxes.append(
            Discovered(
                box,
                _density(mask & left, interesting, first, left),
                _density(mask & left, interesting, ~first, left),
            )
        )
        left = left & ~mask
    return tuple(boxes)


def _related(table: pd.DataFrame, interesting: np.ndarray) -> pd.DataFrame:
    """The columns of names, and the numbers whose ranks differ most between the interesting runs and the others: among
    very many numbers a box that fits by chance is always found."""
    numeric = [name for name in table if table[name].dtype.kind in "fiu"]
    ranks = rankdata(table[numeric].to_numpy(float), axis=0)
    apart = np.abs(ranks[interesting].mean(axis=0) - ranks[~interesting].mean(axis=0))
    chosen = {numeric[k] for k in np.argsort(-apart, kind="stable")[:MOST_NUMBERS]}
    return table[[name for name in table if name in chosen or name not in numeric]]


def _density(mask: np.ndarray, interesting: np.ndarray, half: np.ndarray, left: np.ndarray) -> Density:
    """`base` is that of the runs that boxes before have left; coverage and mass are parts of the whole half."""
    held = mask & half
    hits = int((interesting & held).sum())
    return Density(
        float(interesting[half & left].mean()),
        hits / max(int(held.sum()), 1),
        hits / max(int((interesting & half).sum()), 1),
        float(held.sum() / half.sum()),
    )


def _confirmed(
    mask: np.ndarray, interesting: np.ndarray, groups: np.ndarray, half: np.ndarray, random: np.random.Generator
) -> bool:
    """Whether held-out runs in the box are denser than the others, in nearly all bootstrap samples of groups."""
    table = pd.DataFrame(
        {"in": mask[half], "hit": (mask & interesting)[half], "all": True, "happens": interesting[half]}
    )
    counts = table.groupby(groups[half]).sum().to_numpy(float)
    if counts[:, 0].sum() == 0 or counts[:, 0].sum() == counts[:, 2].sum():
        return False
    weights = random.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=RESAMPLES)
    held, hits, whole, happens = (weights @ counts).T
    apart = hits / np.maximum(held, 1) - (happens - hits) / np.maximum(whole - held, 1)
    return bool(np.mean(apart <= 0) < CHANCE)
