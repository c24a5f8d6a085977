"""Scenarios: values of levers, parameters and drivers that people write, loaded, checked and merged."""

from .lever_parsing import lever_value
from .lever_values import AS_HAPPENED, LeverValue
from .loading import BASELINE, FIELDS, SHIPPED, load_scenario, parse_scenario, shipped_scenarios
from .merging import with_levers
from .model_inputs import inputs_of
from .problems import ScenarioError
from .scenario import Scenario, last_year, plain_levers

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
