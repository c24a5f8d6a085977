"""Scenarios: what people write about levers, parameters and drivers, read, checked and merged."""

from .lever_parsing import lever_value
from .lever_values import AS_HAPPENED, LeverValue
from .model_inputs import inputs_of
from .problems import ScenarioError
from .scenario import (
    BASELINE,
    FIELDS,
    SHIPPED,
    Scenario,
    last_year,
    load_scenario,
    parse_scenario,
    plain_levers,
    shipped_scenarios,
    with_levers,
)

__all__ = [
    "AS_HAPPENED",
    "BASELINE",
    "FIELDS",
    "LeverValue",
    "SHIPPED",
    "Scenario",
    "ScenarioError",
    "inputs_of",
    "last_year",
    "lever_value",
    "load_scenario",
    "parse_scenario",
    "plain_levers",
    "shipped_scenarios",
    "with_levers",
]
