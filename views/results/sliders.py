"""Sliders of the app: one per lever, or one per sector where sectors have numbers of their own."""

from __future__ import annotations

import ast
import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.axes import BRANCH, BRANCH_LABELS
from model.inputs import END, POLICY_START, Lever, branches_of, levers
from model.scenario.lever_paths import YEARS, lever_array
from views.language import Locale

GROUPS = ("renovation", "overcapacity", "efficiency", "smart", "innovation", "quality", "opening", "conditions")
"""Groups of levers in the order in which they are shown: the document's four spine tasks, then the rest."""


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
    def step(self) -> float:
        """Distance between values."""
        return self._bound(self.lever.step)

    @property
    def unit(self) -> str:
        """Unit of the slider's values."""
        return self.lever.shown_unit.get(self.sector, self.lever.unit)

    def name(self, locale: Locale, sector_only: bool = False) -> str:
        """The slider's name, with the sector where it has one."""
        own = locale.text(self.lever.label)
        if self.sector is None:
            return own
        sector = locale.text(BRANCH_LABELS[self.sector])
        return sector if sector_only else (f"{own}：{sector}" if locale.is_chinese else f"{own}: {sector.lower()}")

    def rounded(self, value: float) -> float:
        """The nearest value the slider can show."""
        steps = round((min(max(value, self.low), self.high) - self.low) / self.step)
        return round(self.low + steps * self.step, 6)

    def path(self, scenario_value: object) -> np.ndarray:
        """Yearly values over `model.paths.YEARS` that a scenario's value gives this slider.

        A lever set apart by sector shows its total (what is shared out) or its mean over branches.
        """
        return _path(self.id, repr(scenario_value))

    @functools.cached_property
    def observed_range(self) -> tuple[float, float]:
        """Least and greatest value of the path as happened."""
        path = self.path("baseline")[YEARS <= END]
        return float(path.min()), float(path.max())

    def mean(self, scenario_value: object) -> float:
        """Mean of the path from 2016 to 2025, rounded to the slider's step."""
        active = (YEARS >= POLICY_START) & (YEARS <= END)
        return self.rounded(float(self.path(scenario_value)[active].mean()))


@functools.lru_cache(maxsize=2048)
def _path(slot_id: str, written: str) -> np.ndarray:
    """The path of a slider for a lever value in its written form, which unlike the value can be looked up."""
    slot = slots()[slot_id]
    lever = slot.lever
    table = lever_array(lever, ast.literal_eval(written), YEARS)
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


def with_slots(lever_values: Mapping[str, object], moved: Mapping[str, float]) -> dict[str, object]:
    """Lever values of a scenario with the moved sliders on top, as a scenario writes them."""
    values = dict(lever_values)
    for slot_id, value in moved.items():
        slot = slots()[slot_id]
        if slot.sector is None:
            values[slot.lever.id] = value
        else:
            before = values.get(slot.lever.id, "baseline")
            parts = before if isinstance(before, Mapping) else dict.fromkeys(slot.lever.sectors, before)
            values[slot.lever.id] = {**parts, slot.sector: value}
    return values
