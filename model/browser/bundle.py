"""A module with the description that its host in JavaScript (webassembly/host.js) and pages need, as plain data."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.axes import ACTOR, ACTOR_LABELS, BELT_AND_ALL, BELT_LABELS, BRANCH_LABELS, LEVER_AND_ALL
from model.engine import webassembly
from model.engine.checked_system import Input, System
from model.engine.declare import Axis, Variable
from model.engine.text import Labelled, Text
from model.engine.trace import trace
from model.engine.webassembly.module_cache import assembled
from model.engine.webassembly.module_text import module_text
from model.inputs import levers
from model.run_limits import check_outputs
from model.system import system

HOST = Path(webassembly.__file__).with_name("host.js")
"""The host of modules in JavaScript."""
EXAMPLE = Path(__file__).with_name("example.html")
"""A page that runs an exported model."""
Elements = Mapping[str, Mapping[str, Text]]
"""By axis, the names of its elements in both languages."""


@dataclass(frozen=True)
class Bundle:
    """A model for a browser: the bytes of its `module`, and the `model` that describes it, ready for JSON.

    The description has the `form` of the module (positions of inputs and results, in numbers of 8 bytes); `inputs` and
    `variables` by name, with kind, unit, name in both languages, axes and the size of a row; and the `axes` with the
    names of their elements. `variables` are the results by default; the form may have more, on which these depend.
    """

    module: bytes
    model: dict[str, Any]


@functools.lru_cache(maxsize=8)
def model_bundle(outputs: tuple[str, ...] | None = None) -> Bundle:
    """The model with the results `outputs` (default: every variable). Raises a RunError for an unknown one."""
    check_outputs(outputs, system().variables)
    return bundle_of(system(), outputs, _elements())


def bundle_of(source: System, outputs: tuple[str, ...] | None = None, elements: Elements | None = None) -> Bundle:
    """A system with the results `outputs` (default: every variable); `elements` names elements of its axes.

    An element without a name is described by its label. The caller must not change the description.
    """
    names = tuple(source.variables) if outputs is None else outputs
    text, form = module_text(trace(source, names), members=False)
    model = {
        "form": form.plain(),
        "inputs": {name: _input(one) for name, one in source.inputs.items()},
        "variables": {name: _variable(source.variables[name]) for name in names},
        "axes": {axis.name: _axis(axis, (elements or {}).get(axis.name, {})) for axis in source.axes},
    }
    return Bundle(assembled(text), model)


def _elements() -> dict[str, Mapping[str, Text]]:
    """Names of the elements of the axes of the model."""
    named = dict.fromkeys(("branch", "sector", "sector_and_all"), BRANCH_LABELS)
    by_lever = {lever.id: lever.label for lever in levers().values()} | {"all": Text("全部措施", "All levers")}
    return {**named, LEVER_AND_ALL.name: by_lever, ACTOR.name: ACTOR_LABELS, BELT_AND_ALL.name: BELT_LABELS}


def _input(one: Input) -> dict[str, Any]:
    axes = () if one.axis is None else (one.axis,)
    described = {"kind": one.kind, **_labelled(one, one.unit, axes)}
    return described if one.kind == "parameter" else {**described, "interpolation": one.interpolation}


def _variable(variable: Variable) -> dict[str, Any]:
    described = {"kind": variable.kind, **_labelled(variable, variable.unit, variable.axes)}
    return {**described, "chapter": variable.chapter, "belongs_to": variable.belongs_to, "report": variable.report}


def _labelled(one: Labelled, unit: str, axes: tuple[Axis, ...]) -> dict[str, Any]:
    size = math.prod(len(axis) for axis in axes)
    return {"zh": one.zh, "en": one.en, "unit": unit, "axes": [axis.name for axis in axes], "size": size}


def _axis(axis: Axis, named: Mapping[str, Text]) -> dict[str, Any]:
    elements = {label: dict(named.get(label) or Text(label, label)) for label in axis.labels}
    return {"zh": axis.zh, "en": axis.en, "elements": elements}
