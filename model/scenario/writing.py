"""Scenarios as the text of scenario files."""

from __future__ import annotations

import yaml

from .lever_values import LeverValue
from .loading import parse_scenario
from .scenario import Scenario, plain_levers

COMPARED = ("levers", "parameters", "drivers", "until", "pipeline")


def file_text(scenario: Scenario, base: Scenario | None = None) -> str:
    """The text of a scenario file that gives `scenario`.

    With `base`, a shipped scenario, the file extends it and has only what differs; without it everything is written
    out. Raises ValueError where a file that extends `base` cannot give the scenario.
    """
    entry = scenario.model_dump(mode="json", exclude_defaults=True, exclude={"extends", "levers"})
    levers: dict[str, LeverValue] = scenario.levers
    head: dict[str, object] = {"title": entry.pop("title")}
    if "description" in entry:
        head["description"] = entry.pop("description")
    if base is not None:
        head["extends"] = base.name
        levers = {name: value for name, value in levers.items() if value != base.levers.get(name)}
        for key in ("parameters", "drivers"):
            own, theirs = entry.pop(key, {}), getattr(base, key)
            entry |= {key: new} if (new := {n: v for n, v in own.items() if v != theirs.get(n)}) else {}
    text = yaml.safe_dump(
        {**head, "levers": plain_levers(levers), **entry},
        allow_unicode=True,
        sort_keys=False,
        width=110,
        default_flow_style=None,
    )
    if base is not None:
        read = parse_scenario(text, scenario.name)
        if different := [key for key in COMPARED if getattr(read, key) != getattr(scenario, key)]:
            raise ValueError(f"a file that extends {base.name} cannot give this scenario: other {', '.join(different)}")
    return text
