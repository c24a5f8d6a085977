"""Assumptions that a person may change: parameters of the model within their range, and drivers.

A parameter has one number (`name`), or one for each branch (`name.branch`). A driver is multiplied from 2016 on, or,
where it is a rate of growth, shifted; what a scenario says of the same driver is replaced.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.axes import BRANCH_LABELS
from model.inputs import Driver, Parameter, drivers, parameters
from model.parameter_files import chapters_of_parameters
from model.scenario import Scenario
from model.scenario.checks import GROWTH_UNIT
from model.scenario.merging import joined_parameter
from views.language import Locale

FACTORS = (0.5, 1.5)
"""Ends of the slider of a driver that is multiplied."""
SHIFTS = (-0.05, 0.05)
"""Ends of the slider of a rate of growth, added a year."""
STEPS = 100
"""Steps of a slider from one end to the other."""


@dataclass(frozen=True)
class ParameterSlot:
    """One number of a parameter that can be changed: its `value`, and the range in which it may lie."""

    id: str
    parameter: Parameter
    branch: str | None
    value: float
    low: float
    high: float

    @property
    def chapter(self) -> str:
        """The chapter of the model that the parameter belongs to."""
        return chapters_of_parameters()[self.parameter.id]

    def name(self, locale: Locale) -> str:
        """Name of the parameter, with its branch."""
        own = locale.text(self.parameter.label)
        if self.branch is None:
            return own
        branch = locale.text(BRANCH_LABELS[self.branch])
        return f"{own}：{branch}" if locale.is_chinese else f"{own}: {branch.lower()}"


@functools.cache
def parameter_slots() -> dict[str, ParameterSlot]:
    """Every number of every parameter by id; those whose range is a single number are left out."""
    found = {}
    for parameter in parameters().values():
        low, high = parameter.bounds()
        labels = (None,) if parameter.axis is None else parameter.axis.labels
        numbers = zip(labels, *(np.atleast_1d(each) for each in (parameter.array(), low, high)), strict=True)
        for branch, value, least, most in numbers:
            name = parameter.id if branch is None else f"{parameter.id}.{branch}"
            if least < most:
                found[name] = ParameterSlot(name, parameter, branch, float(value), float(least), float(most))
    return found


def is_shifted(driver: Driver) -> bool:
    """Whether a change of a driver is added to it, as to rates of growth; others are multiplied."""
    return driver.unit == GROWTH_UNIT


def driver_bounds(driver: Driver) -> tuple[float, float]:
    """Least and greatest change of a driver: a factor, or what is added to a rate of growth."""
    return SHIFTS if is_shifted(driver) else FACTORS


def unchanged(driver: Driver) -> float:
    """The change that leaves a driver as it is."""
    return 0.0 if is_shifted(driver) else 1.0


def parameter_data(changed: Mapping[str, float]) -> dict[str, float | dict[str, float]]:
    """Changed parameters in the form of a scenario."""
    data: dict[str, float | dict[str, float]] = {}
    for name, value in changed.items():
        slot = parameter_slots()[name]
        if slot.branch is None:
            data[name] = value
            continue
        branches = data.setdefault(slot.parameter.id, {})
        if isinstance(branches, dict):
            branches[slot.branch] = value
    return data


def driver_data(changed: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Changed drivers in the form of a scenario."""
    return {name: {"add" if is_shifted(drivers()[name]) else "multiply": value} for name, value in changed.items()}


def assumed(scenario: Scenario, changed_parameters: Mapping[str, float], changed: Mapping[str, float]) -> Scenario:
    """The scenario with changed assumptions on top of its own."""
    if not changed_parameters and not changed:
        return scenario
    merged = dict(scenario.parameters)
    for name, value in parameter_data(changed_parameters).items():
        merged[name] = joined_parameter(merged.get(name), value)
    return scenario.model_copy(update={"parameters": merged, "drivers": {**scenario.drivers, **driver_data(changed)}})


def allowed_parameter(name: str, value: float) -> bool:
    """Whether there is such a number of a parameter, and the value lies in its range."""
    slot = parameter_slots().get(name)
    return slot is not None and slot.low <= value <= slot.high


def allowed_driver(name: str, value: float) -> bool:
    """Whether there is such a driver, and the change is one that the app offers."""
    if name not in drivers():
        return False
    low, high = driver_bounds(drivers()[name])
    return low <= value <= high
