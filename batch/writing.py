"""Writing the results of a run: time series, indicators with targets, manifest, comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from model.engine.progress import Progress
from model.scenario import Scenario
from model.targets import modelled_targets, scoreboard

from .folder import (
    COMPARISON,
    COMPARISON_COLUMNS,
    INDICATORS,
    SERIES,
    TARGETS,
    replace_results,
    run_record,
    write_manifest,
)
from .manifest import manifest_of
from .staging import OutputError, Staged

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

MODULES_OF_FORMATS = {"csv": (), "parquet": ("pyarrow",), "netcdf": (), "xlsx": ("openpyxl",)}
"""Modules of the extra [files] that each format needs."""
FORMATS = tuple(MODULES_OF_FORMATS)
LONGEST_SHEET = 2**20 - 1
"""Rows of an Excel sheet, less the heading."""


@dataclass(frozen=True)
class FurtherTables:
    """Tables that only some runs have: by scenario and name, by name for those about several scenarios (CSV), and what
    the manifests say about them."""

    by_scenario: Mapping[str, Mapping[str, pd.DataFrame]] = field(default_factory=dict)
    shared: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    manifest: Mapping[str, object] = field(default_factory=dict)

    def joined(self, other: FurtherTables) -> FurtherTables:
        """These tables and others."""
        names = dict.fromkeys([*self.by_scenario, *other.by_scenario])
        both = {name: {**self.by_scenario.get(name, {}), **other.by_scenario.get(name, {})} for name in names}
        return FurtherTables(both, {**self.shared, **other.shared}, {**self.manifest, **other.manifest})


def write_results(
    folder: Path,
    scenarios: Sequence[Scenario],
    results: Sequence[xr.Dataset],
    stepwise: Sequence[xr.Dataset] | None,
    form: str,
    run_time: float,
    indicators: Sequence[str],
    progress: Progress,
    further: FurtherTables | None = None,
) -> pd.DataFrame:
    """Write one folder per scenario under `folder`, and a comparison of several; return all indicators.

    All or nothing: an error leaves what was there before. `stepwise` holds values of every step for the time series
    (default: yearly); `progress` counts scenarios.
    """
    import pandas as pd

    from model.engine.result import to_table

    further = further or FurtherTables()
    parts = []
    names = [scenario.name for scenario in scenarios]
    run = run_record(names)
    with Staged(folder, partial(replace_results, folder, names)) as stage:
        for k, (scenario, result) in enumerate(zip(scenarios, results, strict=True)):
            place = stage / scenario.name
            place.mkdir()
            indicator_table = with_targets(to_table(result, scenario.name, indicators))
            parts.append(indicator_table)
            series = stepwise[k] if stepwise else result
            _write_series(series, scenario.name, place / SERIES, form)
            table_form = "csv" if form == "netcdf" else form
            _write_table(indicator_table, place / INDICATORS, table_form)
            _write_table(targets_of_run(result), place / TARGETS, table_form)
            for name, table in further.by_scenario.get(scenario.name, {}).items():
                _write_table(table, place / name, table_form)
            write_manifest(place, manifest_of(scenario, result, run_time) | {"run": run, **further.manifest})
            progress(k + 1, len(scenarios))
        combined = pd.concat(parts, ignore_index=True)
        if len(scenarios) > 1:
            _write_table(comparison(combined, scenarios[0].name), stage / COMPARISON, "csv")
        for name, table in further.shared.items():
            _write_table(table, stage / name, "csv")
    return combined


def _write_series(dataset: xr.Dataset, scenario: str, stem: Path, form: str) -> None:
    from model.engine.result import to_table

    if form == "netcdf":
        dataset.to_netcdf(stem.with_suffix(".nc"), engine="scipy")
    else:
        _write_table(to_table(dataset, scenario), stem, form)


def _write_table(table: pd.DataFrame, stem: Path, form: str) -> None:
    if form == "csv":
        _with_texts(table).to_csv(stem.with_suffix(".csv"), index=False, encoding="utf-8")
    elif form == "parquet":
        table.to_parquet(stem.with_suffix(".parquet"), index=False)
    elif len(table) > LONGEST_SHEET:
        raise OutputError(f"{len(table)} rows are more than an Excel sheet holds; use --format csv or parquet")
    else:
        table.to_excel(stem.with_suffix(".xlsx"), index=False)


def _with_texts(table: pd.DataFrame) -> pd.DataFrame:
    """The table with texts of ten digits for real numbers, empty for missing ones; pandas takes far longer for that."""
    real = table.select_dtypes("float")
    texts = {n: np.array(["" if v != v else f"{v:.10g}" for v in real[n].tolist()], dtype=object) for n in real}
    return table.assign(**texts)


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
                "target": target.id,
                "scope": target.scope,
                "indicator": target.indicator or "",
                "sector": target.sector,
                "year": target.year,
                "wanted": target.value,
                "reached": score.reached,
                "met": "" if status.met is None else str(status.met).lower(),
                "missed_by": status.missed_by,
                "unit": target.unit,
                "not_modelled": f"{why['zh']} / {why['en']}" if why else "",
            }
        )
    numbers = {name: float for name in ("wanted", "reached", "missed_by")}
    return pd.DataFrame(rows).astype(numbers)


def comparison(table: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Indicators of all scenarios side by side, with the difference from the first of them."""
    base = table[table["scenario"] == reference].set_index(["indicator", "sector", "year"])["value"]
    keys = list(zip(table["indicator"], table["sector"], table["year"], strict=True))
    values = base.reindex(keys).to_numpy()
    return table.assign(**dict(zip(COMPARISON_COLUMNS, (values, table["value"] - values), strict=True)))
