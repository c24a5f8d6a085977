"""Knock-outs: each feedback loop is switched off by its parameters, and the behaviour it explains is measured."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from model.engine.integrate import compiled
from model.engine.result import YEAR, to_dataset
from model.engine.text import Text, with_texts
from model.inputs import load_yaml
from model.run import horizon_of
from model.scenario import inputs_of, lever_value, shipped_scenarios, with_levers
from model.system import system

from .switches import switch_texts, switched

TABLE = Path(__file__).parent / "knockouts.yaml"
SIGNS = {"up": 1, "down": -1}


@dataclass(frozen=True)
class Shown:
    """An indicator that shows what a loop does; `minimum` is the least change expected, in per cent."""

    indicator: str
    years: tuple[int, int]
    measure: str
    expected: str
    minimum: float
    sector: str = ""


@dataclass(frozen=True)
class Knockout:
    """A loop or link by name, which passes `marks` and not `avoid`; parameters that get the values `set` and that are
    multiplied by `times` switch it off, `why_not` is the reason where that is not possible.

    `weak` is the reason where the effect under the estimated values is smaller than expected.
    """

    id: str
    kind: str
    name: Text
    marks: Sequence[str] = ()
    avoid: Sequence[str] = ()
    set: Mapping[str, float] = field(default_factory=dict)
    times: Mapping[str, float] = field(default_factory=dict)
    scenario: str = ""
    levers: Mapping[str, object] = field(default_factory=dict)
    behaviour: Text | None = None
    shows: Sequence[Shown] = ()
    weak: Text | None = None
    why_not: Text | None = None

    @property
    def switchable(self) -> bool:
        """Whether parameters switch the loop off."""
        return bool(self.set or self.times)

    @property
    def switches(self) -> tuple[str, ...]:
        """What is done to each parameter, as text."""
        return switch_texts(self.set, self.times)

    def switched(self, constants: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """The parameters without the loop."""
        return switched(constants, self.set, self.times)


@dataclass(frozen=True)
class Row:
    """One indicator with and without a loop."""

    knockout: Knockout
    shown: Shown
    with_loop: float
    without_loop: float

    @property
    def change(self) -> float:
        """What taking the loop out changes, in per cent of the value with the loop."""
        return 100 * (self.without_loop - self.with_loop) / abs(self.with_loop)

    @property
    def right_direction(self) -> bool:
        """Whether the change has the expected direction."""
        return SIGNS[self.shown.expected] * self.change > 0

    @property
    def as_expected(self) -> bool:
        """Whether the change has the expected direction and at least the stated size."""
        return SIGNS[self.shown.expected] * self.change >= self.shown.minimum


@functools.cache
def knockouts() -> dict[str, Knockout]:
    """All named loops and links of the table, by id."""
    return {name: _read(name, entry) for name, entry in load_yaml(TABLE).items()}


def _read(name: str, entry: Mapping) -> Knockout:
    shows = tuple(Shown(**{**shown, "years": tuple(shown["years"])}) for shown in entry.get("shows", ()))
    return Knockout(id=name, **{**with_texts(entry), "shows": shows})


def run_knockouts() -> list[Row]:
    """Run every scenario of the table with and without each loop; one row per loop and indicator."""
    rows = []
    for knockout in knockouts().values():
        if knockout.switchable:
            before, after = run_of(knockout, switched_off=False), run_of(knockout)
            rows += [Row(knockout, s, measured(before, s), measured(after, s)) for s in knockout.shows]
    return rows


def results_table(rows: Sequence[Row]) -> pd.DataFrame:
    """Rows as a table that can be stored; `rows_of` reads it."""
    return pd.DataFrame(
        [
            {
                "loop": row.knockout.id,
                "indicator": row.shown.indicator,
                "sector": row.shown.sector,
                "with": row.with_loop,
                "without": row.without_loop,
                "change_percent": row.change,
                "expected": row.shown.expected,
                "at_least_percent": row.shown.minimum,
                "right_direction": row.right_direction,
                "as_expected": row.as_expected,
            }
            for row in rows
        ]
    )


def rows_of(table: pd.DataFrame) -> list[Row]:
    """The rows of a stored table. Raises ValueError where it belongs to another list of knock-outs."""
    wanted = [(one, shown) for one in knockouts().values() if one.switchable for shown in one.shows]
    stored = list(zip(table["loop"], table["indicator"], table["sector"].fillna(""), strict=True))
    if stored != [(one.id, shown.indicator, shown.sector) for one, shown in wanted]:
        raise ValueError("the stored knock-outs are of another knockouts.yaml")
    values = zip(table["with"], table["without"], strict=True)
    return [Row(one, shown, *pair) for (one, shown), pair in zip(wanted, values, strict=True)]


def run_of(knockout: Knockout, switched_off: bool = True) -> xr.Dataset:
    """The run of a knock-out's scenario, as a Dataset; by default without the loop."""
    scenario = shipped_scenarios()[knockout.scenario]
    if knockout.levers:
        values = {name: lever_value(name, value) for name, value in knockout.levers.items()}
        scenario = scenario.model_copy(update={"levers": with_levers(scenario.levers, values)})
    horizon = horizon_of(scenario)
    constants, tables = inputs_of(scenario, horizon.path_years)
    if switched_off:
        constants = knockout.switched(constants)
    return to_dataset(system(), horizon, compiled(system(), horizon)(constants, tables))


def measured(dataset: xr.Dataset, shown: Shown) -> float:
    """The value of the measure `shown`; without a sector, variables over branches are summed."""
    array = dataset[shown.indicator]
    axis = next((str(dimension) for dimension in array.dims if dimension != YEAR), None)
    if axis:
        array = array.sel({axis: shown.sector}) if shown.sector else array.sum(axis)
    first, last = shown.years
    if shown.measure == "change":
        return float(array.sel(year=last) - array.sel(year=first))
    return float(array.sel(year=slice(first, last)).mean())
