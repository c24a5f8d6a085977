"""A mix as a scenario file."""

from __future__ import annotations

import yaml

from model.scenario import Scenario, plain_levers, shipped_scenarios


def scenario_text(scenario: Scenario, base: Scenario) -> str:
    """The text of a scenario file that gives `scenario`, which has the levers of a mix on top of `base`.

    A shipped base is named by `extends`; of another, and of one that ends in another year or has single projects,
    everything is written out.
    """
    entry: dict[str, object] = {"title": scenario.model_dump(mode="json")["title"]}
    if scenario.description:
        entry["description"] = scenario.model_dump(mode="json")["description"]
    shipped = shipped_scenarios().get(base.name) == base and base.until is None and base.pipeline is None
    if shipped:
        entry["extends"] = base.name
        moved = {name: value for name, value in scenario.levers.items() if value != base.levers.get(name)}
        entry["levers"] = plain_levers(moved)
    else:
        entry["levers"] = plain_levers(scenario.levers)
        entry |= {key: dict(getattr(scenario, key)) for key in ("parameters", "drivers") if getattr(scenario, key)}
    return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
