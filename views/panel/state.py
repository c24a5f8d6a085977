"""Where every slider of the lever panel stands, as plain data for the browser."""

from __future__ import annotations

from typing import Any

from model.inputs import END
from model.scenario import AS_HAPPENED, Scenario
from model.scenario.lever_values import YEARS
from views.results.settings import Settings
from views.results.sliders import Factor, Slot, slots, with_slots

PATH_DIGITS = 6
"""Significant digits of the values of a path."""


def panel_state(settings: Settings, scenario: Scenario) -> dict[str, dict[str, object]]:
    """The state of every slider by id."""
    return {slot.id: slider_state(settings, scenario, slot) for slot in slots().values()}


def slider_state(settings: Settings, scenario: Scenario, slot: Slot) -> dict[str, Any]:
    """Where one slider stands: its value, ends and step, and whether it differs from what happened.

    A slider `scales` where the path of the scenario changes over the years and no one value is set instead: its value
    is then a factor on that path. A slider whose path cannot be scaled shows the path until one value is set. `path`
    has the scenario's values from 2010 to 2025 where one value cannot stand for them, and is empty elsewhere; `mean` is
    where a slider that is switched to one value begins.
    """
    before = scenario.levers.get(slot.lever.id, AS_HAPPENED)
    now = with_slots(scenario.levers, settings.moved).get(slot.lever.id, AS_HAPPENED)
    move = settings.moved.get(slot.id)
    varies = slot.varies(before) or isinstance(move, Factor)
    moved = move is not None
    state: dict[str, Any] = {
        "moved": moved,
        "differs": moved or (now != AS_HAPPENED and not (slot.path(now) == slot.path(AS_HAPPENED)).all()),
        "scales": slot.scalable and varies and (move is None or isinstance(move, Factor)),
        "path": [float(f"{v:.{PATH_DIGITS}g}") for v in slot.path(before)[YEARS <= END]] if varies else [],
        "mean": slot.mean(before),
    }
    if not state["scales"]:
        return state | {
            "value": move if moved else slot.mean(now),
            "low": slot.low,
            "high": slot.high,
            "step": slot.step,
        }
    scale, factor = slot.scale(before), move.value if isinstance(move, Factor) else 1.0
    return state | {"value": factor, "low": scale.low, "high": max(scale.high, factor), "step": scale.step}
