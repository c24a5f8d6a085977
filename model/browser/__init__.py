"""The model for browsers: its module, its description as plain data, and the inputs of scenarios."""

from .bundle import HOST, Bundle, bundle_of, model_bundle
from .export import browser_files
from .scenario_data import ScenarioDataError, scenario_data

__all__ = ["HOST", "Bundle", "ScenarioDataError", "browser_files", "bundle_of", "model_bundle", "scenario_data"]
