"""What an experiment is: hashes of its design, of the model and of the data, which a resumed one must share."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from batch.manifest import arrays_hash, model_hash
from calibration.process_noise import noises

from .design import Design, PosteriorPart
from .policy_inputs import PolicyInputs, stored_posterior

HASHES = ("design_hash", "model_hash", "data_hash")
"""Entries of a manifest that a resumed experiment must share, with what each covers."""
COVERS = {
    "design_hash": "the design",
    "model_hash": "the equations or the engine",
    "data_hash": "data or the calibration",
}


def identity_of(design: Design) -> dict[str, str]:
    """The hashes of an experiment."""
    return {
        "design_hash": _digest(_described(design)),
        "model_hash": model_hash(design.projects is not None),
        "data_hash": _digest(_data(design)),
    }


def _described(design: Design) -> dict[str, Any]:
    """The design without its texts."""
    sample = design.sample
    return {
        "policies": [policy.model_dump_json(exclude={"title", "description"}) for policy in design.policies],
        "names": [policy.name for policy in design.policies],
        "dimensions": [repr((d.name, d.part, d.spread)) for d in design.dimensions],
        "sample": [sample.method, sample.size, sample.seed],
        "rows": {name: [str(value) for value in values] for name, values in sample.rows.items()},
        "kept": [repr(kept) for kept in design.kept],
        "years": design.years,
        "projects": repr(design.projects),
        "chunk": design.chunk,
        "steps": design.steps,
    }


def _data(design: Design) -> dict[str, Any]:
    """Hashes of everything that runs read beside the design: the inputs of each policy, and draws of a calibration."""
    inputs = [PolicyInputs(design, policy) for policy in design.policies]
    windows = [part.window for _, part in design.parts_of(PosteriorPart)]
    draws = [arrays_hash({"draws": stored_posterior(window).draws}) for window in windows]
    disturbed = any(part.disturbed for _, part in design.parts_of(PosteriorPart))
    return {
        "policies": [arrays_hash({**each.constants, **each.tables}) for each in inputs],
        "draws": draws,
        "disturbances": repr(noises()) if disturbed else None,
    }


def _digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
