"""A mix of measures that a search has found, as moved sliders: so it goes into Explore, links and scenario files."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.inputs import POLICY_START
from model.scenario import LeverValue, Scenario
from model.scenario.lever_values import YEARS, BySector

from .moves import Move
from .settings import Settings
from .sliders import Slot, slots

STRAIGHT = 1e-9
"""Part of a value by which it may lie beside a straight line and still be on it: rounding."""


def settings_with(start: Settings, base: Scenario, mix: Scenario) -> Settings:
    """The settings `start`, which describe `base`, with the sliders of the levers that the mix sets otherwise."""
    changed = {name: value for name, value in mix.levers.items() if value != base.levers.get(name)}
    moved = {slot: move for slot, move in start.moved.items() if slots()[slot].lever.id not in changed}
    settings = replace(start, moved=moved)
    for name, value in changed.items():
        for slot in _slots_of(name, value):
            settings = settings.with_moved(slot.id, _move_to(slot, slot.path(value)))
    return settings


def _slots_of(name: str, value: LeverValue) -> list[Slot]:
    """The sliders that show a value of a lever: by sector where it has sectors."""
    if isinstance(value, BySector) and all(f"{name}.{sector}" in slots() for sector, _ in value.parts):
        return [slots()[f"{name}.{sector}"] for sector, _ in value.parts]
    return [slots()[name]] if name in slots() else [slot for slot in slots().values() if slot.lever.id == name]


def _move_to(slot: Slot, path: np.ndarray) -> Move:
    """The move to a path from 2016 on: one value where the slider can show it, else points at the years around every
    change, as values between points lie on a straight line."""
    active = YEARS >= POLICY_START
    years, values = YEARS[active], path[active]
    if np.ptp(values) == 0 and slot.rounded(float(values[0])) == values[0]:
        return Move(hold=float(values[0]))
    turns = [0, *(k for k in range(1, len(years)) if _turns(values, k))]
    return Move(points=tuple((int(years[k]), float(values[k])) for k in turns))


def _turns(values: np.ndarray, k: int) -> bool:
    """Whether a value does not lie on the straight line between those beside it; the last one, whether it is new."""
    if k == len(values) - 1:
        return bool(values[k] != values[k - 1])
    return bool(abs(values[k + 1] - 2 * values[k] + values[k - 1]) > STRAIGHT * max(1.0, abs(values[k])))
