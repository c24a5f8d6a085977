"""The Dataset of a run: attributes after the CF conventions, and a summary that fits into a cell of a notebook."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import xarray as xr

from .axes import AXES
from .extras import is_installed
from .indicator_tags import tagged

if TYPE_CHECKING:
    from model.scenario import Scenario

CONVENTIONS = "CF-1.11"
COORDINATES = {
    "year": ("年份", "calendar year", "year"),
    "time": ("步长起点", "start of the step", "year"),
    **{axis.name: (axis.zh, axis.en, "1") for axis in AXES},
}
"""Chinese name, English name and unit of each coordinate."""
TOTAL = "all"
"""Label of the total on axes that have one."""
SUMMARY_YEARS = (2015, 2020)
"""Years shown before the last."""
MOST_LISTED = 12
"""Variables up to which the summary lists them all, as in a selection from a run."""
_CELL = "<td style='text-align:right'>{}</td>"


class Run(xr.Dataset):
    """An xarray Dataset of a run; it differs in its display in notebooks and in the engine that writes NetCDF files.

    The table that xarray draws of all variables with their definitions takes more than a megabyte in every cell.
    """

    __slots__ = ()

    def to_netcdf(self, path: Any = None, *arguments: Any, engine: Any = None, **keywords: Any) -> Any:
        """As `xarray.Dataset.to_netcdf`, with an engine that works: xarray would take h5netcdf also without h5py.

        With the extra [files] the file is NetCDF-4, else NetCDF-3, unless `engine` or `format` differ. `engine` is a
        keyword only.
        """
        write: Callable[..., Any] = super().to_netcdf  # its overloads do not matter here
        return write(path, *arguments, engine=engine or netcdf_engine(), **keywords)

    def _repr_html_(self) -> str:
        return summary_html(self)


def netcdf_engine() -> Literal["netcdf4", "h5netcdf", "scipy"]:
    """The engine of xarray for NetCDF files, the best of those that are installed; SciPy always is."""
    if is_installed("netCDF4"):
        return "netcdf4"
    return "h5netcdf" if is_installed("h5netcdf") and is_installed("h5py") else "scipy"


def as_run(dataset: xr.Dataset, scenario: Scenario) -> Run:
    """`dataset` itself as a `Run`, with names of the scenario and CF attributes (`units`, `long_name`) added.

    The attribute `scenario_definition` holds the scenario as JSON, which a scenario file may contain as well: a stored
    result is enough to repeat the run.
    """
    for name, variable in dataset.variables.items():  # far quicker than the DataArrays of `data_vars`
        if name in dataset.coords:
            zh, en, unit = COORDINATES[str(name)]
            variable.attrs |= {"units": unit, "long_name": en, "zh": zh, "en": en}
        else:
            variable.attrs |= {"units": variable.attrs["unit"], "long_name": variable.attrs["en"]}
    dataset.attrs |= {
        "Conventions": CONVENTIONS,
        "title": scenario.text("title", "en"),
        "scenario": scenario.name,
        "title_zh": scenario.text("title", "zh"),
        "title_en": scenario.text("title", "en"),
        "scenario_definition": definition_of(scenario),
    }
    dataset.__class__ = Run  # building a second Dataset of 489 variables would take longer than running the model
    return dataset  # type: ignore[return-value]  # mypy ignores the assignment to __class__


def definition_of(scenario: Scenario) -> str:
    """A scenario as JSON that `parse_scenario` reads; the scenarios that it extends are merged into it."""
    fields = scenario.model_dump(mode="json", exclude_defaults=True, exclude={"extends"})
    return json.dumps({"levers": {}, **fields}, ensure_ascii=False)


def summary_html(run: xr.Dataset) -> str:
    """A summary in HTML: scenario, years, number of variables, and headline values or the few variables there are."""
    lead = "time" if "time" in run.dims else "year"
    names = [escape(str(run.attrs.get(key, ""))) for key in ("title_en", "title_zh", "scenario")]
    head = f"<strong>{names[0]}</strong> {names[1]} <code>{names[2]}</code>"
    parts = [f"<div>{head}</div>", f"<div>{escape(_extent(run, lead))}</div>"]
    if len(run.data_vars) <= MOST_LISTED:
        parts.append(_list(run))
    elif lead in run.indexes:
        parts.append(_headline_table(run, lead))
    hint = "<code>run[name]</code> is one variable with unit and definition; <code>run.data_vars</code> lists them."
    return f"<div>{''.join(parts)}<div>{hint}</div></div>"


def _extent(run: xr.Dataset, lead: str) -> str:
    """Years, step and number of variables in one line."""
    words = []
    if lead in run.coords:
        moments = np.atleast_1d(run[lead].values)
        words.append(f"{moments[0]:g} to {moments[-1]:g}" if len(moments) > 1 else f"{moments[0]:g}")
    if {"steps_per_year", "method"} <= set(run.attrs):
        words.append(f"step 1/{run.attrs['steps_per_year']} year, {run.attrs['method']}")
    dimensions = ", ".join(f"{name}: {size}" for name, size in run.sizes.items())
    return " · ".join([*words, f"{len(run.data_vars)} variables", f"dimensions {dimensions or 'none'}"])


def _list(run: xr.Dataset) -> str:
    rows = []
    for name, variable in run.data_vars.items():
        texts = (variable.attrs.get("en", ""), variable.attrs.get("unit", ""), ", ".join(map(str, variable.dims)))
        cells = "".join(f"<td>{escape(str(text))}</td>" for text in texts)
        rows.append(f"<tr><td><code>{escape(str(name))}</code></td>{cells}</tr>")
    return f"<table><tr><th>variable</th><th>name</th><th>unit</th><th>dimensions</th></tr>{''.join(rows)}</table>"


def _headline_table(run: xr.Dataset, lead: str) -> str:
    last = run[lead].values[-1]
    moments = [*(year for year in SUMMARY_YEARS if year < last and year in run.indexes[lead]), last]
    rows = []
    for name in tagged("summary"):
        if name not in run:
            continue
        attributes, values = run[name].attrs, _total(run[name].sel({lead: moments}), lead)
        cells = "".join(_CELL.format(_figure(value)) for value in values)
        label = f"<code>{name}</code> {escape(str(attributes.get('en', '')))}"
        rows.append(f"<tr><td>{label}</td>{cells}<td>{escape(str(attributes.get('unit', '')))}</td></tr>")
    heads = "".join(f"<th>{moment:g}</th>" for moment in moments)
    return f"<table><tr><th></th>{heads}<th>unit</th></tr>{''.join(rows)}</table>"


def _total(values: xr.DataArray, lead: str) -> np.ndarray:
    """Values by moment: of the total where there are sectors, which is their sum where they have no total."""
    axis = next((d for d in values.dims if d != lead), None)
    if axis is None:
        return values.values
    chosen = values.sel({axis: TOTAL}) if TOTAL in values.indexes[axis] else values.sum([axis])
    return chosen.values


def _figure(value: float) -> str:
    """A number with about four digits; a number that rounds to zero has no sign."""
    decimals = 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 3
    return f"{round(float(value), decimals) + 0.0:,.{decimals}f}"
