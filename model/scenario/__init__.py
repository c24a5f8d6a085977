"""Scenarios: what people write about levers, parameters and drivers, read, checked and merged."""

from .scenario import (
    BASELINE,
    FIELDS,
    SHIPPED,
    Scenario,
    inputs_of,
    last_year,
    load_scenario,
    parse_scenario,
    shipped_scenarios,
    with_levers,
)
from .yaml_source import ScenarioError

__all__ = [
    "BASELINE",
    "FIELDS",
    "SHIPPED",
    "Scenario",
    "ScenarioError",
    "inputs_of",
    "last_year",
    "load_scenario",
    "parse_scenario",
    "shipped_scenarios",
    "with_levers",
]
