"""From a scenario to the numbers that a run takes: parameters, and tables of levers and drivers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.axes import BRANCH
from model.inputs import (
    DEFAULT,
    LATEST,
    POLICY_START,
    Driver,
    branches_of,
    default_parameters,
    driver_table,
    drivers,
    levers,
    parameters,
    path_values,
)

from .lever_paths import lever_array
from .lever_values import AS_HAPPENED, scaled, shifted
from .scenario import Scenario


def inputs_of(scenario: Scenario, years: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Parameters, and tables of levers and drivers with one row per year, as a run takes them."""
    constants = default_parameters()
    for name, value in scenario.parameters.items():
        constants[name] = _parameter_array(name, value)
    tables = {name: driver_table(driver, years) for name, driver in drivers().items()}
    for name, value in scenario.drivers.items():
        tables[name] = _driver_override(drivers()[name], tables[name], value, years)
    for name, lever in levers().items():
        tables[name] = lever_array(lever, scenario.levers.get(name, AS_HAPPENED), years)
    return constants, tables


def _parameter_array(name: str, value: float | Mapping[str, float]) -> np.ndarray:
    parameter = parameters()[name]
    if not isinstance(value, Mapping):
        return parameter.array(value)
    array = parameter.array().copy()
    for branch, number in sorted(value.items(), key=lambda item: item[0] != DEFAULT):
        columns = range(len(BRANCH)) if branch == DEFAULT else [BRANCH.index(b) for b in branches_of(branch)]
        array[list(columns)] = number
    return array


def _driver_override(driver: Driver, table: np.ndarray, value: float | Mapping, years: np.ndarray) -> np.ndarray:
    if not isinstance(value, Mapping):
        active, values = years >= POLICY_START, np.full(len(years), float(value))
    elif "multiply" in value:
        return scaled(table, years, value["multiply"], value.get("from", POLICY_START), value.get("to", LATEST))
    elif "add" in value:
        return shifted(table, years, value["add"], value.get("from", POLICY_START), value.get("to", LATEST))
    else:
        active, values = years >= min(value), path_values(value, years, driver.interpolation)
    return np.where(active, values, table.T).T
