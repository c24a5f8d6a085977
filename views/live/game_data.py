"""What a phone needs to run the budget game by itself.

The model, the inputs of the run without the document, the programmes, and how results become points. The server scores
a plan again when it is handed in.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from typing import Any

from model.inputs import END, levers
from model.scenario import shipped_scenarios
from views.component import model_data
from views.component.chart_data import result_place
from views.language import Locale
from views.pages.classroom import game
from views.results.sliders import slots


@functools.cache
def model_part() -> bytes:
    """The module with the inputs of the reference, as JSON."""
    inputs = model_data.model_inputs(shipped_scenarios()[game.REFERENCE], END)
    levers_used = {name: inputs["levers"][name] for name in game.PROGRAMMES}
    content = {
        "module": base64.b64encode(model_data.module()).decode(),
        "description": model_data.description(),
        "inputs": inputs | {"levers": levers_used},
    }
    return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()


@functools.cache
def model_stamp() -> str:
    """A name for the content of `model_part`, which browsers may keep for as long as it is the same."""
    return hashlib.sha256(model_part()).hexdigest()[:16]


@functools.cache
def game_texts(locale: Locale) -> dict[str, Any]:
    """The programmes with their sliders, and how a run is scored."""
    none, whole = game.references()
    money = game.money(locale)
    return {
        "model": model_stamp(),
        "budget": game.BUDGET,
        "money": {"text": money.text, "factor": float(money.factor), "digits": 0},
        "cost": result_place(game.COST, "all") | {"none": float(none.series(game.COST, "all").sum())},
        "goals": [
            result_place(name, None)
            | {"name": goal_name(name, locale), "none": none.at(END, name), "whole": whole.at(END, name)}
            for name in game.GOALS
        ],
        "programmes": [_programme(name, locale) for name in game.PROGRAMMES],
    }


def goal_name(name: str, locale: Locale) -> str:
    """The name of what the game scores."""
    return locale.translate("classroom.sei" if name == "sei_share" else f"headline.{name}")


def _programme(name: str, locale: Locale) -> dict[str, Any]:
    lever, unit, slot = levers()[name], game.spending_unit(name, locale), slots()[name]
    return {
        "id": name,
        "lever": slot.lever.id,
        "sector": slot.sector,
        "name": locale.text(lever.label),
        "unit": {"text": unit.text, "factor": float(unit.factor)},
        "low": float(lever.min),
        "high": float(lever.max),
        "step": float(lever.step),
        "start": game.level_2015(name),
    }
