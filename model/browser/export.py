"""The files of an export for browsers: module, description, host, example page, and one file per scenario."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from model.engine.text import LANGUAGES
from model.run import STEPS
from model.scenario import Scenario

from .bundle import EXAMPLE, HOST, model_bundle
from .scenario_data import scenario_data

SCENARIOS = "scenarios"
"""Folder of the scenarios."""


def browser_files(
    scenarios: Sequence[Scenario], until: int | None = None, steps: int = STEPS, method: str = "euler"
) -> dict[str, bytes]:
    """The content of each file by its path in the folder of the export. Raises as `scenario_data` does.

    `model.json` has also the titles of the `scenarios` by name.
    """
    data = {f"{SCENARIOS}/{one.name}.json": _json(scenario_data(one, until, steps, method)) for one in scenarios}
    bundle = model_bundle()
    titles = {one.name: {language: one.text("title", language) for language in LANGUAGES} for one in scenarios}
    return {
        "module.wasm": bundle.module,
        "model.json": _json({**bundle.model, "scenarios": titles}),
        HOST.name: HOST.read_bytes(),
        EXAMPLE.name: EXAMPLE.read_bytes(),
        **data,
    }


def _json(record: Mapping[str, object]) -> bytes:
    """Compact JSON, which has no form for values that are not finite: these are a ValueError."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
