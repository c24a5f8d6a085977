"""Parts of the model are switched off by values of parameters, given as arrays, so that ranges do not bind."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

Arrays = dict[str, np.ndarray]


def switched(parameters: Mapping[str, np.ndarray], fixed: Mapping[str, float], times: Mapping[str, float]) -> Arrays:
    """Parameters of which those in `fixed` have these values in all entries, and those in `times` are multiplied."""
    values = {name: np.full_like(parameters[name], value) for name, value in fixed.items()}
    scaled = {name: parameters[name] * factor for name, factor in times.items()}
    return {**parameters, **values, **scaled}


def switch_texts(fixed: Mapping[str, float], times: Mapping[str, float]) -> tuple[str, ...]:
    """What is done to each parameter, as in "rung = 0" or "saving_cost × 1000"."""
    return (
        *(f"{name} = {value:g}" for name, value in fixed.items()),
        *(f"{name} × {factor:g}" for name, factor in times.items()),
    )
