"""Groups of scenarios in the order in which lists show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from model.scenario import shipped_scenarios

GROUPS: Mapping[str, tuple[str, ...]] = {
    "plan": (
        "as_happened",
        "no_document",
        "document_implemented",
        "document_with_full_coordination",
        "document_without_coordination",
        "high_ambition",
    ),
    "tasks": tuple(name for name in shipped_scenarios() if name.startswith("task_")),
    "capacity": (
        "closure_only",
        "closure_without_discipline",
        "discipline_without_closure",
        "closure_with_retraining",
        "closure_without_retraining",
        "early_output_cap",
        "opening_instead_of_closure",
    ),
    "renewal": (
        "renovation_only",
        "steel_renovation_only",
        "efficiency_only",
        "smart_only",
        "smart_first",
        "smart_without_skills",
        "green_first",
        "safeguards_only",
    ),
    "innovation": (
        "innovation_with_talent",
        "innovation_without_talent",
        "emerging_without_finance",
        "subsidies_without_approval_reform",
    ),
    "outside": ("demand_slump", "drivers_high", "drivers_low", "projects_at_random"),
}
"""The shipped scenarios by group."""
OWN = "own"
"""The group of the scenarios of the session: kept runs, uploads, and those of a batch."""
MOST_OWN = 8
"""Uploaded scenarios, and as many kept runs."""


def grouped(keys: Iterable[str]) -> dict[str, list[str]]:
    """Keys of scenarios by group, groups without any left out; those of the session come first."""
    known = {name: group for group, names in GROUPS.items() for name in names}
    found: dict[str, list[str]] = {group: [] for group in (OWN, *GROUPS)}
    for key in keys:
        found[known.get(key, OWN)].append(key)
    order = {name: place for place, name in enumerate(known)}
    return {group: sorted(names, key=lambda name: order.get(name, -1)) for group, names in found.items() if names}
