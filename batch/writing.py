"""Writing results: tables, indicators with targets, manifest; all or nothing."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import platform
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from model.inputs import FOLDER
from model.scenario import Scenario, inputs_of, plain_levers
from model.targets import modelled_targets, scoreboard

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

FORMATS = ("csv", "parquet", "netcdf", "xlsx")
SERIES, INDICATORS, TARGETS, MANIFEST = "timeseries", "indicators", "targets", "manifest.json"
FURTHER = ("projects", "replications", "bands")
"""Tables that only runs with discrete projects have."""
LONGEST_SHEET = 2**20 - 1
"""Rows of an Excel sheet, less the heading."""
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
    written: Callable[[], None],
    extra: Mapping[str, Mapping[str, pd.DataFrame]] | None = None,
) -> pd.DataFrame:
    """Write one folder per scenario under `folder`, and a comparison of several; return all indicators.

    Everything is written beside `folder` first and moved into place at the end, so that an error
    leaves nothing behind. `stepwise` holds values of every step for the time series (default: yearly);
    `written` is called after each scenario. `extra` holds further tables by scenario and name.
    """
    import pandas as pd

    from model.engine.result import to_table

    parts = []
    with _Staged(folder) as stage:
        for k, (scenario, result) in enumerate(zip(scenarios, results, strict=True)):
            place = stage / scenario.name
            place.mkdir()
            indicator_table = with_targets(to_table(result, scenario.name, indicators))
            parts.append(indicator_table)
            series = stepwise[k] if stepwise else result
            _write_table(to_table(series, scenario.name), place / SERIES, form, series)
            table_form = "csv" if form == "netcdf" else form
            _write_table(indicator_table, place / INDICATORS, table_form)
            _write_table(targets_of_run(result), place / TARGETS, table_form)
            for name, further in (extra or {}).get(scenario.name, {}).items():
                _write_table(further, place / name, table_form)
            manifest = manifest_of(scenario, result, run_time)
            text = json.dumps(manifest, ensure_ascii=False, indent=2)
            (place / MANIFEST).write_text(text + "\n", encoding="utf-8")
            written()
        combined = pd.concat(parts, ignore_index=True)
        if len(scenarios) > 1:
            _write_table(comparison(combined, scenarios[0].name), stage / "comparison", "csv")
    return combined


def require_writable(folder: Path, names: Iterable[str]) -> None:
    """Raise an `OutputError` unless results of scenarios `names` can be put into `folder`; asking leaves no trace."""
    with _Staged(folder, keep=False):
        for name in names:
            place = folder / name
            if place.exists() and not place.is_dir():
                raise OutputError(f"{place} is a file where a folder of results would go; choose another --out")
            if place.is_dir() and any(place.iterdir()) and not (place / MANIFEST).is_file():
                raise OutputError(f"{place} holds other files than results of a run; choose another --out")


class _Staged:
    """A temporary folder whose content moves into the goal when all went well; otherwise nothing remains of it.

    It lies in the goal where that exists, else beside it: moves within one file system are renames.
    """

    def __init__(self, folder: Path, keep: bool = True):
        self.folder = folder
        self.keep = keep
        self.made: list[Path] = []

    def __enter__(self) -> Path:
        if self.folder.exists() and not self.folder.is_dir():
            raise OutputError(f"{self.folder} is a file; give a folder for --out")
        try:
            home = self.folder if self.folder.is_dir() else self.folder.parent
            self.made = [p for p in (home, *home.parents) if not p.exists()]
            home.mkdir(parents=True, exist_ok=True)
            self.stage = Path(tempfile.mkdtemp(prefix=".hebei2025-", dir=home))
        except OSError as error:
            self._remove_made()
            raise self._refusal(error) from None
        return self.stage

    def __exit__(self, kind, error, _):
        done = kind is None and self.keep
        try:
            if done:
                with _uninterrupted():
                    self._move()
        except OSError as failure:
            done, error = False, failure
        finally:
            shutil.rmtree(self.stage, ignore_errors=True)
            if not done:
                self._remove_made()
        if isinstance(error, OSError) and not isinstance(error, OutputError):
            raise self._refusal(error) from None

    def _move(self) -> None:
        """Put every file in its place; results of an earlier run of the same scenario give way."""
        for place in [p for p in self.stage.iterdir() if p.is_dir()]:
            goal = self.folder / place.name
            goal.mkdir(parents=True, exist_ok=True)
            written = {file.name for file in place.iterdir()}
            for old in goal.iterdir():
                if old.stem in (SERIES, INDICATORS, TARGETS, *FURTHER) and old.name not in written:
                    old.unlink()
            for file in place.iterdir():
                os.replace(file, goal / file.name)
        for file in [p for p in self.stage.iterdir() if p.is_file()]:
            os.replace(file, self.folder / file.name)

    def _remove_made(self) -> None:
        for parent in self.made:
            with contextlib.suppress(OSError):
                parent.rmdir()

    def _refusal(self, error: OSError) -> OutputError:
        return OutputError(f"{self.folder} cannot be written: {error.strerror or error}; choose another --out")


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits, so that results never come to lie half old, half new."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _write_table(table: pd.DataFrame, stem: Path, form: str, dataset: xr.Dataset | None = None) -> None:
    if form == "csv":
        table.to_csv(stem.with_suffix(".csv"), index=False, encoding="utf-8", float_format="%.10g")
    elif form == "parquet":
        table.to_parquet(stem.with_suffix(".parquet"), index=False)
    elif form == "netcdf":
        dataset.to_netcdf(stem.with_suffix(".nc"), engine="scipy")
    elif len(table) > LONGEST_SHEET:
        raise OutputError(f"{len(table)} rows are more than an Excel sheet holds; use --format csv or parquet")
    else:
        table.to_excel(stem.with_suffix(".xlsx"), index=False)


def with_targets(table: pd.DataFrame) -> pd.DataFrame:
    """The indicator table in the columns of the contract: target and met are empty where there is no target.

    The document's own targets and the province's come before national ones.
    """
    wanted = {}
    for target in reversed(modelled_targets()):
        wanted[target.indicator, target.sector, target.year] = target
    table = table.rename(columns={"variable": "indicator"})
    keys = list(zip(table["indicator"], table["sector"], table["year"], strict=True))
    table["target"] = [wanted[k].value if k in wanted else np.nan for k in keys]
    table["met"] = [
        str(wanted[k].missed_by(v) == 0).lower() if k in wanted else ""
        for k, v in zip(keys, table["value"], strict=True)
    ]
    return table


def targets_of_run(result: xr.Dataset) -> pd.DataFrame:
    """All targets with the values a run reaches; met is empty where the run cannot tell."""
    import pandas as pd

    rows = []
    for score in scoreboard(result):
        target, status = score.target, score.status
        why = target.not_modelled
        rows.append(
            {
                "target": target.id, "scope": target.scope, "indicator": target.indicator or "",
                "sector": target.sector, "year": target.year, "wanted": target.value, "reached": score.reached,
                "met": "" if status.met is None else str(status.met).lower(), "missed_by": status.missed_by,
                "unit": target.unit, "not_modelled": f"{why['zh']} / {why['en']}" if why else "",
            }
        )  # fmt: skip
    numbers = {name: float for name in ("wanted", "reached", "missed_by")}
    return pd.DataFrame(rows).astype(numbers)


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
        "levers": plain_levers(scenario.levers),
        "parameters": scenario.parameters,
        "drivers": scenario.drivers,
        "scenario_hash": _hash(scenario.model_dump_json().encode()),
        "parameters_hash": _hash(*(np.ascontiguousarray(constants[n]).tobytes() for n in sorted(constants))),
        "data_hash": _hash(*(np.ascontiguousarray(tables[n]).tobytes() for n in sorted(tables))),
        "model_hash": _model_hash(),
        "start": int(result.attrs["start"]),
        "end": int(result.attrs["end"]),
        "step": 1 / int(result.attrs["steps_per_year"]),
        "method": result.attrs["method"],
        "seed": result.attrs.get("seed"),
        "replications": result.attrs.get("replications"),
        "extrapolated_after": 2025,
        "versions": {"python": platform.python_version(), **{n: _version(n) for n in _VERSIONED}},
        "run_time_seconds": round(run_time, 4),
    }


@functools.cache
def _model_hash() -> str:
    """Hash of all equations, of the engine that solves them and of the parameters of the project pipeline."""
    files = [*sorted(FOLDER.parent.rglob("*.py")), FOLDER / "projects.yaml"]
    return _hash(*(file.read_bytes() for file in files))


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
