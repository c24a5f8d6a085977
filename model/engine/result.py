"""Results: labelled arrays with units and names, and the long tables made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
import xarray as xr

from .horizon import Horizon
from .system import System

YEAR = "year"
TIME_DIMENSION = "time"


def to_dataset(system: System, horizon: Horizon, arrays: Mapping, every_step: bool = False) -> xr.Dataset:
    """Label the arrays of one run (time first) as a Dataset.

    Dimensions are `year` (or `time` with `every_step`) and the name of the variable's axis; each
    variable carries unit, zh, en, doc, kind, chapter and `of` as attributes.
    """
    lead = TIME_DIMENSION if every_step else YEAR
    moments = horizon.times if every_step else horizon.years
    by_size = {len(axis): axis for axis in system.axes}
    data = {}
    for name, array in arrays.items():
        variable = system.variables[name]
        values = np.asarray(array)
        axis = by_size[values.shape[1]] if values.ndim > 1 else None
        attributes = {
            "unit": variable.unit, "zh": variable.zh, "en": variable.en, "doc": variable.doc,
            "kind": variable.kind, "chapter": variable.chapter, "of": variable.of,
        }  # fmt: skip
        data[name] = xr.Variable((lead, axis.name) if axis else (lead,), values, attributes)
    coordinates = {lead: moments, **{axis.name: list(axis.labels) for axis in system.axes}}
    used = {dimension for v in data.values() for dimension in v.dims} | {lead}
    return xr.Dataset(
        data,
        {name: values for name, values in coordinates.items() if name in used},
        {"start": horizon.start, "end": horizon.end, "steps_per_year": horizon.steps, "method": horizon.method},
    )


def to_table(dataset: xr.Dataset, scenario: str, names: Iterable[str] | None = None) -> pd.DataFrame:
    """The variables `names` (default: all) in long form: scenario, variable, sector, year, value, unit.

    `sector` is the label on the variable's axis, or what a scalar belongs to. Missing values (such as
    growth in the first year) are left out.
    """
    lead = TIME_DIMENSION if TIME_DIMENSION in dataset.dims else YEAR
    moments = dataset[lead].values
    columns: dict[str, list] = {"variable": [], "sector": [], "value": [], "unit": []}
    count = 0
    for name in names if names is not None else dataset.data_vars:
        array = dataset[name]
        axis = next((d for d in array.dims if d != lead), None)
        labels = array[axis].values if axis else np.array([array.attrs["of"]])
        length = len(labels) * len(moments)
        columns["variable"].append(np.full(length, name, dtype=object))
        columns["sector"].append(np.repeat(labels.astype(object), len(moments)))
        columns["value"].append(np.reshape(array.values.T, -1))
        columns["unit"].append(np.full(length, array.attrs["unit"], dtype=object))
        count += len(labels)
    table = pd.DataFrame(
        {
            "scenario": scenario,
            "variable": np.concatenate(columns["variable"]),
            "sector": np.concatenate(columns["sector"]),
            "year": np.tile(moments, count),
            "value": np.concatenate(columns["value"]),
            "unit": np.concatenate(columns["unit"]),
        }
    )
    return table.dropna(subset="value").reset_index(drop=True)
