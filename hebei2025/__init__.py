"""hebei2025: a system-dynamics policy simulator of Hebei province's industry, as a Python package.

    import hebei2025 as hb

    run = hb.simulate("as_happened")                    # an xarray Dataset, variables with units and names
    run["crude_steel_output"].sel(year=2020)
    hb.compare(["as_happened", "no_document"])          # a table of differences

`docs/python.md` shows every function. Names are imported on first use, so that importing the package is quick.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .guard import check_packages

if TYPE_CHECKING:
    from model.run_dataset import Run
    from model.scenario import Scenario, ScenarioError, load_scenario, parse_scenario, shipped_scenarios

    from .answers import attribute, robust, sensitivity
    from .catalogue import levers, parameters, variables
    from .exchange import export, save_scenario
    from .experiments import experiment, load_design, open_experiment
    from .figure import plot
    from .knowledge import bands, observations
    from .runs import compare, simulate, table
    from .searches import find, frontier
    from .uncertainty import differences, ranking, target_probabilities

    __version__: str

check_packages(Path(__file__).resolve().parents[1])

_MODULES = {
    "Run": "model.run_dataset",
    "Scenario": "model.scenario",
    "ScenarioError": "model.scenario",
    "load_scenario": "model.scenario",
    "parse_scenario": "model.scenario",
    "shipped_scenarios": "model.scenario",
    "simulate": "hebei2025.runs",
    "compare": "hebei2025.runs",
    "table": "hebei2025.runs",
    "observations": "hebei2025.knowledge",
    "bands": "hebei2025.knowledge",
    "differences": "hebei2025.uncertainty",
    "target_probabilities": "hebei2025.uncertainty",
    "ranking": "hebei2025.uncertainty",
    "attribute": "hebei2025.answers",
    "robust": "hebei2025.answers",
    "sensitivity": "hebei2025.answers",
    "experiment": "hebei2025.experiments",
    "load_design": "hebei2025.experiments",
    "open_experiment": "hebei2025.experiments",
    "find": "hebei2025.searches",
    "frontier": "hebei2025.searches",
    "export": "hebei2025.exchange",
    "save_scenario": "hebei2025.exchange",
    "plot": "hebei2025.figure",
    "levers": "hebei2025.catalogue",
    "parameters": "hebei2025.catalogue",
    "variables": "hebei2025.catalogue",
}
"""Where each public name comes from."""

__all__ = [
    "Run",
    "Scenario",
    "ScenarioError",
    "__version__",
    "attribute",
    "bands",
    "compare",
    "differences",
    "experiment",
    "export",
    "find",
    "frontier",
    "levers",
    "load_design",
    "load_scenario",
    "observations",
    "open_experiment",
    "parameters",
    "parse_scenario",
    "plot",
    "ranking",
    "robust",
    "save_scenario",
    "sensitivity",
    "shipped_scenarios",
    "simulate",
    "table",
    "target_probabilities",
    "variables",
]


def __getattr__(name: str) -> Any:
    """Import public names on first use."""
    if name == "__version__":
        from importlib.metadata import version

        return version("hebei2025")
    if name not in _MODULES:
        raise AttributeError(f"module 'hebei2025' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return __all__
