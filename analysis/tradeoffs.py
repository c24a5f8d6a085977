"""Trade-offs: the contribution of each lever to a run, and lever gradients.

All of it are runs of one ensemble in which every lever may differ between members.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.engine.chunks import Arrays, in_chunks, stacked
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.indicator_tags import directions
from model.inputs import END, POLICY_START, START, Lever, levers
from model.run import STEPS
from model.scenario import BASELINE, Scenario, inputs_of, shipped_scenarios
from model.scenario.lever_paths import lever_array
from model.scenario.lever_values import Constant, NamedPath
from model.system import system

TENTH = 0.1
NARROW = 1e-5
"""Half width of central differences, as a part of a lever's range."""
FROZEN, DOCUMENT = "frozen_2015", "document"
COST = "public_cost"
OUTCOMES = directions("tradeoffs")
"""Outcomes that can be set against each other: 1 where more is better, -1 where less is, 0 where it is neither."""


@dataclass(frozen=True)
class Wedges:
    """What each lever adds to the change of an outcome between a run with all levers frozen at 2015 and a run of a
    scenario: mean over orders in which levers are moved (Shapley value), its standard error, what the lever changes
    alone on top of the frozen run, and what it costs the public purse. The Shapley values add up to the change."""

    levers: tuple[str, ...]
    start: float
    end: float
    added: np.ndarray
    error: np.ndarray
    alone: np.ndarray
    cost: np.ndarray

    @property
    def interaction(self) -> float:
        """The change less what all levers change alone: what comes of their acting together."""
        return float(self.end - self.start - self.alone.sum())


class Mixes:
    """Runs with any settings of the levers, up to one last year. `drivers` and parameters are those of a scenario."""

    def __init__(self, scenario: Scenario | None = None, until: int = END):
        self.horizon = Horizon(START, until, STEPS)
        self.scenario = scenario or shipped_scenarios()[BASELINE]
        self._parameters, self._tables = inputs_of(self.scenario, self.horizon.path_years)
        self._batch = compiled_batch(system(), self.horizon, tuple(levers()), tuple(OUTCOMES))

    def _ensemble(self, changes: Arrays) -> Arrays:
        """Yearly outcomes (members, years[, axis]) of members that differ in their levers."""
        return self._batch(changes, self._parameters, self._tables)

    def path(self, lever: Lever, value: float | str) -> np.ndarray:
        """The yearly table of a lever held at one value from 2016 on, or on one of its named paths."""
        path = NamedPath(value) if isinstance(value, str) else Constant(value)
        return lever_array(lever, path, self.horizon.path_years)

    def present(self) -> dict[str, np.ndarray]:
        """Lever tables of the scenario."""
        return {name: self._tables[name] for name in levers()}

    def run(self, tables: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Outcomes of every member at the end of the last year; `tables` by lever have members first."""
        members = len(next(iter(tables.values())))

        def outcomes(changes: Arrays) -> dict[str, np.ndarray]:
            return {name: outcome_of(name, values) for name, values in self._ensemble(changes).items()}

        return stacked(in_chunks(outcomes, lambda rows: _rows(tables, rows), members))

    def costs(self, tables: Mapping[str, np.ndarray]) -> np.ndarray:
        """Public cost of each lever from 2016 on in the first member, 亿元."""
        yearly = self._ensemble(_rows(tables, slice(1)))[COST][0]
        return yearly[POLICY_START - START :, : len(levers())].sum(axis=0)


def _rows(tables: Arrays, rows: slice) -> dict[str, np.ndarray]:
    return {name: table[rows] for name, table in tables.items()}


def outcome_of(name: str, values: np.ndarray) -> np.ndarray:
    """From (members, years[, axis]) to a number each: the last year, of all sectors; costs are summed."""
    if name == "employment":
        return values[:, -1].sum(axis=1)
    whole = values if values.ndim == 2 else values[:, :, -1]
    return whole[:, POLICY_START - START :].sum(axis=1) if name == COST else whole[:, -1]


def wedges(mixes: Mixes, outcomes: Sequence[str], orders: int = 24, seed: int = 1) -> dict[str, Wedges]:
    """What each lever adds in the scenario of `mixes`, from runs along random orders, each gone forwards and backwards.

    `orders` orders and their reversals take 2 * orders * (levers + 1) runs. Raises ValueError for an unknown outcome.
    """
    unknown = [name for name in outcomes if name not in OUTCOMES]
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no outcome; allowed: {', '.join(OUTCOMES)}")
    names, count = tuple(levers()), len(levers())
    present = mixes.present()
    frozen = {name: mixes.path(lever, FROZEN) for name, lever in levers().items()}
    random = np.random.default_rng(seed)
    half = [random.permutation(count) for _ in range(orders)]
    walks = [order for one in half for order in (one, one[::-1])]
    # Row k of a walk has its first k levers moved; then every lever alone.
    moved = np.concatenate([*(_along(order) for order in walks), np.eye(count, dtype=bool)])
    tables = {
        name: np.where(moved[:, position].reshape(-1, *(1,) * present[name].ndim), present[name], frozen[name])
        for position, name in enumerate(names)
    }
    simulated = mixes.run(tables)
    cost = mixes.costs({name: table[count : count + 1] for name, table in tables.items()})
    return {name: _wedges(names, walks, simulated[name], cost) for name in outcomes}


def _along(order: np.ndarray) -> np.ndarray:
    """Which levers are moved at each point of a walk: (levers + 1, levers)."""
    position = np.empty(len(order), dtype=int)
    position[order] = np.arange(len(order))
    return position[None, :] < np.arange(len(order) + 1)[:, None]


def _wedges(names: tuple[str, ...], walks: Sequence[np.ndarray], values: np.ndarray, cost: np.ndarray) -> Wedges:
    count = len(names)
    along = values[: len(walks) * (count + 1)].reshape(len(walks), count + 1)
    steps = np.empty((len(walks), count))
    for row, order in enumerate(walks):
        steps[row, order] = np.diff(along[row])
    pairs = steps.reshape(-1, 2, count).mean(axis=1)  # an order and its reversal belong together
    start, end = float(along[0, 0]), float(along[0, -1])
    error = pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs)) if len(pairs) > 1 else np.full(count, np.nan)
    alone = values[-count:] - start
    return Wedges(names, start, end, pairs.mean(axis=0), error, alone, cost)


def lever_gradients(mixes: Mixes) -> dict[str, np.ndarray]:
    """Derivatives at the settings of the scenario: the change of every outcome (levers,) for a tenth of a lever's range
    more from 2016 on, from central differences over a hundred-thousandth of the range.

    A rule, which does nothing at the upper end of its range, is moved only in years in which it is in force: to bring
    it into force is no small change.
    """
    present, count = mixes.present(), len(levers())
    signs = np.repeat(np.eye(count), 2, axis=0) * np.tile([1.0, -1.0], count)[:, None] * NARROW
    tables = {}
    for position, (name, lever) in enumerate(levers().items()):
        whole = mixes.path(lever, lever.max) - mixes.path(lever, lever.min)
        whole[mixes.horizon.path_years < POLICY_START] = 0.0
        if lever.off == lever.max:
            whole[present[name] == lever.off] = 0.0
        tables[name] = present[name] + signs[:, position].reshape(-1, *(1,) * whole.ndim) * whole
    outcomes = mixes.run(tables)
    return {name: (values[::2] - values[1::2]) / (2 * NARROW) * TENTH for name, values in outcomes.items()}
