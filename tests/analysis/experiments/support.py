"""What tests of experiments share: small designs as files, and single runs to hold results against."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import yaml

from analysis.experiments.design import DELAY, FACTOR, SHIFT, VALUE, Design, LeverPart
from analysis.experiments.design_reading import load_design
from model.scenario.lever_values import BySector, DelayedPath, HeldPath, LeverPath, LeverValue, RaisedPath, ScaledPath

SMALL = {
    "title": "Small",
    "base": "document_implemented",
    "vary": {"levers": {"capacity_closure": {"factor": [0, 1.5]}, "smart_manufacturing": [0, 100]}},
    "policies": ["no_document", "document_implemented"],
    "sample": {"method": "sobol", "size": 20, "seed": 3},
    "keep": {"indicators": ["crude_steel_output", "smart_adoption"], "totals": ["public_cost"], "years": [2016, 2018]},
    "chunk": 8,
}
"""A design of three chunks, the last of which is not full."""


def written(folder: Path, **changes: object) -> Path:
    """A file with `SMALL` and changes of its fields; None takes a field away."""
    data = {key: value for key, value in {**SMALL, **changes}.items() if value is not None}
    file = folder / "design.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return file


def small(folder: Path, **changes: object) -> Design:
    """The design in a file as `written`."""
    return load_design(written(folder, **changes))


def changed_path(changes: dict[str, float], first: int, last: int) -> LeverPath:
    """One change of a lever as a scenario writes it: what a design does for many at once."""
    path: LeverPath | None = DelayedPath(int(changes[DELAY])) if DELAY in changes else None
    if FACTOR in changes:
        path = ScaledPath(changes[FACTOR], path, first, last, clip=True)
    if SHIFT in changes:
        path = RaisedPath(changes[SHIFT], path, first, last, clip=True)
    if VALUE in changes:
        path = HeldPath(changes[VALUE], path, first, last)
    assert path is not None
    return path


def changed_value(part: LeverPart, changes: dict[str, float]) -> LeverValue:
    """The same for the lever of a part, or for its sector."""
    path = changed_path(changes, part.first, part.last)
    return path if part.sector is None else BySector(((part.sector, path),))


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether arrays are the same to the last bit, missing numbers among them."""
    return one.shape == other.shape and one.tobytes() == other.tobytes()
