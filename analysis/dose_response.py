"""Dose response of the levers: each constant from 2016 at equal steps of its range, on top of "as happened".

The dose is 0 at the end of the range where the lever does nothing (`off`) and 1 at the other end. All runs are members
of one ensemble, so that the whole table takes about a second. `python -m analysis.dose_response [LEVER ...]` prints it.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.engine.chunks import Arrays, in_chunks, stacked
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.inputs import END, POLICY_START, START, Lever, levers
from model.run import STEPS
from model.scenario import BASELINE, inputs_of, shipped_scenarios
from model.scenario.lever_paths import lever_array
from model.scenario.lever_values import BySector, Constant
from model.system import system

from .lever_expectations import CUMULATIVE, PERCENT, SUM, Doubling, Entry, Outcome, expectations

DOSES = (0.0, 0.25, 0.5, 0.75, 1.0)
SMALL = 0.05
"""Half of a small change of a lever around its path as happened, as a part of its range."""
FIRST = POLICY_START - START
"""Position of the first year in which a dose differs."""
COSTS = ("public_cost", "private_cost")
ONE_YEAR, LASTING = "one_year", "lasting"

Tables = dict[str, np.ndarray]
Effects = Mapping[str, np.ndarray]
"""Effects by outcome, in the unit of the outcome."""


@dataclass(frozen=True)
class Response:
    """Effects of one lever.

    `effects` (doses, years) are those of each dose against dose 0. `change` (years,) is the effect of a small change
    from 2016 on around the path as happened, by the part `span` of the range (mean of 2016 to 2025; the change is cut
    off where the range ends). `cost` (doses, years) is what is booked under the lever from 2016 on, public and private,
    against dose 0, 亿元.
    """

    entry: Entry
    effects: Effects
    change: Effects
    span: float
    cost: np.ndarray

    def at(self, outcome: str, year: int = END) -> np.ndarray:
        """Effects (doses,) of one year."""
        return self.effects[outcome][:, year - START]

    def whole(self, outcome: str, year: int = END) -> float:
        """Effect of the whole range."""
        return float(self.at(outcome, year)[-1])


@dataclass(frozen=True)
class Responses:
    """Responses by entry, and effects (years,) of doubling a lever in one year and lastingly."""

    by_entry: Mapping[str, Response]
    doubled: Mapping[str, Effects]


def value_at(lever: Lever, dose: float) -> float:
    """Value of a lever at a dose from 0 (the end of the range where it does nothing) to 1 (the other end)."""
    weak, strong = (lever.max, lever.min) if lever.off == lever.max else (lever.min, lever.max)
    return weak + dose * (strong - weak)


def effects_of(measure: str, values: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Effects of runs against a reference: `values` and `reference` are yearly values from 2010 on, years last.

    Per cent of a reference of 0 is NaN.
    """
    difference = values - reference
    if measure == PERCENT:
        return 100 * difference / np.where(reference == 0, np.nan, reference)
    if measure == CUMULATIVE:
        return np.cumsum(np.where(np.arange(difference.shape[-1]) >= FIRST, difference, 0.0), axis=-1)
    return difference


def series(values: np.ndarray, indicator: str, element: str | None) -> np.ndarray:
    """Yearly values (members, years) of an indicator, of one element of its axis, or summed over it."""
    axis = system().variables[indicator].axis
    if axis is None or element is None:
        return values
    return values.sum(axis=-1) if element == SUM else values[..., axis.index(element)]


class Runs:
    """Members of one ensemble: each is the run "as happened" with other tables of some levers.

    `parameters` are those that are not at their defaults.
    """

    def __init__(self, indicators: Iterable[str], parameters: Mapping[str, np.ndarray] = {}) -> None:
        self.horizon = Horizon(START, END, STEPS)
        defaults, self.tables = inputs_of(shipped_scenarios()[BASELINE], self.horizon.path_years)
        self.parameters = {**defaults, **parameters}
        self.indicators = tuple(dict.fromkeys(indicators))
        self.members: list[Tables] = []

    def add(self, changed: Tables) -> int:
        """Add a member; returns its position."""
        self.members.append(changed)
        return len(self.members) - 1

    def table(self, entry: Entry, value: float) -> np.ndarray:
        """The table of the lever of an entry at one value from 2016 on; as happened in other sectors."""
        path = Constant(value)
        setting = path if entry.sector is None else BySector(((entry.sector, path),))
        return lever_array(levers()[entry.lever], setting, self.horizon.path_years)

    def run(self) -> dict[str, np.ndarray]:
        """Yearly values (members, years[, axis]) of every indicator."""
        varied = tuple(dict.fromkeys(name for member in self.members for name in member))
        batch = compiled_batch(system(), self.horizon, varied, self.indicators)

        def inputs(rows: slice) -> Arrays:
            chosen = self.members[rows]
            return {name: np.stack([member.get(name, self.tables[name]) for member in chosen]) for name in varied}

        return stacked(in_chunks(lambda chunk: batch(chunk, self.parameters, self.tables), inputs, len(self.members)))


def dose_responses(
    entries: Sequence[Entry],
    outcomes: Mapping[str, Outcome],
    doubling: Doubling,
    parameters: Mapping[str, np.ndarray] = {},
) -> Responses:
    """Responses of the entries, at least one, and effects of doubling, by outcome; `parameters` are those that are not
    at their defaults."""
    runs = Runs([*(one.indicator for one in outcomes.values()), *COSTS], parameters)
    base = runs.add({})
    places = [_add(runs, entry) for entry in entries]
    doubled = {name: runs.add(changed) for name, changed in _doubled(runs, doubling).items()}
    values = runs.run()

    def effects(members: slice | int, reference: int) -> Effects:
        return {
            name: effects_of(one.measure, its[members], its[reference])
            for name, one in outcomes.items()
            for its in [series(values[one.indicator], one.indicator, one.element)]
        }

    responses = {}
    for entry, (first, span) in zip(entries, places, strict=True):
        last = first + len(DOSES)
        booked = sum((series(values[name], name, entry.lever)[first:last] for name in COSTS), start=np.zeros(()))
        cost = effects_of(CUMULATIVE, booked, booked[0])
        responses[entry.id] = Response(entry, effects(slice(first, last), first), effects(last, last + 1), span, cost)
    return Responses(responses, {name: effects(member, base) for name, member in doubled.items()})


def _add(runs: Runs, entry: Entry) -> tuple[int, float]:
    """Add the doses of an entry and its small change, up and down: the first position, and the size of the change."""
    lever, name = levers()[entry.lever], entry.lever
    tables = [runs.table(entry, value_at(lever, dose)) for dose in DOSES]
    first = [runs.add({name: table}) for table in tables][0]
    whole, happened = tables[-1] - tables[0], runs.tables[name]
    low, high = np.minimum(tables[0], tables[-1]), np.maximum(tables[0], tables[-1])
    up, down = (np.where(whole != 0, np.clip(happened + s * SMALL * whole, low, high), happened) for s in (1, -1))
    runs.add({name: up})
    runs.add({name: down})
    inside = whole != 0
    return first, float(((up - down)[inside] / whole[inside]).mean())


def _doubled(runs: Runs, doubling: Doubling) -> dict[str, Tables]:
    years, table = runs.horizon.path_years, runs.tables[doubling.lever]
    chosen = {ONE_YEAR: years == doubling.year, LASTING: years >= POLICY_START}
    factors = {name: np.where(where, 2.0, 1.0).reshape(-1, *(1,) * (table.ndim - 1)) for name, where in chosen.items()}
    return {name: {doubling.lever: table * factor} for name, factor in factors.items()}


@functools.cache
def shared_responses() -> Responses:
    """Responses of all entries under the expectations of the model, computed once."""
    wanted = expectations()
    return dose_responses(tuple(wanted.entries.values()), wanted.outcomes, wanted.contract.doubling)


if __name__ == "__main__":
    from .dose_table import main

    sys.exit(main(sys.argv[1:]))
