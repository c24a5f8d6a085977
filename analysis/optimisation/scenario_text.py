"""A mix as a scenario file."""

from __future__ import annotations

from model.scenario import Scenario, shipped_scenarios
from model.scenario.writing import file_text


def scenario_text(scenario: Scenario, base: Scenario) -> str:
    """The text of a scenario file that gives `scenario`, which has the levers of a mix on top of `base`.

    A shipped base is named by `extends`; of another, and of one that ends in another year or has single projects,
    everything is written out but these two, as a search runs to the end without single projects.
    """
    shipped = shipped_scenarios().get(base.name) == base and base.until is None and base.pipeline is None
    return file_text(scenario.model_copy(update={"until": None, "pipeline": None}), base if shipped else None)
