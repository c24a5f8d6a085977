"""The questions of the page about robust choice, with their answers as they are stored."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from analysis.attribution import attribute
from analysis.experiments.design_reading import load_design
from analysis.experiments.execution import run_experiment
from analysis.global_sensitivity import sensitivity

from .choice import robust
from .words import name_of, order_text

TOP = 6
YEAR, LAST_OBSERVED_YEAR = 2025, 2023
CO2, JOBS = "co2_emissions_industry", "employment.steel"
DECIDES, ORDER = "what_decides", "closure_or_renovation"
DIFFERENCE = ("document_implemented", "no_document")
POLICIES = ("closure_only", "renovation_only", "no_document")
SCREENING = {"extends": "screen_numbers"}
"""The design of the page for Morris screening: all numbers that have a prior of their own."""
SPLIT = ("crude_steel_output", "energy_per_above_scale_industrial_va")


def shown_answers(progress: Callable[[str], None]) -> dict[str, Any]:
    """The answers by question; `progress` is called with what is run next."""
    with tempfile.TemporaryDirectory() as place:
        progress(DECIDES)
        decides = run_experiment(load_design(DECIDES), Path(place) / DECIDES)
        progress(ORDER)
        order = run_experiment(load_design(ORDER), Path(place) / ORDER)
        progress("screening")
        file = Path(place) / "screen.yaml"
        file.write_text(yaml.safe_dump({"title": "Screening", **SCREENING}), encoding="utf-8")
        screen = run_experiment(load_design(file), Path(place) / "screen")
        result = {
            "screening": _indices(screen, ("mu_star", "mu", "sigma")),
            "indices": _indices(decides, ("first", "total", "total_confidence")),
            "difference": _indices(decides, ("first", "total", "total_confidence"), DIFFERENCE),
            "order": {
                CO2: _choice(order, CO2, "lower"),
                JOBS: _choice(order, JOBS, "higher"),
            },
            "priors": _choice(Path(DECIDES), CO2, "lower"),
        }
    progress("attribution")
    return result | {"attribution": {name: _parts(name) for name in SPLIT}}


def _indices(folder: Path, columns: tuple[str, ...], difference: tuple[str, str] | None = None) -> dict[str, Any]:
    table = sensitivity(folder, CO2, YEAR, difference=difference)
    rows = table.head(TOP)[["number", "grade", *columns]].to_dict("records")
    for row in rows:
        row["zh"], row["en"] = (getattr(name_of(row["number"]), language) for language in ("zh", "en"))
    facts = {key: table.attrs[key] for key in ("what", "unit", "points", "dropped", "mean", "deviation")}
    return {**facts, "numbers": len(table), "rows": rows}


def _choice(source: Path, indicator: str, better: str) -> dict[str, Any]:
    found = robust(source, indicator, YEAR, better, POLICIES)
    texts = [order_text(order) for order in found.orders]
    return {
        "unit": found.unit,
        "runs": found.runs,
        "everything": found.information.attrs["everything"],
        "policies": found.policies.to_dict("records"),
        "orders": [{"zh": text.zh, "en": text.en} for text in texts],
    }


def _parts(indicator: str) -> dict[str, Any]:
    table = attribute(indicator, LAST_OBSERVED_YEAR)
    columns = ["share", "share_p5", "share_p95", "alone", "last"]
    rows = [{k: None if v != v else v for k, v in row.items()} for row in table[["part", *columns]].to_dict("records")]
    return {**table.attrs, "rows": rows}
