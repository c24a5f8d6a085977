"""Writing results: tables, indicators with targets, manifest; all or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..inputs import FOLDER
from ..scenario import Scenario, inputs_of
from ..targets import targets

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

FORMATS = ("csv", "parquet", "netcdf", "xlsx")
_VERSIONED = ("hebei2025", "jax", "numpy", "xarray", "pandas")


class OutputError(OSError):
    """Results cannot be written; the message says where and why."""


def write_results(
    folder: Path,
    scenarios: Sequence[Scenario],
    results: Sequence[xr.Dataset],
    stepwise: Sequence[xr.Dataset] | None,
    form: str,
    run_time: float,
    indicators: Sequence[str],
) -> pd.DataFrame:
    """Write one folder per scenario under `folder`, and a comparison of several; return all indicators.

    Everything is written beside `folder` first and moved into place at the end, so that an error
    leaves nothing behind. `stepwise` holds values of every step for the time series (default: yearly).
    """
    import pandas as pd

    from ..engine.result import to_table

    parts = []
    with _Staged(folder) as stage:
        for k, (scenario, result) in enumerate(zip(scenarios, results, strict=True)):
            place = stage / scenario.name
            place.mkdir()
            indicator_table = with_targets(to_table(result, scenario.name, indicators))
            parts.append(indicator_table)
            series = stepwise[k] if stepwise else result
            _write_table(to_table(series, scenario.name), place / "timeseries", form, series)
            _write_table(indicator_table, place / "indicators", "csv" if form == "netcdf" else form)
            manifest = manifest_of(scenario, result, run_time)
            text = json.dumps(manifest, ensure_ascii=False, indent=2)
            (place / "manifest.json").write_text(text + "\n", encoding="utf-8")
        combined = pd.concat(parts, ignore_index=True)
        if len(scenarios) > 1:
            _write_table(comparison(combined, scenarios[0].name), stage / "comparison", "csv")
    return combined


def require_writable(folder: Path) -> None:
    """Raise an `OutputError` unless results can be put into `folder`; nothing is left behind by asking."""
    made = [p for p in (folder.parent, *folder.parent.parents) if not p.exists()]
    with _Staged(folder, keep=False):
        pass
    for parent in made:
        parent.rmdir()


class _Staged:
    """A temporary folder beside the goal whose content moves into the goal when all went well."""

    def __init__(self, folder: Path, keep: bool = True):
        self.folder = folder
        self.keep = keep

    def __enter__(self) -> Path:
        try:
            if self.folder.exists() and not self.folder.is_dir():
                raise OutputError(f"{self.folder} is a file; give a folder for --out")
            if self.folder.is_dir() and not os.access(self.folder, os.W_OK):
                raise OutputError(f"{self.folder} cannot be written to; choose another folder for --out")
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self.stage = Path(tempfile.mkdtemp(prefix=".hebei2025-", dir=self.folder.parent))
        except OSError as error:
            if isinstance(error, OutputError):
                raise
            raise OutputError(f"{self.folder} cannot be written: {error.strerror}; choose another --out") from None
        return self.stage

    def __exit__(self, kind, *_):
        if kind is None and self.keep:
            self.folder.mkdir(exist_ok=True)
            for item in self.stage.iterdir():
                goal = self.folder / item.name
                if goal.is_dir():
                    shutil.rmtree(goal)
                shutil.move(item, goal)
        shutil.rmtree(self.stage, ignore_errors=True)


def _write_table(table: pd.DataFrame, stem: Path, form: str, dataset: xr.Dataset | None = None) -> None:
    if form == "csv":
        table.to_csv(stem.with_suffix(".csv"), index=False, encoding="utf-8", float_format="%.10g")
    elif form == "parquet":
        table.to_parquet(stem.with_suffix(".parquet"), index=False)
    elif form == "xlsx":
        table.to_excel(stem.with_suffix(".xlsx"), index=False)
    else:
        dataset.to_netcdf(stem.with_suffix(".nc"), engine="h5netcdf")


def with_targets(table: pd.DataFrame) -> pd.DataFrame:
    """The indicator table in the columns of the contract: target and met are empty where there is no target.

    The document's own targets and the province's come before national ones.
    """
    wanted = {}
    for target in reversed(targets()):
        wanted[target.indicator, target.sector, target.year] = target
    table = table.rename(columns={"variable": "indicator"})
    keys = list(zip(table["indicator"], table["sector"], table["year"], strict=True))
    table["target"] = [wanted[k].value if k in wanted else np.nan for k in keys]
    table["met"] = [
        str(wanted[k].missed_by(v) == 0).lower() if k in wanted else ""
        for k, v in zip(keys, table["value"], strict=True)
    ]
    return table


def comparison(table: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Indicators of all scenarios side by side, with the difference from the first of them."""
    base = table[table["scenario"] == reference].set_index(["indicator", "sector", "year"])["value"]
    table = table.copy()
    keys = list(zip(table["indicator"], table["sector"], table["year"], strict=True))
    table["reference"] = base.reindex(keys).to_numpy()
    table["difference"] = table["value"] - table["reference"]
    return table


def manifest_of(scenario: Scenario, result: xr.Dataset, run_time: float) -> dict:
    """What is needed to repeat a run: versions, hashes, settings."""
    constants, tables = inputs_of(scenario, result["year"].values)
    return {
        "scenario": scenario.name,
        "title": {language: scenario.text("title", language) for language in ("zh", "en")},
        "levers": scenario.levers,
        "parameters": scenario.parameters,
        "drivers": scenario.drivers,
        "scenario_hash": _hash(scenario.model_dump_json().encode()),
        "parameters_hash": _hash(*(np.ascontiguousarray(constants[n]).tobytes() for n in sorted(constants))),
        "data_hash": _hash(*(np.ascontiguousarray(tables[n]).tobytes() for n in sorted(tables))),
        "model_hash": _hash(*(f.read_bytes() for f in sorted(FOLDER.rglob("*.py")))),
        "start": int(result.attrs["start"]),
        "end": int(result.attrs["end"]),
        "step": 1 / int(result.attrs["steps_per_year"]),
        "method": result.attrs["method"],
        "seed": None,
        "extrapolated_after": 2025,
        "versions": {"python": platform.python_version(), **{n: _version(n) for n in _VERSIONED}},
        "run_time_seconds": round(run_time, 4),
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _hash(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:16]
