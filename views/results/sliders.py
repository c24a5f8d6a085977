"""Sliders of the app: one per lever, or one per sector where sectors have numbers of their own."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.axes import BRANCH, BRANCH_LABELS
from model.inputs import END, POLICY_START, Lever, branches_of, levers
from model.scenario import AS_HAPPENED, LeverValue
from model.scenario.lever_merging import merge
from model.scenario.lever_paths import lever_array
from model.scenario.lever_values import YEARS, BySector, Constant, LeverPath

GROUPS = ("renovation", "overcapacity", "efficiency", "smart", "innovation", "quality", "opening", "conditions")
"""Groups of levers in the order in which they are shown: the document's four spine tasks, then the rest."""


@dataclass(frozen=True)
class Slot:
    """One slider: a lever, or one sector of it."""

    id: str
    lever: Lever
    sector: str | None = None

    def _bound(self, value) -> float:
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
    def step(self) -> float:
        """Distance between values."""
        return self._bound(self.lever.step)

    @property
    def unit(self) -> str:
        """Unit of the slider's values."""
        return self.lever.shown_unit.get(self.sector, self.lever.unit)

    def name(self, language: str, sector_only: bool = False) -> str:
        """The slider's name, with the sector where it has one."""
        own = getattr(self.lever, language)
        if self.sector is None:
            return own
        sector = BRANCH_LABELS[self.sector][0 if language == "zh" else 1]
        return sector if sector_only else (f"{own}：{sector}" if language == "zh" else f"{own}: {sector.lower()}")

    def rounded(self, value: float) -> float:
        """The nearest value the slider can show."""
        steps = round((min(max(value, self.low), self.high) - self.low) / self.step)
        return round(self.low + steps * self.step, 6)

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
    elif slot.sector is not None:
        path = table[:, BRANCH.index(slot.sector)] / lever.conversion.get(slot.sector, 1.0)
    elif lever.spread == "allocate":
        path = table.sum(axis=1)
    else:
        branches = dict.fromkeys(b for s in lever.sectors for b in branches_of(s))
        path = table[:, [BRANCH.index(b) for b in branches]].mean(axis=1)
    path.flags.writeable = False
    return path


@functools.cache
def slots() -> dict[str, Slot]:
    """All sliders by id, in the order of the groups; `lever` or `lever.sector`."""
    found: dict[str, Slot] = {}
    for lever in sorted(levers().values(), key=lambda v: GROUPS.index(v.group)):
        sectors = lever.sectors if lever.spread == "own" else (None,)
        for sector in sectors:
            key = lever.id if sector is None else f"{lever.id}.{sector}"
            found[key] = Slot(key, lever, sector)
    return found


def with_slots(lever_values: Mapping[str, LeverValue], moved: Mapping[str, float]) -> dict[str, LeverValue]:
    """Lever values of a scenario with the moved sliders on top."""
    values = dict(lever_values)
    for slot_id, value in moved.items():
        slot = slots()[slot_id]
        path: LeverPath = Constant(float(value))
        if slot.sector is None:
            values[slot.lever.id] = path
        else:
            before = values.get(slot.lever.id, AS_HAPPENED)
            values[slot.lever.id] = merge(slot.lever, before, BySector(((slot.sector, path),)))
    return values
