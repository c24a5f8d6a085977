"""Merging of scenarios: one that extends another overrides its levers, parameters and drivers."""

from __future__ import annotations

from collections.abc import Mapping

from model.inputs import DEFAULT, branches_of, levers

from .lever_merging import merge
from .lever_values import LeverValue
from .scenario import Scenario


def merged_scenario(parent: Scenario | None, child: Scenario) -> Scenario:
    """The child on top of its parent; sectors that the child does not name keep the parent's levers and parameters."""
    if parent is None:
        return child.model_copy(update={"levers": with_levers({}, child.levers)})
    return child.model_copy(
        update={
            "levers": with_levers(parent.levers, child.levers),
            "parameters": parent.parameters
            | {n: joined_parameter(parent.parameters.get(n), v) for n, v in child.parameters.items()},
            "drivers": parent.drivers | child.drivers,
            "until": parent.until if child.until is None else child.until,
            "pipeline": child.pipeline if "pipeline" in child.model_fields_set else parent.pipeline,
        }
    )


def with_levers(old: Mapping[str, LeverValue], new: Mapping[str, LeverValue]) -> dict[str, LeverValue]:
    """Lever values `new` on top of `old`, sector by sector; changed paths change those of `old`."""
    return {**old, **{name: merge(levers()[name], old.get(name), value) for name, value in new.items()}}


def joined_parameter(old: object, new: object) -> object:
    """The value `new` of a parameter on top of `old`, branch by branch."""
    if old is None or not isinstance(new, Mapping):
        return new
    before = old if isinstance(old, Mapping) else {DEFAULT: old}
    renewed = {branch for name in new if name != DEFAULT for branch in branches_of(name)}
    unchanged = {n: v for n, v in before.items() if n == DEFAULT or not renewed.issuperset(branches_of(n))}
    return dict(new) if DEFAULT in new else {**unchanged, **new}
