"""Checks of arguments of the public functions: scenarios and names. The limits of a run are in `model.run_limits`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from model.scenario import SHIPPED, Scenario, load_scenario, shipped_scenarios
from model.scenario.problems import nearest

ScenarioLike = Scenario | str | Path
"""A scenario; the path of a scenario file; or id, Chinese or English title of a shipped scenario."""
MOST_LISTED = 40
"""Names that a message lists; of more it gives the number."""
SUFFIXES = (".yaml", ".yml")


def find_scenario(scenario: ScenarioLike) -> Scenario:
    """The scenario meant: itself, the content of a file, or a shipped scenario by id or title (case does not matter).

    Raises `ScenarioError` for a file with errors or that is missing, ValueError for a name that nothing has.
    """
    if isinstance(scenario, Scenario):
        return scenario
    if not isinstance(scenario, str | Path):
        raise TypeError(f"a scenario is a Scenario, a path or a name, not {type(scenario).__name__}")
    if isinstance(scenario, Path) or scenario.endswith(SUFFIXES):
        return load_scenario(scenario)
    name = scenario.strip()
    if name.isidentifier() and (SHIPPED / f"{name}.yaml").is_file():
        return shipped_scenarios()[name]
    known = {_plain(word): s for s in shipped_scenarios().values() for word in _names(s)}
    if _plain(name) in known:
        return known[_plain(name)]
    ids = list(shipped_scenarios())
    words = [word for s in shipped_scenarios().values() for word in _names(s)]
    raise ValueError(
        f"no scenario is called {scenario!r}; {nearest(scenario, words)}"
        f"allowed: the path of a scenario file (.yaml), or id or title of a shipped scenario: {', '.join(ids)}"
    )


def _names(scenario: Scenario) -> tuple[str, str, str]:
    return scenario.name, scenario.text("title", "en"), scenario.text("title", "zh")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def check_names(names: str | Iterable[str] | None, known: Iterable[str], what: str) -> tuple[str, ...] | None:
    """Names (one, or several) that are all known, or None for none given; ValueError with a suggestion otherwise."""
    if names is None:
        return None
    chosen, known = (names,) if isinstance(names, str) else tuple(names), tuple(known)
    allowed = f"allowed: {', '.join(known)}" if len(known) <= MOST_LISTED else f"{len(known)} are allowed"
    for name in chosen:
        if name not in known:
            raise ValueError(f"{what} {name!r} is unknown; {nearest(name, known)}{allowed}")
    if not chosen:
        raise ValueError(f"no {what} is named; {allowed}")
    return chosen
