"""Results: labelled arrays with units and names, and long tables of them."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import pandas as pd
import xarray as xr

from .checked_system import System
from .horizon import Horizon

YEAR = "year"
TIME_DIMENSION = "time"


def to_dataset(system: System, horizon: Horizon, arrays: Mapping, every_step: bool = False) -> xr.Dataset:
    """Label the arrays of one run (time first) as a Dataset.

    Dimensions are `year` (or `time` with `every_step`) and the names of the variable's axes; each
    variable carries unit, zh, en, doc, kind, chapter and `belongs_to` as attributes.
    """
    lead = TIME_DIMENSION if every_step else YEAR
    moments = horizon.times if every_step else horizon.years
    data = {}
    for name, array in arrays.items():
        variable = system.variables[name]
        attributes = {
            "unit": variable.unit,
            "zh": variable.zh,
            "en": variable.en,
            "doc": variable.doc,
            "kind": variable.kind,
            "chapter": variable.chapter,
            "belongs_to": variable.belongs_to,
        }
        data[name] = xr.Variable((lead, *(axis.name for axis in variable.axes)), np.asarray(array), attributes)
    coordinates = {lead: moments, **{axis.name: np.array(axis.labels) for axis in system.axes}}
    used = {dimension for v in data.values() for dimension in v.dims} | {lead}
    return xr.Dataset(
        data,
        _coordinates({name: values for name, values in coordinates.items() if name in used}),
        {"start": horizon.start, "end": horizon.end, "steps_per_year": horizon.steps, "method": horizon.method},
    )


def _coordinates(values: Mapping[str, np.ndarray]) -> xr.Coordinates:
    """A coordinate with an index for each dimension.

    From plain arrays xarray would make the same, but import pint to see whether they carry its units, which takes
    longer than all the rest of a run.
    """
    indexes = {n: xr.indexes.PandasIndex(pd.Index(v), n, coord_dtype=v.dtype) for n, v in values.items()}
    variables = {name: variable for index in indexes.values() for name, variable in index.create_variables().items()}
    return xr.Coordinates(variables, indexes)


def to_table(dataset: xr.Dataset, scenario: str, names: Iterable[str] | None = None) -> pd.DataFrame:
    """The variables `names` (default: all) in long form: scenario, variable, sector, year, value, unit.

    `sector` is the label on the variable's axis ("a/b" where there are two), or the `belongs_to` of a scalar. Missing
    values (such as growth in the first year) are left out.
    """
    lead = TIME_DIMENSION if TIME_DIMENSION in dataset.dims else YEAR
    labels_of = {dimension: dataset[dimension].values for dimension in dataset.dims}
    moments = labels_of[lead]
    columns: dict[str, list] = {"variable": [], "sector": [], "value": [], "unit": []}
    count = 0
    for name in names if names is not None else dataset.data_vars:
        array = dataset.variables[name]  # far quicker than a DataArray with its coordinates
        labels = _labels(array, labels_of)
        length = len(labels) * len(moments)
        columns["variable"].append(np.full(length, name, dtype=object))
        columns["sector"].append(np.repeat(np.array(labels, dtype=object), len(moments)))
        columns["value"].append(np.moveaxis(array.values, 0, -1).reshape(-1))
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


def _labels(array: xr.Variable, labels_of: Mapping[Hashable, np.ndarray]) -> list[str]:
    """What the entries of a variable (time first) belong to, the last axis fastest."""
    if array.ndim == 1:
        return [array.attrs["belongs_to"]]
    return ["/".join(labels) for labels in itertools.product(*(labels_of[axis] for axis in array.dims[1:]))]
