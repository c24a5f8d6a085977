"""hebei2025: a system-dynamics policy simulator of Hebei province's industry.

`load_scenario(path)` reads a scenario file, `simulate(scenario)` runs it and returns an xarray Dataset.
"""

from __future__ import annotations

from typing import Any

_MODULE_OF = {
    "Scenario": "scenario",
    "ScenarioError": "scenario",
    "load_scenario": "scenario",
    "parse_scenario": "scenario",
    "RunError": "run_limits",
    "shipped_scenarios": "scenario",
    "simulate": "run",
    "simulate_batch": "run",
}

__all__ = list(_MODULE_OF)


def __getattr__(name: str) -> Any:
    """Import the public names on first use, so that importing the package stays quick."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'model' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_MODULE_OF[name]}", __name__), name)
