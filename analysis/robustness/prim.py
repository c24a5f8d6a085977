"""Bump hunting by the patient rule induction method (Friedman and Fisher 1999, Statistics and Computing 9: 123-143).

A box is peeled: of all slices of a twentieth at an end of a number, or of one name of a column of names, that goes
whose loss raises the share of interesting runs in the box most for each run that it costs (the objective of EMA
Workbench). Of all boxes on the way that one is taken that has most interesting runs above what a box of its size has by
chance. Limits without which this excess is hardly smaller are dropped, and the rest is pasted: widened again as long as
the excess grows. `ema_workbench` is not used, because it brings seven further packages; tests compare with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

PEEL = 0.05
"""Part of the runs of a box that a peel or a paste takes or adds."""
LEAST_MASS = 0.05
"""Smallest box, as part of all runs."""
SPARED = 0.05
"""Part of the excess that a limit must carry; it is dropped where less is lost without it."""
LOW, HIGH = 0, 1
"""Ends of a number."""
MOST_LIMITS = 4
"""Most numbers that a box limits: more than these nobody reads as a condition."""
Limit = tuple[float, float] | frozenset[str]
"""Lowest and highest value, both inside, or the names that are inside."""
Box = Mapping[str, Limit]
"""Limits by column; columns without a limit are free."""


def inside(table: pd.DataFrame, box: Box) -> np.ndarray:
    """Which rows a box holds."""
    mask = np.ones(len(table), dtype=bool)
    for name, limit in box.items():
        mask &= _within(table[name].to_numpy(), limit)
    return mask


def _within(values: np.ndarray, limit: Limit) -> np.ndarray:
    if isinstance(limit, frozenset):
        return np.isin(values, list(limit))
    return (values >= limit[0]) & (values <= limit[1])


def excess(interesting: np.ndarray, mask: np.ndarray) -> float:
    """Interesting rows in a box above what a box of its size holds by chance, as part of all rows."""
    return float(interesting[mask].sum() - mask.sum() * interesting.mean()) / len(mask)


def best_box(table: pd.DataFrame, interesting: np.ndarray, most: int = MOST_LIMITS) -> Box:
    """The box with the largest excess; without limits where none has an excess. Limits at the end of what a column
    goes over are infinite. It limits at most so many columns."""
    boxes = [{}, *peeled(table, interesting)]
    best = max(boxes, key=lambda box: excess(interesting, inside(table, box)))
    return _pasted(table, interesting, _simplified(table, interesting, best, most))


def peeled(table: pd.DataFrame, interesting: np.ndarray) -> Iterator[Box]:
    """The boxes of the peeling trajectory, each in the one before, down to the smallest that is allowed."""
    numeric = [name for name in table if table[name].dtype.kind in "fiu"]
    matrix = table[numeric].to_numpy(float)
    named = {name: table[name].to_numpy() for name in table if name not in numeric}
    box: dict[str, Limit] = {}
    mask, least = np.ones(len(table), dtype=bool), max(LEAST_MASS * len(table), 1)
    while True:
        peels = [*_numeric_peels(numeric, matrix, mask, interesting), *_named_peels(named, mask, interesting)]
        allowed = [peel for peel in peels if peel[1] >= least]
        if not allowed:
            return
        _, _, name, side, limit = max(allowed, key=lambda peel: peel[0])
        box = {**box, name: _narrowed(box.get(name), side, limit)}
        mask = mask & _within(table[name].to_numpy(), box[name])
        yield box


def _narrowed(old: Limit | None, side: int, limit: float | frozenset[str]) -> Limit:
    """A limit with another end, or other names."""
    if isinstance(limit, frozenset):
        return limit
    low, high = (-np.inf, np.inf) if old is None or isinstance(old, frozenset) else old
    return (limit, high) if side == LOW else (low, limit)


Peel = tuple[float, int, str, int, float | frozenset[str]]
"""Rise of the density for each row lost, rows that are left, column, end of it, new limit."""


def _numeric_peels(names: list[str], matrix: np.ndarray, mask: np.ndarray, interesting: np.ndarray) -> Iterator[Peel]:
    if not names:
        return
    values, hits = matrix[mask], interesting[mask].astype(float)
    for side, quantile in ((LOW, PEEL), (HIGH, 1 - PEEL)):
        ordered = np.sort(values, axis=0)
        place = int(quantile * len(values)) if side == LOW else int(np.ceil(quantile * len(values))) - 1
        cuts = ordered[place]
        # Where the end itself is that frequent, all of it goes.
        beyond = values > ordered[0] if side == LOW else values < ordered[-1]
        fill = np.inf if side == LOW else -np.inf
        inner = np.where(beyond, values, fill)
        next_values = inner.min(axis=0) if side == LOW else inner.max(axis=0)
        cuts = np.where(cuts == ordered[0 if side == LOW else -1], next_values, cuts)
        kept = values >= cuts if side == LOW else values <= cuts
        counts = kept.sum(axis=0)
        density = hits @ kept / np.maximum(counts, 1)
        rises = (density - hits.mean()) / np.maximum(len(values) - counts, 1)
        for k, name in enumerate(names):
            if np.isfinite(cuts[k]) and 0 < counts[k] < len(values):
                yield float(rises[k]), int(counts[k]), name, side, float(cuts[k])


def _named_peels(columns: Mapping[str, np.ndarray], mask: np.ndarray, interesting: np.ndarray) -> Iterator[Peel]:
    hits = interesting[mask]
    for name, column in columns.items():
        values = column[mask]
        left = set(map(str, np.unique(values)))
        for gone in sorted(left) if len(left) > 1 else ():
            kept = values != gone
            rise = (hits[kept].mean() - hits.mean()) / (~kept).sum()
            yield float(rise), int(kept.sum()), name, LOW, frozenset(left - {gone})


def _simplified(table: pd.DataFrame, interesting: np.ndarray, box: Box, most: int) -> Box:
    """Without limits, and ends of limits, that carry hardly any of the excess, and with no more than are allowed."""
    whole = excess(interesting, inside(table, box))
    while True:
        simpler = {
            key: one
            for key, one in _without_one(box).items()
            if len(box) > most or excess(interesting, inside(table, one)) >= (1 - SPARED) * whole
        }
        if not simpler:
            return box
        box = max(simpler.values(), key=lambda one: excess(interesting, inside(table, one)))


def _without_one(box: Box) -> dict[tuple[str, int], Box]:
    """The boxes with one end of one limit, or one list of names, fewer."""
    found: dict[tuple[str, int], Box] = {}
    for name, limit in box.items():
        others = {key: value for key, value in box.items() if key != name}
        if isinstance(limit, frozenset) or not all(np.isfinite(limit)):
            found[name, 0] = others
        else:
            found[name, 0] = {**others, name: (-np.inf, limit[1])}
            found[name, 1] = {**others, name: (limit[0], np.inf)}
    return found


def _pasted(table: pd.DataFrame, interesting: np.ndarray, box: Box) -> Box:
    """The box widened at one end after the other as long as its excess grows."""
    now = excess(interesting, inside(table, box))
    while True:
        wider = [(excess(interesting, inside(table, one)), one) for one in _widened(table, box)]
        score, best = max(wider, key=lambda pair: pair[0], default=(now, box))
        if score <= now:
            return box
        now, box = score, best


def _widened(table: pd.DataFrame, box: Box) -> Iterator[Box]:
    step = max(int(PEEL * inside(table, box).sum()), 1)
    for name, limit in box.items():
        if isinstance(limit, frozenset):
            continue
        others = {key: value for key, value in box.items() if key != name}
        values = np.sort(table[name].to_numpy(float)[inside(table, others)])
        below, above = values[values < limit[0]], values[values > limit[1]]
        if len(below):
            yield {**others, name: (float(below[-min(step, len(below))]), limit[1])}
        if len(above):
            yield {**others, name: (limit[0], float(above[min(step, len(above)) - 1]))}
