"""Sliders of the app: one per lever, one per sector where sectors have numbers of their own, and those of the parts of
other levers by sector."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.axes import BRANCH, BRANCH_LABELS
from model.inputs import END, POLICY_START, Lever, branches_of, levers
from model.scenario import AS_HAPPENED, LeverValue
from model.scenario.lever_merging import merge
from model.scenario.lever_parsing import LARGEST_FACTOR
from model.scenario.lever_paths import lever_array
from model.scenario.lever_values import YEARS, BySector
from views.language import Locale

from .moves import Move, shortened

GROUPS = ("renovation", "overcapacity", "efficiency", "smart", "innovation", "quality", "opening", "conditions")
"""Groups of levers in the order in which they are shown: the document's four spine tasks, then the rest."""
LEAST_HIGHEST_FACTOR = 2.0
FACTOR_STEPS = ((4.0, 0.01), (20.0, 0.05), (math.inf, 0.5))
"""Steps of sliders that show factors, by the highest factor."""


@dataclass(frozen=True)
class Scale:
    """Ends and step of a slider that shows factors."""

    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Slot:
    """One slider: a lever, or one sector of it."""

    id: str
    lever: Lever
    sector: str | None = None

    def _bound(self, value: float | Mapping) -> float:
        return float(value[self.sector]) if isinstance(value, Mapping) else float(value)

    @property
    def low(self) -> float:
        """Lowest value of the slider."""
        return self._bound(self.lever.min)

    @property
    def high(self) -> float:
        """Highest value of the slider."""
        return self._bound(self.lever.max)

    @property
    def scalable(self) -> bool:
        """Whether a factor on a path has a meaning: not where values may be negative, as those of changes are."""
        return self.low >= 0

    @property
    def step(self) -> float:
        """Distance between values."""
        return self._bound(self.lever.step)

    @property
    def unit(self) -> str:
        """Unit of the slider's values."""
        return self.lever.unit if self.sector is None else self.lever.shown_unit.get(self.sector, self.lever.unit)

    def name(self, locale: Locale, sector_only: bool = False) -> str:
        """The slider's name, with the sector where it has one."""
        own = locale.text(self.lever.label)
        if self.sector is None:
            return own
        sector = locale.text(BRANCH_LABELS[self.sector])
        return sector if sector_only else (f"{own}：{sector}" if locale.is_chinese else f"{own}: {sector.lower()}")

    @property
    def is_part(self) -> bool:
        """Whether this is one sector of a lever that has a slider as a whole."""
        return self.sector is not None and self.lever.spread != "own"

    def clipped(self, value: float) -> float:
        """The value, or the nearer end of the range."""
        return min(max(value, self.low), self.high)

    def rounded(self, value: float) -> float:
        """The nearest value the slider can show."""
        steps = round((self.clipped(value) - self.low) / self.step)
        return round(self.low + steps * self.step, 6)

    def exact(self, move: Move) -> Move | None:
        """The move inside the range of this slider; None where its form has no meaning here."""
        if move.factor != 1.0 and not self.scalable:
            return None
        width = self.high - self.low
        return replace(
            move,
            hold=None if move.hold is None else self.rounded(move.hold),
            points=tuple((year, shortened(self.clipped(value))) for year, value in move.points),
            shift=shortened(min(max(move.shift, -width), width)),
        )

    def path(self, scenario_value: LeverValue) -> np.ndarray:
        """Yearly values over `YEARS` that a scenario's value gives this slider.

        A lever set apart by sector shows its total (what is shared out) or its mean over branches.
        """
        return _path(self.id, scenario_value)

    @functools.cached_property
    def observed_range(self) -> tuple[float, float]:
        """Least and greatest value of the path as happened."""
        path = self.path(AS_HAPPENED)[YEARS <= END]
        return float(path.min()), float(path.max())

    def varies(self, scenario_value: LeverValue) -> bool:
        """Whether the path changes in any year from 2016 on, so that one value cannot stand for it."""
        return bool(np.ptp(self.path(scenario_value)[YEARS >= POLICY_START]) > 0)

    def scale(self, scenario_value: LeverValue) -> Scale:
        """The slider of factors on a path: from the range's lower end in every year to where the path's highest value
        reaches its upper end, and to twice the path at least; values beyond the range are kept to its end."""
        largest = float(self.path(scenario_value)[YEARS >= POLICY_START].max())
        high = max(self.high / largest, LEAST_HIGHEST_FACTOR) if largest > 0 else LEAST_HIGHEST_FACTOR
        high = min(high, LARGEST_FACTOR)
        step = next(step for limit, step in FACTOR_STEPS if high <= limit)
        low = self.low / largest if largest > 0 else 0.0
        lowest, highest = (round(math.floor(end / step) * step, 2) for end in (low, high))
        return Scale(lowest, highest, step)

    def mean(self, scenario_value: LeverValue) -> float:
        """Mean of the path from 2016 to 2025, rounded to the slider's step."""
        active = (YEARS >= POLICY_START) & (YEARS <= END)
        return self.rounded(float(self.path(scenario_value)[active].mean()))


@functools.lru_cache(maxsize=2048)
def _path(slot_id: str, value: LeverValue) -> np.ndarray:
    slot = slots()[slot_id]
    lever = slot.lever
    table = lever_array(lever, value, YEARS)
    if table.ndim == 1:
        path = table
    elif slot.sector is not None and not slot.is_part:
        path = table[:, BRANCH.index(slot.sector)] / lever.conversion.get(slot.sector, 1.0)
    else:
        sectors = lever.sectors if slot.sector is None else (slot.sector,)
        branches = dict.fromkeys(b for s in sectors for b in branches_of(s))
        columns = table[:, [BRANCH.index(b) for b in branches]]
        path = columns.sum(axis=1) if lever.spread == "allocate" else columns.mean(axis=1)
    path.flags.writeable = False
    return path


@functools.cache
def slots() -> dict[str, Slot]:
    """All sliders by id, `lever` or `lever.sector`, in the order of the groups; those of parts follow their lever."""
    found: dict[str, Slot] = {}
    for lever in sorted(levers().values(), key=lambda v: GROUPS.index(v.group)):
        if lever.spread != "own":
            found[lever.id] = Slot(lever.id, lever)
        for sector in lever.sectors if lever.spread != "scalar" else ():
            found[f"{lever.id}.{sector}"] = Slot(f"{lever.id}.{sector}", lever, sector)
    return found


@functools.cache
def main_slots() -> dict[str, Slot]:
    """The sliders that are always shown: one per lever, or one per sector where sectors have numbers of their own."""
    return {name: slot for name, slot in slots().items() if not slot.is_part}


def with_slots(lever_values: Mapping[str, LeverValue], moved: Mapping[str, Move]) -> dict[str, LeverValue]:
    """Lever values of a scenario with the moved sliders on top; parts follow the lever as a whole."""
    values = dict(lever_values)
    for slot in sorted((slots()[slot_id] for slot_id in moved), key=lambda slot: slot.is_part):
        path = moved[slot.id].path()
        new = path if slot.sector is None else BySector(((slot.sector, path),))
        values[slot.lever.id] = merge(slot.lever, values.get(slot.lever.id, AS_HAPPENED), new)
    return values
